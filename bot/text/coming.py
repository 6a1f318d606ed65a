"""Days to come, in promises and in what is asked for: "周五前", "后天", "三天内", "11月25日到30日".

Whoever promises speaks of the future: a bare weekday or day of the month is the next one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.text.date_grammar import OFFSETS
from bot.text.feasts import feast_of
from bot.text.lexicon import load
from bot.text.month_days import month_end, months_back, same_day, valid
from bot.text.numbers import read_numeral

_N = r"[0-9]{1,3}|[一二两三四五六七八九十廿]{1,3}"
_WEEK = "(?:周|星期|礼拜)"
_WEEKDAYS = "一二三四五六日"
_LONG_PAST = timedelta(days=180)  # a date of this year that lies farther back is next year's


@dataclass(frozen=True, slots=True)
class Coming:
    """A day, and its place in the plain text. It lies in the past when that is what is said."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day to a day, as said; the last lies before the first when that is what is said.

    dated: both ends are given as month and day; yearly: without a year.
    """

    first: date
    last: date
    start: int
    end: int
    dated: bool = False
    yearly: bool = False


def coming_day(text: str, today: date) -> Coming | None:
    """The first day of a plain text (see `normalise`); null when there is none. A span counts from today."""
    for found in _pattern().finditer(text):
        day = _day(found, today)
        if day is not None:
            return Coming(day, *found.span())
    return None


def coming_span(text: str, today: date) -> Coming | None:
    """The first end of a month or year, or span from today on ("三周后"), of a plain text; null: none."""
    for found in _pattern().finditer(text):
        day = _day(found, today) if found["count"] or found["end_of"] else None
        if day is not None:
            return Coming(day, *found.span())
    return None


def coming_stretch(text: str, today: date) -> Stretch | None:
    """The first stretch of days of a plain text; a single day stands for itself. Null when there is none.

    "到周五" begins today, and so does "三天", which is as many days as it says.
    """
    for found in _pattern().finditer(text):
        first = _day(found, today)
        if first is None:
            continue
        dated, yearly = _is_dated(found), found["year"] is None
        if found["count"]:
            return Stretch(today, first - timedelta(days=1), *found.span())
        behind = re.compile(load("coming")["joins"]["to"]).match(text, found.end())
        last = None if behind is None else _pattern().match(text, behind.end())
        day = None if last is None else _end(last, first, today)
        if last is not None and day is not None:
            both = dated and (_is_dated(last) or bool(last["bare"]))
            return Stretch(first, day, found.start(), last.end(), both, yearly and last["year"] is None)
        if re.search(load("coming")["joins"]["to"] + "$", text[: found.start()]):
            return Stretch(today, first, *found.span())
        return Stretch(first, first, *found.span(), dated, yearly)
    return None


def _is_dated(found: re.Match[str]) -> bool:
    return bool(found["month"] or found["slash_month"])


def _end(found: re.Match[str], first: date, today: date) -> date | None:
    """The last day of a stretch: a bare day is of the same month, or of the next when that is not far."""
    if not found["bare"]:
        if found["month"] and not found["year"]:
            return _year_of(first, int(read_numeral(found["month"]) or 0), _number(found["day"]))
        return _day(found, today)
    number = _number(found["bare"])
    same = valid(first.year, first.month, number)
    if same is not None and same >= first:
        return same
    following = valid(*months_back(first, -1), number)
    return following if following is not None and (following - first).days <= 20 else same


def _year_of(first: date, month: int, day: int) -> date | None:
    same = valid(first.year, month, day)
    if same is None or same >= first or first - same < _LONG_PAST:
        return same
    return valid(first.year + 1, month, day)


def _day(found: re.Match[str], today: date) -> date | None:
    if found["offset"]:
        return today + timedelta(days=OFFSETS[found["offset"]])
    if found["feast"]:
        feast = _feast(found["feast"], today)
        return feast - timedelta(days=1) if feast is not None and found["feast_before"] else feast
    if found["count"]:
        return _span(found["count"], found["unit"] or found["days"], today)
    if found["bare_week"]:
        return today + timedelta(days=7 * _weeks(found["bare_week"]) + 6 - today.weekday())
    if found["weekday"]:
        return _weekday(found["ahead"], found["weekday"], today)
    if found["month"]:
        year = None if found["year"] is None else int(found["year"])
        return _dated(year, _number(found["month"]), _number(found["day"]), today)
    if found["slash_month"]:
        return _dated(None, int(found["slash_month"]), int(found["slash_day"]), today)
    if found["end_of"] is not None:
        return _end_of(found["end_of"], today)
    if found["next_month_day"]:
        return valid(*months_back(today, -1), _number(found["next_month_day"]))
    return _bare(_number(found["bare"]), today)


def _weekday(ahead: str | None, name: str, today: date) -> date:
    number = 6 if name in "日天末" else _WEEKDAYS.index(name) if name in _WEEKDAYS else int(name) - 1
    monday = today - timedelta(days=today.weekday())
    if ahead:
        return monday + timedelta(days=7 * _weeks(ahead) + number)
    day = monday + timedelta(days=number)
    return day if day > today or name == "末" else day + timedelta(days=7)


def _weeks(ahead: str) -> int:
    return ahead.count("下")


def _span(count: str, unit: str, today: date) -> date | None:
    if count == "半":
        return today + timedelta(days=15) if unit == "月" else None
    # 一两天, 三五天: the later counts
    about = re.fullmatch("[一两二三四五六七八]([两二三四五六七八九])", count)
    number = read_numeral(count if about is None else about[1])
    if number is None or not 0 < number <= 366:
        return None
    if unit == "月":
        return same_day(today, *months_back(today, -number))
    return today + timedelta(days=number * (1 if unit in "天日" else 7))


def _dated(year: int | None, month: int, day: int, today: date) -> date | None:
    if year is not None:
        return valid(year, month, day)
    found = valid(today.year, month, day)
    if found is not None and today - found > _LONG_PAST:
        return valid(today.year + 1, month, day)
    return found


def _bare(number: int, today: date) -> date | None:
    return valid(*months_back(today, -1 if number < today.day else 0), number)


def _end_of(what: str, today: date) -> date | None:
    if "年" in what:
        return date(today.year, 12, 31)
    named = re.match(f"({_N})月", what)
    if named:
        month = _number(named[1])
        if not 1 <= month <= 12:
            return None
        return month_end(today.year + (month < today.month), month)
    return month_end(*months_back(today, -what.count("下")))


def _feast(name: str, today: date) -> date | None:
    days = (feast_of(load("coming")["feasts"][name], year) for year in (today.year, today.year + 1))
    return next((day for day in days if day is not None and day >= today), None)


def _number(numeral: str) -> int:
    return read_numeral(numeral) or 0


@cache
def _pattern() -> re.Pattern[str]:
    words = load("coming")
    joins = words["joins"]
    # of the words for today those that say just that, and not 刚才
    to_come = (word for word, offset in OFFSETS.items() if offset > 0 or (offset == 0 and word[0] == "今"))
    offsets = "|".join(sorted(to_come, key=len, reverse=True))
    feasts = "|".join(words["feasts"])
    no_day = joins["no_day"]
    return re.compile(
        rf"(?P<offset>{offsets})"
        rf"|(?P<feast>{feasts})(?P<feast_before>{joins['before']})?(?![0-9月])"
        rf"|(?<![0-9一二三四五六七八九十第])(?P<count>{_N}|半)个?(?:(?P<unit>天|(?<=[个半])月(?!底|末|份|[0-9])|周|星期|礼拜)"
        rf"(?:(?:之|以)?[内后])?(?![0-9一二三四五六日前])|(?P<days>日)(?:之|以)?内)"
        rf"|(?P<bare_week>下+个?|这个?|本){_WEEK}(?:之|以)?(?:内|里)?(?![一二三四五六日天末1-7])"
        rf"|(?P<ahead>下+个?|这个?|本)?{_WEEK}(?P<weekday>[一二三四五六日天末1-7])(?![0-9])"
        rf"|(?:(?P<year>20[0-9]{{2}})年)?(?P<month>{_N})月份?(?P<day>{_N})[日号]?"
        r"|(?<![0-9./])(?P<slash_month>1[0-2]|0?[1-9])[./](?P<slash_day>3[01]|[12][0-9]|0?[1-9])(?![0-9./%])"
        rf"|(?P<end_of>(?:(?:{_N})月份?|下个?月|本月|这个?月|月|今年|(?<![明后来去0-9])年)[底末])"
        rf"|下个?月(?P<next_month_day>{_N})[日号]"
        rf"|(?<![0-9#第])(?P<bare>{_N})[日号]{no_day}"
    )
