"""Reports that tell numbers by the means of contact: 上门3户,电话2户; 打了九个电话."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.acts import VisitMode
from bot.text.dates import Span
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import CountKind, read_numeral
from bot.text.reading import Reading
from bot.text.visits.days_told import days_told, is_feast
from bot.text.visits.events import Event
from bot.text.visits.signs import told_of_period
from bot.text.visits.tallies import says_otherwise, told_by_days, with_numbers

_P = patterns("visits")
_MEANS: dict[str, VisitMode] = {word: VisitMode(mode) for word, mode in load("visits")["means"].items()}
_SEVERAL = 2


def told_by_means(reading: Reading) -> list[Event]:
    """上门3户,电话2户: a visit for each means, unless a total is told or other households are counted."""
    if not _P["spoken_means"].search(reading.text):
        return []
    if any(_P[name].search(reading.text) for name in ("part_of", "reckoned_in", "part_by_means")):
        return []
    found = list(_P["by_means"].finditer(reading.text))
    read = [(_means(match), read_numeral(_number_of(match)) or 0, match.span()) for match in found]
    lots = [lot for lot in read if lot[1]]  # 入户2,电话0
    if len({mode for mode, _, _ in lots}) < _SEVERAL or says_otherwise(reading, *with_numbers(reading)):
        return []
    total = sum(number for _, number, _ in lots)
    apart = [c for c in reading.counts if not any(a <= c.start < b for _, _, (a, b) in lots)]
    told = {count.value for count in apart if count.kind is CountKind.HOUSEHOLDS}
    if told - {total} or (reading.has("total") and not told):
        return []
    if told_by_days(reading):
        return []
    past = [day for day in days_told(reading) if day.span is not Span.FUTURE]
    period = any(day.span is Span.PERIOD for day in past)
    cumulative = period or reading.has("cumulative") or told_of_period(reading)
    events = []
    for mode, number, place in lots:
        before = [day for day in past if day.end <= place[0]] or [day for day in past if not is_feast(day)]
        event = Event(place[0], before[-1].day if before else reading.today, mode, cumulative=cumulative)
        event.rule, event.period = "told_by_means", period
        event.take_number(number, place)
        events.append(event)
    return events


def _means(match: re.Match[str]) -> VisitMode:
    word = match["how"] or match["how_after"] or match["calls"] or match["written"] or ""
    word = next((means for means in _MEANS if means in word), word)
    return _MEANS.get(word, VisitMode.HOME)


def _number_of(match: re.Match[str]) -> str:
    return match["n"] or match["n_before"] or match["n_calls"] or match["n_written"]


def calls_made(reading: Reading) -> list[Event]:
    """打了九个电话: a household a call, unless offices were called."""
    found = _P["calls"].search(reading.text)
    clause = reading.clause_at(found.start()) if found else None
    if found is None or clause is None or _P["calls_to_offices"].search(reading.text):
        return []
    if says_otherwise(reading, clause):
        return []
    event = Event(clause.start, _day_before(reading, found.end()), VisitMode.PHONE, rule="calls_made")
    answered = _P["calls_answered"].search(reading.text, found.end())
    made = read_numeral(found["n"] or found["n_after"] or found["n_reached"] or found["n_opens"]) or 0
    absent = _P["calls_unanswered"].search(reading.text, found.end())
    if answered:
        made = read_numeral(answered["n"] or answered["n_before"]) or 0
    elif absent and not found["n_reached"]:
        made -= read_numeral(absent["n"]) or 0
    if made <= 0:
        return []
    event.take_number(made, (answered or found).span())
    return [event]


def _day_before(reading: Reading, place: int) -> date:
    past = [day.day for day in days_told(reading) if day.end <= place and day.span is not Span.FUTURE]
    return past[-1] if past else reading.today
