"""Days as people say them, looking back from the day of the message.

Whoever reports speaks of the past: a bare weekday, day of the month or feast is the latest one that
is not after the day of the message. Words of the days to come are found too, as `future`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.text.date_grammar import expressions
from bot.text.date_readers import read, shape_of
from bot.text.date_units import Found, Span

__all__ = ["Day", "Span", "days"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day expression. day: what it comes to; of a stretch the last day, never after the message's.

    start, end: its place in the text. Of `future` ones `day` lies after the message's, where it is exact:
    改天 is given as the next day.
    """

    start: int
    end: int
    day: date
    span: Span
    words: str


_DEADLINE = re.compile("(?:之|以)?前(?![天后几])")
# stretches joined by these into one: the last day counts
_JOIN = re.compile(r"\s*(?:到|至|[-~—–]{1,2}|、|和|跟|加|以来到?|以来,?截?至|起到?至?)\s*")
_UNTIL = re.compile(r"[到至]|[-~—–]{1,2}")
# 从9月起, 3号开始: until the message
_SINCE = re.compile("(?:开始|起)(?=[,。走访入去看上下共总累]|$)")
_BESIDE = re.compile(r"[,、\s(]{0,2}")
# how many days go by before such an expression can mean another day
_ROUND = {
    **dict.fromkeys(("md", "feast", "lunar", "slash", "month_part", "month_period"), 364),
    **dict.fromkeys(("day", "days"), 27),
    "week": 6,
}
_HALF_A_MONTH = 14  # days; so long a stretch is a period
_ANCHORS = ("in_year", "week_p", "mp_p", "lunar_y")
_SINGLE = frozenset(("day", "week", "word"))
_DATES = frozenset(("ymd", "md", "month_day", "slash", "day"))


def days(text: str, today: date) -> list[Day]:
    """All day expressions of a plain text (see `normalise`), in order, ranges joined.

    today: the day that the text is written on.
    """
    joined: list[Day] = []
    before: re.Match[str] | None = None
    for m in expressions(text):
        found = _read(m, today)
        if found is None or ((m["day"] or m["md"] or m["month_period"]) and _DEADLINE.match(text, m.end())):
            continue
        found = _said_again(joined, m) or found
        day = Day(m.start(), m.end(), *found, m[0])
        if joined and before is not None:
            if _names_the_date(joined[-1], before, day, m):
                continue
            if _sums_up(joined[-1], day, m):
                joined[-1] = replace(joined[-1], end=day.end, span=Span.PERIOD)
                continue
            if _goes_on(joined[-1], before, day, m):
                joined[-1] = _through(joined[-1], _following(joined[-1], day, m, today), text)
                before = m
                continue
        joined.append(day)
        before = m
    return [_until_now(day, text, today) for day in joined]


def _read(m: re.Match[str], today: date) -> Found:
    try:
        return read(m, today)
    except (OverflowError, ValueError):
        return None  # 900年以后: no day that can be reckoned


def _names_the_date(last: Day, before: re.Match[str], day: Day, m: re.Match[str]) -> bool:
    """11月18号,星期三: one day told twice; what stands close to it may also be a slip."""
    if not m["week"] or m["week_p"] or shape_of(before) not in _DATES:
        return False
    between = m.string[last.end : day.start]
    return not between or (last.day.weekday() == day.day.weekday() and _BESIDE.fullmatch(between) is not None)


def _said_again(earlier: list[Day], m: re.Match[str]) -> Found:
    """上月12号的记录,12号走了两户: the day of the month told before, with its month."""
    if not m["day"] or m["day_last"]:
        return None
    same = (
        day
        for day in earlier
        if day.span is Span.DAY and day.words.endswith(m[0]) and len(day.words) > len(m[0])
    )
    last = next(same, None)
    return (last.day, last.span) if last else None


def _sums_up(last: Day, day: Day, m: re.Match[str]) -> bool:
    """11.16-11.22这一周: the stretch just told is the week."""
    return bool(m["week_period"]) and last.span is Span.DAYS and last.end == day.start


def _goes_on(last: Day, before: re.Match[str], day: Day, m: re.Match[str]) -> bool:
    """3号到5号, 周一、周三, 3号4号."""
    if Span.FUTURE in (last.span, day.span):
        return False
    if _JOIN.fullmatch(m.string, last.end, day.start):
        return True
    shape = shape_of(m)
    return last.end == day.start and shape in _SINGLE and shape == shape_of(before)


def _following(last: Day, day: Day, m: re.Match[str], today: date) -> Day:
    """The second day of a stretch: without year, month or week of its own, the next such after the first."""
    round_in = _ROUND.get(shape_of(m))
    if round_in is None or any(m[anchor] for anchor in _ANCHORS):
        return day
    found = _read(m, min(today, last.day + timedelta(days=round_in)))
    return replace(day, day=found[0]) if found and last.day <= found[0] <= today else day


def _through(last: Day, day: Day, text: str) -> Day:
    """The stretch as one; 8月至2月 began in another year, so that its end comes before the latest August."""
    ends = day.day if day.day < last.day and _UNTIL.fullmatch(text, last.end, day.start) else None
    long = abs((day.day - last.day).days) >= _HALF_A_MONTH and Span.DAYS not in (last.span, day.span)
    span = Span.PERIOD if long or Span.PERIOD in (last.span, day.span) else Span.DAYS
    words = text[last.start : day.end]
    return Day(last.start, day.end, ends or max(last.day, day.day), span, words)


def _until_now(day: Day, text: str, today: date) -> Day:
    if day.span is Span.FUTURE or not _SINCE.match(text, day.end):
        return day
    return replace(day, day=today, span=Span.DAYS if day.span is Span.DAY else day.span)
