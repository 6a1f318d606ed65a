"""Households looked in on every day: the quarantined with their temperatures, key ones even twice."""

from __future__ import annotations

from sqlmodel import select

from storage.tables import HealthLine, Household
from tests.stories.telling import Tale, on


async def quarantine(village: Tale, head: str) -> None:
    async with village.village.app.database.transaction() as session:
        household = (await session.exec(select(Household).where(Household.head == head))).one()
        household.kinds = ["quarantined"]
        session.add(household)


async def test_a_temperature_is_kept_for_the_secretary_alone(village: Tale) -> None:
    await quarantine(village, "郑金宝")
    said = await village.say("何文", "今天看了郑金宝家，体温36.5 正常，倒了垃圾")
    assert village.reaction_to(said) == "👍"
    assert village.heard_in_group() == []
    [line] = await village.rows(HealthLine)
    assert (line.temperature, line.fever, line.words) == (36.5, False, "正常")
    await village.say("陈志强", "体温", private=True)
    [shown] = village.heard("陈志强")
    assert "· 今天 郑金宝家：体温 36.5 度，正常（何文报的）" in shown
    await village.say("何文", "体温", private=True)
    assert village.heard("何文") == ["体温只给书记看。"]


async def test_a_fever_goes_to_the_secretary_at_once_and_to_nobody_else(village: Tale) -> None:
    await quarantine(village, "郑金宝")
    await village.turn_to(on(11, 10, "22:30"))  # in quiet hours
    village.listen_from_now()
    await village.say("何文", "刚去看了郑金宝家，体温38.6")
    assert any("郑金宝" in text and "38.6" in text for text in village.heard("陈志强"))
    assert not any("38.6" in text for text in village.heard_in_group())
    assert not any("38.6" in text for text in village.heard("张海燕"))
    matter = await village.matter()
    assert (matter.category, matter.step, matter.assignee) == ("health", "secretary", "陈志强")


async def test_the_quarantined_are_due_every_day(village: Tale) -> None:
    await quarantine(village, "郑金宝")
    await village.say("何文", "今天看了郑金宝家，体温36.5")
    await village.turn_to(on(11, 11, "09:30"))
    assert any("郑金宝" in text for text in village.heard("何文"))
    await village.turn_to(on(11, 12, "09:30"))
    assert (await village.stands("郑金宝")).standing.state == "overdue"


async def test_a_key_household_may_want_two_visits_a_day(village: Tale) -> None:
    await village.override(contact__twice_daily=["key"], cadence__key=1)
    await village.turn_to(on(11, 11, "08:00"))
    await village.say("李建国", "早上去看了吴春生")
    assert (await village.stands("吴春生")).standing.state == "due"
    await village.turn_to(on(11, 11, "18:00"))
    await village.say("李建国", "晚上又去看了吴春生")
    found = (await village.stands("吴春生")).standing
    assert (found.state, found.due_by) == ("done", on(11, 12).date())
