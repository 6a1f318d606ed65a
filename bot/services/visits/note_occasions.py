"""Something has happened at a household that calls for a visit at once (五必到): whoever is linked is told.

It is known from a message, in a group or private, or from a matter about the household. A visit made
afterwards answers it; until then the household is due. The group hears nothing of it. What was told
privately reaches the member without its words, which might show who has told it.
Kind (subject `occasion`): `visit.called`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category
from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled, NotFound, Stale
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus
from bot.domain.occasions import OF_CATEGORY, OccasionKind
from bot.domain.roster import Role
from bot.services.chat.speaker import Speaking, in_branch, resolve_household
from bot.services.matters.holders import on_leave
from bot.services.matters.matter_texts import short
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import full_day_words
from bot.services.visits.remind_visits import households_changed
from bot.text.occasions import might_tell, read_occasions
from bot.wording import say
from storage import outbox
from storage.outbox import Priority
from storage.queries import contact, reports, roster
from storage.tables import Household, Matter, Occasion, Person, Report

KIND = "visit.called"
_SAME_WITHIN = timedelta(days=14)
"""The same told again of a household within this time is the same occasion."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a message tells of a household. matter: that tells it as well; null: none."""

    kind: OccasionKind
    household: Household
    words: str
    matter: Matter | None = None


