"""Days and times in words, as seen from a day: "今天 19:30", "11月9日（周一）10:00"."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from bot.wording import say


def moment_words(moment: datetime, *, now: datetime, zone: tzinfo) -> str:
    """A moment as somebody in the village would say it at `now`."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return say("times.today", time=clock)
    if local.date() == today + timedelta(days=1):
        return say("times.tomorrow", time=clock)
    return full_moment_words(moment, now=now, zone=zone)


def full_moment_words(moment: datetime, *, now: datetime, zone: tzinfo) -> str:
    """A moment with its date, however near it is: for what is read on other days as well."""
    local = moment.astimezone(zone)
    name = "times.this_year" if local.year == now.astimezone(zone).year else "times.other_year"
    return say(name, time=f"{local:%H:%M}", **_parts(local.date()))


def day_words(day: date, *, today: date) -> str:
    """A day as somebody in the village would say it on `today`."""
    name = "day_this_year" if day.year == today.year else "day_other_year"
    near = {-1: "day_yesterday", 0: "day_today", 1: "day_tomorrow"}
    return say(f"times.{near.get((day - today).days, name)}", **_parts(day))


def full_day_words(day: date, *, today: date) -> str:
    """A day with its date and weekday, however near it is."""
    return say(f"times.day_{'this_year' if day.year == today.year else 'other_year'}", **_parts(day))


def plain_day_words(day: date) -> str:
    """Month and day."""
    return say("times.day_plain", **_parts(day))


def span_words(span: timedelta) -> str:
    """How long something has been, in whole days, hours or minutes."""
    for unit, size in (("days", timedelta(days=1)), ("hours", timedelta(hours=1))):
        if span >= size:
            return say(f"times.{unit}", number=span // size)
    return say("times.minutes", number=span // timedelta(minutes=1))


def _parts(day: date) -> dict[str, Any]:
    weekday = say("times.weekdays")[day.weekday()]
    return {"year": day.year, "month": day.month, "day": day.day, "weekday": weekday}
