"""Days as people say them, seen from Wednesday, 18 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.date_grammar import OFFSETS
from bot.text.dates import Span, days
from bot.text.feasts import FEASTS, WEATHER
from bot.text.lunar import lunar_day, solar_term

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", "11-18"),
        ("今朝", "11-18"),
        ("昨儿", "11-17"),
        ("夜来黑里", "11-17"),
        ("夜儿个", "11-17"),
        ("前天", "11-16"),
        ("前儿个后晌", "11-16"),
        ("大前天", "11-15"),
        ("周一", "11-16"),
        ("周五", "11-13"),
        ("星期三", "11-18"),
        ("礼拜天", "11-15"),
        ("上礼拜天", "11-15"),
        ("上周五", "11-13"),
        ("上上周三", "11-04"),
        ("这周二", "11-17"),
        ("上周末", "11-15"),
        ("周一到周三", "11-18"),
        ("本周一周二两天", "11-17"),
        ("3月6号", "03-06"),
        ("三月六号", "03-06"),
        ("6号", "11-06"),
        ("31号", "10-31"),
        ("廿六号", "10-26"),
        ("9号到11号", "11-11"),
        ("4月9号到11号", "04-11"),
        ("9月5、6号", "09-06"),
        ("10月3日至7日", "10-07"),
        ("11/6", "11-06"),
        ("11.6", "11-06"),
        ("2026-11-06", "11-06"),
        ("上个月15号", "10-15"),
        ("上月底", "10-31"),
        ("月初", "11-01"),
        ("上周", "11-15"),
        ("这个月", "11-18"),
        ("上个月", "10-31"),
        ("上半年", "06-30"),
        ("三季度", "09-30"),
        ("三天前", "11-15"),
        ("一周前", "11-11"),
        ("这两天", "11-18"),
        ("前两天", "11-17"),
        ("清明那天", "04-05"),
        ("五一", "05-01"),
        ("国庆第三天", "10-03"),
        ("八月十五", "09-25"),
        ("重阳节", "10-18"),
        ("端午", "06-19"),
        ("腊月二十三", "02-10"),
        ("正月十六", "03-04"),
        ("除夕", "02-16"),
        ("大年初二", "02-18"),
        ("农历九月初三", "10-12"),
        ("立冬那天", "11-07"),
        ("昨天和今天", "11-18"),
        ("大大前天", "11-14"),
        ("上个月的今天", "10-18"),
        ("上周的今天", "11-11"),
        ("半个月前", "11-03"),
        ("三个礼拜前", "10-28"),
        ("十天以前", "11-08"),
        ("几天前", "11-15"),
        ("半年前", "05-18"),
        ("年初", "01-01"),
        ("今年年初", "01-01"),
        ("二〇二六年十一月三号", "11-03"),
        ("26年11月3日", "11-03"),
        ("2026/11/3", "11-03"),
        ("2026.11.3", "11-03"),
        ("11-3", "11-03"),
        ("2026年10月", "10-31"),
        ("农历十月初三", "11-11"),
        ("农历2026年九月初九", "10-18"),
        ("廿三", "11-01"),
        ("元旦", "01-01"),
        ("中秋", "09-25"),
        ("母亲节", "05-10"),
        ("双十一", "11-11"),
    ],
)
def test_a_day_said_is_the_latest_that_fits(words: str, day: str) -> None:
    found = days(words, TODAY)
    assert [d.day for d in found] == [date.fromisoformat(f"2026-{day}")], found
    assert found[0].span is not Span.FUTURE


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("去年国庆", "2025-10-01"),
        ("前年中秋", "2024-09-17"),
        ("2025年端午", "2025-05-31"),
        ("去年今天", "2025-11-18"),
        ("去年底", "2025-12-31"),
        ("去年3月5号", "2025-03-05"),
        ("2025年3月", "2025-03-31"),
        ("2024年", "2024-12-31"),
        ("一年前", "2025-11-18"),
        ("12月1号", "2025-12-01"),
    ],
)
def test_days_of_other_years(words: str, day: str) -> None:
    assert [found.day.isoformat() for found in days(words, TODAY)] == [day]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("明天", "2026-11-19"),
        ("后天", "2026-11-20"),
        ("大后天", "2026-11-21"),
        ("下周三", "2026-11-25"),
        ("下下周五", "2026-12-04"),
        ("下个月", "2026-12-01"),
        ("下个月3号", "2026-12-03"),
        ("三天后", "2026-11-21"),
        ("两周以后", "2026-12-02"),
        ("两个月后", "2027-01-18"),
        ("本周末", "2026-11-22"),
        ("2027年3月5日", "2027-03-05"),
    ],
)
def test_exact_days_to_come(words: str, day: str) -> None:
    (found,) = days(words, TODAY)
    assert (found.day.isoformat(), found.span) == (day, Span.FUTURE)
    assert (found.start, found.end) == (0, len(words))


def test_days_are_looked_for_wherever_a_shape_can_begin() -> None:
    """Each word and feast is found behind any other text."""
    for words in (*OFFSETS, *(name for name in FEASTS if name not in WEATHER)):
        (found,) = days(f"咱村{words},", TODAY)
        assert found.start == 2, words


@pytest.mark.parametrize("words", ["明天", "后天", "下周一", "下个月", "过两天", "改天"])
def test_days_to_come_are_known_as_such(words: str) -> None:
    assert [d.span for d in days(words, TODAY)] == [Span.FUTURE]


@pytest.mark.parametrize(
    "words",
    ["3号楼", "12号问题", "2号院", "102室", "15号那个事", "十一户", "第三户", "下大雪", "2026个", "3.5万"],
)
def test_addresses_and_numbers_are_no_days(words: str) -> None:
    assert days(words, TODAY) == []


# New Year and Mid-Autumn as published in the national holiday plans
@pytest.mark.parametrize(
    ("year", "new_year", "mid_autumn"),
    [
        (2017, "01-28", "10-04"),
        (2020, "01-25", "10-01"),
        (2023, "01-22", "09-29"),
        (2024, "02-10", "09-17"),
        (2025, "01-29", "10-06"),
        (2026, "02-17", "09-25"),
    ],
)
def test_lunar_days_fall_as_published(year: int, new_year: str, mid_autumn: str) -> None:
    assert lunar_day(year, 1, 1) == date.fromisoformat(f"{year}-{new_year}")
    assert lunar_day(year, 8, 15) == date.fromisoformat(f"{year}-{mid_autumn}")


def test_lunar_days_that_do_not_exist_are_none() -> None:
    assert lunar_day(1999, 1, 1) is None
    assert lunar_day(2026, 1, 31) is None


def test_solar_terms() -> None:
    assert solar_term("清明", 2026) == date(2026, 4, 5)
    assert solar_term("冬至", 2026) == date(2026, 12, 22)
