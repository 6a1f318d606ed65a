"""The plate on the door: who answers, how they are reached, and what the code opens."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import NotFound, NotPossible
from bot.domain.papers import PaperKind
from bot.secrets import Secrets
from bot.services.papers.door_plates import Responsible, plates_for_printers
from storage.tables import Link, Unit
from tests.services.papers.conftest import Print
from tests.services.time import village as places

PLATES = PaperKind.PLATES


async def test_a_plate_names_who_answers_and_opens_the_bot_for_its_household(village, print_paper: Print):
    paper = await print_paper(PLATES)
    assert [one.head for one in paper.plates] == ["李桂兰", "陈阿婆"]
    plate = paper.plates[0]
    assert (plate.address, plate.group) == ("村东3号", "第一党小组")
    assert plate.members == (Responsible("王建国", "138 0000 0001"),)
    assert plate.scope == "2 户：李桂兰、陈阿婆"
    assert plate.link == "https://t.me/lianxin_bot?start=K7M3X"
    assert paper.secretary == "钱守信"
    assert len(paper.duties) == 8
    assert all("到位：" in duty for duty in paper.duties)


async def test_without_the_bots_name_the_code_stands_alone(village, print_paper: Print):
    paper = await print_paper(PLATES, username=None)
    assert [(one.link, one.code) for one in paper.plates] == [(None, "K7M3X"), (None, "A4D9P")]


@pytest.mark.parametrize(
    ("overrides", "phones", "shown"),
    [
        ({}, None, True),
        ({}, False, False),
        ({"papers.phones": False}, None, False),
        ({"papers.phones": False}, True, True),
        ({"papers.unlisted": ["王建国"]}, None, False),
        # Whoever does not want it is left out, whatever whoever prints has chosen.
        ({"papers.unlisted": "王建国、赵六"}, True, False),
    ],
)
async def test_a_number_is_printed_as_the_unit_and_the_member_allow(
    session, village, print_paper: Print, overrides, phones, shown
):
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = overrides
    await session.flush()
    paper = await print_paper(PLATES, phones=phones)
    assert paper.plates[0].has_phone is shown


async def test_whoever_stands_in_for_a_while_is_on_no_plate(session, village, print_paper: Print):
    until = date(2026, 11, 30)
    session.add(
        Link(person_id=village.zhao.id, household_id=village.li.id, since=date(2026, 11, 20), until=until)
    )
    session.add(Link(person_id=village.zhao.id, household_id=village.chen.id, since=date(2026, 11, 1)))
    await session.flush()
    li, chen = (await print_paper(PLATES)).plates
    assert [one.name for one in li.members] == ["王建国"]
    assert [one.name for one in chen.members] == ["王建国", "赵六"]


async def test_plates_of_one_member_one_group_or_one_household(session, village, print_paper: Print):
    inner = await places.unit(session, "group", "2号楼", village.group)
    other = await places.unit(session, "group", "三组", village.branch)
    kong = await places.person(session, "孔明亮", village.branch, ("member", inner))
    await places.household(session, village.branch, inner, "许三", "2号楼101", [], kong)
    await places.household(session, village.branch, other, "吕四", "河边1号", [], village.zhao)

    async def heads(**asked: str) -> list[str]:
        return [one.head for one in (await print_paper(PLATES, **asked)).plates]

    assert await heads(group="第一党小组") == ["李桂兰", "陈阿婆", "许三"]
    assert await heads(group="第一党小组/2号楼") == ["许三"]
    for name in ("三组", "3组", "第三组", " 第3党小组", f"#{other}"):
        assert await heads(group=name) == ["吕四"], name
    assert await heads(member="孔明亮") == ["许三"]
    assert await heads(member=f"#{village.zhao.id}") == ["吕四"]
    assert await heads(household="A4D9P") == await heads(household="陈阿婆") == ["陈阿婆"]


@pytest.mark.parametrize(
    ("asked", "key", "values"),
    [
        ({"group": "九组"}, "papers.no_group", {"names": "第一党小组"}),
        ({"member": "张三丰"}, "papers.no_member", {"branch": "柳树村党支部"}),
        ({"household": "没这家"}, "papers.no_household", {"name": "没这家"}),
        ({"member": "赵六"}, "papers.no_plates", {}),
        ({"group": "第一党小组", "member": "钱守信"}, "papers.member_elsewhere", {"name": "钱守信"}),
    ],
)
async def test_what_is_not_there_is_named(village, print_paper: Print, asked, key, values):
    with pytest.raises(NotFound) as refused:
        await print_paper(PLATES, **asked)
    assert refused.value.key == key
    assert values.items() <= refused.value.values.items()


async def test_two_members_of_a_name_have_to_be_told_apart(session, village, print_paper: Print):
    await places.person(session, "王建国", village.branch, ("member", village.group))
    with pytest.raises(NotFound, match="several_members"):
        await print_paper(PLATES, member="王建国")
    assert (await print_paper(PLATES, member=f"#{village.wang.id}")).plates


async def test_a_member_of_another_branch_is_none_of_this_one(session, village, print_paper: Print):
    other = await places.unit(session, "branch", "桃园村党支部", village.town, "huozhou")
    far = await places.person(session, "远方", other, ("member", other))
    with pytest.raises(NotFound, match="no_member"):
        await print_paper(PLATES, member=f"#{far.id}")


async def test_several_branches_have_no_plates_together(session, village, print_paper: Print):
    other = await places.unit(session, "branch", "桃园村党支部", village.town, "huozhou")
    branches = [await session.get_one(Unit, key) for key in (village.branch, other)]
    with pytest.raises(NotPossible) as refused:
        await print_paper(PLATES, branches=branches)
    assert refused.value.values == {"names": "柳树村党支部、桃园村党支部"}


async def test_numbers_kept_with_another_key_are_no_reason_to_fall_over(village, print_paper: Print):
    with pytest.raises(NotPossible, match="wrong_key"):
        await print_paper(PLATES, secrets=Secrets("another key, of more than 32 characters"))


async def test_the_print_shop_gets_a_list_with_what_each_code_holds(village, print_paper: Print):
    table = plates_for_printers(await print_paper(PLATES))
    assert table.rows[0] == (
        1, "李桂兰", "村东3号", "王建国", "138 0000 0001", "K7M3X", "https://t.me/lianxin_bot?start=K7M3X",
    )  # fmt: skip


@pytest.mark.parametrize("preset", ["damang", "huiji", "huozhou", "tongshan", "xuanbao"])
async def test_each_system_has_its_own_title_and_services(session, village, print_paper: Print, preset):
    branch = await session.get_one(Unit, village.branch)
    branch.preset = preset
    await session.flush()
    paper = await print_paper(PLATES)
    counts = {"damang": 3, "huiji": 7, "huozhou": 8, "tongshan": 5, "xuanbao": 6}
    assert len(paper.duties) == counts[preset]
