"""Groups (hubs) are to report in to their branch each month, and to study: drafted, reminded, told.

Leaders get a draft from the records some days before, which one tap reports; on the day, those who have not
are reminded, and some days after it the secretary is told which groups have not. Kinds (subject `unit`, the
group): `hub.draft`, `hub.reminder`, `hub.study`; (the branch): `hub.missing`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.meetings import occasions
from bot.domain.preset import Preset
from bot.holidays import day_kind
from bot.services.meetings.chair import chairs_of
from bot.services.meetings.hub_records import draft_of, groups_of
from bot.services.meetings.hubs import DRAFT, REMINDER, Hub, hubs_of, report_buttons, report_values
from bot.services.notices.tell import About, to_person
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage.queries import member_records

MISSING, STUDY = "hub.missing", "hub.study"
_ROUND = "report_in"
_LATEST = timedelta(days=3)  # what was missed for longer is left out


async def run_report_in(session: AsyncSession, *, now: datetime) -> int:
    """Draft, remind and tell as the day comes near and passes; returns how many were told."""
    made = 0
    for due in await rounds_due(session, _ROUND, at=lambda preset: preset.party_day_at, now=now):
        rules = due.preset.meetings
        if rules.report_in is not None:
            made += await _draft_and_remind(session, due, now)
        if rules.study_by and _is_due(due, due.today.replace(day=rules.study_by)):
            made += await _ask_for_study(session, due, now)
        await mark_made(session, due, now=now)
    return made


async def _draft_and_remind(session: AsyncSession, due: Round, now: datetime) -> int:
    rules, made = due.preset.meetings, 0
    if rules.report_in is None:
        return 0
    span = timedelta(days=max(rules.report_in_before, rules.report_in_after))
    around = occasions(rules.report_in, day_kind, first=due.today - span, last=due.today + span)
    for one in around:
        waiting = [
            hub
            for hub in await hubs_of(session, due.unit_id, due.today)
            if await member_records.hub_report(session, hub.unit.id or 0, one.month) is None
        ]
        if _is_due(due, one.day):
            made += await _tell_leaders(session, waiting, one.month, one.day, REMINDER, due, now)
        elif _is_due(due, one.day - timedelta(days=rules.report_in_before)):
            made += await _tell_leaders(session, waiting, one.month, one.day, DRAFT, due, now)
        elif waiting and _is_due(due, one.day + timedelta(days=rules.report_in_after)):
            made += await _tell_secretary(session, waiting, one.month, due, now)
    return made


def _is_due(due: Round, day: date) -> bool:
    return max(due.after, due.today - _LATEST) < day <= due.today


async def _tell_leaders(
    session: AsyncSession, hubs: list[Hub], month: date, day: date, kind: str, due: Round, now: datetime
) -> int:
    made = 0
    for hub in hubs:
        report = await draft_of(session, hub.unit, due.preset, now=now)
        for leader in hub.leaders:
            values = report_values(hub.unit, leader, due.preset, report, now, day=day)
            sentence = "report_draft" if kind == DRAFT else "report_reminder"
            about = About(kind, "unit", hub.unit.id or 0, f"{month:%Y-%m}", _at(day, due.preset), due.unit_id)
            notice = await to_person(
                session,
                leader,
                about,
                say(f"meetings.{sentence}", due.preset.name, **values),
                preset=due.preset,
                now=now,
                buttons=report_buttons(hub.unit, month, due.preset),
            )
            made += notice is not None
    return made


async def _tell_secretary(
    session: AsyncSession, hubs: list[Hub], month: date, due: Round, now: datetime
) -> int:
    made, name = 0, due.preset.name
    everybody = await groups_of(session, due.unit_id)
    text = say(
        "meetings.report_gathered",
        name,
        month=month.month,
        done=len(everybody) - len(hubs),
        groups=say("meetings.comma", name).join(hub.unit.name for hub in hubs),
    )
    for person in await chairs_of(session, due.unit_id, due.today):
        about = About(MISSING, "unit", due.unit_id, f"{month:%Y-%m}", _at(month, due.preset), due.unit_id)
        made += await to_person(session, person, about, text, preset=due.preset, now=now) is not None
    return made


async def _ask_for_study(session: AsyncSession, due: Round, now: datetime) -> int:
    """Remind the leaders of groups without a study session this month."""
    made, first = 0, due.today.replace(day=1)
    for hub in await hubs_of(session, due.unit_id, due.today):
        if await member_records.studies_of_group(session, [hub.unit.id or 0], first=first, last=due.today):
            continue
        for leader in hub.leaders:
            text = say("meetings.study_reminder", due.preset.name, name=leader.name, group=hub.unit.name)
            about = About(
                STUDY, "unit", hub.unit.id or 0, f"{first:%Y-%m}", _at(first, due.preset), due.unit_id
            )
            made += await to_person(session, leader, about, text, preset=due.preset, now=now) is not None
    return made


def _at(day: date, preset: Preset) -> datetime:
    return datetime.combine(day, preset.party_day_at, preset.zone)
