"""The roll-call of the stories: whom it calls, and how a household stands in it."""

from __future__ import annotations

from sqlmodel import col, select

from storage.tables import Household, RollCallHousehold
from tests.stories.telling import Tale

HEAD = "【应急点名】暴雨转移（一组）"


async def open_call(village: Tale, line: str = "应急点名 暴雨转移，一组") -> None:
    """陈志强, the secretary, calls the households of the first group: 16, four of each of four members."""
    await village.say("陈志强", line)


async def state_of(village: Tale, head: str) -> tuple[str, str | None, bool, bool]:
    """(state, by, confirmed, disputed) of a household in the latest roll-call that asks for it."""
    async with village.village.app.database.reading() as session:
        found = await session.exec(
            select(RollCallHousehold)
            .join(Household, col(Household.id) == col(RollCallHousehold.household_id))
            .where(Household.head == head)
            .order_by(col(RollCallHousehold.id).desc())
        )
        row = found.first()
        assert row is not None
        return row.state, row.by_name, row.confirmed, row.disputed
