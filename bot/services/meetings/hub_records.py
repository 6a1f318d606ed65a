"""What a group has done, as the records have it: the draft of its report to the branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from bot.services.visits.coverage import coverage, reminder_rule
from bot.wording import say
from storage.queries import member_records
from storage.queries.units import groups_within
from storage.tables import Unit


@dataclass(frozen=True, slots=True)
class HubDraft:
    """The three answers of a report: last month's study and work, this month's plan."""

    study: str
    duties: str
    plan: str


async def groups_of(session: AsyncSession, branch_id: int) -> list[Unit]:
    """The groups of a branch that report in: those right below it, whatever groups they have."""
    return [one for one in await groups_within(session, branch_id) if one.parent_id == branch_id]


async def draft_of(session: AsyncSession, unit: Unit, preset: Preset, *, now: datetime) -> HubDraft:
    """What the records say of last month's study and work, and of what is to be done this month."""
    today, name = now.astimezone(preset.zone).date(), preset.name
    this_month = today.replace(day=1)
    last = this_month - timedelta(days=1)
    first = last.replace(day=1)
    group_ids = [unit.id or 0, *(one.id or 0 for one in await groups_within(session, unit.id or 0))]
    studies = await member_records.studies_of_group(session, group_ids, first=first, last=last)
    study = _counted("study_times", studies, preset)
    visits = await member_records.visits_of_groups(session, group_ids, first=first, last=last)
    begins = datetime.combine(first, time.min, preset.zone)
    raised = await member_records.matters_of_groups(
        session, group_ids, since=begins, until=datetime.combine(this_month, time.min, preset.zone)
    )
    rule = reminder_rule(preset)
    due = sum(
        one.standing.is_near(today, rule) and one.household.group_id in group_ids
        for one in await coverage(session, unit.parent_id or 0, preset, today=today)
    )
    comma = say("meetings.report_comma", name)
    duties = [_counted("duties_visits", visits, preset), _counted("duties_raised", raised.raised, preset)]
    if raised.raised:
        duties.append(say("meetings.duties_solved", name, count=raised.solved))
    plan = [say("meetings.plan_open", name, count=raised.unfinished)] if raised.unfinished else []
    plan += [say("meetings.plan_due", name, count=due)] if due else []
    return HubDraft(study, comma.join(duties), comma.join([*plan, say("meetings.plan_study", name)]))


def _counted(sentence: str, count: int, preset: Preset) -> str:
    return say(f"meetings.{sentence}{'' if count else '_none'}", preset.name, count=count)
