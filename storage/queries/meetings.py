"""Attendance of sessions, their agendas, and the words that their buttons wait for.

For figures: `turnouts` gives the attendance of each session held, `attendance_of_members` that of each
member. Both count by the same rows as the export of `sessions`: how many came is what was told in the chat or
what the sign-in counted, whichever is more; only sessions with status `recorded` are held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import ActivityKind
from bot.domain.meetings import Presence, SessionStatus, Turnout, turnout
from storage.tables import ActivitySession, AgendaItem, Attendance, Chat, MeetingWords, Person


@dataclass(frozen=True, slots=True)
class SessionTurnout:
    """A session held, and its attendance."""

    session: ActivitySession
    turnout: Turnout


@dataclass(frozen=True, slots=True)
class MemberTurnout:
    """How often a member was expected, came, was excused and missing, of the sessions with a sign-in."""

    person_id: int
    expected: int
    present: int
    late: int
    excused: int

    @property
    def absent(self) -> int:
        """Times absent without a reason that is known."""
        return self.expected - self.present - self.excused


async def turnouts(
    session: AsyncSession,
    branch_ids: Collection[int],
    *,
    first: date,
    last: date,
    kinds: Collection[ActivityKind] = (),
) -> list[SessionTurnout]:
    """The sessions held by these branches on days from `first` to `last`, by day; of all kinds when empty."""
    held = select(ActivitySession).where(
        col(ActivitySession.branch_id).in_(branch_ids),
        ActivitySession.status == SessionStatus.RECORDED,
        ActivitySession.day >= first,
        ActivitySession.day <= last,
    )
    if kinds:
        held = held.where(col(ActivitySession.kind).in_(kinds))
    rows = list(await session.exec(held.order_by(col(ActivitySession.day), col(ActivitySession.id))))
    states = await _states(session, [row.id or 0 for row in rows])
    return [SessionTurnout(row, turnout_of(row, states.get(row.id or 0, []))) for row in rows]


async def attendance_of_members(
    session: AsyncSession,
    branch_ids: Collection[int],
    *,
    first: date,
    last: date,
    kinds: Collection[ActivityKind] = (),
) -> dict[int, MemberTurnout]:
    """Each member's attendance, by key, at the sessions that these branches held on days of a span.

    Only sessions with a sign-in say who came: those told in the chat alone count for nobody.
    """
    held = await turnouts(session, branch_ids, first=first, last=last, kinds=kinds)
    rows = select(Attendance).where(col(Attendance.session_id).in_([one.session.id for one in held]))
    found: dict[int, list[tuple[Presence, bool]]] = defaultdict(list)
    for row in await session.exec(rows):
        found[row.person_id].append((Presence(row.state), row.late))
    summed = {}
    for person_id, states in found.items():
        total = turnout(states)
        summed[person_id] = MemberTurnout(
            person_id, len(states), total.present, total.late, total.absent_with_reason or 0
        )
    return summed


def turnout_of(row: ActivitySession, states: Collection[tuple[Presence, bool]]) -> Turnout:
    """A session's attendance, by what was told of it and by its sign-in."""
    counted = turnout(states)
    told = row.told_participants
    if not states:
        return Turnout(row.expected, told or 0, absent_with_reason=row.absent_with_reason)
    return Turnout(
        expected=counted.expected,
        present=max(counted.present, told or 0),
        late=counted.late,
        absent_with_reason=counted.absent_with_reason,
    )


async def _states(
    session: AsyncSession, session_ids: Collection[int]
) -> dict[int, list[tuple[Presence, bool]]]:
    found: dict[int, list[tuple[Presence, bool]]] = defaultdict(list)
    rows = select(Attendance).where(col(Attendance.session_id).in_(session_ids))
    for row in await session.exec(rows):
        found[row.session_id].append((Presence(row.state), row.late))
    return dict(found)


async def attendance_of(session: AsyncSession, session_id: int) -> list[Attendance]:
    """Everybody's attendance at a session, in the order in which they were signed in, the others last."""
    rows = list(await session.exec(select(Attendance).where(Attendance.session_id == session_id)))
    return sorted(rows, key=lambda row: (row.at is None, row.at.timestamp() if row.at else 0, row.id or 0))


async def attendance_row(session: AsyncSession, session_id: int, person_id: int) -> Attendance | None:
    """Somebody's attendance at a session; null when they are not expected and have not come."""
    row = select(Attendance).where(Attendance.session_id == session_id, Attendance.person_id == person_id)
    return (await session.exec(row)).first()


async def agenda_of(session: AsyncSession, session_id: int) -> list[AgendaItem]:
    """What stands on a session's agenda, dropped items left out."""
    items = select(AgendaItem).where(
        AgendaItem.session_id == session_id, col(AgendaItem.dropped_at).is_(None)
    )
    return list(await session.exec(items.order_by(col(AgendaItem.position))))


async def matters_ever_on(session: AsyncSession, session_id: int) -> set[int]:
    """The matters that stand on this agenda or have been dropped from it."""
    items = await session.exec(select(AgendaItem.matter_id).where(AgendaItem.session_id == session_id))
    return {matter_id for matter_id in items if matter_id is not None}


async def item_at(session: AsyncSession, session_id: int, position: int) -> AgendaItem | None:
    """The item that is called by this number; null when there is none, or it has been dropped."""
    return next((one for one in await agenda_of(session, session_id) if one.position == position), None)


async def last_position(session: AsyncSession, session_id: int) -> int:
    """The highest number that an item of this agenda has had; 0: none."""
    items = await session.exec(select(AgendaItem.position).where(AgendaItem.session_id == session_id))
    return max(items, default=0)


async def words_awaited(session: AsyncSession, user_id: int, *, now: datetime) -> MeetingWords | None:
    """The words that a button has asked a user for and that are still waited for."""
    waiting = select(MeetingWords).where(
        MeetingWords.user_id == user_id,
        col(MeetingWords.ended_at).is_(None),
        MeetingWords.expires_at > now,
    )
    return (await session.exec(waiting.order_by(col(MeetingWords.id).desc()))).first()


async def chat_of_unit(session: AsyncSession, unit_id: int) -> Chat | None:
    """The group chat of a unit in which the bot is; of several the one bound first."""
    bound = select(Chat).where(
        Chat.unit_id == unit_id,
        Chat.kind != "private",
        col(Chat.migrated_to).is_(None),
        col(Chat.bot_status).not_in(("left", "kicked")),
    )
    return (await session.exec(bound.order_by(col(Chat.bound_at), col(Chat.id)))).first()


async def names_of(session: AsyncSession, person_ids: Collection[int]) -> dict[int, str]:
    """The names of these people."""
    rows = await session.exec(select(Person).where(col(Person.id).in_(person_ids)))
    return {row.id or 0: row.name for row in rows}


async def asked_of(session: AsyncSession, person_id: int, *, since: datetime) -> Attendance | None:
    """The absence about which somebody was asked last and has not answered; null: none."""
    asked = select(Attendance).where(
        Attendance.person_id == person_id,
        Attendance.state == Presence.ABSENT,
        col(Attendance.asked_at) >= since,
    )
    return (await session.exec(asked.order_by(col(Attendance.asked_at).desc()))).first()
