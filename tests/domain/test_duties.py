"""What falls to a member, what of it is done, and how members stand to one another."""

import pytest

from bot.domain.duties import Duties, contacts_done, contacts_expected, first_of, ranking
from bot.domain.leave import Days
from bot.domain.proportions import proportion
from tests.domain.test_points import RULE, charge, nov


@pytest.mark.parametrize(
    ("period", "first", "last", "away", "expected"),
    [
        (14, 1, 30, [], 2),
        (30, 1, 30, [], 1),
        (30, 1, 28, [], 1),  # a short month is a month
        (30, 12, 30, [], 0),  # of the last nineteen days none would have been reminded
        (30, 11, 30, [], 1),
        (3, 1, 30, [], 10),
        (14, 1, 30, [Days(nov(1), nov(30))], 0),
        (14, 1, 30, [Days(nov(1), nov(10)), Days(nov(8), nov(20))], 1),
        (1, 1, 30, [Days(nov(1), nov(10))], 20),
    ],
)
def test_leave_and_empty_houses_make_fewer_contacts_fall_to_a_member(
    period: int, first: int, last: int, away: list[Days], expected: int
) -> None:
    one = charge(first=first, last=last, period=period)
    assert contacts_expected(one, away, share=2 / 3) == expected


def test_no_more_contacts_are_done_than_fell_to_the_member() -> None:
    days = [nov(day) for day in (1, 2, 11, 21, 29)]
    assert contacts_done(charge(), 2, days, RULE) == 2
    assert contacts_done(charge(), 5, days, RULE) == 3  # the 2nd and the 29th were not due
    assert contacts_done(charge(first=12), 2, days, RULE) == 1


def test_whoever_differs_by_chance_alone_shares_a_place() -> None:
    placed = ranking({1: proportion(3, 4), 2: proportion(4, 4), 3: proportion(1, 4), 4: proportion(0, 0)})
    assert [(one.person_id, one.place) for one in placed] == [(2, 1), (1, 1), (3, 1)]
    assert first_of(placed) == []


def test_a_place_is_one_more_than_there_are_who_certainly_did_better() -> None:
    # The best rate, of two only, can't be told from anybody; it neither lifts nor lowers the others.
    shares = {1: proportion(2, 2), 2: proportion(29, 30), 3: proportion(28, 30), 4: proportion(8, 30)}
    placed = {one.person_id: one for one in ranking(shares)}
    assert {key: one.place for key, one in placed.items()} == {1: 1, 2: 1, 3: 1, 4: 3}
    assert placed[4].is_low and not placed[3].is_low
    assert [one.person_id for one in first_of(list(placed.values()))] == [2, 3]


def test_many_households_or_few_make_no_difference_to_the_share() -> None:
    few, many = Duties(contacts=6, contacted=3), Duties(contacts=60, contacted=30)
    assert few.share.value == many.share.value == 0.5
    assert not few.share.differs_from(many.share)
    assert (few + Duties(matters=2, settled=1, meetings=1, attended=1)).share.count == 5
