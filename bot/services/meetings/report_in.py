"""A group (hub) reports in to its branch for a month (报到): in words, or by one tap on the draft."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.preset import Preset
from bot.domain.roster import UnitKind
from bot.services.chat.speaker import Speaking
from bot.services.meetings.chair import is_chair
from bot.services.meetings.hub_records import draft_of, groups_of
from bot.services.meetings.hubs import DRAFT, REMINDER, hubs_of, report_buttons, report_values
from bot.services.notices.tell import Buttons
from bot.services.roster.parameters import for_unit
from bot.text.meetings import read_parts
from bot.wording import say
from storage import outbox
from storage.queries import member_records
from storage.tables import HubReport, Person, Unit

_LONGEST = 500


async def report_in(
    session: AsyncSession, words: str, speaking: Speaking, *, now: datetime
) -> tuple[str, Buttons] | None:
    """A leader reports in, in words, or asks for the draft with no words.

    Returns:
        The answer and its buttons; null when there is no reporting in here.

    Raises:
        NotEntitled: the speaker leads no group.
        NotPossible: the three answers are not there.
    """
    preset, person = speaking.preset, speaking.person
    if preset.meetings.report_in is None or not speaking.actor.is_member or person is None:
        return None
    units = await _led_by(session, person, speaking, now)
    if not units:
        raise NotEntitled("meetings.report_leaders")
    unit, month = units[0], _month(speaking.day_of(now))
    if not words:
        report = await draft_of(session, unit, preset, now=now)
        text = say("meetings.report_draft", preset.name, **report_values(unit, person, preset, report, now))
        return text, report_buttons(unit, month, preset)
    parts = read_parts(words)
    if len(parts) != 3 or max(len(part) for part in parts) > _LONGEST:
        raise NotPossible("meetings.report_three")
    return await _store(session, unit, month, person, parts, preset, now), ()


async def press_report(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """A leader reports in as drafted, or is told how to write it; returns what they are shown.

    Raises:
        NotFound: there is no such group.
        NotEntitled: they do not lead it.
    """
    unit = await session.get(Unit, press.id)
    if unit is None or unit.kind != UnitKind.GROUP:
        raise NotFound("questions.bad_button")
    person = speaking.person
    if person is None or unit.id not in {one.id for one in await _led_by(session, person, speaking, now)}:
        raise NotEntitled("meetings.report_leaders")
    preset = await for_unit(session, unit.id)
    month, _, words = press.choice.partition(".")
    if words:
        return say("meetings.report_how", preset.name)
    report = await draft_of(session, unit, preset, now=now)
    parts = (report.study, report.duties, report.plan)
    return await _store(session, unit, date.fromisoformat(month), person, parts, preset, now)


async def show_reports(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str | None:
    """What the groups have reported this month, to whoever prepares sessions; null: not reported in here.

    Raises:
        NotEntitled: the asker does not prepare this branch's sessions.
    """
    preset, today = speaking.preset, speaking.day_of(now)
    if preset.meetings.report_in is None:
        return None
    if not await is_chair(session, speaking, speaking.branch_id, today):
        raise NotEntitled("meetings.chair_only")
    month = _month(today)
    lines = [say("meetings.report_list_head", preset.name, month=month.month)]
    for unit in await groups_of(session, speaking.branch_id):
        made = await member_records.hub_report(session, unit.id or 0, month)
        if made is None:
            lines.append(say("meetings.report_list_open", preset.name, group=unit.name))
            continue
        name = (await session.get_one(Person, made.person_id)).name
        values = {"study": made.study, "duties": made.duties, "plan": made.plan}
        lines.append(say("meetings.report_list_done", preset.name, group=unit.name, name=name, **values))
    return "\n".join(lines)


async def _store(
    session: AsyncSession,
    unit: Unit,
    month: date,
    person: Person,
    parts: tuple[str, ...],
    preset: Preset,
    now: datetime,
) -> str:
    values = {"group": unit.name, "month": month.month}
    before = await member_records.hub_report(session, unit.id or 0, month)
    if before is not None and (before.study, before.duties, before.plan) == parts:
        return say("meetings.report_already", preset.name, **values)
    study, duties, plan = parts
    row = before or HubReport(
        unit_id=unit.id or 0,
        month=month,
        person_id=person.id or 0,
        study=study,
        duties=duties,
        plan=plan,
        reported_at=now,
    )
    row.person_id, row.reported_at = person.id or 0, now
    row.study, row.duties, row.plan = study, duties, plan
    session.add(row)
    await outbox.cancel(
        session,
        subject_kind="unit",
        subject_id=unit.id or 0,
        kinds=[DRAFT, REMINDER],
        by=f"reported by {person.name}",
        now=now,
    )
    return say("meetings.report_thanks", preset.name, **values)


async def _led_by(session: AsyncSession, person: Person, speaking: Speaking, now: datetime) -> list[Unit]:
    """The groups that somebody leads today; the one of the chat they speak in first."""
    today = speaking.day_of(now)
    led = [
        hub.unit
        for hub in await hubs_of(session, person.branch_id or 0, today)
        if person.id in {one.id for one in hub.leaders}
    ]
    own = None if speaking.group is None else speaking.group.id
    return sorted(led, key=lambda unit: unit.id != own)


def _month(day: date) -> date:
    return day.replace(day=1)
