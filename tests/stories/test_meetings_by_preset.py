"""What each preset has besides the Party day: hubs report in, study at each hour, dues, training."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from tests.stories.preset_month import month_of
from tests.stories.telling import Tale, of, on

Begin = Callable[[str, datetime], AbstractAsyncContextManager[Tale]]


@pytest.fixture
def begin(migrated_file: Path, tmp_path: Path) -> Begin:
    """杏林村 under a preset, from a moment on."""
    return partial(month_of, files=(migrated_file, tmp_path))


async def test_tongshan_hubs_report_in_with_one_tap_or_in_words(begin: Begin) -> None:
    async with begin("tongshan", on(12, 11, "17:30")) as village:
        await village.turn_to(on(12, 12, "09:00"))  # three days before the 15th
        [draft] = of(village.heard("张海燕"), "报到")
        assert draft == (
            "张海燕，12月15日（周二）前一组要向支部报到。按记录先拟好了：\n"
            "上月学习：没有集体学习\n上月工作：没有走访的记录，没有报上来的事\n本月打算：组织一次学习\n"
            "没问题点“报到”；要改就自己写：报到：上月学习……；上月工作……；本月打算……"
        )
        assert await village.press("张海燕", "报到") == "好，一组12月的报到收到了，支部能看到。"
        assert await village.press("张海燕", "报到") == "一组12月已经报到过了。"
        await village.turn_to(on(12, 15, "09:00"))
        assert not of(village.heard("张海燕"), "报到")
        assert of(village.heard("孙立新"), "孙立新，今天是二组向支部报到的日子，还没报。")
        await village.turn_to(on(12, 18, "09:00"))
        [missing] = of(village.heard("陈志强"), "12月报到")
        assert missing == "12月报到：1个中心户报了，还没报的：二组。已经提醒过中心户。"
        village.listen_from_now()
        await village.say("孙立新", "报到：学习一次", private=True)
        assert village.heard("孙立新")[0].startswith("请写齐三样")
        await village.say(
            "孙立新", "报到：上月学习：一次；上月工作：走访12户；本月打算：修水渠", private=True
        )
        assert village.heard("孙立新") == ["好，二组12月的报到收到了，支部能看到。"]
        await village.say("陈志强", "报到情况", private=True)
        [listed] = village.heard("陈志强")
        assert "· 二组（孙立新）：学习：一次；工作：走访12户；打算：修水渠" in listed
        await village.say("何文", "报到", private=True)
        assert village.heard("何文")[-1] == "报到由中心户来报。"


async def test_tongshan_hubs_without_a_study_are_reminded_on_the_20th(begin: Begin) -> None:
    async with begin("tongshan", on(12, 19, "17:30")) as village:
        await village.say("张海燕", "今天一组组织党员学习，到会3人")
        await village.turn_to(on(12, 20, "09:00"))
        assert not of(village.heard("张海燕"), "集体学习")
        [told] = of(village.heard("孙立新"), "集体学习")
        assert told.startswith("孙立新，二组这个月还没有记到集体学习。")
        assert not of(village.said_in_group(), "集体学习")


async def test_xuanbao_members_study_at_the_hour_that_suits_them(begin: Begin) -> None:
    async with begin("xuanbao", on(12, 4, "17:30")) as village:
        await village.say("李建国", "我是务工的", private=True)
        assert village.heard("李建国") == ["好，您按务工的排学习。"]
        await village.say("陈志强", "何文是退休的", private=True)
        assert village.heard("陈志强")[-1] == "好，何文按退休的排学习。"
        await village.say("李建国", "何文是务农的", private=True)
        assert village.heard("李建国")[-1].startswith("别人的由书记来定")
        await village.turn_to(on(12, 9, "09:00"))  # the second Wednesday, for those who farm
        [told] = of(village.heard("刘春梅"), "学习")[-1:]
        assert told == (
            "刘春梅，今天 12月9日（周三）19:30有务农党员学习，请准时参加。\n来不了的，回复“学习请假”和原因。"
        )
        assert not of(village.heard("李建国"), "务农党员学习")
        assert not of(village.heard("何文"), "务农党员学习")
        await village.turn_to(on(12, 9, "19:00"))
        [board] = of(village.said_in_group(), "📋")
        assert board.startswith("📋 杏林村务农党员学习 12月9日（周三）19:30\n已签到 0 人，应到 4 人")
        await village.press("刘春梅", "签到")
        await village.turn_to(on(12, 10, "09:00"))  # Thursday: the retired, in the daytime
        assert of(
            village.said_in_group(), "📋 杏林村退休党员学习 12月10日（周四）9:30\n已签到 0 人，应到 1 人"
        )
        await village.say("何文", "签到")
        await village.turn_to(on(12, 12, "13:30"))  # Saturday: those who work away
        assert of(
            village.said_in_group(), "📋 杏林村务工党员学习 12月12日（周六）14:00\n已签到 0 人，应到 1 人"
        )


async def test_xuanbao_dues_are_a_tick_between_member_and_secretary(begin: Begin) -> None:
    async with begin("xuanbao", on(12, 24, "17:30")) as village:
        await village.say("刘春梅", "党费已交", private=True)
        assert village.heard("刘春梅") == ["好，12月的党费记为已交。"]
        await village.turn_to(on(12, 25, "09:00"))
        assert not of(village.heard("刘春梅"), "党费")
        [asked] = of(village.heard("李建国"), "党费")
        assert asked == ("李建国，12月的党费该交了，请交给书记。交了点一下“已交”，这里只记一笔，不收钱。")
        assert await village.press("李建国", "已交") == "好，12月的党费记为已交。"
        assert await village.press("李建国", "已交") == "12月的已经记过了。"
        village.listen_from_now()
        await village.say("陈志强", "党费", private=True)
        assert village.heard("陈志强") == [
            "您12月的党费：还没记。交了就写：党费已交。\n12月党费：2 人说已交，一共 6 人。\n"
            "还没记的：陈志强、张海燕、何文、孙立新"
        ]
        await village.say("何文", "党费", private=True)
        assert village.heard("何文")[-1] == "您12月的党费：还没记。交了就写：党费已交。"
        assert not of(village.said_in_group(), "党费")


async def test_huiji_trains_each_quarter(begin: Begin) -> None:
    async with begin("huiji", on(12, 17, "17:30")) as village:  # the third Friday of December is the 18th
        await village.turn_to(on(12, 18, "09:00"))
        assert of(village.heard("李建国"), "今天 12月18日（周五）9:30有集中培训")
        assert of(village.said_in_group(), "📋 杏林村集中培训 12月18日（周五）9:30\n已签到 0 人，应到 6 人")


async def test_damang_visits_first_and_then_reports(begin: Begin) -> None:
    async with begin("damang", on(12, 4, "17:30")) as village:  # the first Saturday of December is the 5th
        await village.turn_to(on(12, 5, "09:00"))
        [told] = of(village.heard("李建国"), "今天", "活动日")
        assert told.startswith(
            "李建国，今天 12月5日（周六）是杏林村的党员活动日，9:30开始。先走访包的户，再来汇报。\n"
        )
        assert "我包4户。" in told
