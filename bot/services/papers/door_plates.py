"""The plate on a household's door (一牌): who answers for it, for what, and a code that opens the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.papers.asked import Asked, Chosen, Means, choose, household_chosen, today_of
from bot.services.papers.lasting_links import Links, phone_shown
from bot.services.papers.table import Column, Table
from bot.wording import say
from storage.queries.roster import people_with_role
from storage.tables import Household, Person

_SCOPE = 12  # heads that a plate names before it only counts


@dataclass(frozen=True, slots=True)
class Responsible:
    """Somebody who answers for the household. phone: empty when it is not shown."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Plate:
    """One household's plate.

    scope: the households that share its member, in words. code: typed by whoever can't scan; empty: none.
    link: what the QR opens; null: the bot's name is not known.
    """

    head: str
    address: str
    group: str
    members: tuple[Responsible, ...]
    scope: str
    code: str
    link: str | None

    @property
    def has_phone(self) -> bool:
        """Whether there is a number to call."""
        return any(one.phone for one in self.members)


@dataclass(frozen=True, slots=True)
class Plates:
    """The plates of a branch, a group or a member, in the order of the roster. per_page: 1 or 4."""

    preset: str
    branch: str
    secretary: str
    duties: tuple[str, ...]
    plates: tuple[Plate, ...]
    per_page: int


async def door_plates(
    session: AsyncSession, asked: Asked, preset: Preset, means: Means, *, now: datetime
) -> Plates:
    """The plates that are asked for; households that nobody answers for have none.

    Raises:
        NotFound: there is no such group, member or household, or nobody answers for any.
    """
    today = today_of(preset, now)
    chosen = await choose(session, asked)
    links = await Links.load(session, asked.branch_id, today)
    if asked.household:
        households = [await household_chosen(session, asked)]
    else:
        households = _households(links, asked, chosen)
    households = [one for one in households if links.members_of(one)]
    if not households:
        raise NotFound("papers.no_plates")
    return Plates(
        preset=preset.name,
        branch=asked.branch.name,
        secretary=await _secretary(session, asked.branch_id),
        duties=preset.duties,
        plates=tuple(_plate(one, links, asked, chosen, preset, means) for one in households),
        per_page=asked.per_page,
    )


def plates_for_printers(plates: Plates) -> Table:
    """The same as a list for a print shop: a row a plate, with what its QR is to hold."""
    titles = ("number", "head", "address", "member", "phone", "code", "link")
    widths = (10, 25, 45, 25, 35, 22, 80)
    rows = [
        (
            number,
            one.head,
            one.address,
            say("papers.and").join(member.name for member in one.members),
            say("papers.and").join(member.phone for member in one.members if member.phone),
            one.code,
            one.link or "",
        )
        for number, one in enumerate(plates.plates, start=1)
    ]
    return Table(
        title=f"{plates.branch} {say('papers.plate_title', plates.preset)}",
        under=(),
        columns=tuple(
            Column(say(f"papers.column_{title}", plates.preset), width)
            for title, width in zip(titles, widths, strict=True)
        ),
        rows=tuple(rows),
        empty=say("papers.nothing"),
        landscape=True,
    )


def _households(links: Links, asked: Asked, chosen: Chosen) -> list[Household]:
    """In the order of the members, so that each carries off a pile of their own."""
    found: dict[int, Household] = {}
    for person in chosen.members:
        for household in links.households_of(person):
            if asked.member or chosen.has(household):
                found.setdefault(household.id or 0, household)
    if not asked.member:
        found = {**found, **{key: one for key, one in links.households.items() if chosen.has(one)}}
    return list(found.values())


def _plate(
    household: Household, links: Links, asked: Asked, chosen: Chosen, preset: Preset, means: Means
) -> Plate:
    members = links.members_of(household)
    code = household.plate or ""
    return Plate(
        head=household.head,
        address=household.address,
        group=chosen.group_names.get(household.group_id or 0, ""),
        members=tuple(
            Responsible(one.name, phone_shown(one, preset, means.secrets, asked.phones)) for one in members
        ),
        scope=scope(members[0], links, preset),
        code=code,
        link=f"https://t.me/{means.username}?start={code}" if means.username and code else None,
    )


def scope(person: Person, links: Links, preset: Preset) -> str:
    """The households that a member answers for, the first of them by name."""
    heads = [one.head for one in links.households_of(person)]
    names = say("papers.and").join(heads[:_SCOPE])
    sentence = "papers.scope_all" if len(heads) <= _SCOPE else "papers.scope_first"
    return say(sentence, preset.name, names=names, count=len(heads))


async def _secretary(session: AsyncSession, branch_id: int) -> str:
    held = await people_with_role(session, branch_id, Role.SECRETARY)
    return say("papers.and").join(person.name for person in held)
