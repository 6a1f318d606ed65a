"""Rounds, votes and presses, as tests of appraisal make them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Opinion, RoundKind, RoundState
from bot.domain.buttons import Press, Verb
from bot.services.appraisal.cast_ballot import press_ballot
from bot.services.appraisal.hand_out_ballots import open_round
from bot.services.chat.speaker import Speaking, who_is
from storage.queries import ballots
from storage.tables import AppraisalRound, BallotPaper, Person
from tests.services.appraisal.conftest import Here
from tests.services.time.village import at

OPENED = at("12-20 09:00")


async def open_now(
    session: AsyncSession, here: Here, *, kind: RoundKind = RoundKind.RESIDENTS, now: datetime = OPENED
) -> AppraisalRound:
    """A round that has been open since `now`."""
    day = now.date()
    held = AppraisalRound(
        branch_id=here.village.branch,
        kind=kind,
        state=RoundState.PLANNED,
        planned_for=day,
        first=date(2026, 7, 1),
        last=date(2026, 12, 31),
        opens_on=day,
    )
    session.add(held)
    await session.flush()
    await open_round(session, held, preset=here.preset, now=now)
    return held


async def speaking(session: AsyncSession, person: Person, *, now: datetime = OPENED) -> Speaking:
    """A person who presses or writes privately."""
    return await who_is(session, person.telegram_id, person.name, chat=None, at=now)


async def press(
    session: AsyncSession, person: Person, paper: BallotPaper, choice: str, *, now: datetime = OPENED
) -> str:
    """A person presses a button of a ballot."""
    pressed = Press(Verb.BALLOT, paper.id or 0, 0, choice)
    return await press_ballot(session, pressed, await speaking(session, person, now=now), now=now)


async def paper_of(session: AsyncSession, held: AppraisalRound, person: Person) -> BallotPaper:
    """The one paper of a person's household."""
    [paper] = await ballots.papers(session, held.id or 0, household_id=person.household_id)
    return paper


async def vote(
    session: AsyncSession,
    held: AppraisalRound,
    residents: Sequence[Person],
    choices: Sequence[Opinion],
    *,
    now: datetime = OPENED,
) -> None:
    """Each resident votes in turn."""
    for resident, choice in zip(residents, choices, strict=True):
        await press(session, resident, await paper_of(session, held, resident), choice, now=now)
