"""What is erased of somebody in the tables of meetings, contact, roll-calls, claims and appraisal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import (
    ActivitySession,
    AgendaItem,
    Attendance,
    BallotWords,
    Continuation,
    CoReporter,
    DigestItem,
    DuesTick,
    HealthLine,
    Household,
    HouseholdAway,
    HubReport,
    Invite,
    LinkProposal,
    Matter,
    MatterEvent,
    MatterOffer,
    MemberKind,
    NameClaim,
    Notice,
    Occasion,
    Person,
    PointBulletin,
    PointEntry,
    Promise,
    Report,
    RollCall,
    RollCallEvent,
    RollCallHousehold,
    Verdict,
    Visit,
)

_NOWHERE = 0  # in place of a private chat, which is its user

MENTIONS: Sequence[tuple[Any, tuple[str, ...], tuple[str, Any] | None]] = (
    (ActivitySession, ("title", "minutes", "text", "reporter_name"), None),
    (AgendaItem, ("text", "decision"), ("session_id", ActivitySession)),
    (Attendance, ("reason",), ("session_id", ActivitySession)),
    (HubReport, ("study", "duties", "plan"), ("person_id", Person)),
    (HouseholdAway, ("words", "told_by_name"), ("household_id", Household)),
    (HealthLine, ("words",), ("household_id", Household)),
    (Occasion, ("words", "told_by_name"), None),
    (RollCall, ("title", "scope", "asked_by_name", "closed_by_name"), None),
    (RollCallHousehold, ("by_name",), ("roll_call_id", RollCall)),
    (RollCallEvent, ("by_name", "note"), ("roll_call_id", RollCall)),
    (LinkProposal, ("reason",), None),
    (PointEntry, ("why",), None),
    (PointBulletin, ("text",), None),
    (Verdict, ("reasons", "next_step"), None),
    (Report, ("text",), None),
    (Visit, ("named_as",), ("household_id", Household)),
    (Matter, ("text", "explanation", "about", "on_behalf_of"), None),
    (MatterEvent, ("by_name", "note"), ("matter_id", Matter)),
    (MatterOffer, ("by_name",), ("matter_id", Matter)),
    (CoReporter, ("name", "text"), ("matter_id", Matter)),
    (Promise, ("words",), ("matter_id", Matter)),
    (Continuation, ("text",), ("matter_id", Matter)),
    (Continuation, ("text",), ("report_id", Report)),
    (DigestItem, ("text", "decided"), ("notice_id", Notice)),
    (BallotWords, ("words",), ("subject_id", Person)),
)
"""Where people are named in what others have said: table, columns, and, when the table does not say the
branch itself, the key that leads to one that does."""

_MESSAGES: Sequence[Any] = (
    ActivitySession,
    Continuation,
    HouseholdAway,
    Matter,
    Occasion,
    Promise,
    Report,
    RollCall,
    RollCallEvent,
)


async def replace_mentions(session: AsyncSession, branch_id: int, name: str, instead: str) -> None:
    """Put other words for a name wherever it stands in what others have said in a branch."""
    for table, columns, above in MENTIONS:
        for column in columns:
            text = getattr(table, column)
            change = update(table).where(_within(table, above, branch_id))
            # Sentences added to votes are all written again: which was touched when must not be seen.
            if table is not BallotWords:
                change = change.where(col(text).contains(name, autoescape=True))
            await session.exec(change.values({column: func.replace(text, name, instead)}))


def _within(table: Any, above: tuple[str, Any] | None, branch_id: int) -> ColumnElement[bool]:
    if above is None:
        return col(table.branch_id) == branch_id
    key, parent = above
    return col(getattr(table, key)).in_(select(parent.id).where(parent.branch_id == branch_id))


async def leave_private_chat(session: AsyncSession, user_id: int) -> None:
    """Let no record say that it came from the private chat of a user, nor which account went on with it."""
    for table in _MESSAGES:
        own = update(table).where(col(table.chat_id) == user_id)
        await session.exec(own.values(chat_id=_NOWHERE, message_id=-table.id))
    await session.exec(update(Continuation).where(col(Continuation.user_id) == user_id).values(user_id=0))


async def forget_as_member(session: AsyncSession, person_id: int) -> None:
    """Erase what a member has told of themselves beside their work: reasons, dues, the hours they have."""
    await session.exec(update(Attendance).where(col(Attendance.person_id) == person_id).values(reason=""))
    await session.exec(delete(DuesTick).where(col(DuesTick.person_id) == person_id))
    await session.exec(delete(MemberKind).where(col(MemberKind.person_id) == person_id))


async def forget_claims_to(session: AsyncSession, person_id: int) -> None:
    """Erase who has claimed somebody's name, and the codes that would bind an account to it."""
    await session.exec(delete(NameClaim).where(col(NameClaim.person_id) == person_id))
    await session.exec(delete(Invite).where(col(Invite.person_id) == person_id))


async def forget_told_by(session: AsyncSession, person_id: int) -> None:
    """Erase the words in which somebody has told of households, and on behalf of whom they were sent."""
    for table in (HouseholdAway, Occasion):
        told = update(table).where(col(table.told_by_id) == person_id)
        await session.exec(told.values(words="", told_by_id=None))


async def forget_household(session: AsyncSession, household_id: int) -> None:
    """Erase what was told of the health and the troubles of a household; its days away stay for the plan."""
    await session.exec(delete(HealthLine).where(col(HealthLine.household_id) == household_id))
    for table in (HouseholdAway, Occasion):
        await session.exec(update(table).where(col(table.household_id) == household_id).values(words=""))
