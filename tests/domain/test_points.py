"""What earns points, what fell to a member, and who is told apart from whom."""

from datetime import date

import pytest

from bot.domain.cadence import ReminderRule
from bot.domain.leave import Days
from bot.domain.points import (
    Charge,
    Contact,
    Duties,
    Earned,
    Held,
    PointRules,
    Source,
    capped,
    contacts_done,
    contacts_expected,
    first_of,
    postings,
    ranking,
    visits_earning,
)
from bot.domain.proportions import proportion
from bot.domain.roster import HouseholdKind

RULE = ReminderRule(share=0.667, days_before=3)
MEMBER, OTHER = 3, 4
RULES = PointRules(
    on=True,
    visit=2,
    care_visit=3,
    care_kinds=frozenset((HouseholdKind.OLD_ALONE,)),
    matter=5,
    meeting=3,
    daily_cap=10,
    everybody_sees=False,
    praise_in_group=False,
    stars=(0.5, 0.7, 0.9),
)


def nov(day: int) -> date:
    return date(2026, 11, day)


def charge(
    *, person: int = MEMBER, since: date = date(2026, 1, 1), first: int = 1, last: int = 30, period: int = 14
) -> Charge:
    return Charge(person, 7, "王德福", since, nov(first), nov(last), period, points=2)


def test_households_that_need_more_earn_more() -> None:
    assert (RULES.for_visit(["ordinary"]), RULES.for_visit(["ordinary", "old_alone"])) == (2, 3)


@pytest.mark.parametrize(
    ("days", "earning"),
    [
        ([5], [5]),
        ([5, 6, 7], [5]),  # more visits don't earn more
        ([5, 14], [5, 14]),  # nine days later the first reminder would come
        ([5, 13, 14], [5]),  # a visit that earned nothing has been made all the same
        ([5, 5], [5]),
    ],
)
def test_only_a_household_that_is_due_earns(days: list[int], earning: list[int]) -> None:
    contacts = [Contact(MEMBER, 7, nov(day)) for day in days]
    assert [one.day for one in visits_earning([charge()], contacts, RULE)] == [nov(day) for day in earning]


def test_it_counts_for_whoever_answers_for_the_household_on_that_day() -> None:
    contacts = [Contact(OTHER, 7, nov(5)), Contact(MEMBER, 7, nov(20))]
    earned = visits_earning([charge(first=10)], contacts, RULE)
    assert [(one.person_id, one.event) for one in earned] == [(MEMBER, "visit:7:3:2026-11-20")]
    assert visits_earning([charge(first=21)], contacts, RULE) == []


def test_a_contact_of_the_month_before_says_when_a_household_is_due_again() -> None:
    contacts = [Contact(MEMBER, 7, date(2026, 10, 28)), Contact(MEMBER, 7, nov(2))]
    assert visits_earning([charge()], contacts, RULE) == []


def _earned(event: str, points: int, day: int = 5) -> Earned:
    return Earned(event, MEMBER, nov(day), points, Source.VISIT, "王德福")


def test_a_day_earns_no_more_than_its_cap_however_the_messages_came() -> None:
    each = [_earned("a", 3), _earned("b", 5), _earned("c", 3), _earned("d", 2), _earned("e", 2, day=6)]
    for order in (each, each[::-1]):
        found = {one.event: one.points for one in capped(order, 10)}
        assert found == {"b": 5, "a": 3, "c": 2, "e": 2}


def _held(points: int, times: int = 1) -> Held:
    return Held(MEMBER, nov(5), times, points, Source.VISIT, "联系王德福")


@pytest.mark.parametrize(
    ("earned", "entered", "added"),
    [
        ([_earned("a", 2)], {}, [("a#1", 2, "王德福", False)]),
        ([_earned("a", 2)], {"a": _held(2)}, []),
        ([], {"a": _held(2)}, [("a#2", -2, "联系王德福", True)]),  # the report was withdrawn
        ([], {"a": _held(0, times=2)}, []),
        ([_earned("a", 2)], {"a": _held(0, times=2)}, [("a#3", 2, "王德福", False)]),  # and given again
        ([_earned("a", 2)], {"a": _held(3)}, [("a#2", -1, "联系王德福", True)]),  # it is worth less now
    ],
)
def test_an_event_counts_once_and_is_taken_back_by_an_entry_of_its_own(
    earned: list[Earned], entered: dict[str, Held], added: list[tuple[str, int, str, bool]]
) -> None:
    found = postings(earned, entered)
    assert [(one.key, one.points, one.about, one.back) for one in found] == added


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


@pytest.mark.parametrize(("share", "stars"), [(None, 0), (0.49, 0), (0.5, 1), (0.89, 2), (1.0, 3)])
def test_stars_are_by_the_share_of_the_year(share: float | None, stars: int) -> None:
    assert RULES.stars_for(share) == stars
