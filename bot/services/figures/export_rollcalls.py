"""Roll-calls as outsiders get them: each household with what holds for it. Those taken back are left out."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.figures.exported import OfBranch, Row
from storage.queries import roll_calls
from storage.tables import Household, RollCallHousehold


async def rollcall_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """The roll-calls opened on the wanted days."""

    def household(known: RollCallHousehold, household: Household) -> Row:
        return {
            "head": household.head,
            "state": known.state,
            "by": known.by_name,
            "at": of.at(known.state_at),
            "confirmed": known.confirmed,
            "source": known.source,
            "disputed": known.disputed,
            "people": known.people,
            "residents": known.residents,
        }

    return [
        {
            "id": call.id,
            "branch": of.branch.name,
            "title": call.title,
            "scope": call.scope,
            "drill": call.drill,
            "opened_by": call.asked_by_name,
            "opened_at": of.at(call.opened_at),
            "completed_at": of.at(call.completed_at),
            "closed_at": of.at(call.closed_at),
            "households": [household(*one) for one in await roll_calls.rows_of(session, call.id or 0)],
        }
        for call in await roll_calls.opened_between(session, of.id, *of.during)
    ]
