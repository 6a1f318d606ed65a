"""Rounds from their plan to their end: when they open, who moves them, what asking shows."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Opinion, RoundKind, RoundMove, RoundState
from bot.domain.buttons import Press, Verb
from bot.domain.errors import NotEntitled, NotPossible, Stale
from bot.services.appraisal.press_round import press_round
from bot.services.appraisal.run_appraisals import run_appraisals
from bot.services.appraisal.show_appraisal import show_appraisal, show_results
from storage.queries import appraisal
from storage.tables import AppraisalRound, Person
from tests.services.appraisal.ballots import OPENED, open_now, paper_of, press, speaking
from tests.services.appraisal.conftest import Here
from tests.services.time import village as places
from tests.services.time.village import at


async def _run(session: AsyncSession, *moments: datetime) -> None:
    for moment in moments:
        await run_appraisals(session, now=moment)


async def _the_round(session: AsyncSession, here: Here) -> AppraisalRound:
    [held] = await appraisal.rounds_of(session, here.village.branch, states=list(RoundState))
    return held


async def test_a_round_is_planned_a_week_before_opens_and_closes_once(
    session: AsyncSession, here: Here
) -> None:
    await _run(session, at("12-12 09:00"))
    assert await appraisal.rounds_of(session, here.village.branch, states=list(RoundState)) == []
    await _run(session, at("12-13 08:59"), at("12-13 09:00"), at("12-13 09:01"))
    held = await _the_round(session, here)
    assert (held.state, held.opens_on, held.first, held.last) == (
        "planned",
        date(2026, 12, 20),
        date(2026, 7, 1),
        date(2026, 12, 31),
    )
    await _run(session, at("12-20 09:00"), at("12-20 09:01"))
    assert (held.state, held.closes_at) == ("open", at("12-30 09:00"))
    await _run(session, at("12-30 08:59"), at("12-30 09:00"), at("12-30 09:01"), at("12-31 09:00"))
    assert held.state == "closed"
    assert len(await places.notices(session, "appraisal.notice")) == 1
    assert len(await places.notices(session, "appraisal.ballot")) == len(here.residents)


async def test_days_on_which_the_bot_did_not_run_are_made_up_for_with_a_full_notice(
    session: AsyncSession, here: Here
) -> None:
    await _run(session, at("12-10 09:00"), at("12-22 15:00"))
    held = await _the_round(session, here)
    assert held.opens_on == date(2026, 12, 29)


async def test_a_round_opens_on_no_day_that_the_calendar_pauses(session: AsyncSession, here: Here) -> None:
    held = AppraisalRound(
        branch_id=here.village.branch,
        kind=RoundKind.RESIDENTS,
        state=RoundState.PLANNED,
        planned_for=date(2026, 10, 1),
        first=date(2026, 7, 1),
        last=date(2026, 12, 31),
        opens_on=date(2026, 10, 1),  # National Day: eight days off
    )
    session.add(held)
    await session.flush()
    await _run(session, at("10-01 09:00"), at("10-05 09:00"))
    assert held.state == "planned"
    await _run(session, at("10-08 09:00"))
    assert held.state == "open"


async def test_the_secretary_moves_a_round_and_nobody_else(session: AsyncSession, here: Here) -> None:
    await _run(session, at("12-13 09:00"))
    held = await _the_round(session, here)
    now = at("12-13 10:00")

    async def move(by: str, move: RoundMove, version: int) -> str:
        who = await speaking(session, getattr(here.village, by), now=now)
        return await press_round(session, Press(Verb.ROUND, held.id or 0, version, move), who, now=now)

    with pytest.raises(NotEntitled, match="round_secretary"):
        await move("wang", RoundMove.START, 1)
    told = await move("qian", RoundMove.POSTPONE, 1)
    assert told.startswith("好，2026年下半年群众评议推迟到 12月27日（周日） 开始。")
    with pytest.raises(Stale):
        await move("qian", RoundMove.CANCEL, 1)
    started = await move("qian", RoundMove.START, 2)
    assert started.startswith("2026年下半年群众评议开始了：6 张票已经发给扫过门牌的住户，")
    with pytest.raises(Stale):
        await move("qian", RoundMove.CLOSE, 2)


async def test_a_cancelled_round_does_not_come_back(session: AsyncSession, here: Here) -> None:
    await _run(session, at("12-13 09:00"))
    held = await _the_round(session, here)
    who = await speaking(session, here.village.qian, now=at("12-13 10:00"))
    pressed = Press(Verb.ROUND, held.id or 0, 1, RoundMove.CANCEL)
    shown = await press_round(session, pressed, who, now=at("12-13 10:00"))
    assert shown == "好，2026年下半年群众评议这次不办了。"
    await _run(session, at("12-14 09:00"), at("12-20 09:00"))
    assert (await _the_round(session, here)).state == "cancelled"


async def test_what_asking_shows(session: AsyncSession, here: Here) -> None:
    async def shown(person: Person) -> str | None:
        return (await show_appraisal(session, await speaking(session, person), now=OPENED))[0]

    assert await shown(here.residents[0]) == "现在没有要投的票。村里每次评议开始，会把票发给您。"
    assert await shown(here.village.wang) == "下一次群众评议：2027年6月20日（周日）开始（2027年上半年）。"
    held = await open_now(session, here)
    assert await shown(here.residents[0]) is None  # the ballot is the answer
    await press(session, here.residents[0], await paper_of(session, held, here.residents[0]), Opinion.CONTENT)
    assert await shown(here.residents[0]) == "您家的票已经投好了，谢谢。"
    assert "8 户里 1 户投了票；投了什么，截止前谁也看不到。" in (await shown(here.village.qian) or "")
    with pytest.raises(NotPossible, match="no_results"):
        await show_results(session, await speaking(session, here.village.qian), now=OPENED)
