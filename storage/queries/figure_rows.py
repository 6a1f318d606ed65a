"""The rows behind figures by their keys, and which of them are somebody's own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from sqlmodel import SQLModel, select, text
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.queries.reports import WITHDRAWN
from storage.tables import Link, Report

Row = TypeVar("Row", bound=SQLModel)


async def by_ids(session: AsyncSession, table: type[Row], ids: Collection[int]) -> dict[int, Row]:
    """The rows with these keys. Give no more keys than stand on a page."""
    found = select(table).where(table.id.in_(ids))  # type: ignore[attr-defined]  # every table asked for has one
    return {row.id: row for row in await session.exec(found.order_by(text("id")))}  # type: ignore[attr-defined]  # as above


async def reports_of(session: AsyncSession, person_id: int, *, first: date, last: date) -> set[int]:
    """The keys of a person's standing reports of these days."""
    own = select(Report.id).where(
        Report.person_id == person_id, Report.status != WITHDRAWN, Report.day >= first, Report.day <= last
    )
    return {key for key in await session.exec(own) if key is not None}


async def households_ever_of(session: AsyncSession, person_id: int) -> set[int]:
    """The keys of the households that a person answers for, or has answered for."""
    return set(await session.exec(select(Link.household_id).where(Link.person_id == person_id)))
