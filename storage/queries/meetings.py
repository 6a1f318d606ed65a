"""Sessions, who came to them, their agendas; and the figures of attendance.

For figures: `turnouts` gives the attendance of each session held, `attendance_of_members` that of each
member. Both count by the same rows as the export of `sessions`: how many came is what was told in the chat or
what the sign-in counted, whichever is more; only sessions with status `recorded` are held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import ActivityKind
from bot.domain.matters import UNFINISHED, MatterStatus
from bot.domain.meetings import Presence, SessionStatus, Turnout, turnout
from bot.domain.promises import PromiseState
from storage.tables import (
    ActivitySession,
    AgendaItem,
    Attendance,
    Chat,
    DuesTick,
    Household,
    HubReport,
    Matter,
    MeetingWords,
    MemberKind,
    Person,
    Promise,
    Report,
    Visit,
)

_TO_COME = (SessionStatus.PLANNED, SessionStatus.RECORDED)


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


async def planned_as(session: AsyncSession, key: str) -> ActivitySession | None:
    """The session planned for this occasion, whatever has become of it."""
    return (await session.exec(select(ActivitySession).where(ActivitySession.planned_as == key))).first()


async def to_come(
    session: AsyncSession, branch_id: int, *, since: date, rule: str | None = None
) -> list[ActivitySession]:
    """The planned sessions of a branch from a day on that have not been called off, the next first."""
    ahead = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        col(ActivitySession.planned_as).is_not(None),
        col(ActivitySession.status).in_(_TO_COME),
        ActivitySession.day >= since,
    )
    if rule is not None:
        ahead = ahead.where(ActivitySession.rule == rule)
    return list(await session.exec(ahead.order_by(col(ActivitySession.starts_at), col(ActivitySession.id))))


async def latest_of(
    session: AsyncSession, branch_id: int, rule: str, *, until: date
) -> ActivitySession | None:
    """The last session of a rule that a branch had on a day or before, unless it was called off."""
    had = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.rule == rule,
        col(ActivitySession.status).in_(_TO_COME),
        ActivitySession.day <= until,
    )
    return (await session.exec(had.order_by(col(ActivitySession.day).desc()).limit(1))).first()


async def told_in_month(
    session: AsyncSession, branch_id: int, kind: str, month: date
) -> ActivitySession | None:
    """The first session of a kind that a branch has told as held in a month without its being planned."""
    told = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.kind == kind,
        ActivitySession.status == SessionStatus.RECORDED,
        col(ActivitySession.planned_as).is_(None),
        ActivitySession.day >= month,
        ActivitySession.day < (month + timedelta(days=31)).replace(day=1),
    )
    return (await session.exec(told.order_by(col(ActivitySession.day), col(ActivitySession.id)))).first()


async def not_closed(session: AsyncSession) -> list[ActivitySession]:
    """All planned sessions whose sign-in is not over, the next first."""
    waiting = select(ActivitySession).where(
        col(ActivitySession.planned_as).is_not(None),
        col(ActivitySession.status).in_(_TO_COME),
        col(ActivitySession.closed_at).is_(None),
    )
    return list(await session.exec(waiting.order_by(col(ActivitySession.starts_at))))


async def planned_on(
    session: AsyncSession, branch_id: int, day: date, kind: str
) -> ActivitySession | None:
    """The only session of a kind that is planned for a day; null: there is none, or several."""
    same = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.kind == kind,
        ActivitySession.day == day,
        col(ActivitySession.planned_as).is_not(None),
        col(ActivitySession.status).in_(_TO_COME),
    )
    found = list(await session.exec(same))
    return found[0] if len(found) == 1 else None


async def closed_on(session: AsyncSession, branch_id: int, day: date) -> list[ActivitySession]:
    """A branch's sessions of a day whose sign-in has been summed up."""
    over = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        ActivitySession.day == day,
        ActivitySession.status == SessionStatus.RECORDED,
        col(ActivitySession.closed_at).is_not(None),
    )
    return list(await session.exec(over.order_by(col(ActivitySession.id))))


async def with_board(session: AsyncSession, notice_id: int) -> ActivitySession | None:
    """The session whose board this notice is."""
    on = select(ActivitySession).where(ActivitySession.board_notice_id == notice_id)
    return (await session.exec(on)).first()


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


async def visits_made(
    session: AsyncSession, person_id: int, *, first: date, last: date
) -> list[tuple[int, date]]:
    """Household and day of each standing visit that a member has made on days from `first` to `last`."""
    made = (
        select(col(Visit.household_id), col(Visit.day))
        .join(Report, col(Report.id) == col(Visit.report_id))
        .where(
            Visit.person_id == person_id,
            col(Visit.withdrawn_at).is_(None),
            Report.status != SessionStatus.WITHDRAWN,
            Visit.day >= first,
            Visit.day <= last,
        )
        .order_by(col(Visit.day), col(Visit.id))
    )
    return list((await session.exec(made)).all())


async def kinds_of(session: AsyncSession, person_ids: Collection[int]) -> dict[int, str]:
    """What has been said of when these people have time; those of whom nothing was said are left out."""
    said = select(MemberKind).where(col(MemberKind.person_id).in_(person_ids))
    return {row.person_id: row.kind for row in await session.exec(said)}


async def kind_row(session: AsyncSession, person_id: int) -> MemberKind | None:
    """What has been said of when somebody has time."""
    return (await session.exec(select(MemberKind).where(MemberKind.person_id == person_id))).first()


async def hub_report(session: AsyncSession, unit_id: int, month: date) -> HubReport | None:
    """What a group has reported for a month."""
    made = select(HubReport).where(HubReport.unit_id == unit_id, HubReport.month == month)
    return (await session.exec(made)).first()


