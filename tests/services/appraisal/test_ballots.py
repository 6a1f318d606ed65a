"""Who votes on whom, once for a household, and what votes can't be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Opinion
from bot.domain.errors import NotEntitled, NotPossible
from bot.services.appraisal.hand_out_ballots import offer_ballots
from storage.queries import appraisal, ballots
from storage.tables import Leave, Link
from tests.services.appraisal.ballots import OPENED, open_now, paper_of, press
from tests.services.appraisal.conftest import Here
from tests.services.time import village as places
from tests.services.time.village import at

YES, NO = Opinion.CONTENT, Opinion.DISCONTENT


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
        await press(session, here.residents[0], paper, YES, now=OPENED + timedelta(days=10))
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
