"""Which households are thought of first when a member only says how many they visited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.cadence import ContactState, Standing
from bot.domain.suggestions import Guessable, likeliest

DAY = date(2026, 11, 10)  # a Tuesday


def household(
    key: int,
    state: ContactState,
    *,
    due_in: int = 10,
    last: int | None = 20,
    visited: tuple[int, ...] = (),
    called: bool = False,
) -> Guessable:
    """A household due in so many days, contacted and visited so many days ago."""
    contact = None if last is None else DAY - timedelta(days=last)
    standing = Standing(state, 30, DAY, contact, DAY + timedelta(days=due_in), called=called)
    return Guessable(key, standing, [DAY - timedelta(days=ago) for ago in visited], key)


OVERDUE, DUE, DONE, EXCUSED = (
    ContactState.OVERDUE,
    ContactState.DUE,
    ContactState.DONE,
    ContactState.EXCUSED,
)


@pytest.mark.parametrize(
    ("households", "order"),
    [
        # overdue before due before done before away
        ([household(1, EXCUSED), household(2, DONE), household(3, DUE), household(4, OVERDUE)], [4, 3, 2, 1]),
        # of several due, the sooner
        ([household(1, DUE, due_in=9), household(2, DUE, due_in=2)], [2, 1]),
        # something has happened there
        ([household(1, DUE, due_in=1), household(2, DUE, due_in=2, called=True)], [2, 1]),
        # habit: two Tuesdays; one is chance
        ([household(1, DUE, due_in=2), household(2, DUE, visited=(7, 21))], [2, 1]),
        ([household(1, DUE, due_in=2), household(2, DUE, visited=(7, 20))], [1, 2]),
        # visited on that day already: somebody else was meant
        ([household(1, DUE, visited=(0,)), household(2, DONE)], [2, 1]),
        # of those that are done, the longest ago; then never, first of all
        ([household(1, DONE, last=3), household(2, DONE, last=8)], [2, 1]),
        ([household(1, DUE, last=8), household(2, DUE, last=None)], [2, 1]),
        # else in their order
        ([household(2, DUE), household(1, DUE)], [1, 2]),
        ([], []),
    ],
)
def test_the_likeliest_come_first(households: list[Guessable], order: list[int]) -> None:
    assert likeliest(households, day=DAY) == order
