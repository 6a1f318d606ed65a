"""Results: told to each what is theirs, and what stands on the year's sheet."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Opinion
from bot.domain.inbound import Inbound
from bot.services.appraisal.cast_ballot import keep_words
from bot.services.appraisal.close_round import close_round
from bot.services.appraisal.year_sheet import year_sheet
from storage.queries import ballot_words
from storage.tables import RoleHeld
from tests.services.appraisal.ballots import OPENED, open_now, paper_of, press, vote
from tests.services.appraisal.conftest import Here
from tests.services.time import village as places
from tests.services.time.village import at

YES, NO = Opinion.CONTENT, Opinion.DISCONTENT
LATER = OPENED + timedelta(days=10)


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
