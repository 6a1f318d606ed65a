"""Who is speaking, for which branch, and which households they may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.inbound import Inbound
from bot.domain.preset import Preset
from bot.domain.roster import Actor, Role, UnitKind
from bot.domain.taught import Taught
from bot.services.roster.parameters import for_unit
from bot.services.words.taught_words import taught_words
from bot.text import Context, Speaker
from bot.text.households import Candidate, Resolved, resolve
from bot.text.normalise import normalise
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import roster
from storage.queries import units as unit_rows
from storage.tables import Chat, Household, Person, Unit


@dataclass(frozen=True, slots=True)
class Speaking:
    """Somebody who writes or presses, with what is needed to understand them.

    person: null for residents who are not on the roster, and for anonymous admins.
    branch: the branch of the chat, in a private chat the person's own; null: not known.
    group: the group of the chat or the person; null: none.
    linked: the households they answer for.
    villages: of a town officer who speaks privately, the branches of their town; else empty.
    taught: the branch's own words; null: it has taught none.
    """

    actor: Actor
    person: Person | None
    branch: Unit | None
    group: Unit | None
    preset: Preset
    linked: tuple[Candidate, ...] = ()
    villages: tuple[Unit, ...] = ()
    taught: Taught | None = None

    @property
    def is_secretary(self) -> bool:
        """Whether they are the secretary of a branch."""
        return Role.SECRETARY in self.actor.roles

    @property
    def branch_id(self) -> int:
        """Key of the branch.

        Raises:
            NotFound: nobody knows yet to which branch they belong, or an officer has not said which.
        """
        if self.branch is None and self.villages:
            raise NotFound("chats.which_village", village=place_name(self.villages[0].name))
        if self.branch is None or self.branch.id is None:
            raise NotFound("chats.no_branch")
        return self.branch.id

    @property
    def names(self) -> tuple[str, ...]:
        """Names, addresses, nicknames and codes of the households they answer for."""
        return names_of(self.linked)

    @property
    def speaks_as(self) -> Speaker:
        """As whom their messages are read."""
        if self.is_secretary:
            return Speaker.SECRETARY
        return Speaker.MEMBER if self.actor.is_member else Speaker.RESIDENT

    @property
    def context(self) -> Context:
        """What is known before their messages are read."""
        return Context(households=self.names, taught=self.taught)

    def is_of_village(self, name: str) -> bool:
        """Whether they are a town officer who speaks of the village that is called so."""
        if not self.villages or self.branch is None:
            return False
        return name.strip() in (self.branch.name, place_name(self.branch.name))

    def day_of(self, moment: datetime) -> date:
        """The day that a moment belongs to in the village."""
        return moment.astimezone(self.preset.zone).date()


async def who_speaks(session: AsyncSession, inbound: Inbound, chat: Chat | None) -> Speaking:
    """Who wrote a message."""
    return await who_is(
        session,
        inbound.user_id,
        inbound.user_name,
        chat=None if inbound.private else chat,
        at=inbound.sent_at,
        text=inbound.text,
    )


async def who_is(
    session: AsyncSession, user_id: int | None, name: str, *, chat: Chat | None, at: datetime, text: str = ""
) -> Speaking:
    """Who a Telegram user is.

    Args:
        user_id: null for an anonymous admin, who is nobody on the roster.
        chat: the group chat in which they speak; null: privately.
        at: when; links are those of that day, or of now when they had none then.
        text: what they say. A town officer may name a village in it; else, of several, none is meant.
    """
    person = None if user_id is None else await roster.person_by_telegram(session, user_id)
    unit = None if chat is None or chat.unit_id is None else await session.get(Unit, chat.unit_id)
    branch = await roster.unit_above(session, unit, UnitKind.BRANCH) or await _own_branch(
        session, person, user_id
    )
    villages: tuple[Unit, ...] = ()
    if branch is None and person is not None and person.id is not None:
        villages = tuple(await roster.branches_of_officer(session, person.id))
        branch = village_meant(villages, text)
    group = await roster.unit_above(session, unit, UnitKind.GROUP)
    preset = await for_unit(session, None if branch is None else branch.id)
    taught = await taught_words(session, branch)
    if person is None or person.id is None:
        return Speaking(Actor(name, user_id), None, branch, group, preset, taught=taught)
    roles = await roster.roles_of(session, person.id)
    day = at.astimezone(preset.zone).date()
    # What was written before the roster was imported is about the households on it all the same.
    households = await roster.households_linked(
        session, person.id, day
    ) or await roster.households_still_linked(session, person.id)
    return Speaking(
        Actor(person.name, user_id, person.id, roles),
        person,
        branch,
        group or await roster.group_of_person(session, person.id),
        preset,
        await candidates(session, households),
        villages,
        taught,
    )


async def speaking_for(session: AsyncSession, person: Person) -> Speaking:
    """A person as if they spoke themselves, privately and with or without an account."""
    branch = None if person.branch_id is None else await session.get_one(Unit, person.branch_id)
    roles = await roster.roles_of(session, person.id or 0)
    actor = Actor(person.name, person.telegram_id, person.id, roles)
    return Speaking(actor, person, branch, None, await for_unit(session, person.branch_id))


async def in_branch(session: AsyncSession, speaking: Speaking, branch_id: int) -> Speaking:
    """The speaker as one who speaks of this branch."""
    if speaking.branch is not None and speaking.branch.id == branch_id:
        return speaking
    branch = await session.get_one(Unit, branch_id)
    preset, taught = await for_unit(session, branch_id), await taught_words(session, branch)
    return replace(speaking, branch=branch, preset=preset, taught=taught)


def village_meant(villages: Sequence[Unit], text: str) -> Unit | None:
    """The only village there is, or the only one that a text names; null when it is not clear."""
    named = [one for one in villages if place_name(one.name) in text]
    found = named or villages
    return found[0] if len(found) == 1 else None


def place_name(branch: str) -> str:
    """What a village is called, from its branch's name ("柳树村党支部": "柳树村")."""
    for ending in say("chats.branch_endings").split():
        branch = branch.removesuffix(ending)
    return branch


