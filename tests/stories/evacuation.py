"""A village of 124 members, 346 households and 1,038 people, in the playground, with the real bot in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.demo.village import BRANCH, DATABASE, PRESET, START, ZONE, Village, settings_for
from bot.playground import Clock, Playground, members
from bot.playground.users import User
from scheduler.pacing import Limits
from storage.database import Database
from storage.tables import Chat, Household, Link, Person, RoleHeld, Unit

MEMBERS, HOUSEHOLDS, PEOPLE_EACH, GROUPS = 124, 346, 3, 12
SECRETARY = "书记"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_GIVEN = "安邦昌德恩方福贵海和"


def member(number: int) -> str:
    """The name of a member, from 0."""
    return f"党员{number + 1}"


def head(number: int) -> str:
    """The name of a household's head, from 0; no two are alike."""
    first, second = divmod(number, len(_SURNAMES))
    return f"{_SURNAMES[second]}{_GIVEN[first % 10]}{_GIVEN[(first // 10 + 3) % 10]}"


def answers_for(number: int) -> int:
    """The member who answers for a household: the first 98 have three, the others two."""
    return number // 3 if number < 294 else 98 + (number - 294) // 2


@asynccontextmanager
async def evacuation(folder: Path) -> AsyncIterator[Village]:
    """The village with its bot stopped; the bot keeps to the platform's limits, and so does the platform.

    folder: has a database with all tables, and nothing in them.
    """
    playground = Playground(Clock(START), name="连心桥", username="lianxin_bot")
    world, url_of = playground.world, f"sqlite+aiosqlite:///{folder / DATABASE}"
    names = [SECRETARY, *(member(number) for number in range(MEMBERS))]
    users = {name: world.add_user(name) for name in names}
    for user in users.values():
        world.private_chat(user.id).opened = True
    group = members.add_chat(
        world, "supergroup", BRANCH, members=[world.bot.id, *(user.id for user in users.values())]
    )
    group.members[world.bot.id] = "administrator"
    async with Database(url_of) as database, database.transaction() as session:
        await _settle(session, users, group.id, now=START)
    async with playground.serve("127.0.0.1", 0) as url:

        def make_app() -> App:
            settings = settings_for(playground, url, url_of)
            return App(settings, playground.clock, limits=Limits(), ticking=False)

        here = Village(playground, url, make_app, group, users)
        world.updates.drop_pending()
        world.faults.merge({"rate_limits": "real"})
        try:
            yield here
        finally:
            await here.stop_bot()


async def _settle(session: AsyncSession, users: dict[str, User], group_chat: int, *, now: datetime) -> None:
    town = await _kept(session, Unit(kind="town", name="青石镇"))
    branch = await _kept(session, Unit(kind="branch", name=BRANCH, parent_id=town, preset=PRESET))
    groups = [
        await _kept(session, Unit(kind="group", name=f"{number + 1}组", parent_id=branch))
        for number in range(GROUPS)
    ]
    people = [
        Person(branch_id=branch, name=name, telegram_id=user.id, claimed_at=now, created_at=now)
        for name, user in users.items()
    ]
    households = [
        Household(
            branch_id=branch,
            group_id=groups[answers_for(number) % GROUPS],
            head=head(number),
            address=f"河沿{number + 1}号",
            note=f"{PEOPLE_EACH}口人",
        )
        for number in range(HOUSEHOLDS)
    ]
    private = [Chat(telegram_id=user.id, kind="private", seen_at=now) for user in users.values()]
    bound = Chat(
        telegram_id=group_chat,
        kind="supergroup",
        title=BRANCH,
        unit_id=branch,
        seen_at=now,
        bot_status="administrator",
    )
    session.add_all([*people, *households, *private, bound])
    await session.flush()
    secretary, *of_groups = people
    session.add(RoleHeld(person_id=secretary.id or 0, unit_id=branch, role="secretary"))
    for number, person in enumerate(of_groups):
        session.add(RoleHeld(person_id=person.id or 0, unit_id=groups[number % GROUPS], role="member"))
    since = now.astimezone(ZONE).date()
    for number, household in enumerate(households):
        linked = of_groups[answers_for(number)]
        session.add(Link(person_id=linked.id or 0, household_id=household.id or 0, since=since))


async def _kept(session: AsyncSession, unit: Unit) -> int:
    session.add(unit)
    await session.flush()
    return unit.id or 0
