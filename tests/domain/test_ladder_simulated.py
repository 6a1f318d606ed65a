"""Whole lives of matters on the ladder, with a cycle that stands still for as long as it likes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.acts import Urgency
from bot.domain.ladder import Call, Climb, MatterFacts, Remain, Warn, decide, next_due
from bot.domain.matters import MatterStatus
from tests.domain.test_ladder import ABOVE_MEMBER, RULES, SHANGHAI, TOWN

START = datetime(2026, 11, 2, tzinfo=SHANGHAI)


@dataclass
class Life:
    """A matter that nobody ever does anything about, and what time has done to it."""

    facts: MatterFacts
    held_since: datetime
    done: list[tuple[datetime, object]] = field(default_factory=list)
    shortest_hold: timedelta | None = None

    def cycle(self, now: datetime) -> None:
        for decision in decide(self.facts, RULES, now):
            self.done.append((now, decision))
            match decision:
                case Warn(deadline=deadline):
                    assert now < deadline
                    self.facts = replace(self.facts, warned_for=deadline)
                case Climb(to=to, acknowledge_by=acknowledge_by, solve_by=solve_by):
                    held = now - self.held_since
                    self.shortest_hold = min(held, self.shortest_hold or held)
                    self.held_since = now
                    above = ABOVE_MEMBER[ABOVE_MEMBER.index(to) + 1 :]
                    self.facts = replace(
                        self.facts, above=above, acknowledge_by=acknowledge_by,
                        solve_by=solve_by, warned_for=None, remind_at=None,
                    )  # fmt: skip
                case Remain(remind_at=remind_at):
                    self.facts = replace(self.facts, remind_at=remind_at)
                case Call(number=number, next_call_at=next_call_at, remind_at=remind_at):
                    self.facts = replace(
                        self.facts, calls=number, next_call_at=next_call_at, remind_at=remind_at
                    )


def raised(urgency: Urgency, start: datetime) -> Life:
    facts = MatterFacts(
        urgency,
        MatterStatus.OPEN,
        ABOVE_MEMBER,
        RULES.acknowledge_by(urgency, start, ABOVE_MEMBER[0]),
        RULES.solve_by(urgency, start),
        next_call_at=start + RULES.call_every if urgency is Urgency.EMERGENCY else None,
    )
    return Life(facts, start)


MOMENTS = st.integers(0, 14 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
PAUSES = st.lists(st.integers(1, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)), max_size=30)


@given(urgency=st.sampled_from(Urgency), start=MOMENTS, pauses=PAUSES)
def test_however_long_the_cycle_stands_still_each_holder_has_their_time(urgency, start, pauses) -> None:
    life, now = raised(urgency, start), start
    for pause in pauses:
        now += pause
        life.cycle(now)
        before = len(life.done)
        life.cycle(now)
        assert len(life.done) == before, "a second cycle at the same moment does nothing"
        due = next_due(life.facts, RULES)
        assert due is not None, "something stays ahead"
        assert due > now or RULES.quiet.is_quiet(now), "ahead, but for warnings that wait for the day"
    if life.shortest_hold is not None:
        assert life.shortest_hold >= RULES.spans[urgency].acknowledge
    calls = [decision for _, decision in life.done if isinstance(decision, Call)]
    assert len(calls) <= RULES.calls


@given(urgency=st.sampled_from(Urgency), start=MOMENTS)
def test_each_holder_below_the_town_is_warned_before_the_step(urgency, start) -> None:
    life, now = raised(urgency, start), start
    while life.facts.above:
        due = next_due(life.facts, RULES)
        assert due is not None and due > now
        now = due
        life.cycle(now)
    steps = [at for at, decision in life.done if isinstance(decision, Climb)]
    warnings = [(at, decision) for at, decision in life.done if isinstance(decision, Warn)]
    if urgency is Urgency.EMERGENCY:
        assert warnings == []  # everybody was told at once
        return
    assert [decision.step_at for _, decision in warnings] == steps
    lead = timedelta(hours=4) if urgency is Urgency.NORMAL else timedelta(0)
    assert all(step - at > lead / 2 for (at, _), step in zip(warnings, steps, strict=True))
    if urgency is Urgency.NORMAL:
        assert not any(RULES.quiet.is_quiet(at) for at, _ in warnings)
    if urgency is Urgency.URGENT:
        [town] = [at for at, decision in life.done if isinstance(decision, Climb) and decision.to == TOWN]
        assert not RULES.quiet.is_quiet(town)


@pytest.mark.parametrize("urgency", list(Urgency))
def test_stepping_from_due_to_due_and_minute_by_minute_come_to_the_same(urgency) -> None:
    start = START + timedelta(hours=20, minutes=17)
    by_minute, by_stop = raised(urgency, start), raised(urgency, start)
    for minute in range(4 * 24 * 60):
        by_minute.cycle(start + timedelta(minutes=minute))
    now = start
    while (due := next_due(by_stop.facts, RULES)) is not None and due < start + timedelta(days=4):
        now = max(now, due)
        by_stop.cycle(now)
    assert by_stop.done == by_minute.done
