"""What earns points, what fell to a member, and who is told apart from whom."""

from datetime import date

import pytest

from bot.domain.cadence import ReminderRule
from bot.domain.points import (
    Charge,
    Contact,
    Earned,
    Held,
    PointRules,
    Source,
    capped,
    postings,
    visits_earning,
)
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


@pytest.mark.parametrize(("share", "stars"), [(None, 0), (0.49, 0), (0.5, 1), (0.89, 2), (1.0, 3)])
def test_stars_are_by_the_share_of_the_year(share: float | None, stars: int) -> None:
    assert RULES.stars_for(share) == stars
