"""Who votes on whom, what a result may tell, and that nobody's vote can be worked out from it."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appraisal import (
    LEAST_BALLOTS,
    AppraisalRules,
    Opinion,
    Tie,
    result_of,
    total_of,
    votes_of_households,
    votes_of_members,
    whole,
)
from bot.domain.leave import Days
from bot.domain.periods import Period

RULES = AppraisalRules(
    days=((6, 20), (12, 20)),
    at=time(9),
    notice_days=7,
    open_days=10,
    members_open_days=3,
    postpone_days=7,
    least=5,
)
HALF = Days(date(2026, 7, 1), date(2026, 12, 31))


def _counts(
    content: int = 0, fairly: int = 0, so_so: int = 0, not_: int = 0, unsure: int = 0
) -> dict[str, int]:
    return dict(zip(Opinion, (content, fairly, so_so, not_, unsure), strict=True))


@pytest.mark.parametrize(
    ("after", "until", "planned"),
    [
        (date(2026, 6, 12), date(2026, 6, 19), []),
        (date(2026, 6, 12), date(2026, 6, 20), [date(2026, 6, 20)]),
        (date(2026, 6, 20), date(2026, 6, 27), []),  # it was planned before
        (date(2026, 12, 15), date(2027, 6, 20), [date(2026, 12, 20), date(2027, 6, 20)]),
    ],
)
def test_rounds_are_planned_for_their_days_each_year(after: date, until: date, planned: list[date]) -> None:
    assert RULES.planned_between(after, until) == planned


def test_a_leap_day_is_the_day_before_in_other_years() -> None:
    rules = AppraisalRules(((2, 29),), time(9), 7, 10, 3, 7, 5)
    assert rules.planned_between(date(2027, 1, 1), date(2028, 12, 31)) == [
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_two_rounds_a_year_appraise_half_years_and_one_the_year() -> None:
    assert RULES.appraised(date(2026, 6, 20)) == Days(date(2026, 1, 1), date(2026, 6, 30))
    assert RULES.appraised(date(2026, 12, 20)) == HALF
    yearly = AppraisalRules(((12, 10),), time(9), 7, 10, 3, 7, 5)
    assert yearly.appraised(date(2026, 12, 10)) == Days(date(2026, 1, 1), date(2026, 12, 31))
    assert whole(Period.QUARTER, date(2026, 11, 3)) == Days(date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("tie", "away", "votes"),
    [
        (Tie(1, 7, date(2025, 1, 1), own_home=False, lent=False), [], True),
        (Tie(1, 7, date(2025, 1, 1), own_home=True, lent=False), [], False),
        (Tie(1, 7, date(2026, 12, 1), own_home=False, lent=True), [], False),
        # away all the time, in one piece and in two that meet; a single day there is enough
        (Tie(1, 7, date(2025, 1, 1), own_home=False, lent=False), [HALF], False),
        (
            Tie(1, 7, date(2025, 1, 1), own_home=False, lent=False),
            [Days(HALF.first, date(2026, 9, 30)), Days(date(2026, 10, 1), HALF.last)],
            False,
        ),
        (
            Tie(1, 7, date(2025, 1, 1), own_home=False, lent=False),
            [Days(HALF.first, date(2026, 9, 30)), Days(date(2026, 10, 2), HALF.last)],
            True,
        ),
        # taken on in November, and on leave since
        (
            Tie(1, 7, date(2026, 11, 1), own_home=False, lent=False),
            [Days(date(2026, 11, 1), HALF.last)],
            False,
        ),
    ],
)
def test_a_household_votes_on_who_answers_for_it_and_was_there(
    tie: Tie, away: list[Days], votes: bool
) -> None:
    assert votes_of_households([tie], {7: away}, HALF) == ([(1, 7)] if votes else [])


def test_a_household_with_two_members_votes_on_each_once() -> None:
    ties = [Tie(1, person, date(2025, 1, 1), own_home=False, lent=False) for person in (7, 8, 7)]
    assert votes_of_households(ties, {}, HALF) == [(1, 7), (1, 8)]


def test_members_vote_on_each_other_and_not_on_themselves() -> None:
    assert votes_of_members([1, 2, 3]) == [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]


def test_twelve_votes_of_which_ten_are_content() -> None:
    result = result_of(_counts(content=7, fairly=3, so_so=1, not_=1), 15, least=5)
    assert result.good is not None
    assert (result.entitled, result.cast, result.good.count, result.good.of) == (15, 12, 10, 12)
    bounds = (result.good.value, result.good.low, result.good.high)
    assert [round(100 * (bound or 0)) for bound in bounds] == [83, 55, 95]
    assert result.few


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (_counts(content=5), True),
        (_counts(content=4), False),
        (_counts(content=4, unsure=20), False),  # those who can't say make nothing tellable
        (_counts(content=4, not_=1, unsure=1), True),
        (_counts(), False),
    ],
)
def test_nothing_is_told_of_fewer_than_five_who_say_something(counts: dict[str, int], told: bool) -> None:
    result = result_of(counts, 30, least=5)
    assert result.told is told
    assert (result.counts is None) is not told
    assert result_of(counts, 30, least=1).told is told  # a preset can't ask for less


_votes = st.fixed_dictionaries({choice: st.integers(0, 4) for choice in Opinion})


@given(st.lists(_votes, max_size=8), st.integers(5, 9))
def test_the_whole_less_what_is_told_never_tells_of_fewer_than_the_least(
    each: list[dict[str, int]], least: int
) -> None:
    told = [counts for counts in each if result_of(counts, 0, least=least).told]
    total = total_of(each, 0, least=least)
    if total.counts is None:
        assert not told
        return
    rest = {choice: total.counts[choice] - sum(one[choice] for one in told) for choice in Opinion}
    saying = sum(votes for choice, votes in rest.items() if choice is not Opinion.UNSURE)
    assert saying == 0 or saying >= max(least, LEAST_BALLOTS)
    assert total.cast == sum(sum(counts.values()) for counts in each)
