"""`rehearse`: recorded history under other parameters, and who would have got what, when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

import typer

from bot import presets
from bot.commands.row_files import as_jsonl
from bot.commands.terminal import DONE, USAGE, Refused, complain, day, open_database, run
from bot.config import Settings
from bot.rehearsal import Rehearsal, Told
from bot.rehearsal import rehearse as replay
from bot.services.roster.find_branch import find_branch
from bot.wording import say


def rehearse(*, since: str, until: str, changes: Sequence[str], branch: str | None) -> int:
    """Print the messages as JSON lines, and how they differ from what was sent on standard error."""

    async def work(settings: Settings) -> int:
        first, last = day(since), day(until)
        if first is None or last is None or first > last:
            raise Refused(say("setup.period_reversed"), code=USAGE)
        changed = _read(changes)
        async with open_database(settings) as database:
            branch_id = None
            if branch is not None:
                async with database.reading() as session:
                    branch_id = (await find_branch(session, branch)).id
            found = await replay(
                database,
                changed,
                since=datetime.combine(first, time.min, settings.zone),
                until=datetime.combine(last + timedelta(days=1), time.min, settings.zone),
                branch_id=branch_id,
            )
        typer.echo(as_jsonl([_row(one) for one in found.rehearsed]), nl=False)
        complain(*_summary(found))
        return DONE

    return run(work)


def _read(changes: Sequence[str]) -> dict[str, Any]:
    """The parameters as given.

    Raises:
        Refused: one is not written as key=value, is none, or can't have this value.
    """
    changed: dict[str, Any] = {}
    for change in changes:
        name, equals, value = (part.strip() for part in change.partition("="))
        if not equals or not name:
            raise Refused(say("figures.change_wrong", value=change), code=USAGE)
        changed[name] = value
    try:
        presets.load(presets.DEFAULT, changed)
    except presets.ParameterWrong as wrong:
        raise Refused(say("figures.parameter_wrong", why=wrong), code=USAGE) from None
    return changed


def _row(one: Told) -> dict[str, Any]:
    at = one.at.isoformat(timespec="seconds")
    return {"at": at, "to": one.to, "kind": one.kind, "about": one.about, "text": one.text}


def _summary(found: Rehearsal) -> list[str]:
    """A line for each person for whom something would have been different."""
    really, rehearsed = _by_person(found.really), _by_person(found.rehearsed)
    lines = [
        say("figures.rehearsed", really=len(found.really), rehearsed=len(found.rehearsed)),
    ]
    for name in sorted(really.keys() | rehearsed.keys()):
        before, after = really[name], rehearsed[name]
        if [(one.at, one.kind, one.about) for one in before] == [
            (one.at, one.kind, one.about) for one in after
        ]:
            continue
        lines.append(
            say(
                "figures.rehearsed_person",
                name=name,
                really=len(before),
                rehearsed=len(after),
                first=_first(before),
                first_now=_first(after),
            )
        )
    return lines


def _by_person(told: Sequence[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        found[one.to].append(one)
    return found


def _first(told: Sequence[Told]) -> str:
    return f"{told[0].at:%Y-%m-%d %H:%M}" if told else say("figures.never")
