"""What the published figures of a branch are made of: its rows over a stretch of days, as facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Urgency
from bot.domain.appraisal import total_of
from bot.domain.indicators import (
    Facts,
    HouseholdFacts,
    IndicatedMatter,
    MemberFacts,
    ReportFacts,
    RollCallFacts,
    RoundFacts,
    SessionFacts,
)
from bot.domain.matters import MatterStatus, Step
from bot.domain.roll_call import Counted, HouseholdState, tally
from bot.services.figures.reckon_rates import matter_facts
from bot.services.matters.accused import is_accused
from bot.services.roster.parameters import for_unit
from storage.queries import indicators as rows
from storage.queries.rates import RaisedMatters, raised_between
from storage.queries.reports import visits_of
from storage.queries.units import groups_within, members_of
from storage.tables import Matter, RollCall, RollCallHousehold


@dataclass(frozen=True, slots=True)
class Span:
    """The days of which figures are wanted, by a branch's calendar.

    today: the day on which they are asked for. least: votes from which an appraisal is told.
    """

    first: date
    last: date
    today: date
    zone: ZoneInfo
    least: int

    @property
    def roster_day(self) -> date:
        """The day on which members and links count: the last one, or today when that is still to come."""
        return min(self.last, self.today)

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time.min, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, self.zone)


async def span_of(session: AsyncSession, branch_id: int, first: date, last: date, *, now: datetime) -> Span:
    """The days from `first` to `last` in a branch."""
    preset = await for_unit(session, branch_id)
    return Span(first, last, now.astimezone(preset.zone).date(), preset.zone, preset.appraisal.least)


async def gather(session: AsyncSession, branch_id: int, span: Span, *, reader: int | None = None) -> Facts:
    """The facts of one branch.

    reader: the person to whom the figures are told. What accuses them is a matter like any other to them: it
    is in the sums, as it is on the board, and in no figure that would tell what it is.
    """
    households = await rows.households_on(session, branch_id, span.roster_day)
    pairs = await rows.pairs_on(session, branch_id, span.roster_day)
    linked = {household for _, household in pairs}
    each = Counter(person for person, _ in pairs)
    away = await rows.away_throughout(session, first=span.first, last=span.last)
    return Facts(
        villages=(branch_id,),
        groups=tuple(unit.id for unit in await groups_within(session, branch_id) if unit.id is not None),
        members=tuple(
            MemberFacts(one.id, each[one.id], away=one.id in away)
            for one in await members_of(session, branch_id)
            if one.id is not None
        ),
        households=tuple(
            HouseholdFacts(one.id, frozenset(one.kinds), linked=one.id in linked)
            for one in households
            if one.id is not None
        ),
        reports=await _reports(session, branch_id, span),
        matters=await _matters(session, branch_id, span, reader),
        sessions=tuple(
            SessionFacts(one.id or 0, one.kind, one.participants, one.expected)
            for one in await rows.sessions_held(session, branch_id, first=span.first, last=span.last)
        ),
        roll_calls=tuple(
            _roll_call(call, asked)
            for call, asked in await rows.roll_calls_opened(
                session, branch_id, start=span.start, end=span.end
            )
        ),
        rounds=await _rounds(session, branch_id, span),
    )


async def _reports(session: AsyncSession, branch_id: int, span: Span) -> tuple[ReportFacts, ...]:
    found = await rows.reports_standing(session, branch_id, first=span.first, last=span.last)
    visits = await visits_of(session, [report.id or 0 for report in found])
    return tuple(
        ReportFacts(
            id=report.id or 0,
            person_id=report.person_id,
            visited=tuple(visit.household_id for visit in visits.get(report.id or 0, ())),
            unclaimed=report.unclaimed,
            services=frozenset(report.services),
        )
        for report in found
    )


async def _matters(
    session: AsyncSession, branch_id: int, span: Span, reader: int | None
) -> tuple[IndicatedMatter, ...]:
    raised = await raised_between(session, branch_id, start=span.start, end=span.end)
    here = {matter.id for matter in raised.matters}
    touched = await rows.matters_touched(session, branch_id, start=span.start, end=span.end)
    everything = [*raised.matters, *(matter for matter in touched if matter.id not in here)]
    found = (_matter(one, span, raised if one.id in here else None) for one in everything)
    return tuple(
        _veiled(one) if is_accused(matter, reader) else one
        for matter, one in zip(everything, found, strict=True)
    )


def _veiled(matter: IndicatedMatter) -> IndicatedMatter:
    """A matter as it is told to those whom it accuses; unfinished ones are not on their board either."""
    return replace(matter, category=Category.OTHER, step=Step.SECRETARY, running=False)


def _matter(matter: Matter, span: Span, raised: RaisedMatters | None) -> IndicatedMatter:
    """A matter as figures see it. raised: what is known of those raised in the time; null: it was not."""
    status = MatterStatus(matter.status)
    gone = status in (MatterStatus.WITHDRAWN, MatterStatus.MERGED)
    closed_at = matter.closed_at if status is MatterStatus.CLOSED else None
    solved_in_time = None
    if matter.solved_at is not None and matter.first_solve_by is not None:
        solved_in_time = matter.solved_at <= matter.first_solve_by
    return IndicatedMatter(
        id=matter.id or 0,
        branch_id=matter.branch_id,
        category=Category(matter.category),
        urgency=Urgency(matter.urgency),
        step=Step(matter.step),
        raised=raised is not None,
        closed=closed_at is not None and span.start <= closed_at < span.end,
        running=not gone and (closed_at is None or closed_at >= span.end),
        solved_in_time=solved_in_time,
        rates=matter_facts(matter, RaisedMatters([matter]) if raised is None else raised),
    )


async def _rounds(session: AsyncSession, branch_id: int, span: Span) -> tuple[RoundFacts, ...]:
    voted = await rows.votes_of_rounds(session, branch_id, start=span.start, end=span.end)
    # The number of those entitled makes no difference to the share.
    totals = {key: total_of(list(each.values()), 0, least=span.least) for key, each in voted.items()}
    return tuple(
        RoundFacts(key, one.good.count, one.good.of) for key, one in totals.items() if one.good is not None
    )


def _roll_call(call: RollCall, asked: list[RollCallHousehold]) -> RollCallFacts:
    counted = tally(
        [Counted(HouseholdState(one.state), one.confirmed, one.people, one.residents) for one in asked]
    )
    took = None
    if call.completed_at is not None and call.opened_at is not None:
        took = (call.completed_at - call.opened_at) / timedelta(minutes=1)
    return RollCallFacts(call.id or 0, counted.total, counted.accounted, counted.people, took)
