"""A month as `xuanbao` tells it: study at the hour that suits each kind, dues as a tick, long cadence."""

from __future__ import annotations

from pathlib import Path

from tests.stories.preset_month import month_of
from tests.stories.telling import of, on


async def test_each_kind_studies_at_its_hour_and_dues_are_a_tick(migrated_file: Path, tmp_path: Path) -> None:
    async with month_of("xuanbao", on(11, 30, "17:30"), files=(migrated_file, tmp_path)) as village:
        await village.say("李建国", "我是务工的", private=True)
        await village.say("陈志强", "何文是退休的", private=True)
        # A hub gathers ten to twenty members and takes care of twelve needy households: these are small ones.
        await village.say("陈志强", "联户检查", private=True)
        [checked] = of(village.heard("陈志强"), "杏林村的联户情况：")
        assert "· 党员少于 10 名的中心户：一组（4 名）、二组（2 名）。" in checked
        assert "· 联系的困难户少于 12 户的中心户：一组（2 户）、二组（0 户）。" in checked
        # The evening for those who farm, the daytime for the retired, the weekend for those who work away.
        await village.turn_to(on(12, 9, "19:00"))
        assert of(village.said_in_group(), "📋 杏林村务农党员学习 12月9日（周三）19:30")
        await village.press("刘春梅", "签到")
        await village.turn_to(on(12, 10, "09:00"))
        assert of(village.said_in_group(), "📋 杏林村退休党员学习 12月10日（周四）9:30")
        await village.turn_to(on(12, 12, "13:30"))
        assert of(village.said_in_group(), "📋 杏林村务工党员学习 12月12日（周六）14:00")
        # The hub head hears of a dispute and settles it: it stands in the records of the month.
        await village.say("张海燕", "今天调解了宋长林家和隔壁的宅基地纠纷，说通了")
        # What the hub can't solve itself goes to the village.
        await village.say("钱玉兰", "河沿的路塌了一块")
        await village.press("刘春梅", "我来处理")
        # The hub arranges visits: an ordinary household may wait for a quarter, a needy one for a month.
        assert (await village.stands("高有福")).standing.period == 90
        assert (await village.stands("林桂花")).standing.period == 30

        # Dues: a tick between member and secretary, no money, no list in the group.
        await village.turn_to(on(12, 25, "09:00"))
        [asked] = of(village.heard("李建国"), "12月的党费该交了")
        assert "不收钱" in asked
        assert await village.press("李建国", "已交") == "好，12月的党费记为已交。"
        await village.say("陈志强", "党费", private=True)
        assert of(village.heard("陈志强"), "12月党费：1 人说已交，一共 6 人。")
        assert not of(village.said_in_group(), "党费")
        await village.nothing_is_left_over()
