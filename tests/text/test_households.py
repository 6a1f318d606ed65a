"""Names as written find the household meant, or nobody."""

from __future__ import annotations

import pytest

from bot.text.households import Candidate, resolve

OWN = [
    Candidate(1, "王建设", "三号楼一单元102室", ("二嫂",), "T7K2", ("李秀兰", "王小军")),
    Candidate(2, "张玉梅", "3号楼2单元201室", (), None, ("赵铁柱",)),
    Candidate(3, "欧阳明", "二组15号"),
]
BRANCH = [
    *OWN,
    Candidate(4, "陈国庆", "5号楼1单元102室", ("老憨",), "M3P9"),
    Candidate(5, "陈国强", None, (), None, ("周桂香",)),
    Candidate(6, "章玉梅", "7号楼3单元501"),
    Candidate(7, "刘福生", None),
]


@pytest.mark.parametrize(
    ("name", "household", "how"),
    [
        ("王建设", 1, "exact"),
        ("王建設家", 1, "exact"),
        ("二嫂", 1, "exact"),
        ("李秀兰", 1, "exact"),
        ("老憨", 4, "exact"),
        ("老王", 1, "kinship"),
        ("王大爷", 1, "kinship"),
        ("李大娘家", 1, "kinship"),
        ("建设叔", 1, "kinship"),
        ("小军他爷", 1, "kinship"),
        ("王小军他爷", 1, "kinship"),
        ("欧阳老师", 3, "kinship"),
        ("赵奶奶", 2, "kinship"),
        ("周大妈", 5, "kinship"),
        ("3号楼1单元102室", 1, "address"),
        ("三号楼一单元102", 1, "address"),
        ("3-1-102", 1, "address"),
        ("１单元３号楼102室", 1, "address"),
        ("102室", 1, "address"),
        ("201", 2, "address"),
        ("二组15号", 3, "address"),
        ("15号", 3, "address"),
        ("7栋501室", 6, "address"),
        ("t7k2", 1, "plate"),
        ("M3-P9", 4, "plate"),
        ("刘富生", 7, "homophone"),
        ("章玉梅", 6, "exact"),
        ("张玉海", 2, "slip"),
        ("王建", None, None),
        ("孙悟空", None, None),
        ("", None, None),
    ],
)
def test_a_name_finds_its_household_or_none(name: str, household: int | None, how: str | None) -> None:
    found = resolve(name, OWN, BRANCH)
    assert (found.household_id, found.how, found.ambiguous) == (household, how, ())


def test_two_that_fit_equally_are_both_named() -> None:
    found = resolve("老陈", OWN, BRANCH)
    assert found.household_id is None
    assert found.ambiguous == (4, 5)


def test_a_slip_that_fits_two_is_no_guess() -> None:
    found = resolve("陈国青", OWN, BRANCH)
    assert found.household_id == 4 and found.how == "homophone"
    assert set(resolve("陈国兴", OWN, BRANCH).ambiguous) == {4, 5}


def test_a_full_name_in_the_branch_beats_a_slip_among_ones_own() -> None:
    assert resolve("章玉梅", OWN, BRANCH).household_id == 6
