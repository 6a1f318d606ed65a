"""What speaks against a leave, in a table. Today is the 10th."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.leave import Days, Refusal, Substitute, refusal


def days(first: int, last: int) -> Days:
    return Days(date(2026, 11, first), date(2026, 11, last))


SOMEBODY = Substitute(is_self=False, reachable=True, away=())


@pytest.mark.parametrize(
    ("wanted", "more", "reason"),
    [
        (days(25, 30), {}, None),
        (days(10, 10), {}, None),  # today
        (days(8, 12), {}, None),  # has begun without a word
        (days(30, 25), {}, Refusal.REVERSED),
        (days(1, 9), {}, Refusal.PAST),
        (Days(date(2026, 11, 10), date(2027, 6, 1)), {}, Refusal.TOO_LONG),
        (days(25, 30), {"own": [days(30, 30)]}, Refusal.OVERLAPS),  # one day is enough
        (days(25, 29), {"own": [days(30, 30), days(20, 24)]}, None),
        (days(25, 30), {"covering": [days(20, 25)]}, Refusal.COVERING),
        (days(25, 30), {"substitute": SOMEBODY}, None),
        (days(25, 30), {"substitute": Substitute(True, True, ())}, Refusal.SUBSTITUTE_SELF),
        (days(25, 30), {"substitute": Substitute(False, True, [days(29, 30)])}, Refusal.SUBSTITUTE_AWAY),
        (days(25, 30), {"substitute": Substitute(False, True, [days(20, 24)])}, None),
        (days(25, 30), {"substitute": Substitute(False, False, ())}, Refusal.SUBSTITUTE_UNREACHED),
    ],
)
def test_what_speaks_against_it(wanted, more, reason) -> None:
    known = {"own": [], "covering": [], "substitute": None, **more}
    found = refusal(wanted, today=date(2026, 11, 10), **known)
    assert (None if found is None else found[0]) == reason
