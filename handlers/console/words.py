"""How the ledger pages word what stands in the tables."""

from __future__ import annotations

from datetime import date, datetime

from bot.wording import say


def word(value: str, kind: str) -> str:
    """A value of the tables in Chinese; one that has no word stays as it is.

    Args:
        kind: of what it is a value: `status`, `urgency`, `notice`, …
    """
    try:
        return say(f"console.{kind}_{value}")
    except KeyError:
        return value


def moment_words(moment: datetime | None, now: datetime) -> str:
    """A moment in the zone of `now`: the time alone today, else with the day; empty for null."""
    if moment is None:
        return ""
    local = moment.astimezone(now.tzinfo)
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{day_words(local.date(), now)} {local:%H:%M}"


def day_words(day: date, now: datetime) -> str:
    """A day as 11月21日, with the year when it is not this one's."""
    year = "" if day.year == now.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
