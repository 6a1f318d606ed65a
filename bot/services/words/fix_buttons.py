"""The buttons by which the speaker or a secretary puts a reading right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.buttons import Verb, encode
from bot.domain.matters import UNFINISHED, MatterStatus
from bot.domain.periods import Period, first_day
from bot.domain.preset import Preset
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short
from bot.services.notices.times import day_words
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import reports
from storage.tables import Matter, Report

_URGENCIES = (Urgency.NORMAL, Urgency.URGENT, Urgency.EMERGENCY)
_RUNNING = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
_LATEST = 5  # of somebody's reports, and of their matters


def matter_fixes(matter: Matter, preset: Preset, *, numbered: bool = False) -> list[dict[str, Any]]:
    """The buttons that put the reading of a matter right, in a row; none when it is over.

    numbered: say which matter, where several stand together.
    """
    if matter.status not in UNFINISHED:
        return []
    choices = [("none", "corrections.button_no_matter"), ("category", "corrections.button_category")]
    if matter.status in _RUNNING:
        at = _URGENCIES.index(Urgency(matter.urgency))
        choices += [(f"u.{one}", "corrections.button_more_urgent") for one in _URGENCIES[at + 1 : at + 2]]
        choices += [(f"u.{one}", "corrections.button_less_urgent") for one in _URGENCIES[:at][-1:]]
    number = say("corrections.which", preset.name, number=matter.number) if numbered else ""
    return [
        {"text": f"{number}{say(text, preset.name)}", "data": fix_data(matter, choice)}
        for choice, text in choices
    ]


def under_matters(matters: Sequence[Matter], preset: Preset) -> list[list[dict[str, Any]]]:
    """The buttons under the line that gives matters their numbers, a row each."""
    rows = [matter_fixes(one, preset, numbered=len(matters) > 1) for one in matters]
    return [row for row in rows if row]


def report_fix(report: Report, preset: Preset, *, today: date) -> dict[str, Any]:
    """The button that shows what can be put right about a report."""
    day, told = day_words(report.day, today=today), short(report.text)
    return {
        "text": say("corrections.button_report", preset.name, day=day, told=told),
        "data": report_data(report, ""),
    }


async def under_mine(
    session: AsyncSession, speaking: Speaking, *, now: datetime
) -> list[list[dict[str, Any]]]:
    """The buttons under what somebody has told: their latest reports of this month, their latest matters."""
    today, who = speaking.day_of(now), speaking.actor
    rows: list[list[dict[str, Any]]] = []
    if who.person_id is not None:
        told = await reports.reports_between(session, who.person_id, first_day(Period.MONTH, today), today)
        rows += [[report_fix(report, speaking.preset, today=today)] for report in told[-_LATEST:]]
    raised = await matter_rows.raised_by(
        session, person_id=who.person_id, telegram_id=who.telegram_id, limit=_LATEST
    )
    fixes = (matter_fixes(one, speaking.preset, numbered=True) for one in reversed(raised))
    return [*rows, *(row for row in fixes if row)]


async def under_matter(session: AsyncSession, number: int, speaking: Speaking) -> list[list[dict[str, Any]]]:
    """The buttons under a matter shown in full to somebody who may see it."""
    matter = await matter_rows.matter_by_number(session, speaking.branch_id, number)
    row = [] if matter is None else matter_fixes(matter, speaking.preset)
    return [row] if row else []


def fix_data(matter: Matter, choice: str) -> str:
    """What a button about a matter carries."""
    return encode(Verb.FIX_MATTER, matter.id or 0, 0, choice)


def report_data(report: Report, choice: str) -> str:
    """What a button about a report carries."""
    return encode(Verb.FIX_REPORT, report.id or 0, 0, choice)
