"""A report of visits was read wrongly: it is none, or of another number or day. One tap puts it right.

The choices of its buttons: none at all (show them), `none`, `count` and `date` (ask which), `n.<count>`,
`d.<day>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press
from bot.domain.errors import NotEntitled, NotFound, Stale
from bot.domain.inbound import Inbound
from bot.secrets import Secrets
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking, in_branch, who_is
from bot.services.figures.reckon_totals import reckon
from bot.services.matters.matter_texts import short
from bot.services.matters.withdraw import withdraw_report
from bot.services.notices.times import day_words
from bot.services.visits.record_visits import settle_report
from bot.services.words.correct_reading import note_correction
from bot.services.words.fix_buttons import report_data
from bot.services.words.keep_word import may_teach
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import reports
from storage.tables import Person, Report

_MOST_COUNT, _DAYS = 12, 7


async def press_report_fix(
    session: AsyncSession, press: Press, speaking: Speaking, secrets: Secrets | None, *, now: datetime
) -> str:
    """Do what the button says; returns the sentence that says so.

    Raises:
        NotFound: there is no such report, or the button makes no sense.
        Stale: it is withdrawn.
        NotEntitled: it is not theirs, nor are they its branch's secretary.
    """
    report = await session.get(Report, press.id)
    if report is None:
        raise NotFound("questions.bad_button")
    speaking = await in_branch(session, speaking, report.branch_id)
    own = report.person_id == speaking.actor.person_id
    if not own and not await may_teach(session, speaking):
        raise NotEntitled("corrections.not_yours")
    if report.status == reports.WITHDRAWN:
        raise Stale("corrections.gone")
    kind, _, chosen = press.choice.partition(".")
    if kind in ("", "count", "date"):
        await _ask(session, report, kind, speaking, now)
        return say("corrections.ask_below", speaking.preset.name)
    change = await _change(session, report, kind, chosen, speaking, now)
    member = await session.get_one(Person, report.person_id)
    inbound = _message(report, member)
    author = await who_is(session, member.telegram_id, member.name, chat=None, at=report.reported_at)
    await note_correction(
        session,
        inbound,
        author=await in_branch(session, author, report.branch_id),
        by=speaking,
        what={"none": "not_visit", "n": "count"}.get(kind, "date"),
        changes={report.act_index: change},
        secrets=secrets,
        now=now,
    )
    return _done(report, kind, speaking, now)


async def _change(
    session: AsyncSession, report: Report, kind: str, chosen: str, speaking: Speaking, now: datetime
) -> dict[str, Any] | None:
    """Amend the report; returns what its act should have been, as far as it differs (null: no act)."""
    if kind == "none":
        await withdraw_report(session, report, now=now)
        if not await _stands(session, report):
            await answering.take_back_reaction(session, report.chat_id, report.message_id, now=now)
        return None
    report.status = "amended"
    if kind == "n" and chosen.isdecimal():
        report.count = int(chosen)
        session.add(report)
        await reckon(session, report.person_id, report.day)
        return {"kind": "visit", "count": report.count}
    if kind != "d":
        raise NotFound("questions.bad_button")
    earlier, report.day = report.day, date.fromisoformat(chosen)
    for visit in (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, ()):
        visit.day = report.day
        session.add(visit)
    session.add(report)
    if earlier.year != report.day.year:
        await reckon(session, report.person_id, earlier)
    await settle_report(session, report, now=now)
    return {"kind": "visit", "date": chosen}


async def _stands(session: AsyncSession, report: Report) -> bool:
    """Whether anything else stands of the message."""
    where = (report.chat_id, report.message_id)
    told = await reports.reports_of_message(session, *where)
    held = await reports.sessions_of_message(session, *where)
    raised = await matter_rows.matters_of_message(session, *where)
    states = [*(one.status for one in told), *(one.status for one in held), *(one.status for one in raised)]
    return any(state != reports.WITHDRAWN for state in states)


async def _ask(session: AsyncSession, report: Report, kind: str, speaking: Speaking, now: datetime) -> None:
    """Show the choices privately."""
    name, today = speaking.preset.name, speaking.day_of(now)
    choices: list[tuple[str, str]]
    if kind == "":
        choices = [(one, say(f"corrections.button_{one}", name)) for one in ("none", "count", "date")]
    elif kind == "count":
        counts = [one for one in range(1, _MOST_COUNT + 1) if one != report.count]
        choices = [(f"n.{one}", say("corrections.button_of_count", name, count=one)) for one in counts]
    else:
        days = [today - timedelta(days=back) for back in range(_DAYS)]
        choices = [(f"d.{one}", day_words(one, today=today)) for one in days if one != report.day]
    text = say(f"corrections.ask_{kind or 'what'}", name, told=short(report.text))
    await answering.tell_user(
        session,
        speaking.actor.telegram_id or 0,
        speaking.actor.name,
        text,
        key=f"fix:report:{report.id}:{kind}:{now.isoformat()}",
        kind="report.fix",
        buttons=_rows(report, choices),
        branch_id=report.branch_id,
        now=now,
    )


def _rows(report: Report, choices: Sequence[tuple[str, str]]) -> answering.Buttons:
    buttons = [{"text": text, "data": report_data(report, choice)} for choice, text in choices]
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def _done(report: Report, kind: str, speaking: Speaking, now: datetime) -> str:
    name = speaking.preset.name
    if kind == "none":
        return say("corrections.no_visit", name)
    day = day_words(report.day, today=speaking.day_of(now))
    sentence = "visit" if report.count is not None else "visit_uncounted"
    return say(f"corrections.{sentence}", name, day=day, count=report.count)


def _message(report: Report, member: Person) -> Inbound:
    return Inbound(
        chat_id=report.chat_id,
        message_id=report.message_id,
        sent_at=report.reported_at,
        text=report.text,
        user_id=member.telegram_id,
        user_name=member.name,
        topic_id=report.topic_id,
    )
