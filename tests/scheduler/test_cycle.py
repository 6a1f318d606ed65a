from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from scheduler.cycle import Cycle, Step, once
from storage import heartbeats
from storage.database import Database
from storage.tables import AuditEntry

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def writing(name: str, batches: list[int]) -> Step:
    """A step that writes one row a batch, and says that it did what `batches` says, one after the other."""
    left = list(batches)

    async def work(session: AsyncSession, *, now: datetime) -> int:
        session.add(AuditEntry(at=now, by_name="test", action=name))
        return left.pop(0) if left else 0

    return Step(name, work)


async def failing(_session: AsyncSession, *, now: datetime) -> int:
    raise ValueError(f"nothing works at {now}")


async def written(database: Database) -> list[str]:
    async with database.reading() as session:
        return list(await session.exec(select(AuditEntry.action).order_by("id")))


async def test_steps_run_in_order_each_until_nothing_is_left_and_delivery_comes_last(
    database: Database,
) -> None:
    order: list[str] = []
    steps = [writing("first", [3, 1]), writing("second", [])]
    cycle = Cycle(database, steps, deliver=lambda: order.append("deliver"))
    results = await cycle.run_once(now=NOW)
    assert await written(database) == ["first", "first", "first", "second"]
    assert [(result.name, result.done) for result in results] == [("first", 4), ("second", 0)]
    assert order == ["deliver"]


async def test_a_step_that_fails_stops_neither_the_others_nor_delivery(database: Database) -> None:
    order: list[str] = []
    steps = [Step("broken", failing), writing("after", [])]
    cycle = Cycle(database, steps, deliver=lambda: order.append("deliver"))
    broken, after = await cycle.run_once(now=NOW)
    assert isinstance(broken.error, ValueError)
    assert after.error is None
    assert await written(database) == ["after"]
    assert order == ["deliver"]
    assert cycle.failures == 1


async def test_only_a_cycle_that_went_well_is_a_sign_of_life(database: Database) -> None:
    await Cycle(database, [Step("broken", failing)], deliver=lambda: None).run_once(now=NOW)
    async with database.reading() as session:
        assert await heartbeats.latest(session) == {}
    await Cycle(database, [writing("whole", [])], deliver=lambda: None).run_once(now=NOW)
    async with database.reading() as session:
        assert await heartbeats.latest(session) == {"cycle": NOW}


async def test_two_runs_never_overlap(database: Database) -> None:
    at_once, most = 0, 0

    async def work(_session: AsyncSession, *, now: datetime) -> int:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1
        return 0

    cycle = Cycle(database, [Step("one", work)], deliver=lambda: None)
    await asyncio.gather(*(cycle.run_once(now=NOW) for _ in range(3)))
    assert most == 1


async def test_a_step_that_never_finds_an_end_lets_the_others_have_their_turn(database: Database) -> None:
    async def endless(_session: AsyncSession, *, now: datetime) -> int:
        return 1

    results = await Cycle(
        database, [Step("endless", endless), writing("after", [])], deliver=lambda: None
    ).run_once(now=NOW)
    assert [result.name for result in results] == ["endless", "after"]
    assert await written(database) == ["after"]


async def test_work_of_a_single_batch_may_return_anything(database: Database) -> None:
    calls: list[Any] = []

    async def audit(_session: AsyncSession, *, now: datetime) -> list[str]:
        calls.append(now)
        return ["a fault"]

    await Cycle(database, [Step("audit", once(audit))], deliver=lambda: None).run_once(now=NOW)
    assert calls == [NOW]
