"""On which steps a matter stands in a system, and who is told where the secretary is away."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.ladder import Rung
from bot.domain.matters import Step
from bot.services.matters.holders import ladder_of, rungs
from storage.tables import Unit
from tests.services.time.village import Village, at, matter, person

TODAY = date(2026, 11, 10)


async def override(session: AsyncSession, village: Village, **values: object) -> None:
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {f"ladder.{name}": value for name, value in values.items()}
    session.add(branch)
    await session.flush()


@pytest.mark.parametrize(
    ("steps", "step", "expected"),
    [
        (["member", "group", "secretary", "town"], "member", ["member", "group", "secretary", "town"]),
        (["member", "secretary", "town"], "member", ["member", "secretary", "town"]),
        (["member", "secretary"], "member", ["member", "secretary"]),
        # Where it stands it stays, whatever has been changed since.
        (["member", "secretary"], "group", ["member", "group", "secretary"]),
    ],
)
async def test_a_system_may_leave_steps_out(
    session: AsyncSession, village: Village, steps: list[str], step: str, expected: list[str]
) -> None:
    await override(session, village, steps=steps)
    one = await matter(session, village, step=Step(step), now=at("11-10 09:00"))
    assert await rungs(session, one) == [Rung(Step(name)) for name in expected]


@pytest.mark.parametrize(
    ("alternates", "instead"),
    [
        (["deputy"], ["周副"]),
        (["group_leader"], ["赵六"]),
        (["deputy", "group_leader"], ["周副", "赵六"]),
        ([], []),
    ],
)
async def test_whoever_the_system_names_is_told_when_the_secretary_is_away(
    session: AsyncSession, village: Village, alternates: list[str], instead: list[str]
) -> None:
    await person(session, "周副", village.branch, ("deputy", village.branch))
    await override(session, village, alternates=alternates)
    village.qian.on_leave_until = date(2026, 11, 20)
    session.add(village.qian)
    one = await matter(session, village, step=Step.SECRETARY, now=at("11-10 09:00"))
    held = (await ladder_of(session, one, today=TODAY, since=Rung(Step.SECRETARY))).held
    assert [holder.person.name for holder in held.get(Rung(Step.SECRETARY), [])] == instead
