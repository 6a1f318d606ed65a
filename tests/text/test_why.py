"""What is asked about figures, in words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.indicators import Facts, indicators
from bot.services.figures.indicator_words import name_of
from bot.text.asked_period import asked_period
from bot.text.lexicon import load
from bot.text.normalise import normalise
from bot.text.why import WhyAsked, read_figures_asked, read_why
from tests.services.time.village import at

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("本月", "2026-11-01", "2026-11-30"),
        ("这个月的", "2026-11-01", "2026-11-30"),
        ("上个月", "2026-10-01", "2026-10-31"),
        ("十月", "2026-10-01", "2026-10-31"),
        ("10月份", "2026-10-01", "2026-10-31"),
        ("12月", "2025-12-01", "2025-12-31"),  # the latest that has begun
        ("去年12月", "2025-12-01", "2025-12-31"),
        ("2026年2月", "2026-02-01", "2026-02-28"),
        ("三季度", "2026-07-01", "2026-09-30"),
        ("第4季度", "2026-10-01", "2026-12-31"),
        ("本季度", "2026-10-01", "2026-12-31"),
        ("上季度", "2026-07-01", "2026-09-30"),
        ("上半年", "2026-01-01", "2026-06-30"),
        ("2025年下半年", "2025-07-01", "2025-12-31"),
        ("今年", "2026-01-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("本周", "2026-11-09", "2026-11-15"),
        ("上周", "2026-11-02", "2026-11-08"),
        ("上個月", "2026-10-01", "2026-10-31"),
    ],
)
def test_a_time_is_read_as_it_is_written(text: str, first: str, last: str) -> None:
    found = asked_period(normalise(text).text, TODAY)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["13月", "五季度", "11月10日", "参与率", ""])
def test_what_is_no_time_is_none(text: str) -> None:
    assert asked_period(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("为什么", WhyAsked()),
        ("为什么？", WhyAsked()),
        ("为什么 参与率", WhyAsked("participation")),
        ("为什么参与率", WhyAsked("participation")),
        ("為什麼 參與率", WhyAsked("participation")),
        ("参与率怎么来的？", WhyAsked("participation")),
        ("为啥是3户", WhyAsked(number=3, unit="户")),
        ("为什么 三户", WhyAsked(number=3, unit="户")),
        ("3户是怎么算的", WhyAsked(number=3, unit="户")),
        ("为什么 走访户数是3户", WhyAsked("households_reached", 3, "户")),
        ("为什么 解决率 95%", WhyAsked("solution_rate", 95, "%")),
        ("为什么 覆盖率 11月", WhyAsked("coverage", None, None, date(2026, 11, 1), date(2026, 11, 30))),
        ("为什么 十月参与率", WhyAsked("participation", None, None, date(2026, 10, 1), date(2026, 10, 31))),
        ("为什么 群众满意度", WhyAsked("resident_satisfaction")),
        ("为什么 满意率", WhyAsked("satisfaction_rate")),
    ],
)
def test_the_number_that_is_meant_is_read(text: str, asked: WhyAsked) -> None:
    assert read_why(text, TODAY) == asked


@pytest.mark.parametrize(
    "text",
    [
        "为什么没水",
        "为什么还没人来修",
        "为什么不解决",
        "水怎么来的",
        "我家的走访为什么没记上",
        "参与率",
        "3户",
        "这路灯为什么坏了三天没人管，村里到底管不管，走访了3户也不来我家",
    ],
)
def test_talk_is_not_taken_for_it(text: str) -> None:
    assert read_why(text, TODAY) is None


def test_after_a_command_what_is_not_understood_is_told_apart() -> None:
    asked = read_why("天上的星星", TODAY, command=True)
    assert asked is not None
    assert (asked.names_nothing, asked.whole) == (True, False)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("数据", ("2026-11-01", "2026-11-30")),
        ("本月数据", ("2026-11-01", "2026-11-30")),
        ("十月数据", ("2026-10-01", "2026-10-31")),
        ("十月的数据", ("2026-10-01", "2026-10-31")),
        ("月报", ("2026-11-01", "2026-11-30")),
        ("上季度数据", ("2026-07-01", "2026-09-30")),
        ("數據", ("2026-11-01", "2026-11-30")),
    ],
)
def test_the_figures_of_a_time_are_asked_for(text: str, days: tuple[str, str]) -> None:
    found = read_figures_asked(text, TODAY)
    assert found is not None
    assert tuple(day.isoformat() for day in found) == days


@pytest.mark.parametrize("text", ["数据不对", "十月", "数据线坏了", "把十月数据发给镇里"])
def test_talk_of_data_is_not_taken_for_it(text: str) -> None:
    assert read_figures_asked(text, TODAY) is None


def test_every_published_figure_can_be_asked_for_by_the_name_that_it_bears() -> None:
    for figure in indicators(Facts(), now=at("11-10 12:00")):
        asked = read_why(f"为什么 {name_of(figure.key, 'huozhou')}", TODAY)
        assert asked is not None, figure.key
        assert asked.key == figure.key


def test_no_name_stands_for_two_figures() -> None:
    named = [one for listed in load("asked_figures")["names"].values() for one in listed]
    assert len(named) == len(set(named))
