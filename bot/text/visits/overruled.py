"""A visit that rules have refused, told by a message that is a report beyond doubt.

一天走三户,三户都要吃饭留我,我说不吃不吃: the rules hear what was not done, the model hears the whole.
"""

from __future__ import annotations

from bot.domain.acts import Sureness
from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Effect
from bot.text.numbers import Count, CountKind
from bot.text.reading import Reading
from bot.text.visits.days_told import past_days_told
from bot.text.visits.events import Event
from bot.text.visits.signs import told_of_period
from bot.text.visits.telling import Telling

_P = patterns("visits")
_FOR_GOOD = frozenset(("not_done", "asked_after", "no_contact"))  # refusals that hold whatever the whole is like
_OTHERS = "others_visits"
_MOST = 60  # households


def told_all_the_same(reading: Reading) -> list[Event]:
    """One visit, of the households that are likeliest counted; none where the whole leaves any doubt.

    What was not done, or asked after, stays so; and of others' visits only what the speaker adds is theirs.
    """
    refused = _refused_by(reading)
    if not reading.likely("visit_overruled") or not _FOR_GOOD.isdisjoint(refused):
        return []
    counts = [count for count in reading.counts if _may_count(count)]
    if _OTHERS in refused:
        counts = [count for count in counts if _of_the_speaker(reading, count)]
        if not counts:
            return []
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


def _refused_by(reading: Reading) -> set[str]:
    return {
        note.rule
        for account in reading.accounts
        if account.kind == "visit"
        for note in account.notes
        if note.effect is Effect.DENIES
    }


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
            if _of_the_speaker(reading, count):
                return value, count
        if _P["lots_of_places"].search(text) and values[0] != sum(values[1:]):
            return sum(values), counts[0]
    return values[0], counts[0]


def _of_the_speaker(reading: Reading, count: Count) -> bool:
    """老石走了八户,我才三户: the word for the speaker stands before the number."""
    clause = reading.clause_at(count.start)
    return clause is not None and bool(
        _P["of_the_speaker"].search(reading.text, clause.start, count.start)
    )


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
