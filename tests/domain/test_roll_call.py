"""What answers in a roll-call come to, by a table; what it counts; when it calls again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.roll_call import (
    Answer,
    AskedAs,
    Counted,
    HouseholdState,
    RollCallRules,
    Source,
    calls_made,
    known_from,
    next_call,
    next_rung,
    rungs_reached,
    tally,
)

AT = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
RULES = RollCallRules(
    call_every=timedelta(minutes=10),
    calls=6,
    neighbours_after=timedelta(minutes=15),
    neighbours=2,
    group_after=timedelta(minutes=20),
    secretary_after=timedelta(minutes=30),
    town_after=timedelta(minutes=60),
    board_every=timedelta(minutes=1),
    late_for=timedelta(hours=2),
)


def _answer(words: str) -> Answer:
    """ "李 member moved 3": who, as what, the state, how many; with "!" they decide."""
    by, source, state, *people = words.removesuffix("!").split()
    return Answer(
        by=by,
        source=Source(source),
        state=HouseholdState(state),
        at=AT,
        people=int(people[0]) if people else None,
        clears=words.endswith("!"),
    )


@pytest.mark.parametrize(
    ("answers", "comes_to"),
    [
        # Nobody, or one alone
        ("", "unchecked"),
        ("李 member safe", "safe"),
        ("李 member moved", "moved"),
        ("李 member moved;李 member moved", "moved"),  # saying it twice is no second source
        # A second source
        ("李 member moved;王 resident moved", "moved confirmed"),
        ("李 member moved;张 neighbour moved", "moved confirmed"),
        ("王 resident moved;李 member moved", "moved confirmed"),
        ("何 shelter moved", "moved confirmed"),
        ("李 member moved;何 shelter moved 3", "moved confirmed"),
        ("李 member moved;张 neighbour moved;李 member safe", "safe"),  # another state starts anew
        # Somebody puts their own word right
        ("李 member moved;李 member unchecked", "unchecked"),
        ("李 member safe;李 member unreached", "unreached"),
        ("李 member refused;李 member moved", "moved"),
        ("李 member unreached;李 member moved", "moved"),
        # "Cannot be reached" is no knowledge
        ("李 member unreached;王 resident safe", "safe"),
        ("李 member unreached;张 neighbour moved", "moved"),
        ("李 member unreached;张 neighbour refused", "refused"),
        # Safe at home, and moved later: no contradiction
        ("王 resident safe;李 member moved", "moved"),
        # Contradictions: the worse holds
        ("李 member moved;王 resident safe", "safe disputed"),
        ("李 member moved;张 neighbour refused", "refused disputed"),
        ("李 member moved;张 neighbour unreached", "unreached disputed"),
        ("李 member moved;张 neighbour unchecked", "unchecked disputed"),
        ("李 member refused;张 neighbour moved", "refused disputed"),
        ("李 member refused;王 resident safe", "refused disputed"),
        ("李 member refused;张 neighbour moved;王 neighbour moved", "refused disputed"),
        # … until it is cleared: by either of the two, by who decides, at the shelter
        ("李 member refused;张 neighbour moved;李 member moved", "moved confirmed"),
        ("李 member refused;张 neighbour moved;张 neighbour refused", "refused confirmed"),
        ("李 member refused;张 neighbour moved;陈 leader moved!", "moved confirmed"),
        ("李 member refused;张 neighbour moved;陈 leader refused!", "refused confirmed"),
        ("李 member refused;张 neighbour moved;何 shelter moved", "moved confirmed"),
        ("李 member moved;王 resident safe;王 resident moved", "moved confirmed"),
        ("陈 leader moved!;张 neighbour refused", "refused disputed"),  # later word of another counts too
    ],
)
def test_what_answers_come_to(answers: str, comes_to: str) -> None:
    known = known_from([_answer(one) for one in answers.split(";") if one])
    state, *marks = comes_to.split()
    assert known.state == state
    assert known.confirmed == ("confirmed" in marks)
    assert (known.doubted_by is not None) == ("disputed" in marks)


@pytest.mark.parametrize(
    ("answers", "people"),
    [
        ("李 member moved 3", 3),
        ("李 member moved", None),
        ("李 member moved 3;王 resident moved", 3),
        ("李 member moved;王 resident moved 4", 4),
        ("李 member safe 3;李 member moved", 3),  # the same people, now at the shelter
        ("李 member safe 3;李 member unreached", 3),
        ("李 member unreached;李 member moved", None),
        ("李 member moved 5;李 member moved 3", 3),
    ],
)
def test_how_many_people_are_told_of(answers: str, people: int | None) -> None:
    assert known_from([_answer(one) for one in answers.split(";")]).people == people


def test_a_tally_counts_households_and_people() -> None:
    found = tally(
        [
            Counted(HouseholdState.SAFE, residents=3),
            Counted(HouseholdState.MOVED, confirmed=True, people=4, residents=4),
            Counted(HouseholdState.MOVED, people=2, residents=5),
            Counted(HouseholdState.MOVED),
            Counted(HouseholdState.REFUSED, people=1),
            Counted(HouseholdState.UNREACHED, people=2, residents=2),
            Counted(HouseholdState.UNCHECKED, residents=6),
        ]
    )
    assert (found.total, found.accounted, found.missing) == (7, 5, 2)
    assert (found.people, found.people_expected, found.without_number) == (3 + 4 + 2 + 1, 20, 1)
    assert (found.moved_unconfirmed, found.short, found.is_complete) == (2, 1, False)


def test_nobody_asked_for_is_nobody_missing() -> None:
    assert tally([]).is_complete


def test_those_who_have_not_reported_are_called_every_ten_minutes_and_not_for_ever() -> None:
    assert next_call(AT, 0, RULES) == AT + timedelta(minutes=10)
    assert next_call(AT, 5, RULES) == AT + timedelta(minutes=60)
    assert next_call(AT, 6, RULES) is None
    assert calls_made(AT, AT + timedelta(minutes=9), RULES) == 0
    assert calls_made(AT, AT + timedelta(minutes=25), RULES) == 2  # the program slept through one
    assert calls_made(AT, AT + timedelta(hours=5), RULES) == 6


def test_the_rungs_are_told_one_after_the_other() -> None:
    assert rungs_reached(AT, AT + timedelta(minutes=19), RULES) == []
    assert rungs_reached(AT, AT + timedelta(minutes=20), RULES) == [AskedAs.GROUP]
    assert rungs_reached(AT, AT + timedelta(minutes=60), RULES) == [
        AskedAs.GROUP,
        AskedAs.SECRETARY,
        AskedAs.TOWN,
    ]
    assert next_rung(AT, AT, RULES) == AT + timedelta(minutes=15)
    assert next_rung(AT, AT + timedelta(minutes=30), RULES) == AT + timedelta(minutes=60)
    assert next_rung(AT, AT + timedelta(minutes=60), RULES) is None
