"""A visit that rules have refused, told by a message that is a report beyond doubt.

一天走三户,三户都要吃饭留我,我说不吃不吃: the rules hear what was not done, the model hears the whole.
"""

from __future__ import annotations

from bot.domain.acts import Sureness
from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import Count, CountKind
from bot.text.reading import Reading
from bot.text.visits.days_told import past_days_told
from bot.text.visits.events import Event
from bot.text.visits.signs import told_of_period
from bot.text.visits.telling import Telling

_P = patterns("visits")
_MOST = 60  # households


def told_all_the_same(reading: Reading) -> list[Event]:
    """One visit, of the households that are likeliest counted; none where the whole leaves any doubt."""
    if not reading.likely("visit_overruled"):
        return []
    counts = [count for count in reading.counts if _may_count(count)]
    if not counts:
        return _of_named(reading)
    value, chosen = _number(reading, counts)
    clause = reading.clause_at(chosen.start)
    if clause is None:
        return []
    event = _event(reading, clause)
    event.take_number(value, (chosen.start, chosen.end))
    period = any(day.span is Span.PERIOD and day.end <= chosen.start for day in past_days_told(reading, clause))
    running = reading.hits.any_within(clause.start, chosen.start, "cumulative")
    event.cumulative = event.period = period or running or told_of_period(reading)
    return [event]


def _may_count(count: Count) -> bool:
    return count.kind is not CountKind.TIMES and 0 < (count.value or 0) <= _MOST


def _number(reading: Reading, counts: list[Count]) -> tuple[int, Count]:
    """The total where one is told, the speaker's own beside another's, else what is told first."""
    text = reading.text
    values = [count.value or 0 for count in counts]
    for count, value in zip(reversed(counts), reversed(values), strict=True):
        if reading.hits.any_within(max(0, count.start - 4), count.start, "total"):
            return value, count
    if len(counts) > 1:
        if values[-1] == sum(values[:-1]) or _P["settles_on"].search(text[: counts[-1].start]):
            return values[-1], counts[-1]
        for count, value in zip(counts, values, strict=True):
            clause = reading.clause_at(count.start)
            if clause is not None and _P["of_the_speaker"].search(text, clause.start, count.start):
                return value, count
        if _P["lots_of_places"].search(text) and values[0] != sum(values[1:]):
            return sum(values), counts[0]
    return values[0], counts[0]


def _of_named(reading: Reading) -> list[Event]:
    for index, clause in enumerate(reading.clauses.clauses):
        telling = Telling(reading, clause, index, reading.today)
        if telling.called:
            event = _event(reading, clause)
            event.names = telling.called
            return [event]
    return []


def _event(reading: Reading, clause: Clause) -> Event:
    """On the day told last before the clause ends."""
    day = reading.today
    for index, each in enumerate(reading.clauses.clauses):
        past = [one.day for one in past_days_told(reading, each) if one.span is not Span.PERIOD]
        day = min(past[-1], reading.today) if past else day
        if each == clause:
            break
    event = Telling(reading, clause, index, day).event()
    event.rule, event.sureness = told_all_the_same.__name__, Sureness.PROBABLY
    return event
