from datetime import time, timedelta
from typing import Any

import pytest

from bot import presets
from bot.domain.acts import Urgency
from bot.domain.roster import HouseholdKind


def test_there_is_a_preset_for_each_of_the_five_systems() -> None:
    assert presets.names() == ["damang", "huiji", "huozhou", "tongshan", "xuanbao"]


@pytest.mark.parametrize("name", presets.names())
def test_every_preset_is_complete_and_sensible(name: str) -> None:
    preset = presets.load(name)
    assert preset.name == name
    assert preset.title
    assert set(preset.cadence) == set(HouseholdKind)
    assert preset.cadence[HouseholdKind.QUARANTINED] == 1
    assert preset.links_least <= preset.links_most
    for urgency in Urgency:
        assert preset.spans[urgency].acknowledge < preset.spans[urgency].solve
    assert preset.ladder.quiet.zone == preset.zone


def test_the_defaults_are_those_of_the_design() -> None:
    preset = presets.load("huozhou")
    emergency, urgent, normal = (preset.spans[urgency] for urgency in Urgency)
    assert (emergency.acknowledge, emergency.pauses) == (timedelta(minutes=15), False)
    assert (urgent.acknowledge, urgent.solve, urgent.pauses) == (timedelta(hours=2), timedelta(days=1), False)
    assert (normal.acknowledge, normal.solve, normal.pauses) == (timedelta(days=1), timedelta(days=7), True)
    assert (preset.quiet.start, preset.quiet.end, preset.digest_at) == (time(21, 30), time(7), time(8))
    assert preset.party_day_remind_days == (3, 1, 0)
    assert preset.cadence[HouseholdKind.OLD_ALONE] == 3


def test_a_system_keeps_its_own_rhythm() -> None:
    assert presets.load("huiji").cadence[HouseholdKind.ORDINARY] == 14
    assert presets.load("huozhou").cadence[HouseholdKind.ORDINARY] == 30


def test_single_parameters_can_be_changed_as_data_or_as_text() -> None:
    changes = {
        "cadence.key": 5,
        "cadence.needy": "10",
        "quiet.start": "22:00",
        "clocks.normal.solve": "10d",
        "clocks.normal.pauses": False,
        "clocks.emergency.warn_solve": "2h",
        "party_day.remind_days": [1, 5],
    }
    preset = presets.load("huozhou", changes)
    assert preset.cadence[HouseholdKind.KEY] == 5
    assert preset.cadence[HouseholdKind.NEEDY] == 10
    assert preset.quiet_start == time(22)
    assert preset.spans[Urgency.NORMAL].solve == timedelta(days=10)
    assert not preset.spans[Urgency.NORMAL].pauses
    assert preset.spans[Urgency.EMERGENCY].warn_solve == timedelta(hours=2)
    assert preset.party_day_remind_days == (5, 1)


@pytest.mark.parametrize(
    ("name", "changes", "named"),
    [
        ("nowhere", {}, "nowhere"),
        ("common", {}, "common"),
        ("huozhou", {"cadence.dog": 3}, "cadence.dog"),
        ("huozhou", {"cadence.key": 0}, "cadence.key"),
        ("huozhou", {"cadence.key": "often"}, "cadence.key"),
        ("huozhou", {"quiet.start": "half past"}, "quiet.start"),
        ("huozhou", {"clocks.urgent.solve": "soon"}, "clocks.urgent.solve"),
        ("huozhou", {"timezone": "Moon/Base"}, "timezone"),
        ("huozhou", {"digest.weekday": 8}, "digest.weekday"),
        ("huozhou", {"spot_check.share": 1.5}, "spot_check.share"),
    ],
)
def test_a_wrong_parameter_is_named(name: str, changes: dict[str, Any], named: str) -> None:
    with pytest.raises(presets.ParameterWrong, match=named):
        presets.load(name, changes)
