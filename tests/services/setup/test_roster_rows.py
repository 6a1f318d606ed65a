from collections.abc import Mapping, Sequence

import pytest

from bot.domain.roster import HouseholdKind, Role
from bot.services.roster.roster_cells import RowFault
from bot.services.roster.roster_contradictions import contradictions
from bot.services.roster.roster_rows import Entry, check_rows, same_branch
from tests.services.setup.conftest import rows


def check(*cells: Mapping[str, str] | Sequence[str]) -> tuple[list[Entry], list[RowFault]]:
    entries, faults = check_rows(rows(*cells))
    return entries, sorted([*faults, *contradictions(entries)], key=lambda fault: fault.row)


def test_a_sound_row_is_read_whole() -> None:
    [entry], faults = check(
        {
            "支部": "柳湾村",
            "党小组": "一组",
            "党员": "张 建军",
            "手机": "+86 138-0000-0002",
            "角色": "党员、组长",
            "户主": "王福来",
            "地址": "柳湾路２号",
            "户类别": "独居老人，残疾",
            "住户手机": "0371-6600000",
        }
    )
    assert faults == []
    assert (entry.member, entry.phone, entry.address) == ("张建军", "13800000002", "柳湾路2号")
    assert entry.roles == {Role.MEMBER, Role.GROUP_LEADER}
    assert entry.kinds == (HouseholdKind.OLD_ALONE, HouseholdKind.DISABLED)
    assert entry.household_phone == "03716600000"


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"户主": "王福来"}, "党员", "没有写由哪名党员联系"),
        ({"党员": "张建军", "手机": "1380000"}, "手机", "有 7 位"),
        ({"党员": "张建军", "手机": "1.38E+10"}, "手机", "科学记数"),
        ({"党员": "张建军", "角色": "主任"}, "角色", "不认识角色“主任”"),
        ({"党员": "张建军", "户主": "王福来", "户类别": "富裕"}, "户类别", "不认识户类别“富裕”"),
        ({"党员": "张建军", "地址": "柳湾路2号"}, "户主", "没有写户主"),
        ({"党员": "张建军", "户主": "王福来", "住户手机": "没有"}, "住户手机", "不是电话号码"),
        ({"党员": "张建军", "角色": "组长"}, "党小组", "没有写党小组"),
        ({"党员": "张建军", "备注": "长" * 201}, "备注", "最多"),
    ],
)
def test_a_wrong_row_is_named_with_its_number_its_column_and_what_to_do(
    cells: Mapping[str, str], column: str, told: str
) -> None:
    _, faults = check({"党员": "刘春生"}, cells)
    assert [(fault.row, fault.column) for fault in faults] == [(3, column)]
    assert told in faults[0].problem
    assert str(faults[0]).startswith("第 3 行")


def test_everything_wrong_is_said_at_once() -> None:
    _, faults = check({"户主": "王"}, {"党员": "张", "手机": "1", "角色": "主任", "地址": "x"})
    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "党员"),
        (3, "户主"),
        (3, "手机"),
        (3, "角色"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "faults"),
    [
        ({"手机": "13800000001"}, {"手机": ""}, 0),
        ({"手机": "13800000001"}, {"手机": "13800000002"}, 1),
        ({"党小组": "一组"}, {"党小组": ""}, 0),
        ({"党小组": "一组"}, {"党小组": "二组"}, 1),
        ({"党小组": "一组", "手机": "13800000001"}, {"党小组": "二组", "手机": "13800000002"}, 0),
        ({"党小组": "一组", "手机": "13800000001"}, {"党小组": "二组", "手机": "13800000001"}, 1),
    ],
    ids=["phone-once", "two-phones", "group-once", "two-groups", "namesakes", "one-in-two-groups"],
)
def test_rows_of_one_name_must_agree_or_be_plainly_two_people(
    first: Mapping[str, str], second: Mapping[str, str], faults: int
) -> None:
    _, found = check({"党员": "王伟", "户主": "甲", **first}, {"党员": "王伟", "户主": "乙", **second})
    assert len(found) == faults
    assert all(fault.row == 3 for fault in found)


def test_a_stray_row_of_one_of_two_namesakes_is_not_lost() -> None:
    namesakes = (
        {"党员": "王伟", "党小组": "一组", "手机": "13800000001"},
        {"党员": "王伟", "党小组": "二组", "手机": "13800000002"},
    )
    _, faults = check(*namesakes, {"党员": "王伟", "户主": "甲"})
    assert [fault.row for fault in faults] == [4]
    _, faults = check(*namesakes, {"党员": "王伟", "手机": "13800000002", "户主": "甲"})
    assert faults == []


def test_the_same_link_twice_is_a_fault() -> None:
    _, faults = check(("", "张建军", "王福来", "1号"), ("", "张建军", "王福来", "1号"))
    assert [(fault.row, fault.column) for fault in faults] == [(3, "户主")]


def test_two_members_may_share_a_household_but_not_disagree_on_its_phone() -> None:
    shared = {"户主": "王福来", "地址": "1号"}
    _, faults = check({"党员": "张建军", **shared}, {"党员": "刘春生", **shared})
    assert faults == []
    _, faults = check(
        {"党员": "张建军", "住户手机": "13800000101", **shared},
        {"党员": "刘春生", "住户手机": "13800000102", **shared},
    )
    assert [(fault.row, fault.column) for fault in faults] == [(3, "住户手机")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("柳湾村", "柳湾村党支部", True),
        ("柳湾村党支部", "中共柳湾村支部", True),
        ("柳湾村", "石桥村", False),
        ("柳湾村第一党支部", "柳湾村第二党支部", False),
    ],
)
def test_a_closing_word_makes_no_other_branch(one: str, other: str, same: bool) -> None:
    assert same_branch(one, other) is same
