from bot.domain.roster import HouseholdKind
from bot.services.roster import parameters
from storage.database import Database
from storage.tables import Unit


async def test_a_unit_takes_what_it_does_not_set_itself_from_above(database: Database) -> None:
    async with database.transaction() as session:
        town = Unit(
            kind="town", name="青溪镇", preset="huiji", overrides={"cadence.key": 6, "cadence.needy": 9}
        )
        session.add(town)
        await session.flush()
        branch = Unit(kind="branch", name="柳湾村", parent_id=town.id, overrides={"cadence.key": 4})
        session.add(branch)
        await session.flush()
        preset = await parameters.for_unit(session, branch.id)
    assert preset.name == "huiji"
    assert preset.cadence[HouseholdKind.KEY] == 4
    assert preset.cadence[HouseholdKind.NEEDY] == 9
    assert preset.cadence[HouseholdKind.ORDINARY] == 14


async def test_without_a_unit_the_default_preset_holds(database: Database) -> None:
    async with database.reading() as session:
        assert (await parameters.for_unit(session, None)).name == "huozhou"
