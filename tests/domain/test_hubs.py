"""Hubs that are too small, too big, or take care of too few needy households."""

from __future__ import annotations

import pytest

from bot.domain.hubs import Hub, HubRules, hub_faults

ASKED = HubRules(least=10, most=20, needy=12)


@pytest.mark.parametrize(
    ("members", "needy", "faults"),
    [
        (10, 12, ()),
        (20, 30, ()),
        (9, 12, ("too_small",)),
        (21, 12, ("too_big",)),
        (10, 11, ("few_needy",)),
        (0, 0, ("too_small", "few_needy")),
    ],
)
def test_a_hub_is_held_against_what_is_asked(members: int, needy: int, faults: tuple[str, ...]) -> None:
    found = hub_faults([Hub("一组", members, needy)], ASKED)
    assert tuple(name for name in ("too_small", "too_big", "few_needy") if getattr(found, name)) == faults
    assert found.none is (not faults)


def test_where_nothing_is_asked_nothing_is_wrong() -> None:
    assert hub_faults([Hub("一组", 0, 0), Hub("二组", 99, 0)], HubRules(0, 0, 0)).none
