"""Several messages in a row by one speaker are one telling: what comes after a report or a matter joins it.

Names, a number and "都挺好的" go on with a report, a place with a matter, a photo with what was told last.
Whatever tells a trouble of its own is never joined. What belongs together is seen from the rows and from
the dates of the messages: it does not matter who else has written in between, nor that the program was
started again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Grievance, Sureness, Visit
from bot.domain.continuing import TOGETHER_WITHIN
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED
from bot.services.chat import answering
from bot.services.chat.add_to_matter import add_photos, set_place, take_photos_out
from bot.services.chat.add_to_report import add_names, recount, take_out
from bot.services.chat.ask_about import cancel_questions
from bot.services.chat.message_meant import message_meant
from bot.services.chat.speaker import Speaking, resolve_household
from bot.text.continuations import Addition, looks_like_name, read_addition
from bot.text.replies import read_count
from storage.queries import continuations, reports
from storage.queries import matters as matter_rows
from storage.tables import Continuation, Matter, Report


@dataclass(frozen=True, slots=True)
class _Told:
    """What the speaker has told in this chat a moment ago; null: nothing of the kind."""

    report: Report | None
    matter: Matter | None

    @property
    def matter_is_last(self) -> bool:
        """Whether the matter was told last, or in one message with the report."""
        if self.report is None or self.matter is None:
            return self.matter is not None
        return self.matter.message_id >= self.report.message_id


async def continue_telling(
    session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Take a message without acts as going on with what its speaker has just told. False when it does not."""
    return await _take(session, _addition(inbound), speaking, inbound, now)


def only_guessed(acts: Sequence[Act], text: str) -> bool:
    """Whether a message tells nothing of its own, or no more than what might be trouble or a bare number."""
    if read_count(text) is not None:
        return True
    return all(isinstance(act, Grievance) and act.sureness is Sureness.PROBABLY for act in acts)


