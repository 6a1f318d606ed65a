"""The figures that are published of a unit and a time, and the facts that they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from bot.domain.acts import ActivityKind, Category, Service, Urgency
from bot.domain.figures import Behind, Figure, Measure, RowKind
from bot.domain.matters import MatterStatus, Outcome, Step
from bot.domain.rates import MatterFacts, rates_of
from bot.domain.roster import HouseholdKind


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A Party member of a branch. households: those that they answer for on the last day.

    away: on leave for the whole of the time.
    """

    id: int
    households: int
    away: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A household that is there on the last day. linked: a member answers for it on that day."""

    id: int
    kinds: frozenset[str]
    linked: bool


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report of visits that stands. visited: households named. unclaimed: others, as a number."""

    id: int
    person_id: int
    visited: tuple[int, ...] = ()
    unclaimed: int = 0
    services: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IndicatedMatter:
    """A matter raised in the time, or closed in it, or still unfinished at its end.

    step: the highest that it is on now. solved_in_time: whether it was said to be dealt with by the day first
    given; null: no day was given, or it was never said to be dealt with.
    """

    id: int
    branch_id: int
    category: Category
    urgency: Urgency
    step: Step
    raised: bool
    closed: bool
    running: bool
    solved_in_time: bool | None
    rates: MatterFacts

    @property
    def counts(self) -> bool:
        """Whether it was raised in the time and stands: neither taken back nor part of another."""
        return self.raised and self.rates.status not in (MatterStatus.WITHDRAWN, MatterStatus.MERGED)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session held. present, expected: null when not known."""

    id: int
    kind: str
    present: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class RollCallFacts:
    """A roll-call opened in the time. households: asked for; accounted: of these, not missing.

    people: accounted for, as far as their number is known.
    minutes: from its opening until nobody was missing; null: never complete.
    """

    id: int
    households: int
    accounted: int
    people: int
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round of residents' ballots that ended in the time, with enough votes to be told.

    good: content or fairly content. votes: those that say anything.
    """

    id: int
    good: int
    votes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What figures are made of: of one village, or of several together (`+`)."""

    villages: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    members: tuple[MemberFacts, ...] = ()
    households: tuple[HouseholdFacts, ...] = ()
    reports: tuple[ReportFacts, ...] = ()
    matters: tuple[IndicatedMatter, ...] = ()
    sessions: tuple[SessionFacts, ...] = ()
    roll_calls: tuple[RollCallFacts, ...] = ()
    rounds: tuple[RoundFacts, ...] = ()

    def __add__(self, other: Facts) -> Facts:
        return Facts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Facts)))


NEEDY = frozenset(
    (HouseholdKind.NEEDY, HouseholdKind.OLD_ALONE, HouseholdKind.LEFT_BEHIND, HouseholdKind.DISABLED)
)
"""Kinds of household that count as in need."""
UNREST = frozenset((Category.SAFETY, Category.DISPUTE, Category.LAND_HOUSING, Category.DISCIPLINE))
"""Categories of matters that count as hints of unrest (涉稳信息)."""


def indicators(facts: Facts, *, now: datetime) -> tuple[Figure, ...]:
    """All figures, in the order in which they are published."""
    return (
        *_roster(facts),
        *_visits(facts),
        *_sessions(facts),
        *_matters(facts, now),
        *_peace(facts),
        *_villages(facts),
        *_others(facts),
    )


def _roster(facts: Facts) -> Iterable[Figure]:
    linking = [_member(one, part=one.households) for one in facts.members if one.households]
    yield _count("members", map(_member, facts.members))
    yield _count("members_linking", (_member(one) for one in facts.members if one.households))
    yield _count("hubs", (Behind(RowKind.GROUP, key) for key in facts.groups))
    yield _count("households", map(_household, facts.households))
    yield _count("households_linked", (_household(one) for one in facts.households if one.linked))
    yield _share("coverage", (_household(one, part=one.linked, whole=1) for one in facts.households))
    yield Figure("links_least", Measure.LEAST, tuple(linking))
    yield Figure("links_median", Measure.MEDIAN, tuple(linking))
    yield Figure("links_most", Measure.MOST, tuple(linking))
    needy = [one for one in facts.households if one.kinds & NEEDY]
    yield _count("needy_linked", (_household(one) for one in needy if one.linked))
    yield _share("needy_coverage", (_household(one, part=one.linked, whole=1) for one in needy))


def _visits(facts: Facts) -> Iterable[Figure]:
    told = [_report(one, part=len(one.visited) + one.unclaimed) for one in facts.reports]
    visited = [Behind(RowKind.HOUSEHOLD, key) for key in _once(facts.reports)]
    rests = [_report(one, part=one.unclaimed) for one in facts.reports if one.unclaimed]
    reporting = {one.person_id for one in facts.reports}
    asked = [one for one in facts.members if one.id in reporting or not one.away]
    yield _count("visits", told)
    yield _count("households_visited", visited)
    yield _count("households_reached", [*visited, *rests])
    yield _count("members_visiting", (Behind(RowKind.MEMBER, key) for key in sorted(reporting)))
    yield _share("participation", (_member(one, part=one.id in reporting, whole=1) for one in asked))
    linked = [_household(one, part=0, whole=1) for one in facts.households if one.linked]
    yield Figure("contacts_per_household", Measure.AVERAGE, (*told, *linked))
    for service in Service:
        yield _count(f"service_{service}", (_report(one) for one in facts.reports if service in one.services))


def _sessions(facts: Facts) -> Iterable[Figure]:
    for kind, count, share in (
        (ActivityKind.STUDY, "study_sessions", "study_attendance"),
        (ActivityKind.PARTY_DAY, "party_days", "party_day_attendance"),
    ):
        held = [one for one in facts.sessions if one.kind == kind]
        yield _count(count, (Behind(RowKind.SESSION, one.id) for one in held))
        yield _share(
            share,
            (
                # More may come than were expected: neighbours and guests do not make up for members.
                Behind(RowKind.SESSION, one.id, min(one.present, one.expected), one.expected)
                for one in held
                if one.present is not None and one.expected
            ),
        )


def _matters(facts: Facts, now: datetime) -> Iterable[Figure]:
    raised = [one for one in facts.matters if one.counts]
    closed = [one for one in facts.matters if one.closed]
    timed = [one for one in closed if one.solved_in_time is not None]
    yield _count("opinions_collected", map(_matter, raised))
    for category in Category:
        yield _count(f"category_{category}", (_matter(one) for one in raised if one.category is category))
    yield _count("matters_closed", map(_matter, closed))
    solved = (one for one in closed if one.rates.outcome is Outcome.SATISFIED)
    yield _count("matters_solved", map(_matter, solved))
    yield _share("solved_in_time", (_matter(one, part=bool(one.solved_in_time), whole=1) for one in timed))
    yield _count("matters_running", (_matter(one) for one in facts.matters if one.running))
    # A rate of one matter alone says what that matter adds to the rate of all.
    each = [(one, rates_of([one.rates], now)) for one in facts.matters if one.raised]
    for name in ("response", "solution", "satisfaction"):
        adding = ((one, getattr(rates, name)) for one, rates in each)
        yield _share(
            f"{name}_rate",
            (_matter(one, rate.numerator, rate.denominator) for one, rate in adding if rate.denominator),
        )


def _peace(facts: Facts) -> Iterable[Figure]:
    raised = [one for one in facts.matters if one.counts]
    disputes = [one for one in raised if one.category is Category.DISPUTE]
    yield _count("unrest_hints", (_matter(one) for one in raised if one.category in UNREST))
    yield _count("leads", (_matter(one) for one in raised if one.category is Category.DISCIPLINE))
    yield _count("disputes_found", map(_matter, disputes))
    yield _count("disputes_settled", (_matter(one) for one in disputes if _is_settled(one)))
    yield _share("settlement_rate", (_matter(one, part=_is_settled(one), whole=1) for one in disputes))


def _villages(facts: Facts) -> Iterable[Figure]:
    raised = [one for one in facts.matters if one.counts]
    emergencies = [one for one in raised if one.urgency is Urgency.EMERGENCY]
    violent = [one for one in emergencies if one.category is Category.DISPUTE]
    for key, troubles in (
        ("villages_no_complaint_up", [one for one in raised if one.step is Step.TOWN]),
        ("villages_no_accident", [one for one in emergencies if one.category is Category.SAFETY]),
        ("villages_no_case", [*violent, *(one for one in raised if one.category is Category.DISCIPLINE)]),
    ):
        troubled = {one.branch_id for one in troubles}
        rows = (Behind(RowKind.VILLAGE, one, one not in troubled, 1) for one in facts.villages)
        yield _share(key, rows)


def _others(facts: Facts) -> Iterable[Figure]:
    calls = facts.roll_calls
    votes = (Behind(RowKind.ROUND, one.id, one.good, one.votes) for one in facts.rounds)
    yield _share("resident_satisfaction", votes)
    yield _count("roll_calls", (Behind(RowKind.ROLL_CALL, one.id) for one in calls))
    yield _share(
        "accounted_for", (Behind(RowKind.ROLL_CALL, one.id, one.accounted, one.households) for one in calls)
    )
    yield _count("people_accounted_for", (Behind(RowKind.ROLL_CALL, one.id, one.people) for one in calls))
    complete = (
        Behind(RowKind.ROLL_CALL, one.id, round(one.minutes)) for one in calls if one.minutes is not None
    )
    yield Figure("roll_call_minutes", Measure.MEDIAN, tuple(complete))


def _is_settled(matter: IndicatedMatter) -> bool:
    return matter.rates.status is MatterStatus.CLOSED and matter.rates.outcome is Outcome.SATISFIED


def _once(reports: Iterable[ReportFacts]) -> Iterable[int]:
    return dict.fromkeys(key for report in reports for key in report.visited)


def _count(key: str, rows: Iterable[Behind]) -> Figure:
    return Figure(key, Measure.COUNT, tuple(rows))


def _share(key: str, rows: Iterable[Behind]) -> Figure:
    return Figure(key, Measure.SHARE, tuple(rows))


def _member(one: MemberFacts, part: float = 1, whole: float = 0) -> Behind:
    return Behind(RowKind.MEMBER, one.id, part, whole)


def _household(one: HouseholdFacts, part: float = 1, whole: float = 0) -> Behind:
    return Behind(RowKind.HOUSEHOLD, one.id, part, whole)


def _report(one: ReportFacts, part: float = 1, whole: float = 0) -> Behind:
    return Behind(RowKind.REPORT, one.id, part, whole)


def _matter(one: IndicatedMatter, part: float = 1, whole: float = 0) -> Behind:
    return Behind(RowKind.MATTER, one.id, part, whole)
