"""Which of last month's messages would be read differently if a word meant something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Category, Grievance, Visit
from bot.domain.taught import Taught, TaughtWord
from bot.secrets import Secrets
from bot.services.chat.keep_heard import Heard, heard_lately
from bot.services.chat.speaker import Speaking, candidates, names_of
from bot.text import Context, Message, Speaker, understand
from bot.text.discretion import accuses
from bot.text.normalise import normalise
from storage.queries import exports, roster
from storage.tables import Matter, Report

_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Changed:
    """A message that would be read differently. hidden: its words are not for a secretary's eyes."""

    heard: Heard
    before: tuple[Act, ...]
    after: tuple[Act, ...]
    private: bool
    hidden: bool


async def changed_readings(
    session: AsyncSession,
    word: TaughtWord,
    speaking: Speaking,
    secrets: Secrets | None,
    *,
    now: datetime,
) -> list[Changed]:
    """The branch's messages of the last month that `word` would have read differently, the newest first.

    Looked at is what is kept of the groups' messages, and what stands in the ledger.
    """
    today = speaking.taught or Taught()
    tomorrow = today.with_word(word)
    changed = []
    for heard, private in await _last_month(session, speaking, secrets, now):
        if word.word not in normalise(heard.text).text:
            continue
        households = await _households(session, heard, speaking)
        message = Message(
            heard.text, heard.sent_at.astimezone(speaking.preset.zone), heard.speaker, heard.reply_to
        )
        before = understand(message, Context(households, today)).acts
        after = understand(message, Context(households, tomorrow)).acts
        if _bare(before) != _bare(after):
            changed.append(Changed(heard, before, after, private, hidden=_hidden(heard, before, private)))
    return changed[::-1]


async def _last_month(
    session: AsyncSession, speaking: Speaking, secrets: Secrets | None, now: datetime
) -> list[tuple[Heard, bool]]:
    """What was written, with whether it was written privately, the oldest first."""
    branch_id, since = speaking.branch_id, now - _MONTH
    found = {
        (heard.chat_id, heard.message_id): (heard, False)
        for heard in await heard_lately(session, secrets, branch_id, now=now)
    }
    names = await exports.people_names(session)
    for report in await exports.reports(session, branch_id, speaking.day_of(since), None):
        if report.reported_at >= since:
            told = _of_report(report, names.get(report.person_id, ""))
            found.setdefault((report.chat_id, report.message_id), (told, report.chat_id > 0))
    for matter in await exports.matters(session, branch_id, (since, None)):
        told = await _of_matter(session, matter)
        found.setdefault((matter.chat_id, matter.message_id), (told, matter.chat_id > 0))
    return sorted(found.values(), key=lambda one: one[0].sent_at)


def _of_report(report: Report, name: str) -> Heard:
    return Heard(
        report.chat_id,
        report.message_id,
        report.reported_at,
        report.text,
        None,
        Speaker.MEMBER,
        name,
        report.person_id,
        (),
    )


async def _of_matter(session: AsyncSession, matter: Matter) -> Heard:
    person_id = matter.reporter_person_id
    roles = frozenset() if person_id is None else await roster.roles_of(session, person_id)
    return Heard(
        matter.chat_id,
        matter.message_id,
        matter.created_at,
        matter.text,
        None,
        Speaker.MEMBER if roles else Speaker.RESIDENT,
        matter.reporter_name,
        person_id,
        (),
    )


async def _households(session: AsyncSession, heard: Heard, speaking: Speaking) -> tuple[str, ...]:
    if heard.person_id is None:
        return ()
    day: date = speaking.day_of(heard.sent_at)
    linked = await roster.households_linked(session, heard.person_id, day)
    return names_of(await candidates(session, linked))


def _bare(acts: Sequence[Act]) -> list[Act]:
    """Acts without the words that made them so."""
    return [
        replace(act, evidence=(), span="") if isinstance(act, Grievance) else replace(act, evidence=())
        for act in acts
    ]


def _hidden(heard: Heard, acts: Sequence[Act], private: bool) -> bool:
    """What was told privately, and what accuses somebody, is counted and not shown."""
    told = any(isinstance(act, Grievance) and act.category is Category.DISCIPLINE for act in acts)
    return told or accuses(heard.text) or (private and not any(isinstance(act, Visit) for act in acts))
