"""`coverage`: whether every household has a member, and every member as many as the preset asks."""

from __future__ import annotations

import typer

from bot.clock import SystemClock
from bot.commands.terminal import DONE, FAULTS, open_database, run
from bot.config import Settings
from bot.services.roster.check_links import check_links
from bot.services.roster.find_branch import BranchUnclear, all_branches, find_branch
from bot.wording import say


def coverage(*, branch: str | None) -> int:
    """Print the check of each branch; the exit code says whether all is as it should be."""

    async def work(settings: Settings) -> int:
        now, sound = SystemClock().now(), True
        async with open_database(settings) as database, database.reading() as session:
            chosen = [await find_branch(session, branch)] if branch else await all_branches(session)
            if not chosen:
                raise BranchUnclear(say("setup.no_branches"))
            for unit in chosen:
                found, words = await check_links(session, unit, now=now)
                typer.echo(words)
                sound = sound and found.is_sound
        return DONE if sound else FAULTS

    return run(work)
