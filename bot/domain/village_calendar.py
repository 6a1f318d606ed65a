"""The village's calendar: days on which normal clocks stand still, from midnight to midnight."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.domain.party_day import DayKind

MOST_BUSY_DAYS = 150
"""Days of a year that may be busy at most: a clock has to be able to run out."""

_FORM = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)(?:\.\.(?:(\d{4})-)?(\d\d)-(\d\d))?")
_LEAP_YEAR = 2000


class NoSuchDays(ValueError):
    """The text names no stretch of days."""


@dataclass(frozen=True, slots=True)
class BusyDays:
    """A stretch of busy farming days (农忙), both ends included.

    yearly: it comes every year, and the years of `first` and `last` mean nothing; it may then run over
        the turn of the year.
    """

    first: date
    last: date
    yearly: bool

    def __contains__(self, day: date) -> bool:
        if not self.yearly:
            return self.first <= day <= self.last
        first, last, own = ((one.month, one.day) for one in (self.first, self.last, day))
        return first <= own <= last if first <= last else own >= first or own <= last

    def __str__(self) -> str:
        """As parameters write it: `05-28..06-10`, `2026-09-25..2026-10-08`."""
        form = "%m-%d" if self.yearly else "%Y-%m-%d"
        return f"{self.first.strftime(form)}..{self.last.strftime(form)}"

    @property
    def length(self) -> int:
        """Days of it in a year."""
        days = (self.last - self.first).days + 1
        return days if days > 0 else days + 366


def read_busy(text: str) -> BusyDays:
    """Read a stretch as parameters write it; a single day stands for itself.

    Raises:
        NoSuchDays: it is none, or ends before it begins.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise NoSuchDays(text)
    year, month, day, last_year, last_month, last_day = found.groups()
    yearly = year is None
    if yearly and last_year is not None:
        raise NoSuchDays(text)
    try:
        first = date(int(year or _LEAP_YEAR), int(month), int(day))
        last = (
            first
            if last_month is None
            else date(int(last_year or year or _LEAP_YEAR), int(last_month), int(last_day))
        )
    except ValueError:
        raise NoSuchDays(text) from None
    if last < first and not yearly:
        raise NoSuchDays(text)
    return BusyDays(first, last, yearly)


@dataclass(frozen=True, slots=True)
class VillageCalendar:
    """Which days pause normal clocks. Without anything set no day does.

    kind_of: what the official calendar says of a day; null: nothing is known, every day is working.
    holidays, weekends: whether official days off pause; make-up workdays never do.
    """

    kind_of: Callable[[date], DayKind] | None = None
    holidays: bool = True
    weekends: bool = False
    busy: tuple[BusyDays, ...] = ()

    def pauses(self, day: date) -> bool:
        """Whether normal clocks stand still on `day`."""
        if any(day in stretch for stretch in self.busy):
            return True
        if self.kind_of is None or not (self.holidays or self.weekends):
            return False
        kind = self.kind_of(day)
        return (self.holidays and kind is DayKind.HOLIDAY) or (self.weekends and kind is DayKind.WEEKEND)
