"""What is asked about figures: the rows behind one ("为什么 参与率"), or a time's ("十月数据")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.text.asked_period import AskedPeriod, asked_period, this_month
from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.numbers import NUMERAL, read_numeral

_LONGEST = 40  # characters; what is longer tells something


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """A number whose rows are asked for.

    key: of the figure that is named; null: none is.
    number, unit: as written ("3", "户"; a share's is "%"); null: none is.
    first, last: days; null: none are named.
    whole: whether nothing was written that is not understood.
    """

    key: str | None = None
    number: float | None = None
    unit: str | None = None
    first: date | None = None
    last: date | None = None
    whole: bool = True

    @property
    def names_nothing(self) -> bool:
        """Whether neither a figure nor a number is named."""
        return self.key is None and self.number is None


def read_why(text: str, today: date, *, command: bool = False) -> WhyAsked | None:
    """What a message asks for the reason of; null when it is about something else.

    Args:
        command: the text is what follows a command that asks for it.
    """
    plain = normalise(text).text.strip()
    if len(plain) > _LONGEST and not command:
        return None
    asked = _why().search(plain)
    if asked is None and not command:
        return None
    rest = plain if asked is None else plain[: asked.start()] + plain[asked.end() :]
    period = asked_period(rest, today)
    if period is not None:
        rest = f"{rest[: period.start]} {rest[period.end :]}"
    key, rest = _named(rest)
    number, unit = None, None
    counted = _number().search(rest)
    if counted is not None:
        number, unit = _value(counted["number"]), counted["unit"]
        rest = rest[: counted.start()] + rest[counted.end() :]
    whole = not _filling().sub("", rest)
    if not whole and not command:
        return None
    first, last = (None, None) if period is None else (period.first, period.last)
    return WhyAsked(key, number, unit, first, last, whole)


def read_figures_asked(text: str, today: date) -> tuple[date, date] | None:
    """The days whose figures a message asks for, when it asks for nothing else; null: it does not."""
    plain = normalise(text).text.strip(" 。.!！?？\n")
    period = None
    if len(plain) <= _LONGEST:
        period = asked_period(plain, today)
    rest = plain if period is None else _without(plain, period)
    if re.sub(r"^\s*的?\s*", "", rest) not in load("asked_figures")["figures"]:
        return None
    return this_month(today) if period is None else (period.first, period.last)


def _named(text: str) -> tuple[str | None, str]:
    """The figure named in a text, the longest name first, and the text without it."""
    for name, key in _names():
        if name in text:
            return key, text.replace(name, " ", 1)
    return None, text


def _without(text: str, period: AskedPeriod) -> str:
    return text[: period.start] + text[period.end :]


def _value(written: str) -> float | None:
    return float(written) if re.fullmatch(r"[0-9.]+", written) else read_numeral(written)


@cache
def _names() -> list[tuple[str, str]]:
    named = [(one, key) for key, listed in load("asked_figures")["names"].items() for one in listed]
    return sorted(named, key=lambda each: -len(each[0]))


@cache
def _why() -> re.Pattern[str]:
    words = load("asked_figures")
    return re.compile(f"^(?:{words['why']})|(?:{words['how']})$")


@cache
def _filling() -> re.Pattern[str]:
    return re.compile("|".join(load("asked_figures")["filling"]))


@cache
def _number() -> re.Pattern[str]:
    return re.compile(load("asked_figures")["number"].replace("{n}", NUMERAL))
