"""What is old enough to be masked or erased in the tables of meetings, contact, roll-calls and appraisal."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, or_
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED
from bot.domain.roll_call import CallStatus
from storage.tables import (
    ActivitySession,
    AgendaItem,
    AlbumPhoto,
    AppraisalRound,
    Attendance,
    AwaitedWords,
    BallotWords,
    DigestItem,
    HealthLine,
    Household,
    HouseholdAway,
    HubReport,
    LinkProposal,
    Matter,
    MeetingWords,
    NameClaim,
    Occasion,
    Person,
    PointBulletin,
    Question,
    ReadingCorrection,
    RoleHeld,
    RollCall,
    RollCallEvent,
    RollCallHousehold,
    SpotCheck,
)

_NOBODY = 0  # in place of a Telegram user who must be given


async def sessions_to_mask(session: AsyncSession, branch_id: int, before: date) -> list[ActivitySession]:
    """A branch's sessions of days before this one that have not been masked."""
    old = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.day < before,
        col(ActivitySession.masked_at).is_(None),
    )
    return list(await session.exec(old.order_by(col(ActivitySession.id))))


async def agenda_items(session: AsyncSession, session_id: int) -> list[AgendaItem]:
    """What was on the agenda of a session, dropped items too."""
    return list(await session.exec(select(AgendaItem).where(AgendaItem.session_id == session_id)))


async def erase_reasons(session: AsyncSession, session_id: int) -> None:
    """Erase why people were absent from a session; that they were stays."""
    await session.exec(update(Attendance).where(col(Attendance.session_id) == session_id).values(reason=""))


async def hub_reports_to_mask(session: AsyncSession, branch_id: int, before: date) -> list[HubReport]:
    """The reports of a branch's hubs handed in before a day that have not been masked."""
    old = (
        select(HubReport)
        .join(Person, col(Person.id) == col(HubReport.person_id))
        .where(
            Person.branch_id == branch_id, HubReport.reported_at < before, col(HubReport.masked_at).is_(None)
        )
    )
    return list(await session.exec(old.order_by(col(HubReport.id))))


async def calls_to_mask(session: AsyncSession, branch_id: int, before: datetime) -> list[RollCall]:
    """A branch's roll-calls that were over before a moment and have not been masked."""
    old = select(RollCall).where(
        RollCall.branch_id == branch_id,
        RollCall.status != CallStatus.OPEN,
        or_(
            col(RollCall.closed_at) < before,
            and_(col(RollCall.closed_at).is_(None), col(RollCall.asked_at) < before),
        ),
        col(RollCall.masked_at).is_(None),
    )
    return list(await session.exec(old.order_by(col(RollCall.id))))


async def mask_answers(session: AsyncSession, call_id: int, instead: str) -> None:
    """Erase what was written in a roll-call, and who has answered, unless they stand on the roster."""
    for table in (RollCallEvent, RollCallHousehold):
        said = update(table).where(
            col(table.roll_call_id) == call_id,
            col(table.by_name) != "",
            or_(col(table.by_id).is_(None), col(table.by_id).not_in(select(RoleHeld.person_id))),
        )
        await session.exec(said.values(by_name=instead, by_id=None))
    told = update(RollCallEvent).where(col(RollCallEvent.roll_call_id) == call_id)
    await session.exec(told.values(note="", by_user_id=None, chat_id=None, message_id=None))


async def erase_corrections(session: AsyncSession, branch_id: int, before: datetime) -> int:
    """Erase a branch's readings put right, which quote messages whole; how many there were."""
    old = delete(ReadingCorrection).where(
        col(ReadingCorrection.branch_id) == branch_id, col(ReadingCorrection.corrected_at) < before
    )
    return (await session.exec(old)).rowcount


async def erase_of_contact(session: AsyncSession, branch_id: int, before: datetime, instead: str) -> int:
    """Erase a branch's health lines, and the words and tellers of what is over; how many rows it was."""
    homes = select(Household.id).where(Household.branch_id == branch_id)
    rows = (
        await session.exec(
            delete(HealthLine).where(
                col(HealthLine.household_id).in_(homes), col(HealthLine.kept_at) < before
            )
        )
    ).rowcount
    over = or_(
        col(HouseholdAway.ended_at) < before,
        and_(col(HouseholdAway.last) < before.date(), col(HouseholdAway.told_at) < before),
    )
    for table, of_branch, ended in (
        (HouseholdAway, col(HouseholdAway.household_id).in_(homes), over),
        (Occasion, col(Occasion.branch_id) == branch_id, col(Occasion.ended_at) < before),
    ):
        told = update(table).where(of_branch, ended, col(table.words) != "")
        unnamed = {"words": "", "told_by_name": instead, "told_by_id": None}
        rows += (await session.exec(told.values(unnamed))).rowcount
    asked = update(SpotCheck).where(
        col(SpotCheck.branch_id) == branch_id,
        col(SpotCheck.asked_at) < before,
        col(SpotCheck.asked_user_id) != _NOBODY,
    )
    return rows + (await session.exec(asked.values(asked_user_id=_NOBODY))).rowcount


async def erase_of_appraisal(session: AsyncSession, branch_id: int, before: datetime) -> int:
    """Erase a branch's sentences added to votes, a whole round's at a time, and the words of bulletins.

    Returns:
        How many rows it was.
    """
    rounds = select(AppraisalRound.id).where(
        AppraisalRound.branch_id == branch_id, col(AppraisalRound.ended_at) < before
    )
    words = await session.exec(delete(BallotWords).where(col(BallotWords.round_id).in_(rounds)))
    old = update(PointBulletin).where(
        col(PointBulletin.branch_id) == branch_id,
        col(PointBulletin.drafted_at) < before,
        col(PointBulletin.text) != "",
    )
    return words.rowcount + (await session.exec(old.values(text=""))).rowcount


async def erase_of_links(session: AsyncSession, branch_id: int, before: datetime) -> int:
    """Erase a branch's claims of names, and why links were proposed; how many rows it was."""
    people = select(Person.id).where(Person.branch_id == branch_id)
    claims = delete(NameClaim).where(col(NameClaim.person_id).in_(people), col(NameClaim.asked_at) < before)
    reasons = update(LinkProposal).where(
        col(LinkProposal.branch_id) == branch_id,
        col(LinkProposal.decided_at) < before,
        col(LinkProposal.reason) != "",
    )
    return (await session.exec(claims)).rowcount + (await session.exec(reasons.values(reason=""))).rowcount


async def erase_what_waited(session: AsyncSession, before: datetime) -> int:
    """Erase what only served a talk that is long over; how many rows it was.

    Lines of digests about unfinished matters are left: they are still struck out.
    """
    unfinished = select(Matter.id).where(
        col(Matter.status).in_(UNFINISHED), col(Matter.id) == col(DigestItem.subject_id)
    )
    lines = and_(
        col(DigestItem.made_at) < before,
        or_(
            col(DigestItem.subject_kind).is_(None),
            col(DigestItem.subject_kind) != "matter",
            ~unfinished.exists(),
        ),
    )
    rows = 0
    for table, old in (
        (Question, col(Question.asked_at) < before),
        (AwaitedWords, col(AwaitedWords.expires_at) < before),
        (MeetingWords, col(MeetingWords.expires_at) < before),
        (AlbumPhoto, col(AlbumPhoto.received_at) < before),
        (DigestItem, lines),
    ):
        rows += (await session.exec(delete(table).where(old))).rowcount
    return rows