async def note_occasions(
    session: AsyncSession, raised: Sequence[Matter], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Keep what a message, new or edited, tells, and have the household visited. False when it tells nothing.

    Args:
        raised: the matters that the message has raised.
    """
    wanted = speaking.preset.contact.occasions
    if not wanted or speaking.branch is None:
        return False
    told = [one for one in await _told(session, raised, speaking, inbound) if one.kind in wanted]
    before = await contact.occasions_of_message(session, inbound.chat_id, inbound.message_id)
    stands = {(one.household.id, one.kind) for one in told}
    for row in before:
        if row.ended_at is None and row.matter_id is None and (row.household_id, row.kind) not in stands:
            await _end(session, row, contact.TAKEN_BACK, now)
    known = {(row.household_id, row.kind) for row in before}
    for one in told:
        if (one.household.id, one.kind) not in known:
            await _keep(session, one, speaking, inbound, now)
    return bool(told)


async def visited(session: AsyncSession, report: Report, *, now: datetime) -> None:
    """A report has come, changed or gone: its visits answer what waits, or answer it no more."""
    visits = (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, [])
    reached = {visit.household_id for visit in visits}
    for row in await contact.occasions_answered(session, report.id or 0):
        if row.household_id not in reached or not _answers(report, row):
            row.ended_at = row.ended_by = row.report_id = None
            session.add(row)
    if not reached:
        return
    for row in await contact.waiting_occasions(session, report.branch_id, household_ids=reached):
        if _answers(report, row):
            row.report_id = report.id
            await _end(session, row, contact.VISITED, now)


async def press_occasion(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Somebody says that it is not so; returns the sentence that says what follows.

    Raises:
        NotFound: there is no such thing.
        NotEntitled: they neither answer for the household nor are they its branch's secretary.
        Stale: it is over.
    """
    row = await session.get(Occasion, press.id)
    if row is None:
        raise NotFound("questions.bad_button")
    speaking = await in_branch(session, speaking, row.branch_id)
    if not (speaking.is_secretary or row.household_id in {one.id for one in speaking.linked}):
        raise NotEntitled("contact.not_yours")
    if row.ended_at is not None:
        raise Stale("contact.occasion_over")
    await _end(session, row, contact.TAKEN_BACK, now)
    return say("contact.not_so", speaking.preset.name)


def _answers(report: Report, row: Occasion) -> bool:
    """Whether a visit of this report came after what it is to answer, or was told in the same message."""
    together = (report.chat_id, report.message_id) == (row.chat_id, row.message_id)
    later = report.day > row.since or (report.day == row.since and report.reported_at >= row.told_at)
    return together or later


async def _told(
    session: AsyncSession, raised: Sequence[Matter], speaking: Speaking, inbound: Inbound
) -> list[_Told]:
    found: dict[tuple[int | None, OccasionKind], _Told] = {}
    for matter in raised:
        kind = OF_CATEGORY.get(Category(matter.category))
        if kind is not None and matter.household_id is not None and matter.status == MatterStatus.OPEN:
            household = await session.get_one(Household, matter.household_id)
            found[household.id, kind] = _Told(kind, household, matter.text, matter)
    if not might_tell(inbound.text):
        return list(found.values())
    heads = [one.head for one in await roster.households_of_branch(session, speaking.branch_id)]
    own = None if speaking.person is None else speaking.person.household_id
    for told in read_occasions(inbound.text, heads):
        household_id = own
        if told.name is not None:
            before = inbound.text.partition(told.name)[0]
            resolved = await resolve_household(session, told.name, speaking, before=before)
            household_id = resolved.household_id if resolved.is_sure else None
        if household_id is not None:
            household = await session.get_one(Household, household_id)
            found.setdefault((household.id, told.kind), _Told(told.kind, household, told.words))
    return list(found.values())


async def _keep(
    session: AsyncSession, told: _Told, speaking: Speaking, inbound: Inbound, now: datetime
) -> None:
    household_id, branch_id = told.household.id or 0, told.household.branch_id
    if await contact.told_lately(session, household_id, told.kind, now - _SAME_WITHIN):
        return
    today = speaking.day_of(now)
    row = Occasion(
        branch_id=branch_id,
        household_id=household_id,
        kind=told.kind,
        told_by_name=speaking.actor.name,
        told_by_id=speaking.actor.person_id,
        told_at=inbound.sent_at,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        words=told.words,
        since=speaking.day_of(inbound.sent_at),
        due_by=today + timedelta(days=speaking.preset.contact.occasion_days),
        matter_id=None if told.matter is None else told.matter.id,
    )
    session.add(row)
    await session.flush()
    for report in await reports.reports_of_message(session, inbound.chat_id, inbound.message_id):
        if report.status != reports.WITHDRAWN:
            await visited(session, report, now=now)
    if row.ended_at is None:
        await _call(session, row, told, speaking, inbound, now)
        await households_changed(session, branch_id, [household_id], by=f"occasion:{row.id}", now=now)


async def _call(
    session: AsyncSession, row: Occasion, told: _Told, speaking: Speaking, inbound: Inbound, now: datetime
) -> None:
    """Tell whoever answers for the household; where nobody does, the secretary."""
    preset, today = speaking.preset, speaking.day_of(now)
    accused: Collection[int] = () if told.matter is None else told.matter.accused_ids
    linked = await roster.members_linked(session, row.household_id, today)
    people = [one for one in linked if not on_leave(one, today) and one.id not in accused]
    own_words = not inbound.private or speaking.actor.person_id in {one.id for one in people}
    sentence = "called_words" if own_words else "called"
    if not people:
        sentence = "called_nobody"
        people = await roster.people_with_role(session, row.branch_id, Role.SECRETARY)
    text = say(
        f"contact.{sentence}",
        preset.name,
        head=told.household.head,
        occasion=say(f"contact.occasion_{told.kind}", preset.name),
        words=short(told.words),
        due_by=full_day_words(row.due_by, today=today),
    )
    not_so = {"text": say("contact.button_not_so", preset.name), "data": encode(Verb.OCCASION, row.id or 0)}
    for person in people:
        await _tell(session, person, row, text, not_so, speaking, now)


async def _tell(
    session: AsyncSession,
    person: Person,
    row: Occasion,
    text: str,
    not_so: dict[str, str],
    speaking: Speaking,
    now: datetime,
) -> None:
    about = About(KIND, "occasion", row.id or 0, row.kind, row.told_at, row.branch_id)
    await to_person(
        session,
        person,
        about,
        text,
        preset=speaking.preset,
        now=now,
        priority=Priority.MATTER,
        buttons=((not_so,),),
    )


async def _end(session: AsyncSession, row: Occasion, by: str, now: datetime) -> None:
    row.ended_at, row.ended_by = now, by
    session.add(row)
    await session.flush()
    await outbox.cancel(session, subject_kind="occasion", subject_id=row.id or 0, by=by, now=now)
    await households_changed(session, row.branch_id, [row.household_id], by=f"occasion {by}", now=now)
