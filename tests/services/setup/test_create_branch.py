from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.presets import ParameterWrong
from bot.services.roster.create_branch import BranchRefused, create_branch
from bot.services.roster.find_branch import BranchUnclear, find_branch
from bot.services.roster.parameters import for_unit
from storage.database import Database
from storage.tables import Unit
from tests.services.setup.conftest import NOW, ZONE, make_branch


async def test_a_branch_is_made_with_what_is_above_it_and_only_once(database: Database) -> None:
    async with database.transaction() as session:
        first = await create_branch(
            session, preset="huiji", branch="柳湾村", town="青溪镇", district="东河区", zone=ZONE, now=NOW
        )
        rest = {"preset": "huiji", "town": "青溪镇", "zone": ZONE, "now": NOW}
        again = await create_branch(session, branch="柳湾村", **rest)
        other = await create_branch(session, branch="石桥村", **rest)
        assert (first.is_new, again.is_new, other.is_new) == (True, False, True)
        assert again.branch.id == first.branch.id
        units = list(await session.exec(select(Unit).order_by(Unit.id)))
    assert [(unit.kind, unit.name) for unit in units] == [
        ("district", "东河区"),
        ("town", "青溪镇"),
        ("branch", "柳湾村"),
        ("branch", "石桥村"),
    ]
    assert units[3].parent_id == units[1].id
    assert units[1].parent_id == units[0].id


async def test_a_town_given_later_is_put_above_the_branch_made_before(database: Database) -> None:
    async with database.transaction() as session:
        before = await make_branch(session, town=None)
        after = await make_branch(session, town="青溪镇")
        assert after.id == before.id
        assert after.parent_id is not None


async def test_two_towns_may_have_a_branch_of_the_same_name(database: Database) -> None:
    async with database.transaction() as session:
        one = await make_branch(session, town="青溪镇")
        two = await make_branch(session, town="白水镇")
        assert one.id != two.id
        with pytest.raises(BranchUnclear, match="青溪镇/柳湾村"):
            await find_branch(session, "柳湾村")
        assert (await find_branch(session, "白水镇/柳湾村")).id == two.id


@pytest.mark.parametrize("asked", ["柳湾村", "柳湾村党支部", "中共柳湾村支部"])
async def test_a_branch_is_found_by_the_names_people_use(database: Database, asked: str) -> None:
    async with database.transaction() as session:
        branch = await make_branch(session)
        assert (await find_branch(session, asked)).id == branch.id


async def test_a_branch_not_found_names_those_there_are(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(BranchUnclear, match="init"):
            await find_branch(session, "柳湾村")
        await make_branch(session)
        with pytest.raises(BranchUnclear, match="柳湾村"):
            await find_branch(session, "石桥村")


async def test_another_preset_or_a_missing_name_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        with pytest.raises(BranchRefused, match="huozhou"):
            await make_branch(session, preset="huiji")
        with pytest.raises(BranchRefused):
            await make_branch(session, name="  ")
        with pytest.raises(BranchRefused, match="--town"):
            await make_branch(session, name="石桥村", town=None, district="东河区")
        with pytest.raises(ParameterWrong, match="nowhere"):
            await make_branch(session, name="石桥村", preset="nowhere")


async def test_another_time_zone_is_kept_with_the_branch(database: Database) -> None:
    async with database.transaction() as session:
        branch = await make_branch(session, zone=ZoneInfo("Asia/Urumqi"))
        assert (await for_unit(session, branch.id)).zone.key == "Asia/Urumqi"
