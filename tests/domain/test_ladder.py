"""The ladder's rules, in tables of exact times: what is warned of, what climbs, who is called again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.acts import Urgency
from bot.domain.ladder import Call, Climb, MatterFacts, Remain, Warn, decide, next_due
from bot.domain.ladder_times import Clock, LadderRules, Rung, Spans
from bot.domain.matters import MatterStatus, Step
from bot.domain.quiet import QuietHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
RULES = LadderRules(
    spans={
        Urgency.EMERGENCY: Spans(15 * MINUTE, DAY),
        Urgency.URGENT: Spans(2 * HOUR, 24 * HOUR, 30 * MINUTE, 4 * HOUR),
        Urgency.NORMAL: Spans(24 * HOUR, 7 * DAY, 4 * HOUR, DAY, pauses=True),
    },
    quiet=QuietHours(SHANGHAI),
)
GROUP, SECRETARY, TOWN = Rung(Step.GROUP), Rung(Step.SECRETARY), Rung(Step.TOWN)
ABOVE_MEMBER = (GROUP, SECRETARY, TOWN)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=SHANGHAI)


def raised(urgency: Urgency, moment: str, above=ABOVE_MEMBER) -> MatterFacts:
    start = at(moment)
    return MatterFacts(
        urgency,
        MatterStatus.OPEN,
        above,
        RULES.acknowledge_by(urgency, start),
        RULES.solve_by(urgency, start),
        next_call_at=start + RULES.call_every if urgency is Urgency.EMERGENCY else None,
    )


@pytest.mark.parametrize(
    ("urgency", "raised_at", "acknowledge_by", "solve_by"),
    [
        (Urgency.NORMAL, "02 10:00", "03 19:30", "09 10:00"),  # 24 h pause at night, 7 days are a week
        (Urgency.NORMAL, "02 23:00", "04 16:30", "10 07:00"),
        (Urgency.URGENT, "02 20:30", "02 22:30", "03 20:30"),  # runs through the night
        (Urgency.EMERGENCY, "02 23:55", "03 00:10", "03 23:55"),
    ],
)
def test_deadlines_of_a_new_matter(urgency, raised_at, acknowledge_by, solve_by) -> None:
    facts = raised(urgency, raised_at)
    assert facts.acknowledge_by == at(acknowledge_by)
    assert facts.solve_by == at(solve_by)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("03 15:29", []),
        # 4 working hours before
        ("03 15:30", [Warn(Clock.ACKNOWLEDGE, at("03 19:30"), at("03 19:30"), GROUP)]),
        ("03 19:29", [Warn(Clock.ACKNOWLEDGE, at("03 19:30"), at("03 19:30"), GROUP)]),
        # It climbs; the group leader has 24 working hours, the resident's week goes on.
        ("03 19:30", [Climb(Clock.ACKNOWLEDGE, GROUP, at("05 14:30"), at("09 10:00"))]),
        # A day of standstill later: still one step, and all the time for the new holder, from now.
        ("04 20:00", [Climb(Clock.ACKNOWLEDGE, GROUP, at("06 15:00"), at("09 10:00"))]),
    ],
)
def test_a_normal_matter_that_nobody_takes_on(now, expected) -> None:
    assert decide(raised(Urgency.NORMAL, "02 10:00"), RULES, at(now)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("08 09:59", []),
        ("08 10:00", [Warn(Clock.SOLVE, at("09 10:00"), at("09 10:00"), GROUP)]),
        ("09 10:00", [Climb(Clock.SOLVE, GROUP, at("10 19:30"), at("16 10:00"))]),
    ],
)
@pytest.mark.parametrize("status", [MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND])
def test_an_acknowledged_matter_climbs_when_it_stays_unsolved(status, now, expected) -> None:
    facts = replace(raised(Urgency.NORMAL, "02 10:00"), status=status, acknowledge_by=None)
    assert decide(facts, RULES, at(now)) == expected


@pytest.mark.parametrize(
    "status",
    [MatterStatus.CLAIMED_SOLVED, MatterStatus.CLOSED, MatterStatus.WITHDRAWN, MatterStatus.ON_LEDGER],
)
def test_a_matter_that_waits_for_nobody_here_runs_no_clock(status) -> None:
    facts = replace(raised(Urgency.EMERGENCY, "02 10:00"), status=status)
    assert decide(facts, RULES, at("28 10:00")) == []
    assert next_due(facts, RULES) is None


def test_a_holder_is_warned_once_of_one_deadline() -> None:
    facts = raised(Urgency.NORMAL, "02 10:00")
    warned = replace(facts, warned_for=facts.acknowledge_by)
    assert decide(warned, RULES, at("03 16:00")) == []
    assert next_due(facts, RULES) == at("03 15:30")
    assert next_due(warned, RULES) == at("03 19:30")


@pytest.mark.parametrize(
    ("raised_at", "now", "expected"),
    [
        ("02 10:00", "02 11:30", [Warn(Clock.ACKNOWLEDGE, at("02 12:00"), at("02 12:00"), GROUP)]),
        # The step would wake the group leader: whoever holds it is warned in the night as well.
        ("02 20:00", "02 21:30", [Warn(Clock.ACKNOWLEDGE, at("02 22:00"), at("02 22:00"), GROUP)]),
        ("02 20:00", "02 22:00", [Climb(Clock.ACKNOWLEDGE, GROUP, at("03 00:00"), at("03 20:00"))]),
        ("03 05:15", "03 06:50", []),  # the step comes by day: the warning is held, not lost
        ("03 05:15", "03 07:00", [Warn(Clock.ACKNOWLEDGE, at("03 07:15"), at("03 07:15"), GROUP)]),
    ],
)
def test_an_urgent_matter_climbs_in_the_night_and_warns_before_each_step(raised_at, now, expected) -> None:
    assert decide(raised(Urgency.URGENT, raised_at), RULES, at(now)) == expected


def test_nobody_takes_on_a_matter_whose_time_has_run_out_already() -> None:
    facts = replace(raised(Urgency.NORMAL, "02 10:00"), solve_by=at("04 12:00"))
    [climb] = decide(facts, RULES, at("03 19:30"))
    assert isinstance(climb, Climb)
    assert climb.solve_by == climb.acknowledge_by + DAY


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("03 00:29", []),
        ("03 00:30", []),  # two hours have run, but the town is not woken
        ("03 06:59", []),
        ("03 07:00", [Warn(Clock.ACKNOWLEDGE, at("03 07:30"), at("03 07:30"), TOWN)]),
        ("03 07:30", [Climb(Clock.ACKNOWLEDGE, TOWN, at("03 09:30"), at("03 22:30"))]),
    ],
)
def test_the_town_is_not_woken_for_what_is_urgent(now, expected) -> None:
    at_secretary = raised(Urgency.URGENT, "02 22:30", above=(TOWN,))
    deadline = RULES.acknowledge_by(Urgency.URGENT, at("02 22:30"), TOWN)
    assert deadline == at("03 07:30")
    assert decide(replace(at_secretary, acknowledge_by=deadline), RULES, at(now)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("03 18:59", []),
        ("03 19:00", [Warn(Clock.SOLVE, at("03 23:00"), at("04 07:30"), GROUP)]),  # 4 h before the end
        ("03 23:00", [Warn(Clock.SOLVE, at("03 23:00"), at("04 07:30"), GROUP)]),
        ("04 07:29", [Warn(Clock.SOLVE, at("03 23:00"), at("04 07:30"), GROUP)]),
        ("04 07:30", [Climb(Clock.SOLVE, GROUP, at("04 09:30"), at("05 07:30"))]),
    ],
)
def test_what_somebody_has_in_hand_wakes_nobody_else(now, expected) -> None:
    facts = replace(raised(Urgency.URGENT, "02 23:00"), status=MatterStatus.IN_HAND, acknowledge_by=None)
    found = decide(facts, RULES, at(now))
    quiet = RULES.quiet.is_quiet(at(now))
    assert found == ([] if quiet and expected and isinstance(expected[0], Warn) else expected)


def test_at_the_top_the_time_stays_what_it_was_and_the_holder_is_reminded_of_it() -> None:
    top = raised(Urgency.NORMAL, "02 10:00", above=())
    assert decide(top, RULES, at("03 16:00")) == []
    assert decide(top, RULES, at("03 19:30")) == [Remain(Clock.ACKNOWLEDGE, at("10 08:00"))]
    reminded = replace(top, remind_at=at("10 08:00"))
    assert decide(reminded, RULES, at("10 07:59")) == []
    assert next_due(reminded, RULES) == at("10 08:00")
    assert decide(reminded, RULES, at("10 08:00")) == [Remain(Clock.ACKNOWLEDGE, at("17 08:00"))]
    taken = replace(top, status=MatterStatus.ACKNOWLEDGED, acknowledge_by=None)
    assert decide(taken, RULES, at("09 10:00")) == [Remain(Clock.SOLVE, at("16 08:00"))]


def test_an_emergency_calls_again_and_the_town_joins_after_a_quarter_of_an_hour() -> None:
    facts = raised(Urgency.EMERGENCY, "02 23:55")
    assert decide(facts, RULES, at("03 00:09")) == []
    assert next_due(facts, RULES) == at("03 00:10")
    assert decide(facts, RULES, at("03 00:10")) == [
        Climb(Clock.ACKNOWLEDGE, TOWN, at("03 00:25"), at("03 23:55")),
        Call(1, at("03 00:25"), None),
    ]


def test_the_calls_of_an_emergency_end_and_a_reminder_stays_ahead() -> None:
    facts = replace(raised(Urgency.EMERGENCY, "02 12:00"), above=(), calls=7)
    assert decide(facts, RULES, at("02 14:00")) == [Call(8, None, at("03 14:00"))]
    over = replace(facts, calls=8, next_call_at=None, remind_at=at("03 14:00"))
    assert decide(over, RULES, at("02 18:00")) == []
    assert next_due(over, RULES) == at("03 14:00")


def test_after_a_standstill_an_emergency_calls_once() -> None:
    facts = raised(Urgency.EMERGENCY, "02 12:00")
    decisions = decide(facts, RULES, at("02 15:00"))
    assert [type(decision) for decision in decisions] == [Climb, Call]
    assert decisions[1] == Call(1, at("02 15:15"), None)


def test_without_a_town_an_emergency_goes_to_the_secretary_and_goes_on_calling() -> None:
    facts = raised(Urgency.EMERGENCY, "02 12:00", above=(GROUP, SECRETARY))
    climb, _call = decide(facts, RULES, at("02 12:15"))
    assert isinstance(climb, Climb) and climb.to == SECRETARY
    at_top = replace(facts, above=(), acknowledge_by=climb.acknowledge_by)
    at_top = replace(at_top, next_call_at=at("02 12:30"), calls=1)
    assert decide(at_top, RULES, at("02 12:30")) == [Call(2, at("02 12:45"), None)]


def test_an_acknowledged_emergency_calls_nobody() -> None:
    facts = replace(raised(Urgency.EMERGENCY, "02 12:00"), status=MatterStatus.ACKNOWLEDGED)
    assert decide(facts, RULES, at("02 12:30")) == []


def test_a_warning_never_comes_in_the_first_half_of_a_clock() -> None:
    short = {**RULES.spans, Urgency.NORMAL: Spans(4 * HOUR, DAY, 4 * HOUR, DAY, pauses=True)}
    rules = replace(RULES, spans=short)
    assert rules.warn_at(Urgency.NORMAL, Clock.ACKNOWLEDGE, at("02 14:00")) == at("02 12:00")
    assert rules.warn_at(Urgency.NORMAL, Clock.SOLVE, at("03 10:00")) == at("02 22:00") + 9 * HOUR
