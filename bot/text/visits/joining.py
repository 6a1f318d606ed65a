"""Clauses that tell of one visit made one event, and numbers that come late."""

from __future__ import annotations

from bot.domain.acts import VisitMode
from bot.text.clauses import Clause
from bot.text.lexicon.patterns import patterns
from bot.text.reading import Reading
from bot.text.visits.days_told import past_days_told
from bot.text.visits.events import Event
from bot.text.visits.met import met

_P = patterns("visits")


def join(reading: Reading, events: list[Event], event: Event, clause: Clause) -> None:
    """Add an event to the list, or make it part of the last one."""
    last = events[-1] if events else None
    if last is None:
        events.append(event)
    elif not last.counts:
        if last.words and event.counts:
            events[-1] = event
    elif not event.stated and last.day == event.day:
        _take_mode(last, event)
    elif last.mode is not event.mode and _said_by_some(reading, last, event, clause):
        return
    elif _made_up_for(reading, last, event):
        last.day, last.names = event.day, event.names
    elif not event.stated and not past_days_told(reading, clause):
        return  # says nothing new
    elif not last.stated and (last.day == event.day or not last.names):
        _complete(last, event)
    elif last.day == event.day and last.cumulative == event.cumulative and last.mode is event.mode:
        _add_number(reading, last, event, clause)
    else:
        events.append(event)


def _said_by_some(reading: Reading, last: Event, event: Event, clause: Clause) -> bool:
    """电话回访五户,一户说暖气费多收了: some of those contacted told of a matter."""
    if not (last.stated and event.stated and last.day == event.day and last.cumulative == event.cumulative):
        return False
    if (event.count or 0) > (last.count or 0):
        return False
    return _P["some_say"].match(reading.text, clause.start) is not None


def _made_up_for(reading: Reading, last: Event, event: Event) -> bool:
    """补报一户,昨天去的老竺家: the day and the name of the one that is reported late."""
    if event.stated or last.names or not last.stated or last.count != len(event.names):
        return False
    return last.day == reading.today and _P["made_up_for"].match(reading.text, last.start) is not None


def _take_mode(last: Event, event: Event) -> None:
    """走了老王家,又打了电话: the other way counts where the first is no more than a way to go."""
    if last.mode is VisitMode.HOME and not last.stated and not last.strong:
        last.mode = event.mode


def _complete(last: Event, event: Event) -> None:
    """The number of the visit told before."""
    last.count, last.stated, last.day = event.count, event.stated, event.day
    last.cumulative, last.period = event.cumulative, event.period
    last.words += event.words
    if last.mode is VisitMode.HOME:
        last.mode = event.mode


def _add_number(reading: Reading, last: Event, event: Event, clause: Clause) -> None:
    """A second number for the same day: a correction, a total, one more lot, or part of the first."""
    piece = reading.text[clause.start : clause.end]
    if _P["self_correcting"].search(reading.text[last.start : clause.end]):
        last.count = event.count
        return
    if event.count is None or event.rule == "in_order" or met(reading, clause, [last]):
        return
    if reading.has("total", clause) and not _P["part_of"].search(piece):
        last.count = event.count
    elif last.count is not None and _one_more_lot(reading, last, event, clause):
        last.count += event.count
    elif last.count is not None and event.count > last.count:
        last.count = event.count


def _one_more_lot(reading: Reading, last: Event, event: Event, clause: Clause) -> bool:
    """又走了2户."""
    if reading.has("again", clause) and event.count != last.count:
        return True
    return _P["adds_on"].search(reading.text[clause.start : clause.end]) is not None
