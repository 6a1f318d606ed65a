"""Groups (hubs) report in to their branch each month: last month's study and work, this month's plan (报到).

Leaders get a draft from the records some days before, which one tap reports; on the day, those who have not
are reminded, and some days after it the secretary is told which groups have not. Kinds (subject `unit`, the
group): `hub.draft`, `hub.reminder`, `hub.study`; (the branch): `hub.missing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.meetings import occasions
from bot.domain.preset import Preset
from bot.domain.roster import Role, UnitKind
from bot.holidays import day_kind
from bot.services.chat.speaker import Speaking
from bot.services.matters.holders import on_leave
from bot.services.meetings.chair import chairs_of, is_chair
from bot.services.meetings.hub_records import HubDraft, draft_of, groups_of
from bot.services.notices.tell import About, Buttons, to_person
from bot.services.notices.times import full_day_words
from bot.services.roster.parameters import for_unit
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.text.meetings import read_parts
from bot.wording import say
from storage import outbox
from storage.queries import meetings
from storage.queries.leaves import substitutes_of
from storage.queries.roster import people_with_role
from storage.tables import HubReport, Person, Unit

DRAFT, REMINDER, MISSING, STUDY = "hub.draft", "hub.reminder", "hub.missing", "hub.study"
_ROUND = "report_in"
_LATEST = timedelta(days=3)  # what was missed for longer is left out
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class _Hub:
    """A group that reports in, and who leads it: whoever stands in for a leader on leave."""

    unit: Unit
    leaders: tuple[Person, ...]


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
        text = say("meetings.report_draft", preset.name, **_draft_values(unit, person, preset, report, now))
        return text, _buttons(unit, month, preset)
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
        made = await meetings.hub_report(session, unit.id or 0, month)
        if made is None:
            lines.append(say("meetings.report_list_open", preset.name, group=unit.name))
            continue
        name = (await session.get_one(Person, made.person_id)).name
        values = {"study": made.study, "duties": made.duties, "plan": made.plan}
        lines.append(say("meetings.report_list_done", preset.name, group=unit.name, name=name, **values))
    return "\n".join(lines)


async def _draft_and_remind(session: AsyncSession, due: Round, now: datetime) -> int:
    rules, made = due.preset.meetings, 0
    if rules.report_in is None:
        return 0
    span = timedelta(days=max(rules.report_in_before, rules.report_in_after))
    around = occasions(rules.report_in, day_kind, first=due.today - span, last=due.today + span)
    for one in around:
        waiting = [
            hub
            for hub in await _hubs(session, due.unit_id, due.today)
            if await meetings.hub_report(session, hub.unit.id or 0, one.month) is None
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
    session: AsyncSession, hubs: list[_Hub], month: date, day: date, kind: str, due: Round, now: datetime
) -> int:
    made = 0
    for hub in hubs:
        report = await draft_of(session, hub.unit, due.preset, now=now)
        for leader in hub.leaders:
            values = _draft_values(hub.unit, leader, due.preset, report, now, day=day)
            sentence = "report_draft" if kind == DRAFT else "report_reminder"
            about = About(kind, "unit", hub.unit.id or 0, f"{month:%Y-%m}", _at(day, due.preset), due.unit_id)
            notice = await to_person(
                session,
                leader,
                about,
                say(f"meetings.{sentence}", due.preset.name, **values),
                preset=due.preset,
                now=now,
                buttons=_buttons(hub.unit, month, due.preset),
            )
            made += notice is not None
    return made


async def _tell_secretary(
    session: AsyncSession, hubs: list[_Hub], month: date, due: Round, now: datetime
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
    for hub in await _hubs(session, due.unit_id, due.today):
        if await meetings.studies_of_group(session, [hub.unit.id or 0], first=first, last=due.today):
            continue
        for leader in hub.leaders:
            text = say("meetings.study_reminder", due.preset.name, name=leader.name, group=hub.unit.name)
            about = About(
                STUDY, "unit", hub.unit.id or 0, f"{first:%Y-%m}", _at(first, due.preset), due.unit_id
            )
            made += await to_person(session, leader, about, text, preset=due.preset, now=now) is not None
    return made


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
    before = await meetings.hub_report(session, unit.id or 0, month)
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


async def _hubs(session: AsyncSession, branch_id: int, day: date) -> list[_Hub]:
    found = []
    for unit in await groups_of(session, branch_id):
        leaders = await people_with_role(session, unit.id or 0, Role.GROUP_LEADER)
        there = [one for one in leaders if not on_leave(one, day)]
        if not there:
            there = await substitutes_of(session, [one.id or 0 for one in leaders], day)
        reached = tuple(one for one in there if one.telegram_id is not None)
        found.append(_Hub(unit, reached))
    return found


async def _led_by(session: AsyncSession, person: Person, speaking: Speaking, now: datetime) -> list[Unit]:
    """The groups that somebody leads today; the one of the chat they speak in first."""
    today = speaking.day_of(now)
    led = [
        hub.unit
        for hub in await _hubs(session, person.branch_id or 0, today)
        if person.id in {one.id for one in hub.leaders}
    ]
    own = None if speaking.group is None else speaking.group.id
    return sorted(led, key=lambda unit: unit.id != own)


def _draft_values(
    unit: Unit, leader: Person, preset: Preset, report: HubDraft, now: datetime, *, day: date | None = None
) -> dict[str, object]:
    today = now.astimezone(preset.zone).date()
    if day is None and preset.meetings.report_in is not None:
        ahead = occasions(preset.meetings.report_in, day_kind, first=today, last=today + timedelta(days=62))
        day = ahead[0].day
    lines = [
        say("meetings.report_study", preset.name, study=report.study),
        say("meetings.report_duties", preset.name, duties=report.duties),
        say("meetings.report_plan", preset.name, plan=report.plan),
    ]
    return {
        "name": leader.name,
        "group": unit.name,
        "day": full_day_words(day or today, today=today),
        "report": "\n".join(lines),
    }


def _buttons(unit: Unit, month: date, preset: Preset) -> Buttons:
    def button(sentence: str, choice: str) -> dict[str, object]:
        label = say(f"meetings.button_{sentence}", preset.name)
        return {"text": label, "data": encode(Verb.REPORT_IN, unit.id or 0, choice=choice)}

    return ((button("report", month.isoformat()), button("report_words", f"{month.isoformat()}.words")),)


def _month(day: date) -> date:
    return day.replace(day=1)


def _at(day: date, preset: Preset) -> datetime:
    return datetime.combine(day, preset.party_day_at, preset.zone)
