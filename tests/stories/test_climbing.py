from datetime import timedelta
from itertools import pairwise

from sqlmodel import select

from bot.domain.matters import Step
from bot.domain.roster import Role, UnitKind
from storage.tables import Person, RoleHeld, Unit
from tests.stories.telling import Tale

TROUBLE = "我家门口的排水沟堵了，一下雨就往院里灌"
LADDER = ("刘春梅", "孙立新", "陈志强", "赵敏")


async def test_an_unresolved_matter_climbs_to_the_town_on_time_each_told_before(village: Tale) -> None:
    await village.say("马小军", TROUBLE, private=True)
    steps = [(await village.matter()).step]
    assert [name for name in LADDER if any("排水沟" in text for text in village.heard(name))] == ["刘春梅"]
    for below, above in pairwise(LADDER):
        deadline = (await village.matter()).acknowledge_by
        assert deadline is not None

        # Before the time: the one who holds it is told who is next; the next one knows nothing yet.
        await village.turn_to(deadline - timedelta(minutes=1))
        assert any("提醒一下" in text and above in text for text in village.heard(below))
        assert not any("排水沟" in text for text in village.heard(above))

        await village.turn_to(deadline)
        assert any("到时间没人接手" in text and above in text for text in village.heard(below))
        assert any(f"{below}到时间没有接手" in text for text in village.heard(above))
        steps.append((await village.matter()).step)
    assert steps == list(Step)
    moves = [event.kind for event in (await village.matter()).events]
    assert moves.count("escalate") == 3
    assert moves.count("warn") == 3
    await village.nothing_is_left_over()


async def _named(village: Tale, name: str, role: Role, unit: Unit) -> None:
    """Somebody holds a role besides those they have."""
    async with village.village.app.database.transaction() as session:
        person = (await session.exec(select(Person).where(Person.name == name))).one()
        session.add(RoleHeld(person_id=person.id or 0, unit_id=unit.id or 0, role=role))


async def _unit(village: Tale, name: str) -> Unit:
    async with village.village.app.database.reading() as session:
        return (await session.exec(select(Unit).where(Unit.name == name))).one()


async def test_groups_one_above_the_other_are_as_many_steps(village: Tale) -> None:
    second = await _unit(village, "二组")
    async with village.village.app.database.transaction() as session:
        yard = Unit(kind=UnitKind.GROUP, name="河沿院", parent_id=second.parent_id)
        session.add(yard)
        await session.flush()
        inner = await session.get_one(Unit, second.id)
        inner.parent_id = yard.id
        session.add(inner)
    await _named(village, "何文", Role.GROUP_LEADER, yard)
    await village.say("马小军", TROUBLE, private=True)
    village.listen_from_now()
    took_it_on = []
    for name in ("孙立新", "何文", "陈志强", "赵敏"):
        deadline = (await village.matter()).acknowledge_by
        assert deadline is not None
        await village.turn_to(deadline)
        assert any("到时间没有接手，现在交给您" in text for text in village.heard(name))
        took_it_on.append(f"{deadline.astimezone(village.now.tzinfo):%d %H:%M} {name}")
    assert took_it_on == ["12 12:30 孙立新", "14 07:30 何文", "15 17:00 陈志强", "17 12:00 赵敏"]


async def test_a_deputy_is_told_when_the_secretary_lets_the_time_run(village: Tale) -> None:
    await _named(village, "张海燕", Role.DEPUTY, await _unit(village, "杏林村"))
    await village.say("马小军", TROUBLE, private=True)
    while (await village.matter()).step != Step.SECRETARY:
        await village.turn_to((await village.matter()).acknowledge_by or village.now)
    village.listen_from_now()
    deadline = (await village.matter()).acknowledge_by
    assert deadline is not None
    await village.turn_to(deadline - timedelta(minutes=1))
    [told] = [text for text in village.heard("张海燕") if "排水沟" in text]
    assert "书记陈志强还没有接手，也告诉您一声" in told
    await village.press("张海燕", "我来处理")
    assert (await village.matter()).assignee == "张海燕"
    await village.turn_to(deadline)
    assert not any("排水沟" in text for text in village.heard("赵敏"))


async def test_a_town_officer_says_of_which_village(village: Tale) -> None:
    await village.say("马小军", TROUBLE, private=True)
    while (await village.matter()).step != Step.TOWN:
        await village.turn_to((await village.matter()).acknowledge_by or village.now)
    await village.say("赵敏", "杏林村 1号我来办", private=True)
    matter = await village.matter()
    assert (matter.assignee, matter.status) == ("赵敏", "acknowledged")