async def dues_ticked(session: AsyncSession, person_ids: Collection[int], month: date) -> set[int]:
    """Those of these people who have said that they have paid the dues of a month."""
    paid = select(DuesTick.person_id).where(
        col(DuesTick.person_id).in_(person_ids), DuesTick.month == month
    )
    return set(await session.exec(paid))


async def studies_of_group(
    session: AsyncSession, group_ids: Collection[int], *, first: date, last: date
) -> int:
    """How many study sessions these groups have held on days from `first` to `last`."""
    held = select(ActivitySession.id).where(
        col(ActivitySession.group_id).in_(group_ids),
        ActivitySession.kind == ActivityKind.STUDY,
        ActivitySession.status == SessionStatus.RECORDED,
        ActivitySession.day >= first,
        ActivitySession.day <= last,
    )
    return len(list(await session.exec(held)))


async def chat_of_unit(session: AsyncSession, unit_id: int) -> Chat | None:
    """The group chat of a unit in which the bot is; of several the one bound first."""
    bound = select(Chat).where(
        Chat.unit_id == unit_id,
        Chat.kind != "private",
        col(Chat.migrated_to).is_(None),
        col(Chat.bot_status).not_in(("left", "kicked")),
    )
    return (await session.exec(bound.order_by(col(Chat.bound_at), col(Chat.id)))).first()


async def held_lately(
    session: AsyncSession, branch_id: int, *, first: date, last: date
) -> list[ActivitySession]:
    """The sessions that a branch held or planned on days from `first` to `last`, the latest last."""
    had = select(ActivitySession).where(
        ActivitySession.branch_id == branch_id,
        col(ActivitySession.status).in_(_TO_COME),
        ActivitySession.day >= first,
        ActivitySession.day <= last,
    )
    return list(await session.exec(had.order_by(col(ActivitySession.day), col(ActivitySession.id))))


async def names_of(session: AsyncSession, person_ids: Collection[int]) -> dict[int, str]:
    """The names of these people."""
    rows = await session.exec(select(Person).where(col(Person.id).in_(person_ids)))
    return {row.id or 0: row.name for row in rows}


async def raised_between(
    session: AsyncSession, person_id: int, *, since: datetime, until: datetime
) -> list[Matter]:
    """The matters that somebody raised during a span and that have not been taken back or merged."""
    raised = select(Matter).where(
        Matter.reporter_person_id == person_id,
        Matter.created_at >= since,
        Matter.created_at <= until,
        col(Matter.status).not_in((MatterStatus.WITHDRAWN, MatterStatus.MERGED)),
    )
    return list(await session.exec(raised.order_by(col(Matter.number))))


async def promises_ended(
    session: AsyncSession, person_id: int, *, since: datetime, until: datetime
) -> list[Promise]:
    """The promises of somebody's that were kept or broken during a span."""
    ended = select(Promise).where(
        Promise.person_id == person_id,
        col(Promise.state).in_((PromiseState.KEPT, PromiseState.BROKEN)),
        col(Promise.ended_at) >= since,
        col(Promise.ended_at) <= until,
    )
    return list(await session.exec(ended.order_by(col(Promise.id))))


async def asked_since(session: AsyncSession, moment: datetime) -> list[ActivitySession]:
    """The sessions about which somebody who did not come has been asked at a moment or later."""
    asked = (
        select(ActivitySession)
        .join(Attendance, col(Attendance.session_id) == col(ActivitySession.id))
        .where(col(Attendance.asked_at) >= moment)
    )
    return list((await session.exec(asked)).unique())


async def asked_of(session: AsyncSession, person_id: int, *, since: datetime) -> Attendance | None:
    """The absence about which somebody was asked last and has not answered; null: none."""
    asked = select(Attendance).where(
        Attendance.person_id == person_id,
        Attendance.state == Presence.ABSENT,
        col(Attendance.asked_at) >= since,
    )
    return (await session.exec(asked.order_by(col(Attendance.asked_at).desc()))).first()


async def visits_of_groups(
    session: AsyncSession, group_ids: Collection[int], *, first: date, last: date
) -> int:
    """How many contacts with households of these groups were reported on days from `first` to `last`."""
    made = (
        select(Visit.id)
        .join(Report, col(Report.id) == col(Visit.report_id))
        .join(Household, col(Household.id) == col(Visit.household_id))
        .where(
            col(Household.group_id).in_(group_ids),
            col(Visit.withdrawn_at).is_(None),
            Report.status != SessionStatus.WITHDRAWN,
            Visit.day >= first,
            Visit.day <= last,
        )
    )
    return len(list(await session.exec(made)))


@dataclass(frozen=True, slots=True)
class GroupMatters:
    """Matters of groups: raised in a span, settled of these, and unfinished now, of whatever time."""

    raised: int
    solved: int
    unfinished: int


async def matters_of_groups(
    session: AsyncSession, group_ids: Collection[int], *, since: datetime, until: datetime
) -> GroupMatters:
    """How the matters of groups stand; withdrawn and merged ones are not counted."""
    own = select(Matter).where(
        col(Matter.group_id).in_(group_ids),
        col(Matter.status).not_in((MatterStatus.WITHDRAWN, MatterStatus.MERGED)),
    )
    rows = list(await session.exec(own))
    raised = [row for row in rows if since <= row.created_at < until]
    return GroupMatters(
        raised=len(raised),
        solved=sum(row.status in (MatterStatus.CLOSED, MatterStatus.CLAIMED_SOLVED) for row in raised),
        unfinished=sum(row.status in UNFINISHED for row in rows),
    )
