"""Response, solution and satisfaction rates of branches over a period; see `bot.domain.rates`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category
from bot.domain.matters import MatterStatus, Move, Outcome
from bot.domain.rates import MatterFacts, Rate, Rates, rates_of
from bot.services.matters.accused import is_accused
from bot.services.matters.matter_texts import is_conduct
from bot.services.roster.find_branch import BranchUnclear
from bot.services.roster.parameters import for_units
from bot.services.roster.roster_rows import same_branch
from bot.wording import say
from storage.queries.console import branches_below
from storage.queries.exports import people_names
from storage.queries.rates import RaisedMatters, raised_between
from storage.queries.units import all_units
from storage.tables import Matter, Unit

Row = dict[str, Any]


class By(StrEnum):
    """What the figures are told apart by."""

    UNIT = "unit"
    BRANCH = "branch"
    CATEGORY = "category"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures are wanted.

    branches: those that the unit holds. first, last: days on which matters were raised.
    reader: the person to whom they are told: of what accuses them they do not learn what it is about. null:
    nobody in particular.
    """

    unit: str
    branches: Sequence[Unit]
    first: date
    last: date
    by: By = By.UNIT
    reader: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The rates of what `name` stands for: a unit, a category (`domain.acts.Category`), or a person.

    name: null for matters of conduct, whose holders are not told, and for those that nobody holds.
    """

    name: str | None
    rates: Rates


async def branches_of(session: AsyncSession, name: str | None) -> tuple[str, list[Unit]]:
    """The branches of the unit with this name, a branch, town or district; null: all there are.

    Raises:
        BranchUnclear: when there is no such unit, or more than one.
    """
    units = await all_units(session)
    if name is None:
        tops = [unit for unit in units if unit.parent_id is None]
        branches = [branch for top in tops for branch in await branches_below(session, top)]
        return say("figures.everywhere"), branches
    found = unit_called(units, name)
    return found.name, await branches_below(session, found)


def unit_called(units: Sequence[Unit], name: str) -> Unit:
    """The only unit of this name, however its ending is written.

    Raises:
        BranchUnclear: when there is no such unit, or more than one.
    """
    found = [unit for unit in units if unit.name == name] or [
        unit for unit in units if same_branch(unit.name, name)
    ]
    if len(found) != 1:
        known = "、".join(unit.name for unit in found or units)
        sentence = "figures.unit_ambiguous" if found else "figures.no_such_unit"
        raise BranchUnclear(say(sentence, name=name, names=known))
    return found[0]


async def rates(session: AsyncSession, asked: Asked, *, now: datetime) -> list[Figures]:
    """The figures, in a fixed order that ranks nobody: as units stand, categories and names by themselves."""
    presets = await for_units(session, [unit.id for unit in asked.branches if unit.id is not None])
    names = await people_names(session) if asked.by is By.HOLDER else {}
    gathered: dict[str | None, list[MatterFacts]] = defaultdict(list)
    if asked.by is By.UNIT:
        gathered[asked.unit] = []
    for branch in asked.branches:
        if branch.id is None:
            continue
        if asked.by is By.BRANCH:
            gathered[branch.name] += []
        zone = presets[branch.id].zone
        raised = await raised_between(
            session,
            branch.id,
            start=datetime.combine(asked.first, time.min, zone),
            end=datetime.combine(asked.last + timedelta(days=1), time.min, zone),
        )
        for matter in raised.matters:
            category = Category.OTHER if is_accused(matter, asked.reader) else matter.category
            key = {By.UNIT: asked.unit, By.BRANCH: branch.name, By.CATEGORY: category}
            name = _holder(matter, names) if asked.by is By.HOLDER else key[asked.by]
            gathered[name].append(matter_facts(matter, raised))
    found = [Figures(name, rates_of(facts, now)) for name, facts in gathered.items()]
    if asked.by in (By.CATEGORY, By.HOLDER):
        found.sort(key=lambda one: (one.name is None, one.name or ""))
    return found


def as_row(figures: Figures, asked: Asked) -> Row:
    """The figures with their numerators and denominators; a rate of nothing is null."""
    found = figures.rates
    return {
        "since": asked.first.isoformat(),
        "until": asked.last.isoformat(),
        "unit": asked.unit,
        "by": asked.by.value,
        "name": figures.name,
        "raised": found.raised,
        **_rate_row("response", found.response),
        "not_due": found.not_due,
        "no_time_known": found.no_time_known,
        **_rate_row("solution", found.solution),
        **_rate_row("satisfaction", found.satisfaction),
        "partly": found.partly,
        "not_solved": found.not_solved,
        "silent": found.silent,
        "cannot_explained": found.cannot_explained,
        "unanswered": found.unanswered,
        "withdrawn": found.withdrawn,
        "merged": found.merged,
        "private": found.private,
    }


def _rate_row(name: str, rate: Rate) -> Row:
    return {
        f"{name}_rate": rate.value,
        f"{name}_numerator": rate.numerator,
        f"{name}_denominator": rate.denominator,
        f"{name}_few": rate.few,
    }


def _holder(matter: Matter, names: dict[int, str]) -> str | None:
    """Whoever had it first (首接负责): it is not charged to those whom it climbed to."""
    holder = matter.first_holder_id or matter.assignee_id
    return None if holder is None or is_conduct(matter) else names[holder]


def matter_facts(matter: Matter, raised: RaisedMatters) -> MatterFacts:
    """What the rates ask of a matter that is among `raised`."""
    key = matter.id or 0
    said = [*raised.others.get(key, []), *([matter.reporter_said] if matter.reporter_said else [])]
    outcome = matter.outcome
    if outcome is None and raised.verdicts.get(key) == Move.REOPEN:
        outcome = Outcome.NOT_SOLVED
    if not said and outcome is not None:
        said = [outcome]
    return MatterFacts(
        status=MatterStatus(matter.status),
        private=matter.private,
        acknowledge_by=matter.first_acknowledge_by,
        taken_at=raised.taken.get(key),
        outcome=None if outcome is None else Outcome(outcome),
        said=[Outcome(one) for one in said],
    )
