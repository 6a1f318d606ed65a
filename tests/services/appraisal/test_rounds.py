"""Rounds from their plan to their results: who votes, who is told what, and what can't be."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Opinion, RoundKind, RoundMove, RoundState
from bot.domain.buttons import Press, Verb
from bot.domain.errors import NotEntitled, NotPossible, Stale
from bot.domain.inbound import Inbound
from bot.services.appraisal.cast_ballot import keep_words
from bot.services.appraisal.close_round import close_round
from bot.services.appraisal.hand_out_ballots import offer_ballots
from bot.services.appraisal.press_round import press_round
from bot.services.appraisal.run_appraisals import run_appraisals
from bot.services.appraisal.show_appraisal import show_appraisal, show_results
from bot.services.appraisal.year_sheet import year_sheet
from storage.queries import appraisal, ballot_words, ballots
from storage.tables import AppraisalRound, Leave, Link, Person, RoleHeld
from tests.services.appraisal.ballots import OPENED, open_now, paper_of, press, speaking, vote
from tests.services.appraisal.conftest import Here
from tests.services.time import village as places
from tests.services.time.village import at

YES, NO = Opinion.CONTENT, Opinion.DISCONTENT
LATER = OPENED + timedelta(days=10)


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


async def test_whom_the_ballots_are_about(session: AsyncSession, here: Here) -> None:
    village = here.village
    # 赵六 stands in for 王建国 at one household, answers for another beside him, and lives in a third.
    lent, shared, home = here.homes[:3]
    since = date(2026, 12, 1)
    session.add(Link(person_id=village.zhao.id, household_id=lent.id, since=since, reason="cover:1"))
    session.add(Link(person_id=village.zhao.id, household_id=shared.id, since=since))
    session.add(Link(person_id=village.zhao.id, household_id=home.id, since=since))
    village.zhao.household_id = home.id
    session.add(village.zhao)
    await session.flush()
    held = await open_now(session, here)
    about = {
        home.id: [
            paper.subject_id for paper in await ballots.papers(session, held.id or 0, household_id=home.id)
        ]
        for home in here.homes[:3]
    }
    wang, zhao = village.wang.id, village.zhao.id
    assert about == {lent.id: [wang], shared.id: [wang, zhao], home.id: [wang]}


async def test_a_member_who_was_on_leave_all_the_time_is_not_voted_on(
    session: AsyncSession, here: Here
) -> None:
    wang = here.village.wang.id or 0
    began = at("06-01 09:00")
    session.add(
        Leave(person_id=wang, first=date(2026, 6, 1), last=date(2027, 1, 31), asked_at=began, begun_at=began)
    )
    await session.flush()
    held = await open_now(session, here)
    assert await ballots.papers(session, held.id or 0) == []


async def test_two_of_a_household_have_one_vote(session: AsyncSession, here: Here) -> None:
    second = await places.person(session, "老伴", here.village.branch)
    second.household_id = here.homes[0].id
    session.add(second)
    held = await open_now(session, here)
    paper = await paper_of(session, held, second)
    assert await press(session, second, paper, YES) == "投好了，谢谢。"
    with pytest.raises(NotPossible, match="already"):
        await press(session, here.residents[0], paper, NO)
    counts = (await ballots.counts_of(session, held.id or 0))[here.village.wang.id or 0]
    assert (counts[YES], counts[NO]) == (1, 0)
    # The ballots not sent yet are not sent any more.
    states = {
        one.state for one in await places.notices(session, "appraisal.ballot") if one.subject_id == paper.id
    }
    assert states == {"cancelled"}


async def test_a_press_that_is_not_theirs_or_too_late_changes_nothing(
    session: AsyncSession, here: Here
) -> None:
    held = await open_now(session, here)
    paper = await paper_of(session, held, here.residents[0])
    with pytest.raises(NotEntitled, match="not_yours"):
        await press(session, here.residents[1], paper, YES)
    with pytest.raises(NotEntitled, match="not_yours"):
        await press(session, here.village.qian, paper, YES)
    with pytest.raises(NotPossible, match="vote_first"):
        await press(session, here.residents[0], paper, "words")
    with pytest.raises(NotPossible, match="over"):  # though nobody has closed it yet
        await press(session, here.residents[0], paper, YES, now=LATER)
    assert sum((await ballots.counts_of(session, held.id or 0))[here.village.wang.id or 0].values()) == 0


async def test_nobody_goes_from_door_to_door_and_votes(session: AsyncSession, here: Here) -> None:
    held = await open_now(session, here)
    resident, first, second = here.residents[0], *here.homes[:2]
    await press(session, resident, await paper_of(session, held, resident), YES)
    assert resident.household_id == first.id
    resident.household_id = second.id  # they have scanned the plate next door
    session.add(resident)
    await session.flush()
    assert await offer_ballots(session, resident, now=OPENED) == 1
    with pytest.raises(NotPossible, match="voted_elsewhere"):
        await press(session, resident, await paper_of(session, held, resident), NO)
    # Whoever lives there still votes.
    assert (
        await press(session, here.residents[1], await paper_of(session, held, resident), YES)
        == "投好了，谢谢。"
    )


async def test_a_household_whose_member_changes_meanwhile_votes_on_the_one_before(
    session: AsyncSession, here: Here
) -> None:
    held = await open_now(session, here)
    for link in await appraisal.links_of_branch(session, here.village.branch, date(2026, 12, 21)):
        assert link.person_id == here.village.wang.id
    session.add(Link(person_id=here.village.zhao.id, household_id=here.homes[0].id, since=date(2026, 12, 22)))
    await session.flush()
    paper = await paper_of(session, held, here.residents[0])
    await press(session, here.residents[0], paper, YES, now=at("12-23 10:00"))
    assert paper.subject_id == here.village.wang.id


async def test_scanning_the_plate_while_a_round_is_open_brings_the_ballot(
    session: AsyncSession, here: Here
) -> None:
    newcomer = await places.person(session, "儿子", here.village.branch)
    newcomer.household_id = here.homes[0].id
    session.add(newcomer)
    await session.flush()
    assert await offer_ballots(session, newcomer, now=OPENED) == 0
    await open_now(session, here, now=OPENED)
    assert await offer_ballots(session, newcomer, now=at("12-21 23:00")) == 1
    [ballot] = [one for one in await places.notices(session, "appraisal.ballot") if ":asked:" in one.key]
    assert (ballot.due_at, ballot.breaks_quiet) == (at("12-21 23:00"), True)


async def test_results_are_told_to_each_what_is_theirs(session: AsyncSession, here: Here) -> None:
    held = await open_now(session, here)
    await vote(session, held, here.residents, [YES, YES, YES, YES, Opinion.FAIRLY, NO])
    resident = here.residents[5]
    await press(session, resident, await paper_of(session, held, resident), "words")
    user_id = resident.telegram_id or 0
    said = Inbound(user_id, 9, OPENED, "来得太少", user_id=user_id, user_name="", private=True)
    await keep_words(session, said, now=OPENED)
    await close_round(session, held, preset=here.preset, now=LATER)
    [own] = await places.notices(session, "appraisal.result")
    assert own.person_id == here.village.wang.id
    assert own.text == (
        "2026年下半年群众评议：您的联系户里投了 6 票（共 8 户）。"
        "6 票里 5 票满意，满意率 83%，可信范围 44%–97%，票数少，仅供参考"
        "（满意 4，比较满意 1，一般 0，不满意 1，说不清 0）。\n这是大家不记名投的，只告诉您和书记。"
    )
    closed = {one.person_id: one.text for one in await places.notices(session, "appraisal.closed")}
    assert set(closed) == {here.village.qian.id, here.village.sun.id}
    head, line, words, sentence = closed[here.village.qian.id].split("\n")
    assert head.startswith("2026年下半年群众评议截止了：8 户里 6 户投了票。全支部：6 票里 5 票满意")
    assert line.startswith("· 王建国：6 票里 5 票满意")
    assert (words, sentence) == ("大家补的话（不记名，请别去打听是谁写的）：", "· 关于王建国：来得太少")
    assert "柳树村党支部2026年下半年群众评议截止了：8 户里 6 户" in closed[here.village.sun.id]
    assert "来得太少" not in closed[here.village.sun.id]


async def test_what_is_said_of_the_secretary_goes_to_the_town(session: AsyncSession, here: Here) -> None:
    wang = here.village.wang
    session.add(RoleHeld(person_id=wang.id or 0, unit_id=here.village.branch, role="secretary"))
    held_by_qian = select(RoleHeld).where(RoleHeld.person_id == here.village.qian.id)
    for role in await session.exec(held_by_qian):
        await session.delete(role)
    await session.flush()
    held = await open_now(session, here)
    await vote(session, held, here.residents, [YES] * 6)
    paper = await paper_of(session, held, here.residents[0])
    await ballot_words.add_words(session, paper, "有事找不到人")
    await close_round(session, held, preset=here.preset, now=LATER)
    closed = {one.person_id: one.text for one in await places.notices(session, "appraisal.closed")}
    assert "有事找不到人" not in closed[wang.id]
    assert "· 关于王建国：有事找不到人" in closed[here.village.sun.id]


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
    await press(session, here.residents[0], await paper_of(session, held, here.residents[0]), YES)
    assert await shown(here.residents[0]) == "您家的票已经投好了，谢谢。"
    assert "8 户里 1 户投了票；投了什么，截止前谁也看不到。" in (await shown(here.village.qian) or "")
    with pytest.raises(NotPossible, match="no_results"):
        await show_results(session, await speaking(session, here.village.qian), now=OPENED)


async def test_the_year_sheet_has_what_the_year_was(session: AsyncSession, here: Here) -> None:
    village = here.village
    for day in (date(2026, 11, 2), date(2026, 11, 30)):
        await places.report(session, village, here.homes[0], day=day, now=at("11-30 18:00"))
    held = await open_now(session, here)
    await vote(session, held, here.residents, [YES] * 6)
    await close_round(session, held, preset=here.preset, now=LATER)
    sheet = await year_sheet(session, village.wang.id or 0, 2026, now=at("12-31 12:00"))
    assert (sheet.name, sheet.until) == ("王建国", date(2026, 12, 31))
    assert (sheet.households, sheet.reached.count, sheet.reached.of) == (8, 1, 8)
    # 92 days since October: seven ordinary households six times, the one old and alone thirty times.
    assert (sheet.duties.contacts, sheet.duties.contacted) == (7 * 6 + 30, 2)
    [of_year] = sheet.rounds
    assert of_year.result.good is not None and of_year.result.good.count == 6
    assert (sheet.grade, sheet.points, sheet.stars) == (None, 0, 0)
