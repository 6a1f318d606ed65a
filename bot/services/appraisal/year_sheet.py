"""A member's year on one sheet: what fell to them and was done, what was voted, and the verdict.

For the year-end appraisal and for the papers that are printed of it. It is the member's and the secretary's
to see; what it says of votes is only what may be told (`bot.domain.appraisal`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Grade, Result, RoundKind
from bot.domain.duties import Duties
from bot.domain.errors import NotFound
from bot.domain.leave import Days
from bot.domain.meetings import Presence
from bot.domain.proportions import Proportion, proportion
from bot.services.appraisal.close_round import count_round
from bot.services.appraisal.gather_duties import Gathered, duties_of, gather
from bot.services.roster.parameters import for_unit
from storage.queries import appraisal
from storage.queries import points as account
from storage.queries.points import EARNED
from storage.tables import Person, Unit


@dataclass(frozen=True, slots=True)
class RoundOfYear:
    """What a round of the year said of the member. opened: its first day. first, last: the days appraised."""

    kind: RoundKind
    opened: date
    first: date
    last: date
    result: Result


@dataclass(frozen=True, slots=True)
class YearSheet:
    """A member's year.

    until: the last day that is looked at: the year's last, or today.
    households: those that the member answered for on some day, covers included.
    reached: of these, the share that anybody contacted while the member answered for them.
    duties: what fell to the member and what of it was done: contacts, matters, meetings.
    excused: meetings missed with a reason; in no figure of `duties`.
    leave_days: days of leave in the year.
    rounds: the closed rounds that appraised a time ending in the year, the earliest first.
    grade, reasons, next_step: the branch's verdict; null and empty: there is none yet.
    points: earned in the year; null: the branch keeps none.
    stars: by the share of duties done; null: the branch keeps no points.
    """

    name: str
    branch: str
    year: int
    until: date
    households: int
    reached: Proportion
    duties: Duties
    excused: int
    leave_days: int
    rounds: Sequence[RoundOfYear]
    grade: Grade | None
    reasons: str
    next_step: str
    points: int | None
    stars: int | None


async def year_sheet(session: AsyncSession, person_id: int, year: int, *, now: datetime) -> YearSheet:
    """A member's year up to `now`.

    Raises:
        NotFound: there is no such member of a branch.
    """
    person = await session.get(Person, person_id)
    if person is None or person.branch_id is None:
        raise NotFound("appraisal.verdict_unknown", name=str(person_id))
    [sheet] = await year_sheets(session, person.branch_id, [person], year, now=now)
    return sheet


async def year_sheets(
    session: AsyncSession, branch_id: int, members: Sequence[Person], year: int, *, now: datetime
) -> list[YearSheet]:
    """The year up to `now` of these members of a branch, in order; its records are gone through once."""
    branch, preset = await session.get_one(Unit, branch_id), await for_unit(session, branch_id)
    today = now.astimezone(preset.zone).date()
    whole_year = Days(date(year, 1, 1), date(year, 12, 31))
    days = Days(whole_year.first, max(whole_year.first, min(whole_year.last, today)))
    gathered = await gather(session, branch_id, preset, days)
    duties = duties_of(gathered)
    rounds = [
        (held, (await count_round(session, held, preset)).each)
        for held in await appraisal.closed_between(session, branch_id, whole_year.first, whole_year.last)
    ]
    points = await _points(session, branch_id, days) if preset.points.on else None
    sheets = []
    for person in members:
        key = person.id or 0
        done = duties.get(key, Duties())
        verdict = await appraisal.verdict_on(session, key, year)
        sheets.append(
            YearSheet(
                name=person.name,
                branch=branch.name,
                year=year,
                until=days.last,
                households=len(_households(gathered, key)),
                reached=_reached(gathered, key),
                duties=done,
                excused=sum(
                    one.person_id == key and one.state is Presence.EXCUSED for one in gathered.attended
                ),
                leave_days=_length(gathered.leaves.get(key, ()), days),
                rounds=[
                    RoundOfYear(RoundKind(held.kind), held.opens_on, held.first, held.last, each[key][1])
                    for held, each in rounds
                    if key in each
                ],
                grade=None if verdict is None else Grade(verdict.grade),
                reasons="" if verdict is None else verdict.reasons,
                next_step="" if verdict is None else verdict.next_step,
                points=None if points is None else points.get(key, 0),
                stars=None if points is None else preset.points.stars_for(done.share.value),
            )
        )
    return sheets


async def _points(session: AsyncSession, branch_id: int, days: Days) -> dict[int, int]:
    """What each member earned in these days."""
    earned: dict[int, int] = defaultdict(int)
    made = await account.entries(session, branch_id, first=days.first, last=days.last, sources=EARNED)
    for entry in made:
        earned[entry.person_id] += entry.points
    return dict(earned)


def _households(gathered: Gathered, person_id: int) -> set[int]:
    return {charge.household_id for charge in gathered.charges if charge.person_id == person_id}


def _reached(gathered: Gathered, person_id: int) -> Proportion:
    own = [charge for charge in gathered.charges if charge.person_id == person_id]
    reached = {
        charge.household_id
        for charge in own
        if any(
            contact.household_id == charge.household_id and charge.first <= contact.day <= charge.last
            for contact in gathered.contacts
        )
    }
    return proportion(len(reached), len(_households(gathered, person_id)))


def _length(leaves: Sequence[Days], days: Days) -> int:
    taken: set[date] = set()
    for leave in leaves:
        first, last = max(leave.first, days.first), min(leave.last, days.last)
        taken.update(first + timedelta(days=number) for number in range((last - first).days + 1))
    return len(taken)
