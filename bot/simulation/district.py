"""A made-up town with its villages on a playground, everybody bound and claimed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random

from bot.app import App
from bot.demo.inhabited import Inhabited
from bot.demo.village import DATABASE, START, ZONE, settings_for
from bot.playground import Clock, Playground, members, people
from bot.playground.chats import Chat
from bot.playground.users import User
from bot.secrets import Secrets
from bot.services.roster.create_branch import create_branch
from bot.services.roster.import_roster import import_roster
from bot.services.roster.make_invites import InviteLine, make_invites
from bot.services.roster.roster_file import COLUMNS, RosterRow
from bot.simulation.words import data
from scheduler.pacing import UNLIMITED
from storage.database import Database
from storage.queries.roster import households_of_branch

_MEMBERS = 6  # in each village, the secretary and the leaders among them
_HOUSEHOLDS_EACH = 3
_RESIDENTS = 5  # households in each village whose head is in the group
_LONGEST_PAUSE = 0.01  # seconds that the bot really waits where it would wait longer


@dataclass(slots=True)
class SimVillage:
    """A village. households: heads by their member. residents: heads who are in the group."""

    name: str
    households: dict[str, list[str]]
    residents: list[str] = field(default_factory=list)
    branch_id: int = 0
    rows: list[RosterRow] = field(default_factory=list)

    @property
    def secretary(self) -> str:
        """Who makes the group."""
        return next(iter(self.households))


@dataclass
class District(Inhabited):
    """The villages and their groups, and people by name."""

    villages: Sequence[SimVillage]
    groups: dict[str, Chat]
    people: dict[str, User]


def made_up(count: int, random: Random) -> tuple[list[SimVillage], str]:
    """Villages with their rosters, and the name of the town's officer."""
    names, told = _names(random), data("people")
    officer = next(names)
    villages = []
    for name in told["villages"][:count]:
        members_there = [next(names) for _ in range(_MEMBERS)]
        village = SimVillage(
            name, {each: [next(names) for _ in range(_HOUSEHOLDS_EACH)] for each in members_there}
        )
        heads = [head for each in village.households.values() for head in each]
        village.residents = random.sample(heads, _RESIDENTS)
        village.rows = list(_rows(village, random))
        villages.append(village)
    officer_row = {"支部": villages[0].name, "党员": officer, "角色": told["roles"]["officer"]}
    villages[0].rows.append(_row(len(villages[0].rows) + 2, officer_row))
    return villages, officer


@asynccontextmanager
async def district(folder: Path, villages: Sequence[SimVillage], officer: str) -> AsyncIterator[District]:
    """The district with its bot running.

    Args:
        folder: where its database file is made.
    """
    told = data("people")
    playground = Playground(Clock(START), name=told["bot"])
    database_url = f"sqlite+aiosqlite:///{folder / DATABASE}"
    async with playground.serve() as url:
        settings = settings_for(playground, url, database_url)

        def make_app() -> App:
            return App(settings, playground.clock, limits=UNLIMITED, pause=_briefly, ticking=False)

        world = playground.world
        users = {officer: world.add_user(officer)}
        groups = {}
        for village in villages:
            own = {name: world.add_user(name) for name in (*village.households, *village.residents)}
            ids = [user.id for user in own.values()]
            groups[village.name] = members.add_chat(
                world, "supergroup", told["chat"].format(village=village.name), members=ids
            )
            users |= own
        here = District(playground, url, make_app, villages, groups, users)
        invites, plates = await _found(database_url, villages, Secrets(settings.key), now=START)
        await here.start_bot()
        try:
            for group in groups.values():
                members.set_member(world, group.id, world.bot.id, "administrator")
            await here.settle()
            _bind_and_claim(here, invites, plates)
            await here.settle()
            yield here
        finally:
            await here.stop_bot()


async def _found(
    database_url: str, villages: Sequence[SimVillage], secrets: Secrets, *, now: datetime
) -> tuple[list[InviteLine], dict[str, str]]:
    """Make the database; the codes of groups and people, and those on the residents' doors."""
    told, plates, branches = data("people"), {}, []
    async with Database(database_url) as database:
        await database.upgrade()
        async with database.transaction() as session:
            for number, village in enumerate(villages):
                made = await create_branch(
                    session,
                    preset=told["preset"],
                    branch=village.name,
                    town=told["town"],
                    zone=ZONE,
                    now=now,
                )
                today = now.astimezone(ZONE).date()
                await import_roster(
                    session, village.rows, branch=made.branch, secrets=secrets, today=today, now=now
                )
                village.branch_id = made.branch.id or 0
                branches.append(made.branch)
                for household in await households_of_branch(session, village.branch_id):
                    if household.head in village.residents:
                        household.plate = plates[household.head] = f"door-{number}-{household.id}"
            return list((await make_invites(session, branches, now=now)).lines), plates


def _bind_and_claim(here: District, invites: Sequence[InviteLine], plates: dict[str, str]) -> None:
    secretaries = {village.name: here.people[village.secretary].id for village in here.villages}
    for invite in invites:
        if invite.kind == "group":
            group = here.groups[invite.name]
            people.say(here.world, group.id, secretaries[invite.name], f"/bind {invite.code}")
    codes = {invite.name: invite.code for invite in invites if invite.kind == "person"} | plates
    for name, code in codes.items():
        link = f"https://t.me/{here.world.bot.username}?start={code}"
        people.open_link(here.world, here.people[name].id, link)


def _names(random: Random) -> Iterator[str]:
    told = data("people")
    every = [surname + given for surname in told["surnames"] for given in told["given"]]
    return iter(random.sample(every, len(every)))


def _rows(village: SimVillage, random: Random) -> Iterator[RosterRow]:
    told = data("people")
    groups, roles, number = told["groups"], told["roles"], 1
    for place, (member, heads) in enumerate(village.households.items()):
        role = (
            roles["secretary"] if place == 0 else roles["leader"] if place <= len(groups) else roles["member"]
        )
        for head in heads:
            number += 1
            cells = {
                "支部": village.name,
                "党小组": groups[(place - 1) % len(groups)],
                "党员": member,
                "角色": role,
                "户主": head,
                "地址": told["address"].format(village=village.name, number=number),
                "户类别": random.choice(told["kinds"]),
            }
            yield _row(number, cells)


def _row(number: int, cells: dict[str, str]) -> RosterRow:
    return RosterRow(number, {column: cells.get(column, "") for column in COLUMNS})


async def _briefly(seconds: float) -> None:
    await asyncio.sleep(min(seconds, _LONGEST_PAUSE))
