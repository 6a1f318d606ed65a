from datetime import time, timedelta
from typing import Any

import pytest

from bot import presets
from bot.domain.acts import Urgency
from bot.domain.roster import HouseholdKind
from bot.wording import say, terms


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


@pytest.mark.parametrize("name", sorted(presets.known_parameters()))
def test_every_parameter_is_explained_in_a_line(name: str) -> None:
    told = presets.explanation(name)
    assert told.strip() and "\n" not in told
    assert len(told) <= 60


def test_nothing_is_explained_that_is_no_parameter() -> None:
    assert presets.explained() <= presets.known_parameters()


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
    ("name", "cadence", "links", "called"),
    [  # ordinary, key, old and alone, needy, quarantined; households a member; the member
        ("damang", (35, 1, 3, 35, 1), (7, 12), ("包户党员", "楼栋长", "楼院长")),
        ("huiji", (14, 7, 3, 14, 1), (6, 15), ("责任党员", "党小组长", "上一级组长")),
        ("huozhou", (30, 7, 3, 30, 1), (5, 10), ("联户党员", "党小组长", "上一级组长")),
        ("tongshan", (30, 7, 3, 30, 1), (10, 15), ("联系党员", "中心户", "上一级组长")),
        ("xuanbao", (90, 7, 3, 30, 1), (8, 12), ("联系党员", "中心户长", "上一级组长")),
    ],
)
def test_what_the_five_systems_differ_in(name, cadence, links, called) -> None:
    preset = presets.load(name)
    kinds = (HouseholdKind.ORDINARY, HouseholdKind.KEY, HouseholdKind.OLD_ALONE, HouseholdKind.NEEDY)
    assert tuple(preset.cadence[kind] for kind in (*kinds, HouseholdKind.QUARANTINED)) == cadence
    assert (preset.links_least, preset.links_most) == links
    words = terms(preset.name)
    assert (words["member"], words["group_leader"], words["upper_group_leader"]) == called
    assert preset.duties and preset.services
    assert (HouseholdKind.KEY in preset.contact.twice_daily) is (name == "damang")
    assert bool(preset.contact.occasions) is (name == "huiji")


def test_it_is_known_where_a_default_comes_from() -> None:
    defaults = presets.defaults("huiji")
    assert defaults["cadence.ordinary"] == presets.Default(14, own=True)
    assert defaults["cadence.key"] == presets.Default(7, own=False)
    assert defaults["terms.member"] == presets.Default("责任党员", own=True)
    assert defaults["terms.secretary"] == presets.Default("书记", own=False)


def test_a_unit_may_have_its_own_names_for_roles() -> None:
    preset = presets.load("huozhou", {"terms.member": "网格党员"})
    assert say("console.step_member", preset.name) == "网格党员"
    assert say("console.step_member", "huozhou") == "联户党员"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cadence.kay": 5}, "没有叫“cadence.kay”的参数。是不是“cadence.key"),
        ({"dog": 5}, "没有叫“dog”的参数。有哪些，可以看：python -m bot preset show。"),
        ({"cadence.key": 0}, "参数 cadence.key 写成了“0”，要写：不小于 1 的整数。"),
        ({"digest.weekday": 8}, "要写：1 到 7 的整数。"),
        ({"spot_check.share": 2}, "要写：0 到 1 之间的数。"),
        ({"quiet.start": "晚上"}, "要写：时间，如 21:30。"),
        ({"calls.every": "一会儿"}, "要写：一段时间，如 15m（分）、24h（时）、7d（天）。"),
        ({"calendar.weekends": "也许"}, "要写：true（是）或 false（否）。"),
        ({"occasions.kinds": "wedding、喝酒"}, "要写：这几样里的（wedding、funeral、quarrel、illness"),
        ({"contact.fever_from": "50"}, "要写：36 到 40 之间的数。"),
        ({"party_day.remind_days": "三天"}, "要写：整数，几个之间用“、”隔开。"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(presets.ParameterWrong) as wrong:
        presets.load("huozhou", changes)
    assert told in str(wrong.value)


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
