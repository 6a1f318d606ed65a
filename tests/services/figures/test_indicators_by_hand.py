"""Every published figure of two villages and their town, against what was counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.acts import Category, Service
from bot.domain.figures import Measure
from bot.domain.indicators import Facts, indicators
from bot.services.figures.indicator_words import definition_of, name_of, value_words
from bot.services.figures.reckon_indicators import UnitFigures, as_rows, indicators_of
from bot.services.roster.find_branch import BranchUnclear
from tests.services.figures.hand_village import found
from tests.services.time.village import at

NOW = at("12-05 12:00")
NOVEMBER = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}

# Figure: 杏花村, 桃源村, the town. "a/b" is a share or an average of a in b; - is null.
BY_HAND = """
members                  4     2     6      甲乙丙丁, 戊己
members_linking          3     2     5      丁 has none
hubs                     2     1     3
households               12    7     19     桃8 has left
households_linked        10    7     17     杏11's link has ended, 杏12 has none
coverage                 10/12 7/7   17/19
links_least              3     3     3      甲 3, 乙 5, 丙 3; 戊 4, 己 3
links_median             3     3.5   3      3 3 3 4 5
links_most               5     4     5
needy_linked             2     1     3      杏1 杏2, not 杏11 杏12; 桃1 is of two kinds
needy_coverage           2/4   1/1   3/5
visits                   7     4     11     2 + 4 + 1; 1 + 3
households_visited       4     1     5      杏1 杏2 杏4 杏5, 杏4 twice
households_reached       6     4     10     and 2; and 3
members_visiting         2     2     4
participation            2/3   2/2   4/5    丁 is away all month
contacts_per_household   7/10  4/7   11/17
service_publicity        2     0     2
service_health_check     1     0     1
service_errand           0     1     1      that of October is not counted
service_supplies         0     0     0
service_cleaning         0     0     0
service_repair           0     0     0      withdrawn
service_mediation        0     0     0
service_farm_help        0     0     0
service_hazard_check     0     0     0
study_sessions           2     1     3      one is only planned
study_attendance         3/4   1/2   4/6    of one nobody knows how many were expected
party_days               1     1     2
party_day_attendance     4/4   2/2   6/6    the guest makes up for nobody
opinions_collected       4     2     6      one withdrawn, one merged, one of December, two of October
category_infrastructure  1     0     1
category_environment     0     0     0
category_safety          1     0     1
category_dispute         2     0     2
category_hardship        0     1     1
category_service         0     0     0
category_health          0     0     0
category_livelihood      0     0     0
category_policy          0     0     0
category_education       0     0     0
category_land_housing    0     0     0
category_discipline      0     1     1
category_other           0     0     0
matters_closed           4     1     5      1, 2, 4, and 6 of October
matters_solved           3     0     3      4 is settled in part, 9 is silent
solved_in_time           2/3   1/1   3/4    2 was late, of 6 no day is known
matters_running          2     1     3      3 and 7; 11 was closed in December
response_rate            2/4   2/2   4/6    3 was never taken on, 4 two days late
solution_rate            2/3   1/1   3/4    1 and 2 of 1, 2, 4; 11
satisfaction_rate        3/4   1/1   4/5    of 4 the neighbour is content
unrest_hints             3     1     4      2 3 4; 9
leads                    0     1     1
disputes_found           2     0     2
disputes_settled         1     0     1
settlement_rate          1/2   -     1/2    of no disputes there is no rate
villages_no_complaint_up 1/1   0/1   1/2    9 is with the town
villages_no_accident     0/1   1/1   1/2    4
villages_no_case         0/1   0/1   0/2    3 and 9
resident_satisfaction    8/10  -     8/10   three can't say; two votes are too few to tell
roll_calls               1     1     2      a drill is none
accounted_for            3/3   1/2   4/5
people_accounted_for     5     4     9      3 told, 2 by the roster, one not known
roll_call_minutes        45    -     45     桃源村 was never complete
"""
EXPECTED = {line.split()[0]: line.split()[1:4] for line in BY_HAND.strip().splitlines()}


@pytest.fixture
async def november(session) -> list[UnitFigures]:
    await found(session)
    return await indicators_of(session, "河西镇", **NOVEMBER, now=NOW)


def _written(figure) -> str:
    if figure.value is None:
        return "-"
    if figure.denominator is None:
        return f"{figure.value:g}"
    return f"{figure.numerator:g}/{figure.denominator:g}"


@pytest.mark.parametrize(("unit", "column"), [("杏花村党支部", 0), ("桃源村党支部", 1), ("河西镇", 2)])
async def test_every_figure_is_what_was_counted_by_hand(november, unit: str, column: int) -> None:
    [own] = [one for one in november if one.unit.name == unit]
    assert {one.key: _written(one) for one in own.figures} == {
        key: values[column] for key, values in EXPECTED.items()
    }


async def test_shares_are_reckoned_from_rows_and_not_from_the_shares_of_villages(november) -> None:
    town = {one.key: one.value for one in november[0].figures}
    assert town["participation"] == 0.8  # and not the middle between 2/3 and 1
    assert town["contacts_per_household"] == 0.65
    assert town["settlement_rate"] == 0.5
    assert town["coverage"] == 0.8947


async def test_the_rows_say_of_which_unit_and_time_they_are_and_what_they_mean(november) -> None:
    rows = as_rows(november, "2026-11", **NOVEMBER, today=date(2026, 12, 5))
    assert len(rows) == 3 * len(EXPECTED)
    assert [row["unit"] for row in rows[:: len(EXPECTED)]] == ["河西镇", "杏花村党支部", "桃源村党支部"]
    [row] = [row for row in rows if (row["unit"], row["key"]) == ("桃源村党支部", "settlement_rate")]
    assert row == {
        "unit": "桃源村党支部",
        "level": "branch",
        "period": "2026-11",
        "key": "settlement_rate",
        "name": "化解率",
        "value": None,
        "numerator": 0,
        "denominator": 0,
        "definition": "化解率＝化解的纠纷 ÷ 发现的纠纷。",
        "measure": "share",
        "since": "2026-11-01",
        "until": "2026-11-30",
        "roster_day": "2026-11-30",
    }


async def test_members_and_links_count_as_of_today_while_the_period_lasts(session) -> None:
    await found(session)
    ahead = await indicators_of(session, "杏花村", **NOVEMBER, now=at("11-10 12:00"))
    [branch] = ahead
    figures = {one.key: one for one in branch.figures}
    assert _written(figures["households_linked"]) == "11"  # 杏11's link still stands
    rows = as_rows(ahead, "2026-11", **NOVEMBER, today=date(2026, 11, 10))
    assert {row["roster_day"] for row in rows} == {"2026-11-10"}


async def test_longer_periods_hold_the_shorter_ones(session) -> None:
    await found(session)
    quarter = {"first": date(2026, 10, 1), "last": date(2026, 12, 31)}
    [branch] = await indicators_of(session, "杏花村", **quarter, now=NOW)
    figures = {one.key: _written(one) for one in branch.figures}
    assert figures["opinions_collected"] == "7"  # and two of October, one of December
    assert figures["visits"] == "8"
    assert figures["service_errand"] == "1"
    assert figures["participation"] == "2/4"  # 丁 was there in October


async def test_a_unit_that_is_not_there_or_is_a_group_is_refused(session) -> None:
    await found(session)
    for name in ("火星村", "第二党小组"):
        with pytest.raises(BranchUnclear, match="没有叫"):
            await indicators_of(session, name, **NOVEMBER, now=NOW)


def test_nothing_is_never_nought_per_cent() -> None:
    for figure in indicators(Facts(), now=NOW):
        if figure.measure is Measure.COUNT:
            assert value_words(figure).startswith("0")
        else:
            assert figure.value is None
            assert value_words(figure) == "还没有"


def test_every_figure_has_a_name_of_its_own_and_one_sentence_that_defines_it() -> None:
    keys = [figure.key for figure in indicators(Facts(), now=NOW)]
    assert set(keys) == set(EXPECTED)
    assert {f"category_{one}" for one in Category} | {f"service_{one}" for one in Service} <= set(keys)
    names = [name_of(key, "huozhou") for key in keys]
    assert len(set(names)) == len(names)
    for key in keys:
        definition = definition_of(key, "huozhou")
        assert definition.endswith("。")
        assert definition.count("。") == 1
