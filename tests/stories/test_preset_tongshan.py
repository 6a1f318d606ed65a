"""A month as `tongshan` tells it: hubs study, report in, pass on what people say, see the quarantined."""

from __future__ import annotations

from pathlib import Path

from tests.stories.preset_month import month_of
from tests.stories.telling import of, on


async def test_hubs_study_report_in_and_see_the_quarantined(migrated_file: Path, tmp_path: Path) -> None:
    quarantined = {"郑金宝": ["quarantined"]}
    files = (migrated_file, tmp_path)
    async with month_of("tongshan", on(11, 17, "17:30"), files=files, kinds=quarantined) as village:
        # Once a month each hub studies; the one that has not is reminded on the 20th, privately.
        await village.say("张海燕", "今天一组组织党员学习，到会3人")
        await village.turn_to(on(11, 20, "09:00"))
        assert of(village.heard("孙立新"), "二组这个月还没有记到集体学习")
        assert not of(village.heard("张海燕"), "还没有记到集体学习")
        # Those in quarantine: one member for each, once a day.
        await village.say("何文", "今天看了郑金宝家，体温36.6，正常")
        assert (await village.stands("郑金宝")).standing.due_by == on(11, 21).date()
        await village.turn_to(on(11, 21, "09:30"))
        assert of(village.heard("何文"), "郑金宝")
        # What people say goes up at once, and the hub is the step above the member.
        await village.say("钱玉兰", "村口路灯坏了三天没人管")
        matter = await village.matter()
        assert matter.step == "member" and matter.assignee == "刘春梅"
        await village.press("刘春梅", "我来处理")
        await village.say("刘春梅", "#1 已经修好了")

        # Three days before the 15th the hub gets its draft from the records, and reports in by a tap.
        await village.turn_to(on(12, 12, "09:00"))
        [draft] = of(village.heard("张海燕"), "一组要向支部报到")
        assert "上月学习：" in draft and "1次" in draft
        assert await village.press("张海燕", "报到") == "好，一组12月的报到收到了，支部能看到。"
        await village.turn_to(on(12, 15, "09:00"))
        assert of(village.heard("孙立新"), "今天是二组向支部报到的日子，还没报。")
        await village.say("孙立新", "报到：上月学习：一次；上月工作：走访；本月打算：修水渠", private=True)
        await village.turn_to(on(12, 18, "09:00"))
        assert not of(village.said_in_group(), "还没报")
        await village.nothing_is_left_over()
