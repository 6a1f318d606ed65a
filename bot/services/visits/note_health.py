"""How those in quarantine are, for the secretary alone: the lines kept with the visits, and a fever at once.

A fever goes to the secretary at once, as a private matter of health. No group and nobody else hears of it.
Kind (subject `household`): `visit.fever`, where the message has raised that matter by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Urgency
from bot.domain.errors import NotEntitled
from bot.domain.inbound import Inbound
from bot.domain.matters import Step
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.chat.speaker import Speaking
from bot.services.matters.first_holder import Assignment
from bot.services.matters.raise_matter import raise_matter
from bot.services.notices.tell import About, to_person
from bot.services.notices.times import day_words
from bot.wording import say
from storage.outbox import Priority
from storage.queries import contact, reports, roster
from storage.queries import matters as matter_rows
from storage.tables import HealthLine, Household, Matter, Person

_SHOWN_DAYS = 7


async def see_to_fever(session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime) -> None:
    """Of a fever that a message tells, let the secretary know at once."""
    raised = await matter_rows.matters_of_message(session, inbound.chat_id, inbound.message_id)
    for report in await reports.reports_of_message(session, inbound.chat_id, inbound.message_id):
        visits = (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, [])
        for visit in visits:
            row = await contact.health_line_of(session, visit.id or 0)
            if row is not None and row.fever:
                await _to_secretary(session, row, raised, speaking, inbound, now)


async def show_health(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """The health lines of the last days, for the secretary.

    Raises:
        NotEntitled: somebody else asks.
    """
    if not speaking.is_secretary or speaking.branch is None:
        raise NotEntitled("contact.health_secretary")
    name, today = speaking.preset.name, speaking.day_of(now)
    rows = await contact.health_lines(
        session, speaking.branch_id, today - timedelta(days=_SHOWN_DAYS - 1), today
    )
    if not rows:
        return say("contact.health_none", name, days=_SHOWN_DAYS)
    lines = [say("contact.health_head", name, branch=speaking.branch.name, days=_SHOWN_DAYS)]
    for row in rows:
        household = await session.get_one(Household, row.household_id)
        member = await session.get_one(Person, row.person_id)
        day, told = day_words(row.day, today=today), _told_words(row, speaking.preset)
        lines.append(
            say("contact.health_line", name, day=day, head=household.head, told=told, name=member.name)
        )
    return "\n".join(lines)


def _told_words(row: HealthLine, preset: Preset) -> str:
    if row.temperature is None:
        return row.words
    sentence = "degrees_with" if row.words else "degrees"
    return say(f"contact.{sentence}", preset.name, degrees=f"{row.temperature:g}", words=row.words)


async def _to_secretary(
    session: AsyncSession,
    row: HealthLine,
    raised: Sequence[Matter],
    speaking: Speaking,
    inbound: Inbound,
    now: datetime,
) -> None:
    household = await session.get_one(Household, row.household_id)
    preset, today = speaking.preset, speaking.day_of(now)
    values = {
        "head": household.head,
        "day": day_words(row.day, today=today),
        "told": _told_words(row, preset),
    }
    secretaries = await roster.people_with_role(session, household.branch_id, Role.SECRETARY)
    health = [one for one in raised if one.category == Category.HEALTH and one.household_id == household.id]
    if health or not secretaries:
        text = say("contact.fever_to_secretary", preset.name, member=speaking.actor.name, **values)
        about = About("visit.fever", "household", row.household_id, str(row.visit_id), row.kept_at)
        for person in secretaries:
            await to_person(
                session,
                person,
                about,
                text,
                preset=preset,
                now=now,
                priority=Priority.MATTER,
                breaks_quiet=True,
            )
        return
    # It is no message of the group: what is told there is not to be paired with it when it is edited.
    alone = Inbound(
        chat_id=inbound.user_id or 0,
        message_id=-row.visit_id,
        sent_at=now,
        text=say("contact.fever_matter", preset.name, **values),
        user_id=inbound.user_id,
        user_name=inbound.user_name,
        private=True,
    )
    act = Grievance(Category.HEALTH, Urgency.URGENT, household.head, resolved=False, span=alone.text)
    holder = Assignment(secretaries[0], Step.SECRETARY)
    await raise_matter(session, act, speaking, alone, index=0, now=now, holder=holder)
