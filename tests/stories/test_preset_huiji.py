"""A month as `huiji` tells it: contact every two weeks, the five occasions, the problem ledger, points."""

from __future__ import annotations

from pathlib import Path

from tests.stories.preset_month import month_of
from tests.stories.telling import of, on


async def test_two_weeks_five_occasions_the_ledger_and_points(migrated_file: Path, tmp_path: Path) -> None:
    infirm = {head: ["infirm_member"] for head in ("吴春生", "李桂英")}
    async with month_of(
        "huiji", on(11, 10, "17:30"), files=(migrated_file, tmp_path), kinds=infirm
    ) as village:
        # Each is to look after two or three infirm members beside the six households: one member does.
        await village.say("陈志强", "联户检查", private=True)
        [checked] = of(village.heard("陈志强"), "杏林村的联户情况：")
        [looked_after] = [line for line in checked.splitlines() if "年老体弱" in line]
        assert looked_after.startswith("· 联系年老体弱的党员不是 2 到 3 名的：")
        assert "李建国" not in looked_after and "何文（0 名）" in looked_after
        await village.say("李建国", "今天走访了王德福、周大山家，都好")
        assert (await village.stands("周大山")).standing.due_by == on(11, 24).date()
        # A quarrel is told by a neighbour: the member goes there at once.
        await village.turn_to(on(11, 12, "18:00"))
        village.listen_from_now()
        await village.say("钱玉兰", "周大山家婆媳俩吵起来了，全村都听见")
        [called] = of(village.heard("李建国"), "周大山家闹矛盾")
        assert "请11月14日（周六）前去看看" in called
        await village.say("李建国", "去周大山家劝了劝，婆媳和好了")
        assert (await village.stands("周大山")).occasions == ()
        # An ordinary household that nobody has been to for two weeks is overdue.
        await village.turn_to(on(11, 25, "12:00"))
        assert (await village.stands("王德福")).standing.state == "overdue"
        await village.say("李建国", "刚给王德福打了电话，挺好")
        assert (await village.stands("王德福")).standing.state == "done"

        # What can't be solved yet goes on the problem ledger, and comes back on its day.
        await village.say("钱玉兰", "村西头的桥栏杆断了")
        number = max(matter.number for matter in (await village.ledger()).matters)
        await village.say("陈志强", f"#{number} 挂账到12月8日，等镇里拨款")
        assert (await village.matter(number)).status == "on_ledger"
        village.listen_from_now()

        # The month's account of points, for the member alone.
        await village.turn_to(on(12, 1, "12:00"))
        await village.say("李建国", "积分", private=True)
        assert of(village.heard("李建国"), "分")
        await village.say("钱玉兰", "积分", private=True)
        assert not of(village.heard("钱玉兰"), "李建国")
        assert not of(village.said_in_group(), "积分")

        # The monthly meeting has it on its agenda, and on its day it is in hand again.
        await village.turn_to(on(12, 8, "12:00"))
        assert (await village.matter(number)).status != "on_ledger"
        await village.nothing_is_left_over()
