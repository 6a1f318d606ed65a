"""Reports filled in like a form: 时间:… 户数:… 对象:… 方式:…"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.acts import VisitMode
from bot.text.dates import Span
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import read_numeral
from bot.text.reading import Reading

_P = patterns("visits")
_KEYS: dict[str, list[str]] = load("visits")["form"]["keys"]
_MODES: dict[str, str] = load("visits")["form"]["modes"]

Field = re.Match[str] | None


@dataclass(frozen=True, slots=True)
class Form:
    """What a form says. count: null when the field is missing."""

    count: int | None
    households: tuple[str, ...]
    day: date
    mode: VisitMode
    cumulative: bool
    evidence: tuple[str, ...]


def read_form(reading: Reading) -> Form | None:
    """The form, or null when the message is none: at least two fields, one of them whom or how many."""
    text = reading.text
    fields = {m["key"]: m for m in _P["field"].finditer(text)}
    if not fields or not _P["form_of_visits"].search(text) or _P["template"].search(text):
        return None
    number, whom, when, how = (_field(fields, key) for key in ("number", "whom", "when", "how"))
    if (number is None and whom is None) or len(fields) < (2 if number and when else 3):
        return None
    count, households = _count(number), _households(reading, whom)
    if number is None and whom is not None:
        start, end = whom.span("value")
        count = next((each.value for each in reading.counts if start <= each.start < end), None)
    visited = None if number else _P["visited_field"].search(text)
    if visited is not None:
        count = read_numeral(visited["n"])
    if count is None and not households:
        return None
    day, span = _day(reading, when)
    return Form(
        count=count,
        households=households,
        day=day,
        mode=_mode(how),
        cumulative=span is Span.PERIOD and count is not None,
        evidence=tuple(fields),
    )


def _field(fields: dict[str, re.Match[str]], name: str) -> Field:
    endings = tuple(_KEYS[name])
    fit = (key for key in fields if key.endswith(endings) and not _P["own_name"].match(key))
    return next((fields[key] for key in fit), None)


def _count(field: Field) -> int | None:
    digits = _P["number"].search(field["value"]) if field else None
    return read_numeral(digits[0]) if digits else None


def _households(reading: Reading, field: Field) -> tuple[str, ...]:
    if field is None:
        return ()
    start, end = field.span("value")
    inside = (name for name in reading.names if start <= name.start and name.end <= end)
    found = tuple(dict.fromkeys(reading.written(name) for name in inside))
    return found or _told_bare(reading.plain.written(start, end))


def _told_bare(value: str) -> tuple[str, ...]:
    """走访户:占文斌: whatever stands in the field is their name."""
    cells = value.strip().split("、")
    return tuple(cells) if all(_P["bare_name"].fullmatch(cell) for cell in cells) else ()


def _day(reading: Reading, field: Field) -> tuple[date, Span]:
    if field is not None:
        start, end = field.span("value")
        past = [d for d in reading.days if start <= d.start < end and d.span is not Span.FUTURE]
        if past:
            return past[-1].day, past[-1].span
    return reading.today, Span.DAY


def _mode(field: Field) -> VisitMode:
    value = field["value"] if field else ""
    return next((VisitMode(mode) for word, mode in _MODES.items() if word in value), VisitMode.HOME)
