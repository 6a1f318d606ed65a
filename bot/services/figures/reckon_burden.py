"""How much the bot asks of the people of a branch, week by week, against the day's budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.burden import Burden, weeks_of
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries.burden import done_between, people_of, told_between
from storage.tables import Unit

COLUMNS = ("name", "week", "messages", "emergencies", "answers", "questions", "done", "quiet", "budget")
"""What a table for people shows."""


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """A person's week."""

    branch: str
    name: str
    burden: Burden


async def burden(session: AsyncSession, branch: Unit, *, first: date, last: date) -> list[PersonWeek]:
    """The weeks of everybody with a role, from the day `first` to the day `last`, by name and week."""
    if branch.id is None:
        raise ValueError("the branch has not been stored yet")
    preset = await for_unit(session, branch.id)
    start = datetime.combine(first, time.min, preset.zone)
    end = datetime.combine(last + timedelta(days=1), time.min, preset.zone)
    told = await told_between(session, branch.id, start=start, end=end)
    done = await done_between(session, branch.id, start=start, end=end)
    return [
        PersonWeek(branch.name, person.name, week)
        for person in await people_of(session, branch.id)
        for week in weeks_of(
            told.get(person.id or 0, []),
            done.get(person.id or 0, []),
            quiet=preset.quiet,
            budget=preset.notices_a_day,
        )
    ]


def as_row(one: PersonWeek) -> dict[str, Any]:
    """A week with all its figures."""
    found = one.burden
    return {
        "branch": one.branch,
        "name": one.name,
        "week": found.week.isoformat(),
        "messages": found.messages,
        "emergencies": found.emergencies,
        "answers": found.answers,
        "questions": found.questions,
        "done": found.done,
        "quiet": found.quiet,
        "quiet_share": found.quiet_share,
        "busiest_day": found.busiest_day,
        "budget": found.budget,
        "days_over": found.days_over,
    }


def cells(one: PersonWeek) -> list[str]:
    """A week as a row of a table for people."""
    found = one.burden
    quiet = "0" if not found.quiet else say("figures.of_messages", part=found.quiet, whole=found.messages)
    sentence = "within_budget" if not found.days_over else "over_budget"
    budget = say(f"figures.{sentence}", busiest=found.busiest_day, budget=found.budget, days=found.days_over)
    numbers = (found.messages, found.emergencies, found.answers, found.questions, found.done)
    return [one.name, found.week.isoformat(), *map(str, numbers), quiet, budget]


def column_titles() -> list[str]:
    """What stands over the columns of `cells`."""
    return [say(f"figures.burden_{name}") for name in COLUMNS]
