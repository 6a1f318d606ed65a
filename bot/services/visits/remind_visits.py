"""Reminding members privately of the households they are to visit, in one message a day at most.

The day's message is made when the day begins and waits for its hour, so that a report which comes before
cancels it, or takes its households out of it. What falls on days that the calendar pauses is made up for
on the first open one, but for households visited every three days or more often. Who has not claimed
their name, or is on leave, gets none.
Kind `visit.reminder`, about the subject `person`; the stage in its key is the day.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ContactState
from bot.domain.preset import Preset
from bot.services.chat.strike_out import strike_out_visits
from bot.services.matters.holders import on_leave
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import day_words, full_day_words
from bot.services.roster.parameters import for_unit
from bot.services.visits.coverage import Covered, coverage, reminder_rule
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage import outbox
from storage.queries.coverage import links_on, unclaimed_since
from storage.queries.notices import waiting_to
from storage.queries.reports import visits_of
from storage.tables import Household, Notice, Person, Report

KIND = "visit.reminder"
ROUND = "remind"
_NEVER_PAUSED = 3  # days: whoever is looked in on so often is not left alone over a holiday


async def remind(session: AsyncSession, *, now: datetime, batch: int = 100) -> int:
    """Make the day's reminders of every branch; days that were missed are made up for in the same message.

    Args:
        batch: after how many reminders the other branches are left to the next call.

    Returns:
        How many were made; 0 when all are.
    """
    made = 0
    for due in await rounds_due(session, ROUND, at=lambda _preset: time.min, now=now):
        made += await _remind_branch(session, due, now=now)
        await mark_made(session, due, now=now)
        if made >= batch:
            break
    return made


async def answered_by(session: AsyncSession, report: Report, *, now: datetime) -> int:
    """A report (or a change of one) has come: waiting reminders lose the households it has contacted.

    A reminder with no household left is cancelled by `report:<id>`.

    Returns:
        How many reminders were changed or cancelled.
    """
    if report.id is None:
        raise ValueError("the report has not been stored yet")
    preset = await for_unit(session, report.branch_id)
    visits = (await visits_of(session, [report.id])).get(report.id, [])
    visited = [visit.household_id for visit in visits]
    await strike_out_visits(session, visited, preset=preset, now=now)
    return await households_changed(session, report.branch_id, visited, by=f"report:{report.id}", now=now)


async def households_changed(
    session: AsyncSession, branch_id: int, household_ids: Collection[int], *, by: str, now: datetime
) -> int:
    """How households stand has changed: waiting reminders that name them say so, or are cancelled `by` it.

    Returns:
        How many reminders were changed or cancelled.
    """
    preset = await for_unit(session, branch_id)
    today = now.astimezone(preset.zone).date()
    links = await links_on(session, branch_id, today, household_ids=household_ids)
    people = {link.person.id: link.person for link in links if link.person.id is not None}
    changed = 0
    for notice in await waiting_to(session, kind=KIND, subject_kind="person", subject_ids=list(people)):
        if notice.subject_id is not None:
            person = people[notice.subject_id]
            changed += await _render_again(
                session, notice, person, preset, today, branch_id=branch_id, by=by, now=now
            )
    return changed


async def near_lines(
    session: AsyncSession, person: Person, branch_id: int, preset: Preset, *, today: date
) -> list[tuple[int, str]]:
    """The households that a member is to visit soon, by key, with what a reminder says of each."""
    rule = reminder_rule(preset)
    covered = await coverage(session, branch_id, preset, today=today, person_id=person.id)
    near = [one for one in covered if one.standing.is_near(today, rule)]
    ordered = sorted(near, key=lambda one: (one.standing.due_by, one.household.id or 0))
    return [(one.household.id or 0, _line(one, preset, today)) for one in ordered]


async def _remind_branch(session: AsyncSession, due: Round, *, now: datetime) -> int:
    preset, today = due.preset, due.today
    rule = reminder_rule(preset)
    near: dict[int, list[Covered]] = {}
    called: dict[int, Person] = {}
    for covered in await coverage(session, due.unit_id, preset, today=today):
        if not covered.standing.is_near(today, rule):
            continue
        often = covered.standing.period <= _NEVER_PAUSED
        calls = (often or not due.paused) and covered.standing.calls_for_reminder(
            after=due.after if often else due.since, today=today, rule=rule
        )
        for person in covered.members:
            if person.id is None or person.telegram_id is None or on_leave(person, today):
                continue
            near.setdefault(person.id, []).append(covered)
            if calls:
                called[person.id] = person
    made = 0
    for person_id, person in called.items():
        made += await _put(session, person, near[person_id], due.unit_id, preset, today=today, now=now)
    return made


async def _put(
    session: AsyncSession,
    person: Person,
    near: Sequence[Covered],
    branch_id: int,
    preset: Preset,
    *,
    today: date,
    now: datetime,
) -> bool:
    due = max(now, datetime.combine(today, preset.reminder_at, preset.zone))
    assert person.id is not None  # they come from the database
    await outbox.cancel(
        session, subject_kind="person", subject_id=person.id, kinds=[KIND], by="newer reminder", now=now
    )
    notice = await to_person(
        session,
        person,
        About(KIND, "person", person.id, today.isoformat(), due, branch_id),
        await _text(session, person, near, preset, today=today),
        preset=preset,
        now=now,
        due_at=due,
    )
    return notice is not None


async def _render_again(
    session: AsyncSession,
    notice: Notice,
    person: Person,
    preset: Preset,
    today: date,
    *,
    branch_id: int,
    by: str,
    now: datetime,
) -> bool:
    rule = reminder_rule(preset)
    covered = await coverage(session, branch_id, preset, today=today, person_id=person.id)
    near = [one for one in covered if one.standing.is_near(today, rule)]
    if not near:
        cancelled = await outbox.cancel(
            session, subject_kind="person", subject_id=person.id or 0, kinds=[KIND], by=by, now=now
        )
        return cancelled > 0
    text = await _text(session, person, near, preset, today=today)
    changed = text != notice.text
    notice.text = text
    session.add(notice)
    return changed


async def _text(
    session: AsyncSession, person: Person, near: Sequence[Covered], preset: Preset, *, today: date
) -> str:
    ordered = sorted(near, key=lambda one: (one.standing.due_by, one.household.id or 0))
    lines = [say("reminders.head", preset.name, name=person.name)]
    lines += [_line(one, preset, today) for one in ordered]
    earliest = min(one.standing.begun for one in ordered)
    unclaimed = 0 if person.id is None else await unclaimed_since(session, person.id, earliest)
    if unclaimed:
        lines.append(say("reminders.unclaimed", preset.name, count=unclaimed))
    return "\n".join([*lines, say("reminders.foot", preset.name, example=ordered[0].household.head)])


def _line(covered: Covered, preset: Preset, today: date) -> str:
    stands = covered.standing
    if covered.occasions:
        late = stands.state is ContactState.OVERDUE
        return say(
            "contact.line_called_overdue" if late else "contact.line_called",
            preset.name,
            head=covered.household.head,
            address=_address(covered.household, preset),
            occasion=say(f"contact.occasion_{covered.occasions[0].kind}", preset.name),
            due_by=day_words(stands.due_by, today=today),
            days=(today - stands.due_by).days,
        )
    last = (
        say("reminders.never", preset.name)
        if stands.last_contact is None
        else say("reminders.last", preset.name, day=full_day_words(stands.last_contact, today=today))
    )
    if stands.state is ContactState.OVERDUE:
        sentence = "reminders.line_overdue"
    else:
        sentence = "reminders.line_today" if stands.due_by == today else "reminders.line_due"
    return say(
        sentence,
        preset.name,
        head=covered.household.head,
        address=_address(covered.household, preset),
        due_by=day_words(stands.due_by, today=today),
        days=(today - stands.due_by).days,
        last=last,
    )


def _address(household: Household, preset: Preset) -> str:
    return say("reminders.address", preset.name, address=household.address) if household.address else ""
