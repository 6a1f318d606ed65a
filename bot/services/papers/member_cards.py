"""The member's card for the pocket, folded once: who they are in front, households and duties behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.preset import Preset
from bot.services.papers.asked import Asked, Means, choose, today_of
from bot.services.papers.lasting_links import Links, phone_shown
from bot.wording import say


@dataclass(frozen=True, slots=True)
class Card:
    """A member's card. group, phone: empty when there is none, or it is not shown. households: heads."""

    name: str
    group: str
    phone: str
    households: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a branch, a group or a member. duties: their short names."""

    preset: str
    branch: str
    duties: tuple[str, ...]
    cards: tuple[Card, ...]


async def member_cards(
    session: AsyncSession, asked: Asked, preset: Preset, means: Means, *, now: datetime
) -> Cards:
    """The cards of the members that are asked for who answer for households.

    Raises:
        NotFound: there is no such group or member, or none of them answers for any household.
    """
    chosen = await choose(session, asked)
    links = await Links.load(session, asked.branch_id, today_of(preset, now))
    cards = tuple(
        Card(
            name=person.name,
            group=chosen.group_of.get(person.id or 0, ""),
            phone=phone_shown(person, preset, means.secrets, asked.phones),
            households=tuple(one.head for one in links.households_of(person)),
        )
        for person in chosen.members
        if links.households_of(person)
    )
    if not cards:
        raise NotFound("papers.no_links")
    short = tuple(line.partition(say("papers.colon"))[0] for line in preset.duties)
    return Cards(preset.name, asked.branch.name, short, cards)
