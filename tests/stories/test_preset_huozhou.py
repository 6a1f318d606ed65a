"""A month as `huozhou` tells it: 一牌一册一次一会一评, from the plate on the door to the Party day."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import select

from bot.playground import people
from storage.tables import Household
from tests.stories.preset_month import month_of
from tests.stories.telling import Tale, of, on


async def test_the_plate_the_visit_and_the_party_day(migrated_file: Path, tmp_path: Path) -> None:
    async with month_of("huozhou", on(11, 10, "17:30"), files=(migrated_file, tmp_path)) as village:
        # 一牌: whoever scans the plate on the door speaks for that household.
        newcomer = village.village.world.add_user("周小梅", label="住户·一组")
        village.village.people = {**village.village.people, "周小梅": newcomer}
        plate = await _plate(village, "周大山")
        people.open_link(village.village.world, newcomer.id, f"https://t.me/lianxin_bot?start={plate}")
        await village.village.settle()
        village.listen_from_now()
        await village.say("周小梅", "我家断水两天了", private=True)
        matter = await village.matter()
        assert (matter.assignee, matter.step) == ("李建国", "member")

        # 一次: each household once a month; simple matters are done at once.
        await village.say("李建国", "今天走访了周大山、王德福家，水管给接好了")
        assert (await village.stands("周大山")).standing.due_by == on(12, 10).date()
        await village.press("李建国", "我来处理")
        await village.say("李建国", "#1 已经修好了")
        await village.press("周小梅", "好了")
        assert (await village.matter()).outcome == "satisfied"
        # A complex one goes to the branch.
        await village.say("钱玉兰", "二组机耕路坏了，拖拉机过不去")
        await village.say("刘春梅", "#2 报书记")

        # 一会: the Party day of 5 December, where each reports and the branch studies what is open.
        await village.turn_to(on(11, 28, "09:00"))
        [draft] = of(village.heard("陈志强"), "议题先拟好了")
        assert "#2 二组机耕路坏了" in draft
        await village.press("陈志强", "定稿")
        await village.turn_to(on(12, 5, "09:00"))
        [told] = of(village.heard("李建国"), "今天 12月5日（周六）是杏林村的主题党日")
        assert told
        await village.press("李建国", "签到")
        assert of(village.said_in_group(), "📋 杏林村主题党日", "已签到 1 人")
        await village.nothing_is_left_over()


async def _plate(village: Tale, head: str) -> str:
    """The code on a household's door plate."""
    async with village.village.app.database.transaction() as session:
        household = (await session.exec(select(Household).where(Household.head == head))).one()
        household.plate = "ZHOU7"
        session.add(household)
    return household.plate
