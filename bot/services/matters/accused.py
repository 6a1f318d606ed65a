"""Whom a matter of conduct accuses: they must never learn of it through the bot.

Everybody of the branch and its town who is named or called by their office counts, however they come into
the sentence ("陈志强他媳妇"): to leave out one too many costs little, to tell one too many costs everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import Step
from bot.domain.roster import Role, UnitKind
from bot.services.chat.speaker import Speaking
from bot.text.discretion import Office, offices_named, person_named
from storage.queries import roster
from storage.queries.units import groups_within, members_of
from storage.tables import Household, Matter, Notice, Person, Unit

_BEGINNING = 12  # characters of a matter's words by which a quotation is known
_STEPS = {Office.LEADER: Step.GROUP, Office.SECRETARY: Step.SECRETARY, Office.TOWN: Step.TOWN}


@dataclass(frozen=True, slots=True)
class Accused:
    """Those whom a text accuses. step: the highest on which one of them stands; null: nobody is named."""

    ids: tuple[int, ...]
    step: Step | None


async def accused_in(
    session: AsyncSession,
    text: str,
    speaking: Speaking,
    *,
    household: Household | None,
    group_id: int | None,
    today: date,
) -> Accused:
    """Whom a text accuses among those who hold an office in the speaker's branch or its town.

    Args:
        household, group_id: of the matter; "组长" is the leader of that group, "联户党员" the member who
            answers for that household.
    """
    ranks = await _ranks(session, speaking)
    found = {key for key, one in ranks.items() if _is_named(one, ranks.values(), text)}
    offices = offices_named(text)
    for office, step in _STEPS.items():
        if office in offices:
            found |= {key for key, one in ranks.items() if _fits(one, step, group_id)}
    if Office.MEMBER in offices and household is not None and household.id is not None:
        linked = await roster.members_linked(session, household.id, today)
        found |= {person.id for person in linked if person.id is not None}
    found.discard(speaking.actor.person_id or 0)
    steps = [ranks[key].step for key in found if key in ranks]
    highest = max(steps, key=list(Step).index, default=None)
    return Accused(tuple(sorted(found)), highest)


def is_accused(matter: Matter, person_id: int | None) -> bool:
    """Whether a matter accuses somebody, so that they must not learn of it."""
    return person_id is not None and person_id in matter.accused_ids


@dataclass(frozen=True, slots=True)
class Accusing:
    """The matters that accuse somebody, to keep from them what tells of one. beginnings: of their words."""

    ids: frozenset[int]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, matters: Iterable[Matter], person_id: int | None) -> Accusing:
        """Those of `matters` that accuse this person."""
        found = [matter for matter in matters if is_accused(matter, person_id)]
        beginnings = {" ".join(matter.text.split())[:_BEGINNING] for matter in found} - {""}
        return cls(frozenset(matter.id or 0 for matter in found), tuple(sorted(beginnings)))

    def told_by(self, notice: Notice) -> bool:
        """Whether a notice is about one of them, quotes it, or is a question that may."""
        if notice.subject_kind == "matter" and notice.subject_id in self.ids:
            return True
        line = " ".join(notice.text.split())
        return notice.subject_kind == "question" or any(words in line for words in self.beginnings)


@dataclass(frozen=True, slots=True)
class _Rank:
    """Somebody with the highest step that they stand on, and the groups that they lead."""

    person: Person
    step: Step
    leads: frozenset[int]


async def _ranks(session: AsyncSession, speaking: Speaking) -> dict[int, _Rank]:
    branch_id = speaking.branch_id
    branch = await session.get_one(Unit, branch_id)
    people: dict[int, _Rank] = {}

    def put(persons: Iterable[Person], step: Step, group: int | None = None) -> None:
        for person in persons:
            before = people.get(person.id or 0)
            leads = (frozenset() if before is None else before.leads) | (
                frozenset() if group is None else frozenset((group,))
            )
            people[person.id or 0] = _Rank(person, step, leads)

    put(await members_of(session, branch_id), Step.MEMBER)
    for group in await groups_within(session, branch_id):
        leaders = await roster.people_with_role(session, group.id or 0, Role.GROUP_LEADER)
        put(leaders, Step.GROUP, group.id)
    for role in (Role.DEPUTY, Role.SECRETARY):
        put(await roster.people_with_role(session, branch_id, role), Step.SECRETARY)
    town = await roster.unit_above(session, branch, UnitKind.TOWN)
    if town is not None and town.id is not None:
        put(await roster.people_with_role(session, town.id, Role.TOWN_OFFICER), Step.TOWN)
    return people


def _is_named(one: _Rank, everybody: Iterable[_Rank], text: str) -> bool:
    others: Sequence[str] = [each.person.name for each in everybody if each.person.id != one.person.id]
    return person_named(one.person.name, text, others=others)


def _fits(one: _Rank, step: Step, group_id: int | None) -> bool:
    if step is Step.GROUP:
        return bool(one.leads) and (group_id is None or group_id in one.leads)
    return one.step is step
