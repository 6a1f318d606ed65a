"""Who should answer for a household: nearest first, then by what is needed and shared; nobody too many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.linking import Candidate, Home, LinkRules, Way, distance, imbalance, suggest
from bot.domain.roster import HouseholdKind

RULES = LinkRules(
    ways=(Way.NEAREST, Way.ABILITY, Way.TRADE),
    committee_needing=1,
    infirm_least=0,
    infirm_most=0,
    follow_moves=True,
)
ONE, TWO = 11, 12


def home(number: int | None, street: str = "杏林路", **more: object) -> Home:
    values: dict[str, object] = {"id": 100 + (number or 0), "head": f"{street}{number}", "group": ONE, **more}
    return Home(street=street, number=number, **values)  # type: ignore[arg-type]  # by name, for brevity


def member(key: int, *homes: Home, **more: object) -> Candidate:
    values: dict[str, object] = {"group": ONE, **more}
    return Candidate(key, f"m{key}", homes=homes, **values)  # type: ignore[arg-type]  # by name, for brevity


def chosen(wanted: Home, *members: Candidate, most: int = 10, but: tuple[int, ...] = ()) -> object:
    found = suggest(wanted, members, rules=RULES, most=most, but=but)
    return None if found is None else (found.member.id, found.way, found.by)


@pytest.mark.parametrize(
    ("wanted", "of", "expected"),
    [
        (home(8), member(1, home(2), home(12)), 4),
        (home(8), member(1, home(30)), 11),  # too far along the street, but the same group
        (home(8), member(1, home(30), group=TWO), None),
        (home(8), member(1, home(8, "河沿"), group=TWO), None),
        (home(None), member(1, home(2)), 11),
        (home(8, group=None), member(1, group=None), None),
    ],
)
def test_how_far_a_home_is(wanted: Home, of: Candidate, expected: int | None) -> None:
    assert distance(wanted, of) == expected


def test_the_nearest_comes_first_whatever_else_speaks_for_others() -> None:
    able = member(2, abilities=frozenset({"医"}))
    assert chosen(home(8, needs=frozenset({"医"})), member(1, home(10)), able) == (1, Way.NEAREST, "杏林路10")


def test_of_those_equally_near_whoever_has_fewest() -> None:
    assert chosen(home(8), member(1, home(6), home(2)), member(2, home(10))) == (2, Way.NEAREST, "杏林路10")
    assert chosen(home(8), member(2, home(10)), member(1, home(6))) == (1, Way.NEAREST, "杏林路6")


def test_in_the_same_group_is_near_when_no_neighbour_is() -> None:
    found = chosen(home(8), member(1, home(1, "河沿", group=TWO)), member(2, group=TWO))
    assert found == (1, Way.NEAREST, "")


def test_by_what_is_needed_then_by_what_is_shared_then_whoever_has_fewest() -> None:
    far = home(40, group=TWO, needs=frozenset({"法"}), trades=frozenset({"养蜂协会"}))
    lawyer = member(1, home(2), abilities=frozenset({"法", "医"}))
    keeper = member(2, trades=frozenset({"养蜂协会"}))
    plain = member(3)
    assert chosen(far, lawyer, keeper, plain) == (1, Way.ABILITY, "法")
    assert chosen(far, keeper, plain) == (2, Way.TRADE, "养蜂协会")
    assert chosen(far, member(4, home(2)), plain) == (3, Way.LIGHTEST, "")


def test_nobody_gets_too_many_or_is_asked_who_can_not_be() -> None:
    full = member(1, home(6), home(10))
    away = member(2, home(12), can_be_asked=False)
    other = member(3, group=TWO)
    assert chosen(home(8), full, away, other, most=2) == (3, Way.LIGHTEST, "")
    assert chosen(home(8), full, away, most=2) is None
    assert chosen(home(8), full, other, but=(1,)) == (3, Way.LIGHTEST, "")


def test_where_links_are_out_of_balance() -> None:
    alone = home(4, kinds=frozenset({HouseholdKind.OLD_ALONE}))
    homes = [home(number) for number in (1, 2, 3)]
    members = [
        member(1, *homes),
        member(2, alone, on_committee=True),
        member(3, homes[0], on_committee=True),
        member(4),
    ]
    found = imbalance([*homes, alone, home(9)], members, rules=RULES, least=2, most=2)
    assert [one.number for one in found.unlinked] == [9]
    assert (found.under, found.over) == ({"m2": 1, "m3": 1}, {"m1": 3})
    assert found.committee_without == ("m3",)
    assert not found.is_sound
    assert imbalance(homes, [member(1, *homes)], rules=RULES, least=1, most=5).is_sound


def test_infirm_members_are_looked_after_beside_the_households() -> None:
    asked = replace(RULES, committee_needing=0, infirm_least=2, infirm_most=3)
    homes = [home(number) for number in (2, 4)]
    infirm = [home(number, kinds=frozenset({HouseholdKind.INFIRM_MEMBER})) for number in (21, 22, 23, 24)]
    members = [member(1, *homes, *infirm[:2]), member(2, homes[0], infirm[2]), member(3, *infirm), member(4)]
    found = imbalance([*homes, *infirm], members, rules=asked, least=2, most=2)
    assert (found.under, found.over) == ({"m2": 1}, {})
    assert found.infirm == {"m2": 1, "m3": 4}
    full, free = member(1, *infirm[:3]), member(2, *homes, infirm[3])
    one_more = home(25, kinds=frozenset({HouseholdKind.INFIRM_MEMBER}))
    chosen_member = suggest(one_more, [full, free], rules=asked, most=2)
    assert chosen_member is not None and chosen_member.member.id == 2
    assert suggest(home(8), [full, free], rules=asked, most=2).member.id == 1  # type: ignore[union-attr]  # found
