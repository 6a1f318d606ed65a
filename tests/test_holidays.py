"""The calendar of public holidays, in years that the library knows and in those it does not."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.party_day import DayKind
from bot.holidays import day_kind


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 5), DayKind.HOLIDAY),
        (date(2026, 10, 4), DayKind.HOLIDAY),  # a Sunday within the holiday
        (date(2026, 10, 10), DayKind.WORKING),  # a make-up Saturday
        (date(2026, 12, 5), DayKind.WEEKEND),
        (date(2026, 12, 7), DayKind.WORKING),
        # Far ahead: the days that the law names.
        (date(2040, 10, 1), DayKind.HOLIDAY),
        (date(2040, 2, 12), DayKind.HOLIDAY),  # Spring Festival
        (date(2040, 2, 11), DayKind.HOLIDAY),  # its eve
        (date(2040, 4, 4), DayKind.HOLIDAY),  # Qingming
        (date(2040, 10, 6), DayKind.WEEKEND),
        (date(2040, 10, 8), DayKind.WORKING),
    ],
)
def test_what_the_calendar_says(day, kind) -> None:
    assert day_kind(day) is kind
