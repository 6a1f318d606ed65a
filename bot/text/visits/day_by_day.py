"""Days told with a number for each of them, where no household is counted or none behind its day."""

from __future__ import annotations

import re
from datetime import date

from bot.text.dates import Day, Span, days
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import read_numeral
from bot.text.reading import Reading
from bot.text.visits.days_told import days_told
from bot.text.visits.events import Event

_P = patterns("visits")
_SEVERAL = 2
_MOST = 60  # households of a day


def so_many_each_day(reading: Reading) -> list[Event]:
    """昨天、前天各三户; 周六去的马庄,周日去的郭庄,各2户: a visit on each of the days."""
    found = _P["each_of_days"].search(reading.text)
    if found is None:
        return []
    number = read_numeral(found["n"]) or 0
    told = {day.day: day for day in _days_before(reading, found.start())}
    if len(told) < _SEVERAL and len(reading.counts) == 1:
        before = (day for day in days_told(reading) if day.end <= found.start())
        told = {day.day: day for day in before if day.span is Span.DAY}
    if len(told) < _SEVERAL or not 0 < number <= _MOST:
        return []
    events = [_event(day, number, found.span()) for day in told.values()]
    for day in days_told(reading):
        behind = _P["number_behind_day"].match(reading.text, day.end)
        if behind and day.start >= found.end() and day.span is Span.DAY and day.day not in told:
            events.append(_event(day, read_numeral(behind["n"]) or 0, behind.span("n")))
    return events


def _days_before(reading: Reading, place: int) -> list[Day]:
    """The days told one after another up to the place: 昨天、前天 are two here, not a stretch of them."""
    begin = next((day.start for day in days_told(reading)), place)
    told = _P["weekdays_in_a_row"].sub(_spelled_out, reading.text[begin:place])
    parts = _P["days_apart"].split(told)
    before = _P["week_before"].match(parts[0])
    if before is not None:
        parts = [before[0] + part if _P["weekday"].match(part) else part for part in parts]
    return [
        day
        for part in parts
        for day in days(part, reading.today)
        if day.span is Span.DAY and _P["of_that_day"].fullmatch(part, day.end)
    ]


def _spelled_out(weekdays: re.Match[str]) -> str:
    """周二四 as 周二、周四."""
    return "、".join(weekdays["week"] + each for each in weekdays["days"])


def somebody_each_day(reading: Reading) -> list[Event]:
    """周六走了齐大爷,周日走了罗家: somebody on each of the days, whether or not the name is known for one."""
    told = [day for day in days_told(reading) if day.span is Span.DAY]
    if reading.counts or len({day.day for day in told}) < _SEVERAL:
        return []
    events = []
    for day in told:
        found = _P["called_on_that_day"].match(reading.text, day.end)
        homes = [] if found is None else [one for one in _P["person_apart"].split(found["who"]) if one]
        if found is None or not all(_P["somebodys"].search(one) for one in homes):
            continue
        names = [name for name in reading.names if found.start() <= name.start < found.end()]
        event = Event(day.start, day.day, rule="bare_list", names=names)
        event.take_number(len(homes), found.span())
        events.append(event)
    apart = len({event.day for event in events}) == len(events)
    return events if apart and len(events) >= _SEVERAL and len(events) == len(told) else []


def in_turn(reading: Reading) -> list[Event]:
    """5号、8号、12号分别走了1户、2户、2户: as many numbers as days, each of its own."""
    found = _P["in_turn"].search(reading.text)
    if found is None:
        return []
    numbers = [each for each in reading.counts if found.start() <= each.start < found.end()]
    told = _days_before(reading, found.start())
    if len(told) != len(numbers) or len({day.day for day in told}) < len(told):
        return []
    return [
        _event(day, number.value or 0, (number.start, number.end))
        for day, number in zip(told, numbers, strict=True)
    ]


def bare_by_days(reading: Reading) -> list[Event]:
    """今天4,昨天3; 前天走东头仨,昨天走西头俩: numbers alone behind their days."""
    told_of = days_told(reading)
    if len(told_of) < _SEVERAL or (reading.counts and not _P["none_that_day"].search(reading.text)):
        return []
    limits = [*(day.start for day in told_of[1:]), len(reading.text)]
    events, told = [], 0
    for day, limit in zip(told_of, limits, strict=True):
        found = _P["bare_behind_day"].match(reading.text, day.end, limit)
        if found is None or day.span is Span.FUTURE:
            return []
        number = read_numeral(found["n"]) if found["n"] else 0
        told += bool(found["n"])
        if number and number <= _MOST:
            events.append(_event(day, number, found.span("n")))
    apart = len({(event.day, event.cumulative) for event in events}) == len(events)
    return events if told >= _SEVERAL and apart else []


def today_before_total(reading: Reading, events: list[Event]) -> None:
    """今天2户,九月到这会儿一共8户: the running total is not all that is told; `events` is changed."""
    if len(events) != 1 or not events[0].cumulative:
        return
    found = _P["opens_with_today"].match(reading.text, 0, events[0].start)
    number = read_numeral(found["n"]) if found else None
    if found is None or not number or number > min(_MOST, events[0].count or 0):
        return
    event = Event(0, reading.today, rule="bare_list")
    event.take_number(number, found.span("n"))
    events.insert(0, event)


def total_beside(reading: Reading, events: list[Event]) -> None:
    """今日走访户数:4,累计:11; 十月一共12户,今天又走了1户: the total is told too; `events` is changed."""
    if len(events) != 1 or not events[0].stated or not events[0].count:
        return
    event = events[0]
    told_before = _P["total_before_today"].match(reading.text)
    if told_before is not None and not event.cumulative and event.start >= told_before.start("n"):
        _add_total(events, reading.today, read_numeral(told_before["n"]) or 0, told_before.span("n"), at=0)
        return
    behind = max(end for _, end in event.words) if event.words else event.start
    found = _P["bare_total"].search(reading.text, behind)
    if found is not None and (not event.cumulative or found["of"]):
        _add_total(events, reading.today, read_numeral(found["n"]) or 0, found.span("n"), at=1)


def _add_total(events: list[Event], today: date, number: int, place: tuple[int, int], *, at: int) -> None:
    if number >= (events[0].count or 0):
        total = Event(place[0], today, events[0].mode, cumulative=True, period=True, rule="late_number")
        total.take_number(number, place)
        events.insert(at, total)


def _event(day: Day, number: int, place: tuple[int, int]) -> Event:
    period = day.span is Span.PERIOD
    event = Event(day.start, day.day, cumulative=period, period=period, rule="bare_list")
    event.take_number(number, place)
    return event
