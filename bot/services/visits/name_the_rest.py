"""A member names, after the event, the households of a report that gave their number alone.

Reminders say how many such households there are, and that it is enough to send their names.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.services.chat.answering import already_answered
from bot.services.chat.speaker import Speaking
from bot.services.visits.record_visits import add_visits, settle_report
from bot.text.households import resolve
from storage.queries import reports
from storage.tables import Report

_BETWEEN = re.compile(r"[\s、，,;；。.！!]+")
_SINCE = timedelta(days=31)


async def name_the_rest(
    session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Put the households named where reports of the last month counted more than they named.

    The message has to be nothing but names of the speaker's own households, written to the bot alone or
    in reply to the report. The latest report is filled first; a household it has already is not added.

    Returns:
        Whether a household was added to any report.
    """
    named = _households(speaking, inbound)
    if not named or await already_answered(session, inbound):
        return False
    added = False
    for report in await _open_reports(session, speaking, inbound, now):
        visited = (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, [])
        has = {visit.household_id for visit in visited}
        new = [household_id for household_id in named if household_id not in has][: report.unclaimed]
        add_visits(session, report, {household_id: named.pop(household_id) for household_id in new})
        if new:
            added = True
            await settle_report(session, report, now=now)
    return added


def _households(speaking: Speaking, inbound: Inbound) -> dict[int, str]:
    """The speaker's households named, by key; empty when there is anything else in the message."""
    found: dict[int, str] = {}
    if not speaking.actor.is_member or not (inbound.private or inbound.reply_to_id is not None):
        return found
    for name in filter(None, _BETWEEN.split(inbound.text)):
        household_id = resolve(name, speaking.linked, ()).household_id
        if household_id is None:
            return {}
        found.setdefault(household_id, name)
    return found


async def _open_reports(
    session: AsyncSession, speaking: Speaking, inbound: Inbound, now: datetime
) -> list[Report]:
    """The speaker's reports with households left unnamed: the one answered, or all, the latest first."""
    person_id = speaking.actor.person_id or 0
    if inbound.reply_to_id is not None:
        told = await reports.reports_of_message(session, inbound.chat_id, inbound.reply_to_id)
        told = [one for one in told if one.person_id == person_id and one.status != reports.WITHDRAWN]
        if told or not inbound.private:
            return [one for one in told if one.unclaimed]
    today = speaking.day_of(now)
    told = await reports.reports_between(session, person_id, today - _SINCE, today)
    return [one for one in reversed(told) if one.unclaimed]
