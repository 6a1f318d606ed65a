"""Figures that the bot states besides the published ones: how things stand now, and somebody's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import ContactState
from bot.domain.figures import Behind, Figure, Measure, RowKind
from bot.domain.roster import Role
from bot.services.chat.speaker import Speaking
from bot.services.figures.gather_indicators import Span
from bot.services.matters.accused import is_accused
from bot.services.visits.coverage import coverage, reminder_rule
from storage.queries import matters as matter_rows
from storage.queries.reports import reports_between, visits_of
from storage.queries.tellings import RUNNING
from storage.queries.units import members_of

_ALL = 10_000  # matters that one person has raised: all of them
STANDING = frozenset(
    (
        "own_households",
        "own_matters",
        "households_due",
        "households_overdue",
        "members_unclaimed",
        "matters_working",
    )
)
"""Those that are of now, whatever days are asked for."""
DECIDING = frozenset((Role.SECRETARY, Role.DEPUTY, Role.TOWN_OFFICER))
"""The roles that see the rows of everybody in their branches."""


async def standing_figures(
    session: AsyncSession, speaking: Speaking, branch_id: int | None, span: Span, *, now: datetime
) -> list[Figure]:
    """The figures of one branch (null: none is meant) that are this speaker's to ask for."""
    who = speaking.actor
    raised = await matter_rows.raised_by(
        session, person_id=who.person_id, telegram_id=who.telegram_id, limit=_ALL
    )
    found = [_count("own_matters", RowKind.MATTER, (matter.id for matter in raised))]
    if branch_id is None or not (who.is_member or who.roles):
        return found
    decides = bool(who.roles & DECIDING)
    if who.is_member and who.person_id is not None:
        found.append(_count("own_households", RowKind.HOUSEHOLD, (one.id for one in speaking.linked)))
        found.append(await _own_visits(session, who.person_id, span))
    preset, today = speaking.preset, span.today
    rule = reminder_rule(preset)
    stands = await coverage(
        session, branch_id, preset, today=today, person_id=None if decides else who.person_id
    )
    for key, state in (("households_due", ContactState.DUE), ("households_overdue", ContactState.OVERDUE)):
        near = (
            one.household.id
            for one in stands
            if one.standing.state is state and one.standing.is_near(today, rule)
        )
        found.append(_count(key, RowKind.HOUSEHOLD, near))
    if decides:
        unclaimed = [one.id for one in await members_of(session, branch_id) if one.telegram_id is None]
        found.append(_count("members_unclaimed", RowKind.MEMBER, unclaimed))
    unfinished = await matter_rows.unfinished_in_branch(session, branch_id)
    working = (one.id for one in unfinished if one.status in RUNNING and not is_accused(one, who.person_id))
    found.append(_count("matters_working", RowKind.MATTER, working))
    return found


async def _own_visits(session: AsyncSession, person_id: int, span: Span) -> Figure:
    """As `/mine` sums them up: households named, each once, and the rests of reports."""
    told = await reports_between(session, person_id, span.first, min(span.last, span.today))
    visits = await visits_of(session, [report.id or 0 for report in told])
    seen: set[int] = set()
    rows = []
    for report in told:
        fresh = {visit.household_id for visit in visits.get(report.id or 0, ())} - seen
        seen |= fresh
        rows.append(Behind(RowKind.REPORT, report.id or 0, len(fresh) + report.unclaimed))
    return Figure("own_visits", Measure.COUNT, tuple(rows))


def _count(key: str, kind: RowKind, ids: Iterable[int | None]) -> Figure:
    return Figure(key, Measure.COUNT, tuple(Behind(kind, one) for one in ids if one is not None))
