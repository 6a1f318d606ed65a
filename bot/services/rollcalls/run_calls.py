"""What time does in open roll-calls: call again, ask neighbours, tell the next rung, show the changes."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roll_call import (
    AskedAs,
    CallStatus,
    EventKind,
    HouseholdState,
    calls_made,
    next_call,
    next_rung,
    rungs_reached,
)
from bot.services.rollcalls.answers import tell_deciding
from bot.services.rollcalls.asking import ask_all, ask_to_decide, remind
from bot.services.rollcalls.show_calls import show_everything
from bot.services.rollcalls.standing import WHO_IS_CALLED, Row, Standing, id_of, load
from bot.services.rollcalls.who_is_asked import Asked, deciding, group_leaders, neighbours, officers
from bot.services.roster.parameters import for_unit
from storage.queries import roll_calls
from storage.queries.roster import households_of_branch
from storage.tables import RollCallAsk, RollCallEvent


async def run_roll_calls(session: AsyncSession, *, now: datetime) -> int:
    """Do what is due in each roll-call. Returns how many things there were."""
    done = 0
    for call in await roll_calls.open_calls(session):
        standing = await load(session, call, now=now)
        asks = await roll_calls.asks_of(session, id_of(call))
        if call.status == CallStatus.OPEN and standing.rows:
            done += await _call_again(session, standing, asks)
            done += await _ask_neighbours(session, standing, asks)
            done += await _tell_rungs(session, standing, asks)
        if call.show_at is not None and call.show_at <= now:
            await show_everything(session, standing)
            done += 1
    return done


async def next_roll_call(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The earliest moment later than `now` at which a roll-call does something by itself; null: none does."""
    moments: list[datetime | None] = []
    for call in await roll_calls.open_calls(session):
        moments.append(call.show_at)
        if call.status == CallStatus.OPEN and call.opened_at is not None:
            rules = (await for_unit(session, call.branch_id)).roll_call
            told = await roll_calls.moved_without_second_word(session, id_of(call))
            moments.append(None if told is None else told + rules.neighbours_after)
            if call.completed_at is None:
                moments += [call.next_call_at, next_rung(call.opened_at, now, rules)]
    return min((one for one in moments if one is not None and one > now), default=None)


async def call_again(session: AsyncSession, standing: Standing, asks: list[RollCallAsk]) -> int:
    """Remind everybody who still has households to report. Returns how many that are."""
    called, next_at = 0, standing.call.next_call_at
    for ask in asks:
        if ask.role in WHO_IS_CALLED and (opened := _unchecked(standing, ask)):
            called += await remind(session, standing, ask, opened, expires_at=next_at)
    if called:
        session.add(
            RollCallEvent(roll_call_id=standing.id, at=standing.now, kind=EventKind.CALLED, note=str(called))
        )
    return called


async def _call_again(session: AsyncSession, standing: Standing, asks: list[RollCallAsk]) -> int:
    call, rules = standing.call, standing.preset.roll_call
    if call.next_call_at is None or call.next_call_at > standing.now or call.opened_at is None:
        return 0
    # However many were missed while the program was down, they are called once.
    call.calls = calls_made(call.opened_at, standing.now, rules)
    call.next_call_at = next_call(call.opened_at, call.calls, rules)
    session.add(call)
    await call_again(session, standing, asks)
    if call.next_call_at is None and standing.missing:
        text = standing.say("worn_out", head=standing.head, calls=call.calls, count=len(standing.missing))
        await tell_deciding(session, standing, "rollcall.worn_out", "worn out", text)
    return 1


def _unchecked(standing: Standing, ask: RollCallAsk) -> list[Row]:
    rows = standing.within(ask.household_ids)
    return [row for row in rows if row.state is HouseholdState.UNCHECKED]


async def _ask_neighbours(session: AsyncSession, standing: Standing, asks: list[RollCallAsk]) -> int:
    """Once for each household that nobody has answered for, or of whose moving only one has told."""
    due = [row for row in standing.rows.values() if _wants_neighbours(standing, row)]
    if not due:
        return 0
    today = standing.now.astimezone(standing.preset.zone).date()
    households = await households_of_branch(session, standing.call.branch_id)
    busy = {ask.person_id for ask in asks if ask.role in WHO_IS_CALLED and _unchecked(standing, ask)}
    asked = await neighbours(session, standing, due, households, today, busy=busy)
    await ask_all(session, standing, asked, AskedAs.NEIGHBOUR, asks)
    for row in due:
        row.known.neighbours_asked_at = standing.now
        session.add(row.known)
    return len(due)


def _wants_neighbours(standing: Standing, row: Row) -> bool:
    known, after = row.known, standing.preset.roll_call.neighbours_after
    if known.neighbours_asked_at is not None:
        return False
    if row.state is HouseholdState.MOVED and not known.confirmed and known.state_at is not None:
        return standing.now - known.state_at >= after
    opened_at = standing.call.opened_at or standing.now
    return row.state.is_missing and standing.now - opened_at >= after


async def _tell_rungs(session: AsyncSession, standing: Standing, asks: list[RollCallAsk]) -> int:
    """Those above the members, one rung after the other, for as long as anybody is missing."""
    call = standing.call
    if not (missing := standing.missing) or call.opened_at is None:
        return 0
    done, today = 0, standing.now.astimezone(standing.preset.zone).date()
    for rung in rungs_reached(call.opened_at, standing.now, standing.preset.roll_call):
        if rung is AskedAs.GROUP:
            leaders = _without_own(await group_leaders(session, standing, missing, today), asks)
            done += await ask_all(session, standing, leaders, rung, asks)
        else:
            whom = deciding if rung is AskedAs.SECRETARY else officers
            people = await whom(session, call.branch_id, today)
            done += await ask_to_decide(session, standing, people, rung, asks)
    return done


def _without_own(asked: Asked, asks: list[RollCallAsk]) -> Asked:
    """Without what each reports on anyway."""
    own = {ask.person_id: set(ask.household_ids) for ask in asks if ask.role == AskedAs.MEMBER}
    left = Asked(people=asked.people)
    for person_id, household_ids in asked.households.items():
        for household_id in household_ids:
            if household_id not in own.get(person_id, ()):
                left.add(asked.people[person_id], household_id)
    return left
