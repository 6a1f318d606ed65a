"""Groups that report in, who leads them, and the message that offers them their report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, encode
from bot.domain.meetings import occasions
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.holidays import day_kind
from bot.services.matters.holders import on_leave
from bot.services.meetings.hub_records import HubDraft, groups_of
from bot.services.notices.tell import Buttons
from bot.services.notices.times import full_day_words
from bot.wording import say
from storage.queries.leaves import substitutes_of
from storage.queries.roster import people_with_role
from storage.tables import Person, Unit

DRAFT, REMINDER = "hub.draft", "hub.reminder"
"""Kinds of notices that ask a group to report in; a report cancels those that wait."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A group that reports in, and who leads it: whoever stands in for a leader on leave."""

    unit: Unit
    leaders: tuple[Person, ...]


async def hubs_of(session: AsyncSession, branch_id: int, day: date) -> list[Hub]:
    """The groups of a branch that report in, with those who lead them on a day and can be reached."""
    found = []
    for unit in await groups_of(session, branch_id):
        leaders = await people_with_role(session, unit.id or 0, Role.GROUP_LEADER)
        there = [one for one in leaders if not on_leave(one, day)]
        if not there:
            there = await substitutes_of(session, [one.id or 0 for one in leaders], day)
        reached = tuple(one for one in there if one.telegram_id is not None)
        found.append(Hub(unit, reached))
    return found


def report_values(
    unit: Unit, leader: Person, preset: Preset, report: HubDraft, now: datetime, *, day: date | None = None
) -> dict[str, object]:
    """What the message says that offers a report. `day`: by which it is due; null: the next one."""
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


def report_buttons(unit: Unit, month: date, preset: Preset) -> Buttons:
    """Report as drafted, or be told how to write it."""

    def button(sentence: str, choice: str) -> dict[str, object]:
        label = say(f"meetings.button_{sentence}", preset.name)
        return {"text": label, "data": encode(Verb.REPORT_IN, unit.id or 0, choice=choice)}

    return ((button("report", month.isoformat()), button("report_words", f"{month.isoformat()}.words")),)
