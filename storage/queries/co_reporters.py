"""Those who tell of a matter that somebody else has raised."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import CoReporter


async def co_reporters_of(session: AsyncSession, matter_id: int) -> list[CoReporter]:
    """Those who have joined a matter, in the order in which they did."""
    joined = select(CoReporter).where(CoReporter.matter_id == matter_id)
    return list(await session.exec(joined.order_by(col(CoReporter.id))))


async def co_reporter_of(session: AsyncSession, matter_id: int, telegram_id: int) -> CoReporter | None:
    """Somebody as one who has joined a matter; null when they have not."""
    chosen = select(CoReporter)
    chosen = chosen.where(CoReporter.matter_id == matter_id, CoReporter.telegram_id == telegram_id)
    return (await session.exec(chosen)).first()
