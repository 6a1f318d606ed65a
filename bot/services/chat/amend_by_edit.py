"""Somebody has edited their message: what it told is brought to what it tells now.

Acts of the same kind are paired in order. A pair that differs amends the row; an act without a row is
new; a row without an act is withdrawn. Editing without changing what is told changes nothing, so an
`edited_message` without a visible change does no harm. Corrections and resolutions made by the message
have had their effect and are not undone or repeated.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.act_data import act_to_data
from bot.domain.acts import Act, Activity, Grievance, Sureness, Visit
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED
from bot.services.chat.answering import take_back_reaction
from bot.services.chat.ask_about import IS_ACT, cancel_questions
from bot.services.chat.continue_telling import amend_continuation
from bot.services.chat.in_short import visited
from bot.services.chat.speaker import Speaking
from bot.services.chat.take_message import Effect, Numbered, take_acts
from bot.services.matters.amend_matter import amend_matter
from bot.services.matters.answer_matter import matters_answered
from bot.services.matters.matter_messages import refresh
from bot.services.matters.withdraw import withdraw_matter, withdraw_report
from bot.services.meetings.tell_session import retell_session, untell_session
from bot.services.visits.amend_report import amend_report
from bot.text.replies import read_count, read_reply
from storage.queries import chats, continuations, reports
from storage.queries import matters as matter_rows
from storage.tables import Matter


async def amend_by_edit(
    session: AsyncSession, acts: Sequence[Act], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> None:
    """Bring the rows that a message made to what its new words tell.

    Args:
        acts: read from the new words, days reckoned from when the message was first sent.
    """
    where = (inbound.chat_id, inbound.message_id)
    joined = await continuations.of_message(session, *where)
    if joined is not None:
        acts = await amend_continuation(session, joined, acts, speaking, inbound, now=now)
    told = [
        one for one in await reports.reports_of_message(session, *where) if one.status != reports.WITHDRAWN
    ]
    raised = [
        one
        for one in await matter_rows.matters_of_message(session, *where)
        if one.status in UNFINISHED and one.split_from_id is None
    ]
    held = [
        one for one in await reports.sessions_of_message(session, *where) if one.status != reports.WITHDRAWN
    ]
    count = read_count(inbound.text)
    if told and not acts and count is not None:  # a number that was told in answer to a reminder
        acts = [visited(count, speaking, inbound)]
    over = await _over(session, inbound)
    if not raised and await _answers_a_matter(session, inbound):
        acts = [act for act in acts if isinstance(act, Visit | Activity)]
    new: list[Act] = []
    new += await _bring(
        told,
        [act for act in acts if isinstance(act, Visit)],
        withdraw=lambda row: withdraw_report(session, row, now=now),
        amend=lambda row, act: amend_report(session, row, act, speaking, inbound, now=now),
    )
    grievances = [act for act in acts if isinstance(act, Grievance)]
    # A matter that is over keeps its place: its words still stand in the message and raise nothing anew.
    new += await _bring(
        raised,
        grievances[len(over) :],
        withdraw=lambda row: withdraw_matter(session, row, speaking, now=now),
        amend=lambda row, act: amend_matter(session, row, act, speaking, inbound, now=now),
    )
    new += await _bring(
        held,
        [act for act in acts if isinstance(act, Activity)],
        withdraw=lambda row: untell_session(session, row),
        amend=lambda row, act: retell_session(session, row, act, inbound),
    )
    await _take_new(session, new, speaking, inbound, now)
    if (told or held) and not [act for act in acts if isinstance(act, Visit | Activity)]:
        await take_back_reaction(session, *where, now=now)


Row = TypeVar("Row")
Told = TypeVar("Told", bound=Act)


async def _bring(
    rows: Sequence[Row],
    acts: Sequence[Told],
    *,
    withdraw: Callable[[Row], Awaitable[object]],
    amend: Callable[[Row, Told], Awaitable[object]],
) -> list[Act]:
    """Bring rows to what the acts tell, pair by pair; returns the acts that have no row yet."""
    new: list[Act] = []
    for row, act in zip_longest(rows, acts):
        if row is None:
            new.append(act)
        elif act is None:
            await withdraw(row)
        else:
            await amend(row, act)
    return new


async def _take_new(
    session: AsyncSession, new: list[Act], speaking: Speaking, inbound: Inbound, now: datetime
) -> None:
    """Record what is told for the first time; ask about it, unless the same has been asked already."""
    probable = [act_to_data(act) for act in new if act.sureness is Sureness.PROBABLY]
    questions = await chats.questions_of_message(session, inbound.chat_id, inbound.message_id)
    asked = [one["act"] for each in questions if each.kind == IS_ACT for one in each.act.get("acts", ())]
    if probable == asked:
        new = [act for act in new if act.sureness is Sureness.SURE]
    else:
        await cancel_questions(session, inbound.chat_id, inbound.message_id, now=now)
    first = await _first_free(session, inbound)
    numbered: list[Numbered] = list(enumerate(new, start=first))
    effect = Effect()
    await take_acts(session, numbered, speaking, inbound, effect, now=now)
    for matter in effect.raised[:1]:  # its line goes under the others, which have been said already
        await refresh(session, matter, preset=speaking.preset, now=now)


async def _first_free(session: AsyncSession, inbound: Inbound) -> int:
    """An index above all that rows of this message have."""
    where = (inbound.chat_id, inbound.message_id)
    taken = [row.act_index for row in await reports.reports_of_message(session, *where)]
    taken += [row.act_index for row in await matter_rows.matters_of_message(session, *where)]
    taken += [row.act_index or 0 for row in await reports.sessions_of_message(session, *where)]
    questions = await chats.questions_of_message(session, *where)
    taken += [row.act_index for row in questions if row.kind == IS_ACT]
    return max(taken, default=-1) + 1


async def _answers_a_matter(session: AsyncSession, inbound: Inbound) -> bool:
    """Whether it is a short answer to a matter: that has had its effect, and raises none of its own."""
    return read_reply(inbound.text) is not None and bool(await matters_answered(session, inbound))


async def _over(session: AsyncSession, inbound: Inbound) -> list[Matter]:
    raised = await matter_rows.matters_of_message(session, inbound.chat_id, inbound.message_id)
    return [one for one in raised if one.status not in UNFINISHED and one.status != reports.WITHDRAWN]
