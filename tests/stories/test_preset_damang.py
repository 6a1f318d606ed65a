"""A month as `damang` tells it: visits first, key households twice a day, who moves keeps their member."""

from __future__ import annotations

from pathlib import Path

from tests.stories.preset_month import month_of
from tests.stories.telling import of, on


async def test_the_activity_day_key_households_and_who_moved(migrated_file: Path, tmp_path: Path) -> None:
    quarantined = {"郑金宝": ["quarantined"]}
    files = (migrated_file, tmp_path)
    async with month_of("damang", on(11, 10, "17:30"), files=files, kinds=quarantined) as village:
        # A key household is looked in on twice a day, the quarantined every day, with their temperature.
        await village.turn_to(on(11, 11, "08:00"))
        await village.say("李建国", "早上去看了吴春生，送了米面")
        assert (await village.stands("吴春生")).standing.state == "due"
        await village.say("何文", "今天陪村医给郑金宝量了体温36.4，倒了垃圾，代购一袋苹果")
        assert village.heard_in_group() == []
        await village.turn_to(on(11, 11, "18:00"))
        await village.say("李建国", "晚上又去看了吴春生，一切都好")
        assert (await village.stands("吴春生")).standing.state == "done"
        await village.say("陈志强", "体温", private=True)
        assert of(village.heard("陈志强"), "郑金宝家：体温 36.4 度（何文报的）")
        await village.say("何文", "今天看了郑金宝家，烧到38.5")
        assert of(village.heard("陈志强"), "郑金宝", "38.5")
        assert not of(village.said_in_group(), "38.5")

        # The household moves to the new estate: its member stays (移动包户).
        village.listen_from_now()
        await village.say("陈志强", "周大山家搬到新城花园3号楼1单元102", private=True)
        assert of(village.heard("陈志强"), "周大山", "新城花园3号楼1单元102")
        moved = await village.stands("周大山")
        assert [one.name for one in moved.members] == ["李建国"]
        assert moved.household.address == "新城花园3号楼1单元102"

        # On the first Saturday everybody visits, and then reports what they have found.
        await village.turn_to(on(12, 4, "17:30"))
        village.listen_from_now()
        await village.turn_to(on(12, 5, "09:00"))
        [told] = of(village.heard("李建国"), "活动日")
        assert "今天 12月5日（周六）是杏林村的党员活动日" in told
        assert "先走访包的户，再来汇报。" in told
        await village.say("李建国", "今天走访了王德福、李桂英、周大山、吴春生家，周大山家水管漏了")
        assert (await village.stands("周大山")).standing.state == "done"
        assert (await village.matter(2)).assignee == "李建国"
        await village.press("李建国", "签到")
        await village.nothing_is_left_over()
