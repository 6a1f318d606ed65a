"""Roll-calls: those that are open, their households with what is known of each, and who is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roll_call import CallStatus, EventKind, HouseholdState
from storage.queries.chats import GONE
from storage.queries.roster import link_stands
from storage.tables import (
    Chat,
    Household,
    Link,
    Notice,
    Person,
    RollCall,
    RollCallAsk,
    RollCallEvent,
    RollCallHousehold,
)

_MISSING = (HouseholdState.UNCHECKED, HouseholdState.UNREACHED)
_ANSWERS = (EventKind.ANSWER, EventKind.LATE)


async def open_calls(session: AsyncSession) -> list[RollCall]:
    """All that are open, or have something left to show, the oldest first."""
    running = select(RollCall).where(
        or_(RollCall.status == CallStatus.OPEN, col(RollCall.show_at).is_not(None))
    )
    return list(await session.exec(running.order_by(col(RollCall.id))))


async def calls_heard(
    session: AsyncSession, branch_ids: Collection[int], *, since: datetime
) -> list[RollCall]:
    """Those of some branches that are open or were closed no earlier than `since`, the newest first."""
    heard = select(RollCall).where(
        col(RollCall.branch_id).in_(branch_ids),
        or_(
            RollCall.status == CallStatus.OPEN,
            (col(RollCall.status) == CallStatus.CLOSED) & (col(RollCall.closed_at) >= since),
        ),
    )
    return list(await session.exec(heard.order_by(col(RollCall.id).desc())))


async def branches_asking(session: AsyncSession, person_id: int) -> set[int]:
    """The branches with an open roll-call in which a person is asked."""
    asking = (
        select(RollCall.branch_id)
        .join(RollCallAsk, col(RollCallAsk.roll_call_id) == col(RollCall.id))
        .where(RollCallAsk.person_id == person_id, RollCall.status == CallStatus.OPEN)
    )
    return set(await session.exec(asking))


async def calls_of_message(session: AsyncSession, chat_id: int, message_id: int) -> list[RollCall]:
    """What a message has opened: one for each village it was for."""
    made = select(RollCall).where(RollCall.chat_id == chat_id, RollCall.message_id == message_id)
    return list(await session.exec(made.order_by(col(RollCall.id))))


async def rows_of(
    session: AsyncSession, roll_call_id: int, household_ids: Collection[int] | None = None
) -> list[tuple[RollCallHousehold, Household]]:
    """The households of a roll-call with what is known of each; only some of them when they are named."""
    asked = (
        select(RollCallHousehold, Household)
        .join(Household, col(Household.id) == col(RollCallHousehold.household_id))
        .where(RollCallHousehold.roll_call_id == roll_call_id)
    )
    if household_ids is not None:
        asked = asked.where(col(RollCallHousehold.household_id).in_(household_ids))
    return list((await session.exec(asked.order_by(col(RollCallHousehold.id)))).all())


async def count_missing(session: AsyncSession, roll_call_id: int) -> int:
    """How many households nobody has accounted for."""
    missing = select(func.count()).where(
        RollCallHousehold.roll_call_id == roll_call_id, col(RollCallHousehold.state).in_(_MISSING)
    )
    return (await session.exec(missing)).one()


async def answers_of(
    session: AsyncSession, roll_call_id: int, household_ids: Collection[int]
) -> dict[int, list[RollCallEvent]]:
    """The answers given for each of these households, the oldest first."""
    found: dict[int, list[RollCallEvent]] = defaultdict(list)
    given = select(RollCallEvent).where(
        RollCallEvent.roll_call_id == roll_call_id,
        col(RollCallEvent.household_id).in_(household_ids),
        col(RollCallEvent.kind).in_(_ANSWERS),
    )
    for event in await session.exec(given.order_by(col(RollCallEvent.id))):
        if event.household_id is not None:
            found[event.household_id].append(event)
    return dict(found)


async def events_of(session: AsyncSession, roll_call_id: int) -> list[RollCallEvent]:
    """All that happened in a roll-call, in its order."""
    happened = select(RollCallEvent).where(RollCallEvent.roll_call_id == roll_call_id)
    return list(await session.exec(happened.order_by(col(RollCallEvent.id))))


async def latest_event(session: AsyncSession, roll_call_id: int) -> int:
    """The number of what happened last; 0: nothing has."""
    latest = select(func.max(RollCallEvent.id)).where(RollCallEvent.roll_call_id == roll_call_id)
    return (await session.exec(latest)).one() or 0


async def asks_of(
    session: AsyncSession, roll_call_id: int, person_id: int | None = None
) -> list[RollCallAsk]:
    """Who is asked in a roll-call; only as what one person is asked when they are named."""
    asked = select(RollCallAsk).where(RollCallAsk.roll_call_id == roll_call_id)
    if person_id is not None:
        asked = asked.where(RollCallAsk.person_id == person_id)
    return list(await session.exec(asked.order_by(col(RollCallAsk.id))))


async def ask_of_notice(session: AsyncSession, notice_id: int) -> RollCallAsk | None:
    """Whom a message asks; null when it asks nobody in a roll-call."""
    return (await session.exec(select(RollCallAsk).where(RollCallAsk.notice_id == notice_id))).first()


async def moved_without_second_word(session: AsyncSession, roll_call_id: int) -> datetime | None:
    """Since when the first household has moved by one word alone, no neighbour asked; null: there is none."""
    first = select(func.min(RollCallHousehold.state_at)).where(
        RollCallHousehold.roll_call_id == roll_call_id,
        RollCallHousehold.state == HouseholdState.MOVED,
        col(RollCallHousehold.confirmed).is_(False),
        col(RollCallHousehold.neighbours_asked_at).is_(None),
    )
    return (await session.exec(first)).one()


async def linked_on(
    session: AsyncSession, household_ids: Collection[int], day: date
) -> dict[int, list[Person]]:
    """Those who answer for each of these households on a day, covers among them, the longest linked first."""
    found: dict[int, list[Person]] = defaultdict(list)
    linked = (
        select(Link.household_id, Person)
        .join(Person, col(Person.id) == col(Link.person_id))
        .where(col(Link.household_id).in_(household_ids), *link_stands(day))
        .order_by(col(Link.since), col(Link.id))
    )
    for household_id, person in (await session.exec(linked)).all():
        if person not in found[household_id]:
            found[household_id].append(person)
    return dict(found)


async def writable(session: AsyncSession, user_ids: Collection[int]) -> set[int]:
    """Which of these users the bot can write to privately: those who have started it and not blocked it."""
    private = select(Chat.telegram_id).where(
        col(Chat.telegram_id).in_(user_ids), Chat.kind == "private", col(Chat.bot_status).not_in(GONE)
    )
    return set(await session.exec(private))


async def bound_chats(session: AsyncSession, unit_ids: Collection[int]) -> list[Chat]:
    """The groups that are bound to one of these units and in which the bot still is."""
    bound = select(Chat).where(
        col(Chat.unit_id).in_(unit_ids), Chat.kind != "private", col(Chat.bot_status).not_in(GONE)
    )
    return list(await session.exec(bound.order_by(col(Chat.id))))


async def latest_shown(session: AsyncSession, notice: Notice) -> str:
    """What a message says, or will say once the latest edit of it has arrived."""
    edits = select(Notice.text).where(
        Notice.subject_kind == "notice", Notice.subject_id == notice.id, Notice.method == "edit"
    )
    latest = (await session.exec(edits.order_by(col(Notice.id).desc()).limit(1))).first()
    return notice.text if latest is None else latest


async def opened_between(
    session: AsyncSession, branch_id: int, since: datetime | None, until: datetime | None
) -> Sequence[RollCall]:
    """A branch's roll-calls, but those taken back, opened from `since` until before `until`; null: open."""
    made = select(RollCall).where(
        RollCall.branch_id == branch_id, col(RollCall.status).in_((CallStatus.OPEN, CallStatus.CLOSED))
    )
    if since is not None:
        made = made.where(col(RollCall.opened_at) >= since)
    if until is not None:
        made = made.where(col(RollCall.opened_at) < until)
    return list(await session.exec(made.order_by(col(RollCall.id))))
