"""A made-up village for tests of time: a town, a branch, a group, their people, and two households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import MatterStatus, Move, Step
from storage import outbox
from storage.tables import (
    Household,
    Link,
    Matter,
    MatterEvent,
    Notice,
    Person,
    Report,
    RoleHeld,
    Unit,
    Visit,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
_message_ids = count(1000)


def at(text: str) -> datetime:
    """`MM-DD HH:MM` of 2026 in the village."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


@dataclass
class Village:
    """Keys of the rows. Everybody has claimed their name; Telegram ids are 1000 + the person's key."""

    town: int
    branch: int
    group: int
    wang: Person  # the member who answers for both households
    zhao: Person  # the group leader
    qian: Person  # the secretary
    sun: Person  # the town officer
    li: Household  # ordinary
    chen: Household  # old and alone


async def found(session: AsyncSession, *, preset: str = "huozhou", town: str = "青石镇") -> Village:
    """Found the village on 1 October."""
    town_id = await unit(session, "town", town, None)
    branch = await unit(session, "branch", "柳树村党支部", town_id, preset)
    group = await unit(session, "group", "第一党小组", branch)
    wang = await person(session, "王建国", branch, ("member", group))
    zhao = await person(session, "赵六", branch, ("group_leader", group), ("member", group))
    qian = await person(session, "钱守信", branch, ("secretary", branch))
    sun = await person(session, "孙八", None, ("town_officer", town_id))
    li = await household(session, branch, group, "李桂兰", "村东3号", ["ordinary"], wang)
    chen = await household(session, branch, group, "陈阿婆", "村西9号", ["old_alone"], wang)
    return Village(town_id, branch, group, wang, zhao, qian, sun, li, chen)


async def person(
    session: AsyncSession, name: str, branch: int | None, *roles: tuple[str, int], claimed: bool = True
) -> Person:
    """Somebody on the roster."""
    one = Person(branch_id=branch, name=name, created_at=at("10-01 09:00"))
    session.add(one)
    await session.flush()
    one.telegram_id = 1000 + one.id if claimed else None
    for role, unit in roles:
        session.add(RoleHeld(person_id=one.id, unit_id=unit, role=role))
    await session.flush()
    return one


async def household(
    session: AsyncSession,
    branch: int,
    group: int,
    head: str,
    address: str,
    kinds: list[str],
    member: Person,
    *,
    since: date = date(2026, 10, 1),
) -> Household:
    """A household that `member` answers for."""
    one = Household(branch_id=branch, group_id=group, head=head, address=address, kinds=kinds)
    session.add(one)
    await session.flush()
    session.add(Link(person_id=member.id, household_id=one.id, since=since))
    await session.flush()
    return one


async def matter(
    session: AsyncSession,
    village: Village,
    *,
    urgency: str = "normal",
    text: str = "厨房水管漏水",
    now: datetime,
    step: str = Step.MEMBER,
    assignee: Person | None = None,
    household: Household | None = None,
) -> Matter:
    """A matter of 李桂兰's, as the use case that raises matters leaves it."""
    branch = await session.get_one(Unit, village.branch)
    branch.matters_numbered += 1
    held_by = village.wang if assignee is None and step == Step.MEMBER else assignee
    one = Matter(
        branch_id=village.branch,
        group_id=village.group,
        number=branch.matters_numbered,
        category="infrastructure",
        urgency=urgency,
        text=text,
        household_id=(household or village.li).id,
        reporter_name="小李",
        assignee_id=None if held_by is None else held_by.id,
        step=step,
        status=MatterStatus.OPEN,
        created_at=now,
        chat_id=-100,
        message_id=next(_message_ids),
        act_index=0,
    )
    session.add(one)
    await session.flush()
    session.add(MatterEvent(matter_id=one.id, at=now, kind=Move.RAISE, by_name="小李"))
    await session.flush()
    return one


async def report(
    session: AsyncSession,
    village: Village,
    *households: Household,
    day: date,
    now: datetime,
    by: Person | None = None,
    unclaimed: int = 0,
) -> Report:
    """A report of visits."""
    one = Report(
        branch_id=village.branch,
        person_id=(by or village.wang).id,
        day=day,
        mode="home",
        count=len(households) + unclaimed,
        unclaimed=unclaimed,
        reported_at=now,
        chat_id=-100,
        message_id=next(_message_ids),
        act_index=0,
        text="",
    )
    session.add(one)
    await session.flush()
    for visited in households:
        session.add(
            Visit(
                report_id=one.id,
                household_id=visited.id,
                person_id=one.person_id,
                day=day,
                named_as=visited.head,
            )
        )
    await session.flush()
    return one


async def deliver(session: AsyncSession, now: datetime) -> list[str]:
    """Send what is due; returns "recipient kind" of each, in the order in which it went out."""
    await outbox.expire(session, now=now)
    sent = []
    for notice in await outbox.take_due(session, now, 1000):
        if notice.chat_id is None:
            await outbox.mark_failed(session, notice.id, "unclaimed", now)
            continue
        await outbox.mark_sent(session, notice.id, notice.id, now)
        sent.append(f"{notice.recipient} {notice.kind}")
    await session.flush()
    return sent


async def notices(session: AsyncSession, kind: str) -> list[Notice]:
    """All notices of a kind, in the order in which they were made."""
    made = select(Notice).where(Notice.kind == kind).order_by(col(Notice.id))
    return list(await session.exec(made))


async def unit(
    session: AsyncSession, kind: str, name: str, parent: int | None, preset: str | None = None
) -> int:
    """A unit of the tree; returns its key."""
    one = Unit(kind=kind, name=name, parent_id=parent, preset=preset)
    session.add(one)
    await session.flush()
    return one.id
