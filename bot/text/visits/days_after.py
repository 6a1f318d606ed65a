"""The day of a visit told once the visit is (走访5户,时间11月3日; 走访了3户。是昨天下午去的)."""

from __future__ import annotations

from bot.text.dates import Day, Span, days
from bot.text.lexicon.patterns import patterns
from bot.text.normalise import normalise
from bot.text.reading import Reading
from bot.text.visits.days_told import days_told
from bot.text.visits.events import Event

_P = patterns("visits")


def take_day_after(reading: Reading, events: list[Event]) -> None:
    """Gives visits told without a day the one told behind them, where it stands in clauses of its own."""
    told = days_told(reading)
    if not events or not told:
        return
    if _only_day(reading, events, told):
        events[0].day = told[0].day
        return
    last = told[-1]
    if any(not _stands_alone(reading, day, events[-1].start) for day in told):
        return
    for event in events:
        event.day, event.period = last.day, last.span is Span.PERIOD
        event.cumulative = event.cumulative or (event.stated and event.period)


def take_period_asked(reading: Reading, events: list[Event]) -> None:
    """俺3户, in answer to 大家把本周走访数报一下: the number is of the time asked after."""
    reply = normalise(reading.message.reply_to or "").text
    if len(events) != 1 or not events[0].stated or reading.days or not _P["number_asked"].search(reply):
        return
    event = events[0]
    if event.day == reading.today and any(day.span is Span.PERIOD for day in days(reply, reading.today)):
        event.cumulative = True


def _stands_alone(reading: Reading, day: Day, after: int) -> bool:
    clause = reading.clause_at(day.start)
    if day.span is Span.FUTURE or clause is None or clause.start <= after:
        return False
    inside = [one for one in reading.days if clause.start <= one.start < clause.end]
    before = _P["day_alone_before"].fullmatch(reading.text, clause.start, inside[0].start)
    return before is not None and bool(
        _P["day_alone_behind"].fullmatch(reading.text, inside[-1].end, max(inside[-1].end, clause.end))
    )


def _only_day(reading: Reading, events: list[Event], told: list[Day]) -> bool:
    """十几家吧,昨天跟村医跑的; 三月份拢共十户: no other day is told, and the visit is of none."""
    if len(events) != 1 or len(reading.days) != 1 or events[0].day != reading.today:
        return False
    day = told[0]
    if _P["until_now"].match(reading.text, day.end):
        return False
    if events[0].cumulative:
        return day.span is Span.PERIOD
    before = reading.text[day.start - 1 : day.start]
    opens = day.start == 0 or _P["clause_opens"].fullmatch(before) is not None
    return day.span is Span.DAY and opens and _P["day_of_visit"].match(reading.text, day.start) is not None
