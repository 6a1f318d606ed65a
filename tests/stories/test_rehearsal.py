"""History once more under other parameters, against what the same program really did."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.rehearsal import Rehearsal, rehearse
from tests.stories.telling import Tale


async def a_week(village: Tale) -> datetime:
    """A lamp nobody takes on, a pipe that is mended, a visit; returns when the story begins."""
    start = village.now
    await village.say("王德福", "村口路灯坏了三天没人管")
    await village.say("何文", "今天走访了谢秀珍老人，一切都好")
    await village.turn_to("08:30")
    await village.say("钱玉兰", "我家水管漏水了")
    await village.fast_forward(hours=2)
    await village.press("刘春梅", "我来处理")
    await village.fast_forward(days=1)
    await village.press("刘春梅", "已解决")
    await village.press("钱玉兰", "好了")
    await village.fast_forward(days=3)
    return start


async def again(village: Tale, start: datetime, **changes: object) -> Rehearsal:
    names = {key.replace("__", "."): value for key, value in changes.items()}
    return await rehearse(
        village.village.app.database, names, since=start - timedelta(days=1), until=village.now
    )


def told(found: list, kind: str) -> list[tuple[str, str]]:
    return [(f"{one.at:%d %H:%M}", one.to) for one in found if one.kind == kind]


async def test_with_no_change_it_is_what_was_sent(village: Tale) -> None:
    start = await a_week(village)
    found = await again(village, start)
    assert len(found.really) > 10
    assert [(one.at.replace(microsecond=0), one.to, one.kind, one.text) for one in found.rehearsed] == [
        (one.at.replace(microsecond=0), one.to, one.kind, one.text) for one in found.really
    ]
    assert (await again(village, start)) == found


async def test_with_half_the_time_to_acknowledge_the_climbing_comes_then(village: Tale) -> None:
    start = await a_week(village)
    found = await again(village, start, clocks__normal__acknowledge="12h")
    # Raised at 17:30 on the 10th; the clock stands still from 21:30 to 7:00.
    assert told(found.really, "matter.escalated") == [("12 12:30", "张海燕"), ("14 07:30", "陈志强")]
    assert told(found.rehearsed, "matter.escalated") == [
        ("11 15:00", "张海燕"),
        ("12 12:30", "陈志强"),
        ("13 10:00", "赵敏"),
    ]


async def test_with_another_cadence_reminders_move(village: Tale) -> None:
    start = await a_week(village)
    found = await again(village, start, cadence__old_alone=7)
    # 何文 was there on the 10th: two thirds of three days later, or of seven.
    really, rehearsed = (
        [at for at, name in told(which, "visit.reminder") if name == "何文"]
        for which in (found.really, found.rehearsed)
    )
    assert (really[0], rehearsed) == ("12 09:00", ["15 09:00"])


async def test_nothing_is_changed_or_sent(village: Tale) -> None:
    start = await a_week(village)
    before = await village.ledger()
    village.listen_from_now()
    await again(village, start, clocks__normal__acknowledge="1h")
    assert await village.ledger() == before
    assert village.heard("李建国") == []
