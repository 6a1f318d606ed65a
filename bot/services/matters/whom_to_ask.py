"""Who has the last word on a matter, and says for which side.

Somebody who lives in the household is asked when they can be reached; else the one who raised it, for
the household when it is not their own; of a resident whom nobody can write to, the member who answers for
their household, who asks them; of an anonymous post, the branch's secretary. Everybody who has joined is
asked for their own side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import Outcome
from bot.domain.roster import Role
from storage.queries import chats, roster
from storage.queries.co_reporters import co_reporters_of
from storage.tables import CoReporter, Household, Matter, Person

_WORST_FIRST = (Outcome.NOT_SOLVED, Outcome.CANNOT_EXPLAINED, Outcome.PARTLY, Outcome.SATISFIED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked. on_behalf: they speak for a household that is not theirs."""

    telegram_id: int
    name: str
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of those who say whether a matter is settled. joined: null for the reporter's own side.

    said: an `Outcome`; null: nothing yet. chat_id, message_id: where they told it.
    """

    asked: Asked
    joined: CoReporter | None
    said: str | None
    chat_id: int
    message_id: int


async def sides_of(session: AsyncSession, matter: Matter, *, today: date) -> list[Side]:
    """Everybody who is asked about a matter, the reporter's side first. Empty when nobody can be."""
    sides = []
    asked = await whom_to_ask(session, matter, today=today)
    if asked is not None:
        sides.append(Side(asked, None, matter.reporter_said, matter.chat_id, matter.message_id))
    for one in await co_reporters_of(session, matter.id or 0):
        if asked is None or one.telegram_id != asked.telegram_id:
            sides.append(Side(Asked(one.telegram_id, one.name), one, one.said, one.chat_id, one.message_id))
    return sides


def verdict(said: Iterable[str]) -> Outcome:
    """How a matter ended by what its sides say: as the least content of them does; silence does not count."""
    answers = {Outcome(one) for one in said} - {Outcome.SILENT}
    return next((outcome for outcome in _WORST_FIRST if outcome in answers), Outcome.SILENT)


async def whom_to_ask(session: AsyncSession, matter: Matter, *, today: date) -> Asked | None:
    """The one who has the last word on the reporter's side; null when nobody can be asked."""
    resident = await resident_to_ask(session, matter)
    if resident is not None and resident.telegram_id is not None:
        return Asked(resident.telegram_id, resident.name)
    if matter.reporter_telegram_id is not None:
        return Asked(
            matter.reporter_telegram_id, matter.reporter_name, on_behalf=await _for_another(session, matter)
        )
    linked: list[Person] = []
    if matter.household_id is not None:
        linked = await roster.members_linked(session, matter.household_id, today)
    secretaries = await roster.people_with_role(session, matter.branch_id, Role.SECRETARY)
    for person in (*linked, *secretaries):
        reachable = await chats.private_chat_open(session, person.telegram_id)
        if reachable and person.telegram_id is not None and person.id not in matter.accused_ids:
            return Asked(person.telegram_id, person.name, on_behalf=True)
    return None


async def resident_to_ask(session: AsyncSession, matter: Matter) -> Person | None:
    """Somebody of the household whose private chat with the bot is open; the reporter before others."""
    if matter.household_id is None:
        return None
    living = (await roster.residents_of(session, [matter.household_id])).get(matter.household_id, [])
    for person in sorted(living, key=lambda one: one.telegram_id != matter.reporter_telegram_id):
        if await chats.private_chat_open(session, person.telegram_id):
            return person
    return None


async def called(session: AsyncSession, matter: Matter, side: Side) -> str:
    """What a resident is called: as the matter does, when it is about their own household (李大娘)."""
    own = side.joined is None and not side.asked.on_behalf and matter.household_id is not None
    if not own or matter.about is None:
        return side.asked.name
    person = await roster.person_by_telegram(session, side.asked.telegram_id)
    if person is None or person.household_id != matter.household_id:
        return side.asked.name
    household = await session.get(Household, matter.household_id)
    is_head = household is not None and person.name == household.head
    return matter.about if is_head else side.asked.name


async def _for_another(session: AsyncSession, matter: Matter) -> bool:
    if matter.on_behalf_of is not None:
        return True
    reporter = None
    if matter.reporter_person_id is not None:
        reporter = await session.get(Person, matter.reporter_person_id)
    own = None if reporter is None else reporter.household_id
    return matter.about is not None and (matter.household_id is None or matter.household_id != own)
