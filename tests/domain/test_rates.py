"""Rates by hand: who is counted in which denominator, and what is counted apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.matters import MatterStatus, Outcome
from bot.domain.rates import MatterFacts, Rate, rates_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLOSED, OPEN = MatterStatus.CLOSED, MatterStatus.OPEN
SATISFIED, PARTLY, NOT_SOLVED = Outcome.SATISFIED, Outcome.PARTLY, Outcome.NOT_SOLVED
SILENT, CANNOT = Outcome.SILENT, Outcome.CANNOT_EXPLAINED


def matter(
    outcome: Outcome | None = None,
    *said: Outcome,
    status: MatterStatus = OPEN,
    due: timedelta | None = -HOUR,
    taken: timedelta | None = None,
    private: bool = False,
) -> MatterFacts:
    """`due`, `taken`: hours from NOW; taken null: by nobody."""
    return MatterFacts(
        status=CLOSED if outcome is not None and status is OPEN else status,
        private=private,
        acknowledge_by=None if due is None else NOW + due,
        taken_at=None if taken is None else NOW + taken,
        outcome=outcome,
        said=said or (() if outcome is None else (outcome,)),
    )


# Matters, the numerator and denominator of the response rate, how many are still in time.
RESPONSES = [
    ([], (0, 0), 0),
    ([matter(taken=-2 * HOUR)], (1, 1), 0),
    ([matter(taken=-HOUR)], (1, 1), 0),  # on the last moment
    ([matter(taken=-HOUR / 2)], (0, 1), 0),  # late
    ([matter()], (0, 1), 0),  # late, and nobody has it yet
    ([matter(due=HOUR)], (0, 0), 1),  # in time
    ([matter(due=timedelta())], (0, 0), 1),  # the last moment is in time
    ([matter(due=HOUR, taken=-HOUR)], (1, 1), 0),  # taken on before its time
    ([matter(due=None, taken=-HOUR)], (0, 0), 0),  # nobody knows by when
    ([matter(taken=-2 * HOUR, status=MatterStatus.WITHDRAWN)], (0, 0), 0),
    ([matter(status=MatterStatus.MERGED)], (0, 0), 0),
    ([matter(taken=-2 * HOUR, private=True), matter(), matter(due=HOUR)], (1, 2), 1),
]


@pytest.mark.parametrize(("matters", "parts", "not_due"), RESPONSES)
def test_response_is_of_those_due_to_be_taken_on(
    matters: list[MatterFacts], parts: tuple[int, int], not_due: int
) -> None:
    rates = rates_of(matters, NOW)
    assert rates.response == Rate(*parts)
    assert rates.not_due == not_due


# Outcomes with what each side said; solution of matters; satisfaction of people.
ENDINGS = [
    ([matter(SATISFIED)], (1, 1), (1, 1)),
    ([matter(PARTLY)], (0, 1), (0, 1)),
    ([matter(NOT_SOLVED, status=MatterStatus.IN_HAND)], (0, 1), (0, 1)),  # open again
    ([matter(SILENT)], (0, 0), (0, 0)),
    ([matter(CANNOT)], (0, 0), (0, 0)),
    ([matter()], (0, 0), (0, 0)),
    # Three neighbours of one lamp: the least content decides about the matter, each about themselves.
    ([matter(PARTLY, SATISFIED, SATISFIED, PARTLY)], (0, 1), (2, 3)),
    ([matter(SATISFIED, SATISFIED, SILENT)], (1, 1), (1, 1)),
    ([matter(SATISFIED, status=MatterStatus.MERGED)], (0, 0), (0, 0)),
    ([matter(SATISFIED)] * 3 + [matter(PARTLY), matter(SILENT), matter(CANNOT)], (3, 4), (3, 4)),
]


@pytest.mark.parametrize(("matters", "solution", "satisfaction"), ENDINGS)
def test_solution_is_of_matters_and_satisfaction_of_people(
    matters: list[MatterFacts], solution: tuple[int, int], satisfaction: tuple[int, int]
) -> None:
    rates = rates_of(matters, NOW)
    assert rates.solution == Rate(*solution)
    assert rates.satisfaction == Rate(*satisfaction)


def test_what_is_in_no_rate_is_counted_apart() -> None:
    rates = rates_of(
        [
            matter(SILENT),
            matter(SILENT, private=True),
            matter(CANNOT),
            matter(PARTLY),
            matter(),
            matter(due=None),
            matter(status=MatterStatus.WITHDRAWN, private=True),
            matter(status=MatterStatus.MERGED),
        ],
        NOW,
    )
    assert (rates.raised, rates.withdrawn, rates.merged, rates.private) == (8, 1, 1, 1)
    assert (rates.silent, rates.cannot_explained, rates.partly, rates.not_solved) == (2, 1, 1, 0)
    assert (rates.unanswered, rates.no_time_known) == (2, 1)


def test_a_share_of_nothing_is_not_zero_and_a_share_of_few_says_so() -> None:
    assert (Rate(0, 0).value, Rate(0, 0).few) == (None, False)
    assert (Rate(0, 3).value, Rate(0, 3).few) == (0.0, True)
    assert (Rate(2, 3).value, Rate(9, 10).few) == (0.6667, False)