def names_of(households: Sequence[Candidate]) -> tuple[str, ...]:
    """Names, addresses, nicknames, residents and codes of households."""
    each = (name for c in households for name in (c.head, c.address, *c.nicknames, *c.residents, c.plate))
    return tuple(dict.fromkeys(name for name in each if name))


async def resolve_household(
    session: AsyncSession, name: str, speaking: Speaking, *, before: str = ""
) -> Resolved:
    """The household called `name`: among those the speaker answers for first, then in the branch.

    before: the words before the name, which may say where it is. A nickname that the village has taught
    is what it was taught to be.
    """
    called = None if speaking.taught is None else speaking.taught.household_called(normalise(name).text)
    if called is not None:
        return Resolved(called, how="taught")
    found = resolve(name, speaking.linked, (), before=before)
    # What only sounds or looks like one of theirs may be another's right name.
    if found.is_sure or speaking.branch is None:
        return found
    households = await roster.households_of_branch(session, speaking.branch_id)
    return resolve(name, speaking.linked, await candidates(session, households), before=before)


async def candidates(session: AsyncSession, households: Sequence[Household]) -> tuple[Candidate, ...]:
    """Households as names are looked for among them."""
    ids = [household.id for household in households if household.id is not None]
    living = await roster.residents_of(session, ids)
    group_ids = {household.group_id for household in households if household.group_id is not None}
    groups = {unit.id: unit.name for unit in await unit_rows.units_by_id(session, group_ids)}
    return tuple(
        Candidate(
            id=household.id,
            head=household.head,
            address=household.address or None,
            nicknames=tuple(household.nicknames),
            plate=household.plate,
            residents=tuple(person.name for person in living.get(household.id, ())),
            group=groups.get(household.group_id),
        )
        for household in households
        if household.id is not None
    )


async def _own_branch(session: AsyncSession, person: Person | None, user_id: int | None) -> Unit | None:
    if person is not None:
        return None if person.branch_id is None else await session.get(Unit, person.branch_id)
    # A resident known from a group alone: where they have raised something before.
    raised = await matter_rows.raised_by(session, person_id=None, telegram_id=user_id, limit=1)
    return await session.get(Unit, raised[0].branch_id) if raised else None
