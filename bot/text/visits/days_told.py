"""The days that visits can be of: a message also mentions days on which nobody was visited."""

from __future__ import annotations

from bot.text.clauses import Clause
from bot.text.dates import Day, Span
from bot.text.feasts import FEASTS
from bot.text.lexicon.patterns import patterns
from bot.text.lunar import SOLAR_TERMS
from bot.text.reading import Reading

_P = patterns("visits")
_LUNAR_MONTHS = ("正月", "冬月", "腊月")
_SEASON = 15  # days; so long a solar term lasts
_NEAR = 16  # characters between a year and the number of its visits
_ROW = 3  # so many numbers are a row of houses
_SOON = 4  # characters
_LONG_AGO = 320  # days; a feast that was so long ago is soon to come again


def days_told(reading: Reading) -> list[Day]:
    """The days of the message without those that are only mentioned."""
    return [day for day in reading.days if not _only_mentioned(reading, day)]


def past_days_told(reading: Reading, clause: Clause) -> list[Day]:
    """Those in the clause that are not to come."""
    return [day for day in reading.past_days(clause) if not _only_mentioned(reading, day)]


def _only_mentioned(reading: Reading, day: Day) -> bool:
    if is_feast(day) and any(
        rule(reading, day) for rule in (_opens_season, _soon_again, _feast_in_passing, _inside)
    ):
        return True
    if _P["reported_on"].match(reading.text, day.end) or _is_share(reading, day):
        return True
    if day.day == reading.today and day.span is not Span.PERIOD:
        return False
    if _P["year"].fullmatch(day.words) and not _counted_soon(reading, day):
        return True
    if day.span is Span.PERIOD and _P["first_of_year"].match(reading.text, day.end):
        return True
    if (
        day.span is Span.PERIOD
        and day.day == reading.today
        and _P["first_of_period"].match(reading.text, day.end)
    ):
        return True
    return _says_which(reading, day) or _is_door(reading, day) or _lasts_until(reading, day)


def _is_share(reading: Reading, day: Day) -> bool:
    """走访进度5/8: five of eight."""
    return "/" in day.words and _P["before_share"].search(reading.text, 0, day.start) is not None


def _counted_soon(reading: Reading, day: Day) -> bool:
    """去年走了48户; but 老麻前年中的风 tells of a year only what befell somebody."""
    return any(day.end <= count.start <= day.end + _NEAR for count in reading.counts)


def _is_door(reading: Reading, day: Day) -> bool:
    """17号的小石, 9号的独居老人, 后街20号、21号: the number of a house."""
    if _P["houses_listed"].fullmatch(day.words) and _counted_as_houses(reading, day):
        return True
    if not any(_P[name].fullmatch(day.words) for name in ("number_of_house", "houses_listed")):
        return False
    if _P["house_before"].search(reading.text, max(0, day.start - _SOON), day.start):
        return True
    if not reading.text.startswith("的", day.end):
        return False
    named = any(name.start == day.end + 1 for name in reading.names)
    return named or _P["of_whom"].match(reading.text, day.end) is not None


def _counted_as_houses(reading: Reading, day: Day) -> bool:
    """走访四户:12号、13号、15号、19号; 12号、18号、19号三户走完; 3号、5号、7号,三家都在."""
    if _P["counted_before"].search(reading.text, max(0, day.start - _NEAR), day.start):
        return True
    houses = day.words.count("、") + 1
    behind = (count for count in reading.counts if count.value == houses)
    if houses >= _ROW and _P["days_counted"].search(reading.text) is None:
        return any(day.end <= count.start <= day.end + _SOON for count in behind)
    return any(count.start == day.end for count in behind)


def _lasts_until(reading: Reading, day: Day) -> bool:
    """炭够烧到正月; 昨天晕倒过: what is told of the day is no visit."""
    return bool(
        _P["lasts_until"].search(reading.text, 0, day.start) or _P["befell"].match(reading.text, day.end)
    )


def is_feast(day: Day) -> bool:
    """Whether it is told by the name of a feast or season."""
    words = day.words.strip('"“”')
    named = {words, words.removesuffix("节")}
    return words.endswith("节") or words in _LUNAR_MONTHS or not FEASTS.isdisjoint(named)


def _opens_season(reading: Reading, day: Day) -> bool:
    """白露,走了四户: a solar term beside the report is the season it was made in."""
    words = day.words.removesuffix("节气")
    recent = (reading.today - day.day).days <= _SEASON
    return recent and words in SOLAR_TERMS and _P["season"].match(reading.text, day.end) is not None


def _soon_again(reading: Reading, day: Day) -> bool:
    """Of the 七一 told in June the next one is meant, unless its year is said."""
    if _P["says_the_year"].search(day.words):
        return False
    return day.span is not Span.FUTURE and (reading.today - day.day).days > _LONG_AGO


def _feast_in_passing(reading: Reading, day: Day) -> bool:
    """老人节快到了, 小年刚过, 元旦值班: told from the feast on, or before it."""
    return day.day != reading.today and _P["feast_in_passing"].match(reading.text, day.end) is not None


def _inside(reading: Reading, day: Day) -> bool:
    """打电话给在外的五户,都说国庆没回来: told within a clause, of something else."""
    return _P["before_inner_feast"].search(reading.text, max(0, day.start - 3), day.start) is not None


def _says_which(reading: Reading, day: Day) -> bool:
    """前天落水的小石头, 今年不回来的6家, 昨天漏下的那户: the day says who it is that was visited."""
    if _P["missed_then"].match(reading.text, day.end):
        return True
    found = _P["day_says_which"].match(reading.text, day.end)
    if found is None or _P["verb_of_visit"].search(found["what"]):
        return False
    if any(name.start <= found.end() <= name.start + 2 for name in reading.names):
        return True
    return any(found.end() <= count.start + 1 <= found.end() + 1 for count in reading.counts)
