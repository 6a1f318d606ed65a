"""Keeps the unclaimed rest of a member's reports right when one of them comes, changes or goes."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.periods import first_day
from bot.domain.totals import Told, unclaimed
from bot.text.periods import read_period
from storage.queries import reports
from storage.tables import Report

_WEEK = timedelta(days=6)  # a week that began in the year before


async def reckon(session: AsyncSession, person_id: int, day: date) -> None:
    """Reckon the unclaimed rests of the reports of a year anew (`bot.domain.totals` has the rule)."""
    await session.flush()
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    standing = await reports.reports_between(session, person_id, first - _WEEK, last)
    visits = await reports.visits_of(session, [report.id for report in standing if report.id is not None])
    told = [
        Told(
            report.day,
            report.count,
            frozenset(visit.household_id for visit in visits.get(report.id or 0, ())),
            period_start(report) if report.cumulative else None,
        )
        for report in standing
    ]
    for report, rest in zip(standing, unclaimed(told), strict=True):
        if report.day >= first and report.unclaimed != rest:
            report.unclaimed = rest
            session.add(report)
    await session.flush()


def period_start(report: Report) -> date:
    """The first day of the period that a running total was counted over."""
    return first_day(read_period(report.text), report.day)
