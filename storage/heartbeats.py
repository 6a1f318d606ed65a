"""Signs of life: when something that must keep happening last succeeded."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Heartbeat


async def beat(session: AsyncSession, name: str, now: datetime, *, detail: str = "") -> None:
    """`name` (`poll`, `cycle`, `deliver`) has just succeeded."""
    row = await session.get(Heartbeat, name)
    if row is None:
        session.add(Heartbeat(name=name, at=now, detail=detail))
        return
    row.at, row.detail = now, detail
    session.add(row)


async def named(session: AsyncSession, prefix: str) -> list[Heartbeat]:
    """Those whose name begins so."""
    found = select(Heartbeat).where(col(Heartbeat.name).startswith(prefix, autoescape=True))
    return list(await session.exec(found))


async def latest(session: AsyncSession) -> dict[str, datetime]:
    """The latest success of each."""
    return {row.name: row.at for row in await session.exec(select(Heartbeat))}
