"""Reports of nothing but days and numbers, and those of several members."""

from __future__ import annotations

from bot.text.clauses import Clause
from bot.text.dates import Day, Span
from bot.text.lexicon.patterns import patterns
from bot.text.names import surnames
from bot.text.numbers import Count, CountKind
from bot.text.reading import Reading
from bot.text.visits.counting import is_visited
from bot.text.visits.events import Event
from bot.text.visits.signs import asked, others, unvisited

_P = patterns("visits")
_LONGEST_LIST = 60  # characters
_LONGEST_SINGLE = 16


def is_tally_of_several(reading: Reading) -> bool:
    """王军5户,刘霞4户: what each member did, not what the speaker did."""
    named = sum(row[1] in surnames() for row in _P["tally"].finditer(reading.text))
    return named >= 2 and not reading.has("self_subject")


def quota_met(reading: Reading) -> list[Event]:
    """联系户 5/5 完成."""
    found = _P["quota"].search(reading.text)
    if found is None or int(found[1]) > int(found[2]):
        return []
    event = Event(0, reading.today, strong=True, rule="quota_met")
    event.take_number(int(found[1]), found.span())
    return [event]


def bare_list(reading: Reading) -> list[Event]:
    """5月3日2户、5月7日4户."""
    text = reading.text
    if len(text) > _LONGEST_LIST or not reading.days or _says_otherwise(reading):
        return []
    limits = [*(day.start for day in reading.days[1:]), len(text)]
    rows = (_row(reading, day, limit) for day, limit in zip(reading.days, limits, strict=True))
    events = [row for row in rows if row is not None]
    return [] if len(events) == 1 and len(text) > _LONGEST_SINGLE else events


def _says_otherwise(reading: Reading) -> bool:
    if _P["question"].search(reading.text) or reading.has("visit_social") or reading.has("visit_rule"):
        return True
    return any(
        sign(reading, clause) is not None
        for clause in reading.clauses.clauses
        for sign in (others, asked, unvisited)
    )


def _row(reading: Reading, day: Day, limit: int) -> Event | None:
    """The day with the number that follows it."""
    number = _number_after(reading, day, limit)
    if day.span is Span.FUTURE or number is None or number.value is None or "户" not in number.unit:
        return None
    if not _P["between_day_and_number"].fullmatch(reading.text[day.end : number.start]):
        return None
    clause = Clause(day.start, limit, 0)
    if not is_visited(reading, number, clause):
        return None
    total = day.span is Span.PERIOD or reading.has("cumulative", clause)
    event = Event(day.start, day.day, cumulative=total, period=total, rule="bare_list")
    event.take_number(number.value, (number.start, number.end))
    return event


def _number_after(reading: Reading, day: Day, limit: int) -> Count | None:
    households = (c for c in reading.counts if c.kind is CountKind.HOUSEHOLDS)
    return next((c for c in households if day.end <= c.start < limit), None)
