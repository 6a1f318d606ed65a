"""A correction in words: of the number, of a household, or all of it taken back.

It is about the message that it answers; when it answers none, about the speaker's latest within 24
hours. Somebody else's records are never touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Correction
from bot.domain.errors import NotEntitled, NotPossible
from bot.domain.inbound import Inbound
from bot.services.chat.answering import take_back_reaction
from bot.services.chat.ask_about import cancel_questions
from bot.services.chat.continue_telling import take_back
from bot.services.chat.message_meant import message_meant
from bot.services.chat.speaker import Speaking, resolve_household
from bot.services.figures.reckon_totals import reckon
from bot.services.matters.withdraw import withdraw_matter, withdraw_report
from bot.services.meetings.tell_session import untell_session
from bot.services.visits.record_visits import add_visits, settle_report
from bot.text.replies import Swap, read_swap
from storage.queries import continuations, reports
from storage.queries import matters as matter_rows
from storage.tables import ActivitySession, Matter, Person, Report

_LATEST = timedelta(hours=24)


async def correct_report(
    session: AsyncSession, act: Correction, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Do what a correction says. False when there is nothing of the speaker's to correct.

    Raises:
        NotEntitled: it answers what somebody else has reported.
        NotPossible: what it answers has been taken back, or holds several reports.
    """
    if act.withdraw and await _addition_taken_back(session, speaking, inbound, now):
        return True
    told = await _told(session, speaking, inbound)
    if act.withdraw:
        return await _withdraw(session, told, speaking, now)
    swap = read_swap(inbound.text)
    if act.count is not None and len(told.reports) > 1:
        raise NotPossible("visits.which_of_several")
    for report in told.reports:
        if act.count is not None:
            await _change_count(session, report, act.count)
            return True
        if swap is not None and await _swap(session, report, swap, speaking, now):
            return True
    return False


async def _addition_taken_back(
    session: AsyncSession, speaking: Speaking, inbound: Inbound, now: datetime
) -> bool:
    """Whether it answers a message of theirs that only went on with another: that alone is taken back."""
    if inbound.reply_to_id is None:
        return False
    row = await continuations.of_message(session, inbound.chat_id, inbound.reply_to_id)
    if row is None or row.user_id != speaking.actor.telegram_id:
        return False
    await take_back(session, row, speaking, inbound, now=now)
    return True


@dataclass(frozen=True, slots=True)
class _Told:
    """What stands of one message of the speaker's."""

    chat_id: int
    message_id: int
    reports: list[Report]
    matters: list[Matter]
    sessions: list[ActivitySession]

    @property
    def anything(self) -> bool:
        """Whether anything stands of it."""
        return bool(self.reports or self.matters or self.sessions)


async def _told(session: AsyncSession, speaking: Speaking, inbound: Inbound) -> _Told:
    meant = await message_meant(session, inbound)
    if meant is not None:
        told = await _own(session, inbound.chat_id, meant, speaking)
        if told.anything:
            return told
        await _refuse_others(session, inbound.chat_id, meant, speaking)
    since = inbound.sent_at - _LATEST
    report = matter = None
    if speaking.actor.person_id is not None:
        report = await reports.latest_report(session, speaking.actor.person_id, since)
    if speaking.actor.telegram_id is not None:
        matter = await matter_rows.latest_raised_by(
            session, telegram_id=speaking.actor.telegram_id, chat_id=inbound.chat_id, since=since
        )
    if report is not None and (matter is None or report.reported_at >= matter.created_at):
        return await _own(session, report.chat_id, report.message_id, speaking)
    if matter is None:
        return _Told(inbound.chat_id, inbound.reply_to_id or inbound.message_id, [], [], [])
    return await _own(session, matter.chat_id, matter.message_id, speaking)


async def _refuse_others(session: AsyncSession, chat_id: int, message_id: int, speaking: Speaking) -> None:
    """What somebody else has reported, or what is taken back, is not to be taken for the speaker's latest."""
    for report in await reports.reports_of_message(session, chat_id, message_id):
        if report.person_id == speaking.actor.person_id:
            raise NotPossible("visits.withdrawn_already")
        if speaking.actor.is_member:
            member = await session.get_one(Person, report.person_id)
            raise NotEntitled("visits.not_your_report", name=member.name)


async def _own(session: AsyncSession, chat_id: int, message_id: int, speaking: Speaking) -> _Told:
    """What stands of a message, as far as it is the speaker's."""
    who = speaking.actor
    told = await reports.reports_of_message(session, chat_id, message_id)
    raised = await matter_rows.matters_of_message(session, chat_id, message_id)
    held = await reports.sessions_of_message(session, chat_id, message_id)
    return _Told(
        chat_id,
        message_id,
        [one for one in told if one.person_id == who.person_id and one.status != reports.WITHDRAWN],
        [
            one
            for one in raised
            if who.telegram_id is not None and one.reporter_telegram_id == who.telegram_id
        ],
        [
            one
            for one in held
            if one.reporter_person_id == who.person_id is not None and one.status != reports.WITHDRAWN
        ],
    )


async def _withdraw(session: AsyncSession, told: _Told, speaking: Speaking, now: datetime) -> bool:
    for report in told.reports:
        await withdraw_report(session, report, now=now)
    for held in told.sessions:
        await untell_session(session, held)
    gone = [await withdraw_matter(session, matter, speaking, now=now) for matter in told.matters]
    if not (told.reports or told.sessions or any(gone)):
        return False
    await cancel_questions(session, told.chat_id, told.message_id, now=now)
    await take_back_reaction(session, told.chat_id, told.message_id, now=now)
    return True


async def _change_count(session: AsyncSession, report: Report, count: int) -> None:
    if report.count != count:
        report.count, report.status = count, "amended"
        session.add(report)
        for row in await continuations.of_report(session, report.id or 0):  # it counts all of them
            row.base_count, row.households, row.count = count, 0, None
            session.add(row)
        await reckon(session, report.person_id, report.day)


async def _swap(session: AsyncSession, report: Report, swap: Swap, speaking: Speaking, now: datetime) -> bool:
    """Put the right household in the place of the wrong one. False when that is not in the report."""
    wrong = (await resolve_household(session, swap.wrong, speaking)).household_id
    right = (await resolve_household(session, swap.right, speaking)).household_id
    names = [name for name in report.unknown_names if name != swap.wrong]
    visits = (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, [])
    taken_back = [one for one in visits if one.named_as == swap.wrong or one.household_id == wrong]
    if not taken_back and len(names) == len(report.unknown_names):
        return False
    for visit in taken_back:
        visit.withdrawn_at = now
        session.add(visit)
    if right is None:
        names.append(swap.right)
    elif right not in {one.household_id for one in visits if one not in taken_back}:
        add_visits(session, report, {right: swap.right})
    report.unknown_names, report.status = names, "amended"
    session.add(report)
    await settle_report(session, report, now=now)
    return True