async def names_what_was_counted(
    session: AsyncSession, act: Visit, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Take visits told by name for those just counted ("走访了3户", then "去了老王、李大娘家"), or not."""
    if not _only_names(act, inbound.text):
        return False
    known = await continuations.of_message(session, inbound.chat_id, inbound.message_id)
    if known is not None and not known.names:
        return False
    if known is None:
        report = (await _told_before(session, speaking, inbound)).report
        if report is None or report.cumulative or (report.day, report.mode) != (act.date, act.mode):
            return False
        named = (await reports.visits_of(session, [report.id or 0])) or report.unknown_names
        if named or report.unclaimed < len(act.households):
            return False
    return await _take(session, Addition(names=act.households), speaking, inbound, now)


async def amend_continuation(
    session: AsyncSession,
    row: Continuation,
    acts: Sequence[Act],
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
) -> Sequence[Act]:
    """A message that went on with something says something else now: what it has added follows.

    Returns:
        The acts that it tells of its own now.
    """
    if row.text == inbound.text:
        return ()
    told = _Told(
        None if row.report_id is None else await session.get_one(Report, row.report_id),
        None if row.matter_id is None else await session.get_one(Matter, row.matter_id),
    )
    await _take_words_out(session, row, speaking, inbound, now)
    guessed = acts if only_guessed(acts, inbound.text) else ()
    acts = () if guessed else acts
    visits = [act for act in acts if isinstance(act, Visit) and _only_names(act, inbound.text)]
    if acts and not (len(acts) == len(visits) == 1 and told.report is not None):
        return acts
    addition = Addition(names=visits[0].households) if visits else _addition(replace(inbound, photos=()))
    row.text = inbound.text
    joined = addition is not None and await _join_words(session, row, addition, told, speaking, inbound, now)
    if not joined and not row.photos:
        await answering.take_back_reaction(session, row.chat_id, row.message_id, now=now)
    session.add(row)
    return () if joined else guessed


async def take_back(
    session: AsyncSession, row: Continuation, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> None:
    """What a message has added, words and photos, is out again."""
    await _take_words_out(session, row, speaking, inbound, now)
    if row.matter_id is not None:
        take_photos_out(session, await session.get_one(Matter, row.matter_id), row)
    row.photos = []
    session.add(row)
    await answering.take_back_reaction(session, row.chat_id, row.message_id, now=now)


async def leave_album(session: AsyncSession, inbound: Inbound, speaking: Speaking, *, now: datetime) -> None:
    """An album tells something of its own: those of its photos that came before the words belong to that."""
    if inbound.media_group_id is None:
        return
    for row in await continuations.of_album(session, inbound.chat_id, inbound.media_group_id):
        if row.photos:
            await take_back(session, row, speaking, inbound, now=now)


async def _take(
    session: AsyncSession, addition: Addition | None, speaking: Speaking, inbound: Inbound, now: datetime
) -> bool:
    user_id = speaking.actor.telegram_id
    if user_id is None or speaking.branch is None or addition is None:
        return False
    if await continuations.of_message(session, inbound.chat_id, inbound.message_id) is not None:
        return True
    told = await _told_before(session, speaking, inbound)
    base = told.matter if told.matter_is_last else told.report
    if base is None or (inbound.media_group_id is not None and base.media_group_id == inbound.media_group_id):
        return False  # an album that told something itself has its photos already
    row = Continuation(
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        user_id=user_id,
        sent_at=inbound.sent_at,
        media_group_id=inbound.media_group_id,
        text=inbound.text,
    )
    joined = await _join_words(session, row, addition, told, speaking, inbound, now)
    if inbound.photos and (joined or addition.picture):
        joined = True
        _keep_photos(session, row, told, inbound.photos)
    if not joined:
        return False
    await session.flush()
    if not await _album_answered(session, row):
        await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
    return True


def _addition(inbound: Inbound) -> Addition | None:
    if not inbound.text:
        return Addition(picture=True) if inbound.photos else None
    return read_addition(inbound.text)


def _only_names(act: Visit, text: str) -> bool:
    addition = read_addition(text)
    besides = addition is not None and addition.besides
    return bool(act.households) and act.count in (None, len(act.households)) and not besides


async def _told_before(session: AsyncSession, speaking: Speaking, inbound: Inbound) -> _Told:
    """What they have told within the time, or, whenever that was, in the message that they reply to."""
    since = inbound.sent_at - TOGETHER_WITHIN
    user_id, person_id = speaking.actor.telegram_id or 0, speaking.actor.person_id
    meant = await message_meant(session, inbound)
    lately = await continuations.lately(session, inbound.chat_id, user_id, since=since)
    alive = {("report", row.report_id) for row in lately} | {("matter", row.matter_id) for row in lately}

    def goes_on(kind: str, row: Report | Matter, told_at: datetime) -> bool:
        if meant is not None:
            return row.message_id == meant
        before = row.message_id < inbound.message_id and told_at <= inbound.sent_at
        return before and row.topic_id == inbound.topic_id and (told_at >= since or (kind, row.id) in alive)

    told = [] if person_id is None else await reports.told_in_chat(session, inbound.chat_id, person_id)
    raised = await matter_rows.raised_in_chat(session, inbound.chat_id, user_id)
    return _Told(
        next((one for one in told if goes_on("report", one, one.reported_at)), None),
        next(
            (one for one in raised if one.status in UNFINISHED and goes_on("matter", one, one.created_at)),
            None,
        ),
    )


async def _join_words(
    session: AsyncSession,
    row: Continuation,
    addition: Addition,
    told: _Told,
    speaking: Speaking,
    inbound: Inbound,
    now: datetime,
) -> bool:
    report, matter = told.report, told.matter
    if addition.count is not None:
        if report is None or await _own_count(session, report) is not None:
            return False
        row.count = addition.count
        await recount(session, report, row, now=now)
        return True
    if addition.well:
        if report is None or told.matter_is_last:
            return False
        row.report_id = report.id
        session.add(row)
        return True
    if matter is not None and told.matter_is_last and addition.place:
        about = await _household_named(session, addition, matter, speaking)
        await set_place(session, matter, row, addition.place, speaking, inbound, about=about, now=now)
        return True
    fits = report is not None and (not told.matter_is_last or report.unclaimed or addition.besides)
    if report is None or not fits or not await _are_names(session, addition, speaking):
        return False
    row.besides = addition.besides
    await add_names(session, report, row, addition.names, speaking, inbound, now=now)
    return True


async def _own_count(session: AsyncSession, report: Report) -> int | None:
    rows = await continuations.of_report(session, report.id or 0)
    given = next((row.count for row in rows if row.count is not None), None)
    return given or (rows[0].base_count if rows else report.count)


async def _are_names(session: AsyncSession, addition: Addition, speaking: Speaking) -> bool:
    """Whether the words are names, one of which at least is known here."""
    known = 0
    for name in addition.names:
        found = await resolve_household(session, name, speaking)
        known += found.is_sure
        if not found.is_sure and not looks_like_name(name):
            return False
    return known > 0


async def _household_named(
    session: AsyncSession, addition: Addition, matter: Matter, speaking: Speaking
) -> str | None:
    if matter.household_id is not None or matter.about is not None or len(addition.names) != 1:
        return None
    found = await resolve_household(session, addition.names[0], speaking)
    return addition.names[0] if found.is_sure and found.household_id is not None else None


def _keep_photos(session: AsyncSession, row: Continuation, told: _Told, photos: tuple[str, ...]) -> None:
    if row.report_id is None and told.matter is not None and (row.matter_id or told.matter_is_last):
        add_photos(session, told.matter, row, photos)
    elif told.report is not None:
        row.report_id, row.photos = told.report.id, list(photos)
        session.add(row)


async def _album_answered(session: AsyncSession, row: Continuation) -> bool:
    """Whether another photo of the same album has had its reaction."""
    if row.media_group_id is None:
        return False
    return len(await continuations.of_album(session, row.chat_id, row.media_group_id)) > 1


async def _take_words_out(
    session: AsyncSession, row: Continuation, speaking: Speaking, inbound: Inbound, now: datetime
) -> None:
    row.text = ""
    session.add(row)
    await cancel_questions(session, row.chat_id, row.message_id, now=now)
    if row.report_id is not None:
        await take_out(session, row, now=now)
    elif row.matter_id is not None and row.names:
        matter = await session.get_one(Matter, row.matter_id)
        if matter.status in UNFINISHED:
            await set_place(session, matter, row, "", speaking, inbound, now=now)
