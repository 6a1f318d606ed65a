"""`preset`: every parameter with where its value comes from, and setting one for a unit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import typer
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import presets
from bot.clock import SystemClock
from bot.commands.figures import print_table
from bot.commands.row_files import as_jsonl
from bot.commands.terminal import DONE, USAGE, Refused, complain, open_database, run
from bot.config import Settings
from bot.domain.roster import UnitKind
from bot.presets import ParameterWrong
from bot.services.roster.find_branch import BranchUnclear, find_branch
from bot.services.roster.set_parameters import set_parameters, unset_parameters
from bot.services.roster.show_parameters import Parameter, of_preset, of_unit
from bot.wording import say
from storage.tables import Unit

Change = Callable[[AsyncSession, Unit, datetime], Awaitable[list[str]]]
"""What is to be done with a unit's parameters; gives a sentence for each."""


def show(*, preset: str | None, branch: str | None, town: str | None, format: str) -> int:
    """Print every parameter of a preset, or of a unit; of the default preset when none is named."""
    if sum(name is not None for name in (preset, branch, town)) > 1:
        complain(say("parameters.show_one"))
        return USAGE
    if branch is None and town is None:
        name = preset or presets.DEFAULT
        try:
            _print(name, of_preset(name), format)
        except ParameterWrong as wrong:
            complain(wrong)
            return USAGE
        return DONE

    async def work(settings: Settings) -> int:
        async with open_database(settings) as database, database.reading() as session:
            unit = await _unit(session, branch, town)
            _print(unit.name, await of_unit(session, unit.id or 0), format)
        return DONE

    return run(work)


def set_(*, branch: str | None, town: str | None, changes: Sequence[str]) -> int:
    """Set parameters of a unit for itself: all that are given, or none."""
    try:
        values = dict(map(_pair, changes))
    except Refused as refused:
        complain(*refused.sentences)
        return refused.code
    return _change(branch, town, lambda session, unit, now: set_parameters(session, unit, values, now=now))


def unset(*, branch: str | None, town: str | None, names: Sequence[str]) -> int:
    """Forget what a unit has set for itself."""
    return _change(branch, town, lambda session, unit, now: unset_parameters(session, unit, names, now=now))


def _change(branch: str | None, town: str | None, change: Change) -> int:
    async def work(settings: Settings) -> int:
        if (branch is None) == (town is None):
            raise Refused(say("parameters.set_one"), code=USAGE)
        try:
            async with open_database(settings) as database, database.transaction() as session:
                unit = await _unit(session, branch, town)
                told = await change(session, unit, SystemClock().now())
        except ParameterWrong as wrong:
            raise Refused(say("parameters.refused", why=wrong), code=USAGE) from None
        for sentence in told:
            typer.echo(sentence)
        return DONE

    return run(work)


def _pair(change: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in change.partition("="))
    if not equals or not name:
        raise Refused(say("parameters.pair_wrong", value=change), code=USAGE)
    return name, value


async def _unit(session: AsyncSession, branch: str | None, town: str | None) -> Unit:
    if branch is not None:
        return await find_branch(session, branch)
    towns = list(await session.exec(select(Unit).where(Unit.kind == UnitKind.TOWN)))
    found = [unit for unit in towns if unit.name == town]
    if len(found) != 1:
        raise BranchUnclear(say("parameters.no_town", name=town, names="、".join(one.name for one in towns)))
    return found[0]


def _print(name: str, parameters: Sequence[Parameter], format: str) -> None:
    if format == "jsonl":
        rows = [
            {
                "name": one.name,
                "value": one.value_plain,
                "from": one.origin,
                "preset": one.preset,
                "unit": one.unit,
                "what": one.explanation,
            }
            for one in parameters
        ]
        typer.echo(as_jsonl(rows), nl=False)
        return
    system = parameters[0].preset
    title = say("parameters.title", name=name, system=system, title=presets.load(system).title)
    columns = [say(f"parameters.column_{column}") for column in ("name", "value", "from", "what")]
    cells = [[one.name, one.value_words, one.origin_words, one.explanation] for one in parameters]
    print_table(title, columns, cells)
