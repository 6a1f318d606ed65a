"""A made-up village with its people and households, for tests of what they write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking, who_is
from storage import outbox
from storage.tables import Chat, Household, Link, Matter, Notice, Person, Report, RoleHeld, Unit, Visit

SHANGHAI = ZoneInfo("Asia/Shanghai")
GROUP_CHAT = -100
WANG, ZHAO, QIAN, SUN, XIAOMEI, STRANGER = 1001, 1002, 1003, 1004, 2001, 2002
_CREATED = datetime(2026, 10, 1, 9, tzinfo=SHANGHAI)
_numbers = count(5000)


def at(text: str) -> datetime:
    """`MM-DD HH:MM` of 2026 in the village."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


@dataclass
class Village:
    """Keys of its rows. 王建国 answers for 李桂兰 and 王福, 赵六 leads the group and answers for 张三."""

    branch: int
    group: int
    li: int
    wang_fu: int
    zhang: int
    wang: int
    zhao: int
    qian: int
    sun: int
    xiaomei: int  # a resident, lives with 李桂兰


async def found(session: AsyncSession) -> Village:
    """Found the village; its group chat is bound, and nobody has opened a private chat."""
    town = await _add(session, Unit(kind="town", name="青石镇"))
    branch = await _add(session, Unit(kind="branch", name="柳树村党支部", parent_id=town, preset="huozhou"))
    group = await _add(session, Unit(kind="group", name="第一党小组", parent_id=branch))
    wang = await _person(session, "王建国", WANG, branch, ("member", group))
    zhao = await _person(session, "赵六", ZHAO, branch, ("member", group), ("group_leader", group))
    qian = await _person(session, "钱守信", QIAN, branch, ("secretary", branch))
    sun = await _person(session, "孙八", SUN, None, ("town_officer", town))
    li = await _household(session, branch, group, "李桂兰", "村东3号", ["李大娘"], wang)
    wang_fu = await _household(session, branch, group, "王福", "村东5号", ["老王"], wang)
    zhang = await _household(session, branch, group, "张三", "村西1号", [], zhao)
    xiaomei = await _person(session, "李小妹", XIAOMEI, branch, household=li)
    session.add(
        Chat(telegram_id=GROUP_CHAT, kind="supergroup", title="柳树村联户群", unit_id=group, seen_at=_CREATED)
    )
    await session.flush()
    return Village(branch, group, li, wang_fu, zhang, wang, zhao, qian, sun, xiaomei)


async def open_private(session: AsyncSession, *users: int) -> None:
    """These users have started the bot."""
    for user in users:
        session.add(Chat(telegram_id=user, kind="private", seen_at=_CREATED))
    await session.flush()


def said(
    text: str,
    by: int | None,
    when: datetime,
    *,
    private: bool = False,
    reply_to: int | None = None,
    id: int = 0,
) -> Inbound:
    """A message in the village's group, or to the bot."""
    return Inbound(
        chat_id=(by or 0) if private else GROUP_CHAT,
        message_id=id or next(_numbers),
        sent_at=when,
        text=text,
        user_id=by,
        user_name="群里的人",
        private=private,
        reply_to_id=reply_to,
    )


async def speaks(session: AsyncSession, by: int | None, when: datetime, *, private: bool = False) -> Speaking:
    """Somebody of the village."""
    chat = (await session.exec(select(Chat).where(Chat.telegram_id == GROUP_CHAT))).one()
    return await who_is(session, by, "群里的人", chat=None if private else chat, at=when)


async def reports(session: AsyncSession) -> list[Report]:
    return list(await session.exec(select(Report).order_by(col(Report.id))))


async def heads_visited(session: AsyncSession) -> list[str]:
    """Heads of the households in standing visits, in order."""
    visited = (
        select(Household.head)
        .join(Visit, col(Visit.household_id) == col(Household.id))
        .where(col(Visit.withdrawn_at).is_(None))
        .order_by(col(Visit.id))
    )
    return list(await session.exec(visited))


async def matters(session: AsyncSession) -> list[Matter]:
    return list(await session.exec(select(Matter).order_by(col(Matter.id))))


async def notices(session: AsyncSession, *kinds: str) -> list[Notice]:
    """All notices of these kinds (none given: of all), in the order in which they were made."""
    made = list(await session.exec(select(Notice).order_by(col(Notice.id))))
    return [notice for notice in made if not kinds or notice.kind in kinds]


async def deliver(session: AsyncSession, now: datetime) -> list[Notice]:
    """Everything due goes out; the messages get the numbers 9000 + key."""
    sent = await outbox.take_due(session, now, 1000)
    for notice in sent:
        assert notice.id is not None
        await outbox.start_attempt(session, notice, now)
        await outbox.mark_sent(session, notice.id, 9000 + notice.id, now)
    await session.flush()
    return sent


async def _add(session: AsyncSession, row: Unit | Household | Person) -> int:
    session.add(row)
    await session.flush()
    assert row.id is not None
    return row.id


async def _person(
    session: AsyncSession,
    name: str,
    telegram_id: int,
    branch: int | None,
    *roles: tuple[str, int],
    household: int | None = None,
) -> int:
    person = Person(
        branch_id=branch, name=name, telegram_id=telegram_id, household_id=household, created_at=_CREATED
    )
    key = await _add(session, person)
    session.add_all([RoleHeld(person_id=key, unit_id=unit, role=role) for role, unit in roles])
    return key


async def _household(
    session: AsyncSession, branch: int, group: int, head: str, address: str, nicknames: list[str], member: int
) -> int:
    key = await _add(
        session,
        Household(
            branch_id=branch,
            group_id=group,
            head=head,
            address=address,
            kinds=["ordinary"],
            nicknames=nicknames,
        ),
    )
    session.add(Link(person_id=member, household_id=key, since=date(2026, 10, 1)))
    await session.flush()
    return key
