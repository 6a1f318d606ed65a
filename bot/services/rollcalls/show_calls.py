"""Lets everything that shows a roll-call say what holds now: boards in groups, lists, everybody's message.

Boards and lists are not edited at every press: what has changed is shown together, at most once in the span
that the preset gives, so that a group's limit of messages a minute is never reached.
"""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.chat.answering import rewrite
from bot.services.rollcalls.asking import priority_of, show
from bot.services.rollcalls.boards import board
from bot.services.rollcalls.standing import SUBJECT, Standing
from storage import outbox
from storage.outbox import Draft
from storage.queries import notices, roll_calls
from storage.queries.units import groups_within
from storage.tables import Chat

BOARD = "rollcall.board"


async def show_everything(session: AsyncSession, standing: Standing) -> None:
    """Show how a roll-call stands, wherever it is shown."""
    asks = await roll_calls.asks_of(session, standing.id)
    for ask in asks:
        await show(session, standing, ask, asks)
    await show_boards(session, standing)
    standing.call.show_at, standing.call.shown_at = None, standing.now
    session.add(standing.call)


async def show_boards(session: AsyncSession, standing: Standing) -> None:
    """Put a board into each group that has households in it, or let the one there say what holds now."""
    groups = await groups_within(session, standing.call.branch_id)
    below: dict[int | None, set[int]] = {}
    for group in groups:
        for above in _upwards(group.id, {one.id: one.parent_id for one in groups}):
            below.setdefault(above, set()).add(group.id or 0)
    units = [standing.call.branch_id, *(group.id or 0 for group in groups)]
    asked = {row.household.group_id for row in standing.rows.values()}
    for chat in await roll_calls.bound_chats(session, units):
        within = None if chat.unit_id == standing.call.branch_id else frozenset(below.get(chat.unit_id, ()))
        if within is None or within & asked:
            await _show_board(session, standing, chat, board(standing, within))


async def _show_board(session: AsyncSession, standing: Standing, chat: Chat, text: str) -> None:
    draft = Draft(
        key=f"{BOARD}:{SUBJECT}:{standing.id}:{chat.id}",
        kind=BOARD,
        priority=priority_of(standing.call),
        text=text,
        chat_id=chat.telegram_id,
        topic_id=chat.topic_id,
        recipient=chat.title,
        subject_kind=SUBJECT,
        subject_id=standing.id,
        branch_id=standing.call.branch_id,
        breaks_quiet=True,
    )
    if await outbox.put(session, draft, now=standing.now) is not None:
        return
    notice = await notices.by_key(session, draft.key)
    if notice is None or await roll_calls.latest_shown(session, notice) == text:
        return
    mark = f"e{await roll_calls.latest_event(session, standing.id)}"
    await rewrite(session, notice, text, mark=mark, now=standing.now)


def _upwards(group_id: int | None, parents: dict[int | None, int | None]) -> list[int | None]:
    """A group and those around it."""
    found = []
    while group_id in parents:
        found.append(group_id)
        group_id = parents[group_id]
    return found
