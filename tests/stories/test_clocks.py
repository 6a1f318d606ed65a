"""Clocks over nights, holidays and downtime, on the whole program with exact times. It is Tuesday, 17:30."""

from datetime import datetime, timedelta

from bot.demo.village import ZONE
from bot.playground import people
from tests.stories.telling import Tale

LADDER = ("刘春梅", "孙立新", "陈志强", "赵敏")


async def test_what_is_urgent_climbs_at_night_to_the_secretary_and_wakes_no_town(village: Tale) -> None:
    await village.turn_to("22:00")
    await village.say("马小军", "俺家断水两天了，做饭都是买的水", private=True)
    assert (await village.matter()).urgency == "urgent"
    village.listen_from_now()
    moments = ["10 23:29", "10 23:30", "11 00:00", "11 01:30", "11 02:00", "11 06:59", "11 07:00", "11 07:30"]
    warned, climbed = [], []
    for moment in moments:
        day, clock = moment.split()
        hours, minutes = map(int, clock.split(":"))
        await village.turn_to(datetime(2026, 11, int(day), hours, minutes, tzinfo=ZONE))
        for name in LADDER:
            texts = village.heard(name)
            warned += [(moment, name) for text in texts if "提醒一下" in text]
            climbed += [(moment, name) for text in texts if "到时间没有接手" in text]
    assert warned == [("10 23:30", "刘春梅"), ("11 01:30", "孙立新"), ("11 07:00", "陈志强")]
    assert climbed == [("11 00:00", "孙立新"), ("11 02:00", "陈志强"), ("11 07:30", "赵敏")]


async def test_at_the_top_what_is_late_stays_late_for_everybody_to_see(village: Tale) -> None:
    await village.say("马小军", "我家门口的排水沟堵了，一下雨就往院里灌", private=True)
    solve_by = (await village.matter()).solve_by
    while (await village.matter()).step != "town":
        deadline = (await village.matter()).acknowledge_by
        assert deadline is not None
        await village.turn_to(deadline)
    at_town = await village.matter()
    assert solve_by == datetime(2026, 11, 17, 17, 30, tzinfo=ZONE)
    assert at_town.acknowledge_by is not None
    await village.turn_to(at_town.acknowledge_by)
    village.listen_from_now()
    await village.fast_forward(days=21)
    told = [text for text in village.heard("赵敏") if "第1号" in text]
    assert len(told) == 21  # in the digest each morning, and never besides
    assert all("【过了时间的】" in text for text in told)
    later = await village.matter()
    assert (later.acknowledge_by, later.solve_by) == (at_town.acknowledge_by, at_town.solve_by)


async def test_an_emergency_read_after_a_standstill_says_how_old_it_is(village: Tale) -> None:
    await village.village.stop_bot()
    said = datetime(2026, 11, 10, 17, 30, tzinfo=ZONE)
    here = village.village
    people.say(here.world, here.group.id, here.people["王德福"].id, "快来人！周大山家着火了，人还在屋里")
    here.clock.move_to(said + timedelta(hours=20))
    village.listen_from_now()
    await here.start_bot()
    await here.settle()
    [told] = village.heard("李建国")
    assert "注意：这是20 小时前说的" in told
    assert village.heard("赵敏") == []  # the village has its quarter of an hour from now on
    await village.fast_forward(minutes=15)
    assert any("着火" in text for text in village.heard("赵敏"))
