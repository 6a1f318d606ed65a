"""Points by the calendar: accounts each day, the ranking each month, the bulletin each quarter.

Kinds (subject `points`, the branch): `points.ranking` to the secretary, `points.place` to each member about
themselves, `points.praise` to the secretary or, where it is wanted, the group; `points.bulletin` (subject
`bulletin`) to the secretary, `points.posted` to the group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import whole
from bot.domain.duties import Placed, ranking
from bot.domain.leave import Days
from bot.domain.periods import Period, first_day
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.appraisal.draft_bulletin import draft_bulletin
from bot.services.appraisal.gather_duties import duties_between
from bot.services.appraisal.keep_account import keep_account
from bot.services.appraisal.points_words import month_words, own_place_words, praised, ranking_words
from bot.services.appraisal.post_in_group import post_in_group
from bot.services.notices.tell import About, to_person
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage.queries.roster import people_with_role
from storage.queries.units import members_of
from storage.tables import Person

ROUND = SUBJECT = "points"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A branch's members over a time. left_out: the names of those to whom nothing fell."""

    placed: Sequence[Placed]
    people: Mapping[int, Person]
    left_out: Sequence[str]

    @property
    def names(self) -> dict[int, str]:
        return {key: person.name for key, person in self.people.items()}


async def rank(session: AsyncSession, branch_id: int, preset: Preset, days: Days) -> Ranked:
    """The members of a branch by the share of what fell to them that they did on these days."""
    duties = await duties_between(session, branch_id, preset, days.first, days.last)
    people = {one.id: one for one in await members_of(session, branch_id) if one.id is not None}
    shares = {key: duties[key].share for key in people if key in duties}
    placed = ranking(shares)
    ranked = {one.person_id for one in placed}
    return Ranked(placed, people, [person.name for key, person in people.items() if key not in ranked])


async def run_points(session: AsyncSession, *, now: datetime) -> int:
    """Keep the accounts of branches that have points, and rank and draft when a month or quarter is over.

    Returns:
        How many branches were looked at.
    """
    due = await rounds_due(session, ROUND, at=lambda preset: preset.appraisal.at, now=now)
    for one in due:
        if one.preset.points.on:
            await keep_account(session, one.unit_id, one.preset, now=now)
            month = first_day(Period.MONTH, one.today)
            if not one.paused and one.since < month:
                await _tell_ranking(session, one, month, now=now)
                if month == first_day(Period.QUARTER, one.today):
                    quarter = whole(Period.QUARTER, month - timedelta(days=1))
                    await draft_bulletin(session, one.unit_id, one.preset, quarter, now=now)
        await mark_made(session, one, now=now)
    return len(due)


async def _tell_ranking(session: AsyncSession, due: Round, month: date, *, now: datetime) -> None:
    """Rank the month that is over, and tell each what is theirs to know."""
    days, preset = whole(Period.MONTH, month - timedelta(days=1)), due.preset
    ranked = await rank(session, due.unit_id, preset, days)
    if not ranked.placed:
        return
    name = month_words(days.first)
    text = ranking_words(ranked.placed, ranked.names, ranked.left_out, name, preset)
    best = praised(ranked.placed, ranked.names)
    if best and not preset.points.praise_in_group:
        text = "\n".join([text, say("points.praise_secretary", preset.name, month=name, names=best)])
    stage = days.first.isoformat()
    about = About("points.ranking", SUBJECT, due.unit_id, stage, now, due.unit_id)
    for secretary in await people_with_role(session, due.unit_id, Role.SECRETARY):
        if secretary.telegram_id is not None:
            await to_person(session, secretary, about, text, preset=preset, now=now)
    about = About("points.place", SUBJECT, due.unit_id, stage, now, due.unit_id)
    for one in ranked.placed:
        person = ranked.people[one.person_id]
        if person.telegram_id is not None:
            own = own_place_words(one, ranked.placed, name, preset)
            await to_person(session, person, about, own, preset=preset, now=now)
    if best and preset.points.praise_in_group:
        await post_in_group(
            session,
            due.unit_id,
            say("points.praise", preset.name, month=name, names=best),
            key=f"points.praise:{due.unit_id}:{stage}",
            kind="points.praise",
            preset=preset,
            now=now,
        )
