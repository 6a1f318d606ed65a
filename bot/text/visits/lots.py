"""Numbers told lot by lot where no verb tells of visiting: by days, by times of the day, with their sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.text.clauses import Clause
from bot.text.dates import Day, Span
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import Count
from bot.text.reading import Reading
from bot.text.visits.days_told import past_days_told
from bot.text.visits.events import Event

_P = patterns("visits")
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Lot:
    """One number. total: a word for all of them stands before it. adds: a time of the day of its own does."""

    count: Count
    value: int
    day: date
    cumulative: bool
    total: bool
    adds: bool


def lots_told(reading: Reading, counted: Callable[[Count, Clause], bool]) -> list[Event]:
    """A visit for each day, and one for each running total; none where a single number is told."""
    lots = _lots(reading, counted)
    if len(lots) < _SEVERAL:
        return []
    events: list[Event] = []
    for lot in [*_summed([lot for lot in lots if not lot.cumulative]), *(x for x in lots if x.cumulative)]:
        event = Event(lot.count.start, lot.day, cumulative=lot.cumulative, period=lot.cumulative)
        event.take_number(lot.value, (lot.count.start, lot.count.end))
        events.append(event)
    return sorted(events, key=lambda event: event.start)


def _lots(reading: Reading, counted: Callable[[Count, Clause], bool]) -> list[Lot]:
    """Those counted as visited, without what is but said again."""
    out: list[Lot] = []
    day: Day | None = None
    for clause in reading.clauses.clauses:
        past = past_days_told(reading, clause)
        for count in reading.counts:
            if not clause.start <= count.start < clause.end or not counted(count, clause):
                continue
            if _P["meant_number"].search(reading.text, clause.start, count.start):
                continue
            before = [each for each in past if each.end <= count.start]
            day = before[-1] if before else day
            if out and count.value == out[-1].value and _said_again(reading, out[-1].count, count):
                continue
            out.append(_lot(reading, clause, count, day))
        day = past[-1] if past else day
    return out


def _said_again(reading: Reading, before: Count, count: Count) -> bool:
    """五户五户五户; 上午三户下午两户,那两户都…; 3户都在割麦,没进门,也算3户吧."""
    if count.start == before.end or _P["the_same"].search(reading.text, 0, count.start):
        return True
    return _P["reckoned"].search(reading.text, before.end, count.start) is not None


def _lot(reading: Reading, clause: Clause, count: Count, day: Day | None) -> Lot:
    before = reading.text[clause.start : count.start]
    return Lot(
        count,
        count.value or 0,
        min(day.day, reading.today) if day else reading.today,
        cumulative=(day is not None and day.span is Span.PERIOD)
        or reading.hits.any_within(clause.start, count.start, "cumulative")
        or _P["of_period"].search(before) is not None,
        total=reading.hits.any_within(max(0, count.start - 3), count.start, "total")
        or _P["equals"].search(before) is not None,
        adds=reading.hits.any_within(max(clause.start, count.start - 8), count.start, "again")
        or _P["adds_on"].search(before) is not None,
    )


def _summed(lots: list[Lot]) -> list[Lot]:
    """One for each day: its total where one is told, else their sum; parts of the first are left out."""
    total = next((lot for lot in reversed(lots) if lot.total), None)
    rest = [lot for lot in lots if lot is not total]
    days = list(dict.fromkeys(lot.day for lot in rest))
    if total is not None and len(days) < _SEVERAL:
        return [total]
    if len(rest) > _SEVERAL and rest[0].value == sum(lot.value for lot in rest[1:]):
        rest = rest[1:] if len(days) > 1 else rest[:1]
    out = []
    for day in dict.fromkeys(lot.day for lot in rest):
        first, *later = (lot for lot in rest if lot.day == day)
        value = first.value + sum(lot.value for lot in later if lot.adds)
        out.append(Lot(first.count, value, day, cumulative=False, total=False, adds=False))
    return out
