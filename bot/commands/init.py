"""`init`: the database and a branch."""

from __future__ import annotations

import typer

from bot import presets
from bot.clock import SystemClock
from bot.commands.terminal import DONE, USAGE, Refused, run
from bot.config import Settings
from bot.services.roster.create_branch import create_branch
from bot.wording import say
from storage.database import Database


def init(*, preset: str, branch: str, town: str | None, district: str | None) -> int:
    """Make the database, or bring it up to date, and a branch in it."""

    async def work(settings: Settings) -> int:
        if preset not in presets.names():
            known = "、".join(presets.names())
            raise Refused(say("setup.preset_unknown", name=preset, names=known), code=USAGE)
        async with Database(settings.database_url) as database:
            await database.upgrade()
            async with database.transaction() as session:
                made = await create_branch(
                    session,
                    preset=preset,
                    branch=branch,
                    town=town,
                    district=district,
                    zone=settings.zone,
                    now=SystemClock().now(),
                )
        title = presets.load(preset).title
        told = "branch_made" if made.is_new else "branch_there"
        typer.echo(say(f"setup.{told}", branch=made.branch.name, system=preset, title=title))
        return DONE

    return run(work)
