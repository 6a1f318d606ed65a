"""Rates from the ledger: what is counted for whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.matters import MatterStatus, Move, Outcome
from bot.services.figures.rate_words import cells, rate_words
from bot.services.figures.reckon_rates import Asked, By, as_row, branches_of, rates
from bot.services.notices.notify import matter_raised
from bot.services.roster.find_branch import BranchUnclear
from storage.tables import CoReporter, Matter, MatterEvent
from tests.services.time.village import Village, at, matter

NOW = at("11-30 12:00")


async def raised(session, village: Village, text: str, *, day: str = "11-02 12:00", **other) -> Matter:
    one = await matter(session, village, now=at(day), text=text, **other)
    await matter_raised(session, one, now=at(day))
    return one


async def happened(session, one: Matter, move: Move, after: timedelta) -> None:
    session.add(MatterEvent(matter_id=one.id, at=one.created_at + after, kind=move, by_name="王建国"))
    await session.flush()


async def ended(session, one: Matter, outcome: Outcome) -> None:
    one.status, one.outcome, one.reporter_said = MatterStatus.CLOSED, outcome, outcome
    await happened(session, one, Move.CONFIRM, timedelta(days=3))


async def november(session, village: Village, by: By = By.UNIT):
    name, branches = await branches_of(session, None)
    asked = Asked(name, branches, date(2026, 11, 1), date(2026, 11, 30), by)
    return asked, await rates(session, asked, now=NOW)


async def test_each_matter_is_counted_where_it_belongs(session, village) -> None:
    # Raised on a Monday at noon: to be taken on within 24 hours without the night, by Tuesday 21:30.
    in_time = await raised(session, village, "水管漏了")
    await happened(session, in_time, Move.ACKNOWLEDGE, timedelta(hours=33))
    await ended(session, in_time, Outcome.SATISFIED)
    late = await raised(session, village, "路灯坏了")
    await happened(session, late, Move.ACKNOWLEDGE, timedelta(hours=34))
    await ended(session, late, Outcome.PARTLY)
    untouched = await raised(session, village, "厕所要修")
    silent = await raised(session, village, "垃圾没人拉")
    await happened(session, silent, Move.CLAIM_SOLVED, timedelta(hours=1))
    await ended(session, silent, Outcome.SILENT)
    silent.reporter_said = None
    again = await raised(session, village, "沟堵了")
    await happened(session, again, Move.ACKNOWLEDGE, timedelta(hours=1))
    await happened(session, again, Move.REOPEN, timedelta(days=2))
    fresh = await raised(session, village, "想学电脑", day="11-30 11:00")
    withdrawn = await raised(session, village, "猫丢了")
    withdrawn.status = MatterStatus.WITHDRAWN
    await raised(session, village, "上月的事", day="10-31 23:59")
    await raised(session, village, "下月的事", day="12-01 00:00")
    await session.flush()
    assert untouched.first_acknowledge_by == at("11-03 21:30")
    assert fresh.first_acknowledge_by > NOW
    asked, [found] = await november(session, village)
    row = as_row(found, asked)
    assert (row["unit"], row["since"], row["until"]) == ("全部", "2026-11-01", "2026-11-30")
    assert (row["raised"], row["withdrawn"], row["not_due"]) == (7, 1, 1)
    assert (row["response_numerator"], row["response_denominator"]) == (3, 5)
    assert row["response_rate"] == 0.6
    assert (row["solution_numerator"], row["solution_denominator"], row["solution_rate"]) == (1, 3, 0.3333)
    assert (row["satisfaction_numerator"], row["satisfaction_denominator"]) == (1, 3)
    assert (row["silent"], row["partly"], row["not_solved"], row["unanswered"]) == (1, 1, 1, 2)
    assert row["solution_few"] is True


async def test_every_neighbour_who_has_joined_is_asked_for_their_own_side(session, village) -> None:
    one = await raised(session, village, "路灯坏了")
    await ended(session, one, Outcome.PARTLY)
    one.reporter_said = Outcome.SATISFIED
    for number, said in enumerate((Outcome.PARTLY, Outcome.SILENT, None)):
        session.add(
            CoReporter(
                matter_id=one.id,
                chat_id=-100,
                message_id=number,
                telegram_id=number,
                name="邻居",
                joined_at=one.created_at,
                text="",
                said=said,
            )
        )
    await session.flush()
    _, [found] = await november(session, village)
    assert (found.rates.solution.numerator, found.rates.solution.denominator) == (0, 1)
    assert (found.rates.satisfaction.numerator, found.rates.satisfaction.denominator) == (1, 2)


async def test_nobody_is_named_for_a_matter_of_conduct(session, village) -> None:
    told = await raised(session, village, "有人收礼")
    told.category, told.private = "discipline", True
    await raised(session, village, "路灯坏了")
    await session.flush()
    asked, found = await november(session, village, By.HOLDER)
    assert [(one.name, one.rates.raised, one.rates.private) for one in found] == [
        ("王建国", 1, 0),
        (None, 1, 1),
    ]
    assert cells(found[1], asked.by)[0] == "不记名"


async def test_a_branch_without_matters_has_no_rate_rather_than_none_solved(session, village) -> None:
    asked, [found] = await november(session, village, By.BRANCH)
    row = as_row(found, asked)
    assert (row["name"], row["raised"]) == ("柳树村党支部", 0)
    assert row["response_rate"] is row["solution_rate"] is row["satisfaction_rate"] is None
    assert rate_words(found.rates.solution) == "还没有（0 件）"


async def test_categories_stand_by_their_names(session, village) -> None:
    for category in ("safety", "environment", "safety"):
        one = await raised(session, village, "事")
        one.category = category
    await session.flush()
    asked, found = await november(session, village, By.CATEGORY)
    assert [(cells(one, asked.by)[:2]) for one in found] == [["环境卫生", "1"], ["安全", "2"]]


async def test_a_unit_is_found_by_its_name_with_all_that_is_below(session, village) -> None:
    for name in ("青石镇", "柳树村党支部", "柳树村"):
        _, branches = await branches_of(session, name)
        assert [branch.id for branch in branches] == [village.branch], name
    with pytest.raises(BranchUnclear, match="没有叫“火星镇”的单位"):
        await branches_of(session, "火星镇")
