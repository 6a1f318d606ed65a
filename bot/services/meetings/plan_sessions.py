"""Sessions are planned by rule, each occasion once, as many days ahead as the agenda is drafted."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import ActivityKind
from bot.domain.meetings import PARTY_DAY, MeetingRule, Occasion, SessionStatus, occasions
from bot.domain.party_day import RuleNotUnderstood, next_party_day, read_rule
from bot.domain.preset import Preset
from bot.holidays import day_kind
from bot.services.meetings.audience import audience
from bot.services.visits.rounds import Round
from bot.wording import say
from storage.queries import sessions as session_rows
from storage.tables import ActivitySession

log = logging.getLogger(__name__)
_AHEAD = timedelta(days=62)


def party_day_of(preset: Preset, today: date) -> date | None:
    """The next Party day by its rule, today included; null when the preset has none.

    Raises:
        RuleNotUnderstood: when its rule is in none of the known forms.
    """
    if not preset.party_day_rule:
        return None
    return next_party_day(read_rule(preset.party_day_rule), today, day_kind)


async def plan(session: AsyncSession, due: Round, *, now: datetime) -> list[ActivitySession]:
    """Plan what a branch's rules bring in the days ahead; returns what is new."""
    last = due.today + timedelta(days=due.preset.party_day_draft_days)
    made = []
    for rule in [*_party_day_rule(due.preset, due.unit_id), *due.preset.meetings.planned]:
        for occasion in occasions(rule.day, day_kind, first=due.today, last=last, months=rule.months):
            planned = await _plan_one(session, due.unit_id, due.preset, rule, occasion, now)
            if planned is not None:
                made.append(planned)
    return made


async def plan_party_day(
    session: AsyncSession, branch_id: int, preset: Preset, *, today: date, now: datetime
) -> ActivitySession | None:
    """Plan a branch's next Party day before its time; null when there is none within two months."""
    for rule in _party_day_rule(preset, branch_id):
        for occasion in occasions(rule.day, day_kind, first=today, last=today + _AHEAD, months=rule.months):
            planned = await _plan_one(session, branch_id, preset, rule, occasion, now)
            if planned is not None:
                return planned
    return None


def _party_day_rule(preset: Preset, branch_id: int) -> list[MeetingRule]:
    """None when the preset has none, or its rule is in none of the known forms."""
    try:
        day = read_rule(preset.party_day_rule) if preset.party_day_rule else None
    except RuleNotUnderstood as error:
        log.warning("branch %s: %s", branch_id, error)  # the audit names it to people
        day = None
    if day is None:
        return []
    return [MeetingRule(PARTY_DAY, ActivityKind.PARTY_DAY, day, preset.meetings.party_day_begins)]


async def _plan_one(
    session: AsyncSession,
    branch_id: int,
    preset: Preset,
    rule: MeetingRule,
    occasion: Occasion,
    now: datetime,
) -> ActivitySession | None:
    key = f"{rule.name}:{branch_id}:{occasion.month:%Y-%m}"
    if await session_rows.planned_as(session, key) is not None:
        return None
    if not await audience(session, branch_id, rule, preset):
        return None
    told = await session_rows.told_in_month(session, branch_id, ActivityKind.PARTY_DAY, occasion.month)
    if rule.name == PARTY_DAY and told is not None:  # it was held before its day
        told.rule, told.planned_as, told.closed_at = rule.name, key, now
        session.add(told)
        return None
    planned = ActivitySession(
        branch_id=branch_id,
        kind=rule.kind,
        day=occasion.day,
        title=say(f"meetings.title_{rule.name}", preset.name),
        status=SessionStatus.PLANNED,
        reporter_name=say("escalation.by_system"),
        reported_at=now,
        text="",
        rule=rule.name,
        planned_as=key,
        starts_at=starts(preset, occasion.day, rule.begins),
    )
    session.add(planned)
    await session.flush()
    return planned


def starts(preset: Preset, day: date, hour: time) -> datetime:
    """The moment at which a session of a day begins."""
    return datetime.combine(day, hour, preset.zone)
