"""A round opens: papers are given out, and those who may vote get their ballots privately.

Kinds: `appraisal.ballot` (subject `ballot_paper`) to residents, `appraisal.members` (subject
`appraisal_round`) to members. They say on whom a vote is asked, and later that it has been cast, never what.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import (
    CHOICES,
    RoundKind,
    RoundState,
    Tie,
    has_ended,
    votes_of_households,
    votes_of_members,
)
from bot.domain.leave import Days
from bot.domain.preset import Preset
from bot.services.appraisal.appraisal_words import (
    ballot_buttons,
    closing_words,
    member_buttons,
    period_words,
)
from bot.services.notices.tell import About, Buttons, to_person
from bot.services.roster.parameters import for_unit
from bot.services.roster.run_leaves import COVER
from bot.wording import say
from storage.outbox import Priority
from storage.queries import appraisal, ballots
from storage.queries.roster import residents_of
from storage.queries.units import members_of
from storage.tables import AppraisalRound, BallotPaper, Person

BALLOT, MEMBERS_BALLOT = "appraisal.ballot", "appraisal.members"


async def open_round(
    session: AsyncSession, held: AppraisalRound, *, preset: Preset, now: datetime
) -> list[BallotPaper]:
    """Open a round that was planned, and send its ballots; returns its papers.

    It closes at the hour for it, on an open day.
    """
    rules = preset.appraisal
    today = now.astimezone(preset.zone).date()
    residents = held.kind == RoundKind.RESIDENTS
    last = today + timedelta(days=rules.open_days if residents else rules.members_open_days)
    while preset.calendar.pauses(last):
        last += timedelta(days=1)
    held.state, held.version = RoundState.OPEN, held.version + 1
    held.opens_on, held.opened_at = today, now
    held.closes_at = datetime.combine(last, rules.at, preset.zone)
    session.add(held)
    await session.flush()
    round_id = held.id or 0
    if residents:
        votes = await _residents_votes(session, held, now, preset)
    else:
        votes = await _members_votes(session, held)
    choices = CHOICES[RoundKind(held.kind)]
    await ballots.hand_out(session, round_id, votes, of_households=residents, choices=choices)
    papers = await ballots.papers(session, round_id)
    if residents:
        await _send_to_households(session, held, papers, preset=preset, now=now)
    else:
        for voter in await members_of(session, held.branch_id):
            if voter.telegram_id is not None:
                await send_member_ballot(session, held, voter, preset=preset, now=now)
    return papers


async def offer_ballots(session: AsyncSession, person: Person, *, now: datetime) -> int:
    """Send somebody the ballots of their household that are not used yet, as when they scan its plate.

    Returns:
        How many were sent.
    """
    if person.household_id is None or person.branch_id is None:
        return 0
    preset = await for_unit(session, person.branch_id)
    sent = 0
    for held in await open_rounds(session, person.branch_id, RoundKind.RESIDENTS, now=now):
        for paper in await ballots.papers(
            session, held.id or 0, household_id=person.household_id, unused=True
        ):
            if paper.subject_id != person.id:
                await _send(session, held, paper, person, preset=preset, now=now, asked=True)
                sent += 1
    return sent


async def open_rounds(
    session: AsyncSession, branch_id: int, kind: RoundKind, *, now: datetime
) -> list[AppraisalRound]:
    """The rounds in which a vote counts now."""
    found = await appraisal.rounds_of(session, branch_id, kind=kind, states=[RoundState.OPEN])
    return [held for held in found if not has_ended(held.closes_at, now)]


async def send_member_ballot(
    session: AsyncSession,
    held: AppraisalRound,
    voter: Person,
    *,
    preset: Preset,
    now: datetime,
    asked: bool = False,
) -> bool:
    """Send a member the ballot with the first of those they have not voted on; whether there is one.

    asked: they ask for it, so that it comes at once and again.
    """
    papers = await ballots.papers(session, held.id or 0, voter_id=voter.id)
    unused = [paper for paper in papers if not paper.cast]
    if not unused:
        return False
    text, buttons = await member_page(session, held, papers, unused[0], preset=preset, now=now)
    about = About(
        MEMBERS_BALLOT, "appraisal_round", held.id or 0, "asked" if asked else "open", now, held.branch_id
    )
    await to_person(
        session,
        voter,
        about,
        text,
        preset=preset,
        now=now,
        priority=Priority.ANSWER if asked else Priority.ROUTINE,
        buttons=buttons,
        breaks_quiet=asked,
        expires_at=held.closes_at,
    )
    return True


async def member_page(
    session: AsyncSession,
    held: AppraisalRound,
    papers: Sequence[BallotPaper],
    paper: BallotPaper,
    *,
    preset: Preset,
    now: datetime,
) -> tuple[str, Buttons]:
    """A member's ballot open at one paper of theirs."""
    subject = await session.get_one(Person, paper.subject_id)
    text = say(
        "appraisal.member_ballot",
        preset.name,
        name=subject.name,
        number=[one.id for one in papers].index(paper.id) + 1,
        all=len(papers),
        closes=closing_words(held, preset, now=now),
    )
    if not any(one.cast for one in papers):
        text = "\n".join([say("appraisal.member_ballot_first", preset.name), text])
    left = sum(not one.cast for one in papers)
    return text, member_buttons(paper, preset, skip=left > 1)


async def _residents_votes(
    session: AsyncSession, held: AppraisalRound, now: datetime, preset: Preset
) -> list[tuple[int, int]]:
    today = now.astimezone(preset.zone).date()
    ties = [
        Tie(
            link.household_id,
            link.person_id,
            link.since,
            own_home=link.home == link.household_id,
            lent=link.reason.startswith(f"{COVER}:"),
        )
        for link in await appraisal.links_of_branch(session, held.branch_id, today)
    ]
    appraised = Days(held.first, min(held.last, today))
    people = {tie.person_id for tie in ties}
    leaves = await appraisal.leave_days(session, people, appraised.first, appraised.last)
    return votes_of_households(ties, leaves, appraised)


async def _members_votes(session: AsyncSession, held: AppraisalRound) -> list[tuple[int, int]]:
    members = await members_of(session, held.branch_id)
    return votes_of_members([one.id for one in members if one.id is not None])


async def _send_to_households(
    session: AsyncSession,
    held: AppraisalRound,
    papers: Sequence[BallotPaper],
    *,
    preset: Preset,
    now: datetime,
) -> None:
    homes = {paper.household_id for paper in papers if paper.household_id is not None}
    residents = await residents_of(session, homes)
    for paper in papers:
        for person in residents.get(paper.household_id or 0, ()):
            if person.telegram_id is not None and person.id != paper.subject_id:
                await _send(session, held, paper, person, preset=preset, now=now)


async def _send(
    session: AsyncSession,
    held: AppraisalRound,
    paper: BallotPaper,
    person: Person,
    *,
    preset: Preset,
    now: datetime,
    asked: bool = False,
) -> None:
    subject = await session.get_one(Person, paper.subject_id)
    text = say(
        "appraisal.ballot",
        preset.name,
        period=period_words(held),
        name=subject.name,
        closes=closing_words(held, preset, now=now),
    )
    stage = "asked" if asked else "open"
    await to_person(
        session,
        person,
        About(BALLOT, "ballot_paper", paper.id or 0, stage, now, held.branch_id),
        text,
        preset=preset,
        now=now,
        priority=Priority.ANSWER if asked else Priority.ROUTINE,
        buttons=ballot_buttons(paper),
        breaks_quiet=asked,
        expires_at=held.closes_at,
    )
