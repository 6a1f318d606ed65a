"""Matters, their events, and the photos that came with their albums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED, MatterStatus
from storage.tables import AlbumPhoto, FormerNumber, Matter, MatterEvent


async def matter_of_act(
    session: AsyncSession, chat_id: int, message_id: int, act_index: int
) -> Matter | None:
    """The matter that this act raised."""
    raised = select(Matter).where(
        Matter.chat_id == chat_id, Matter.message_id == message_id, Matter.act_index == act_index
    )
    return (await session.exec(raised)).first()


async def matters_of_message(session: AsyncSession, chat_id: int, message_id: int) -> list[Matter]:
    """All matters that a message raised, withdrawn ones included, in order."""
    raised = select(Matter).where(Matter.chat_id == chat_id, Matter.message_id == message_id)
    return list(await session.exec(raised.order_by(col(Matter.act_index))))


async def matter_by_number(session: AsyncSession, branch_id: int, number: int) -> Matter | None:
    """A branch's matter by its number, or by the one it had there before another branch took it."""
    raised = select(Matter).where(Matter.branch_id == branch_id, Matter.number == number)
    found = (await session.exec(raised)).first()
    if found is not None:
        return found
    handed_over = select(Matter).join(FormerNumber, col(FormerNumber.matter_id) == col(Matter.id))
    known = handed_over.where(FormerNumber.branch_id == branch_id, FormerNumber.number == number)
    return (await session.exec(known)).first()


async def on_ledger(session: AsyncSession) -> list[Matter]:
    """Matters on the problem ledger, those that come back first at the beginning."""
    waiting = select(Matter).where(Matter.status == MatterStatus.ON_LEDGER)
    return list(await session.exec(waiting.order_by(col(Matter.review_at), col(Matter.id))))


async def unnamed(session: AsyncSession) -> list[Matter]:
    """Matters whose reporters stay unnamed."""
    return list(await session.exec(select(Matter).where(col(Matter.unnamed).is_(True))))


async def next_act_index(session: AsyncSession, chat_id: int, message_id: int) -> int:
    """An index above those of all matters that a message has raised."""
    raised = await matters_of_message(session, chat_id, message_id)
    return max((matter.act_index for matter in raised), default=-1) + 1


async def unfinished_in_branch(session: AsyncSession, branch_id: int) -> list[Matter]:
    """A branch's matters on which somebody still has to act, the oldest first."""
    held = select(Matter).where(Matter.branch_id == branch_id, col(Matter.status).in_(UNFINISHED))
    return list(await session.exec(held.order_by(col(Matter.number))))


async def unfinished_held_by(session: AsyncSession, person_id: int) -> list[Matter]:
    """The unfinished matters that a person holds now, the oldest first."""
    held = select(Matter).where(Matter.assignee_id == person_id, col(Matter.status).in_(UNFINISHED))
    return list(await session.exec(held.order_by(col(Matter.created_at))))


async def raised_by(
    session: AsyncSession, *, person_id: int | None, telegram_id: int | None, limit: int = 20
) -> list[Matter]:
    """The matters that somebody raised, the newest first."""
    mine = []
    if person_id is not None:
        mine.append(col(Matter.reporter_person_id) == person_id)
    if telegram_id is not None:
        mine.append(col(Matter.reporter_telegram_id) == telegram_id)
    if not mine:
        return []
    raised = select(Matter).where(or_(*mine)).order_by(col(Matter.id).desc()).limit(limit)
    return list(await session.exec(raised))


async def latest_raised_by(
    session: AsyncSession, *, telegram_id: int, chat_id: int, since: datetime
) -> Matter | None:
    """The matter somebody raised last in a chat at `since` or later, unless it is withdrawn."""
    raised = select(Matter).where(
        Matter.reporter_telegram_id == telegram_id,
        Matter.chat_id == chat_id,
        Matter.created_at >= since,
        Matter.status != MatterStatus.WITHDRAWN,
    )
    return (await session.exec(raised.order_by(col(Matter.id).desc()))).first()


async def raised_in_chat(
    session: AsyncSession, chat_id: int, telegram_id: int, limit: int = 5
) -> list[Matter]:
    """The latest matters that somebody raised in a chat, whatever became of them, the newest first."""
    raised = select(Matter).where(Matter.chat_id == chat_id, Matter.reporter_telegram_id == telegram_id)
    newest = (col(Matter.message_id).desc(), col(Matter.act_index).desc())
    return list(await session.exec(raised.order_by(*newest).limit(limit)))


async def matters_of_branch(session: AsyncSession, branch_id: int, limit: int) -> list[Matter]:
    """The latest matters of a branch, the newest first."""
    raised = select(Matter).where(Matter.branch_id == branch_id)
    return list(await session.exec(raised.order_by(col(Matter.id).desc()).limit(limit)))


async def events_of(session: AsyncSession, matter_ids: Collection[int]) -> dict[int, list[MatterEvent]]:
    """What happened to each matter, in order."""
    found: dict[int, list[MatterEvent]] = defaultdict(list)
    happened = select(MatterEvent).where(col(MatterEvent.matter_id).in_(matter_ids))
    for event in await session.exec(happened.order_by(col(MatterEvent.id))):
        found[event.matter_id].append(event)
    return dict(found)


async def matters_of_album(session: AsyncSession, chat_id: int, media_group_id: str) -> list[Matter]:
    """The matters that an album's message raised."""
    raised = select(Matter).where(Matter.chat_id == chat_id, Matter.media_group_id == media_group_id)
    return list(await session.exec(raised.order_by(col(Matter.id))))


async def album_photos(session: AsyncSession, chat_id: int, media_group_id: str) -> list[AlbumPhoto]:
    """The photos of an album seen so far, in the order of their messages."""
    seen = select(AlbumPhoto).where(
        AlbumPhoto.chat_id == chat_id, AlbumPhoto.media_group_id == media_group_id
    )
    return list(await session.exec(seen.order_by(col(AlbumPhoto.message_id))))
