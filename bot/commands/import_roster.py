"""`import`: a roster into the ledger."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.clock import SystemClock
from bot.commands.terminal import DONE, FAULTS, complain, listed, open_database, run
from bot.config import Settings
from bot.secrets import Secrets
from bot.services.roster.find_branch import find_branch
from bot.services.roster.import_changes import Imported
from bot.services.roster.import_roster import RosterRefused
from bot.services.roster.import_roster import import_roster as bring_in
from bot.services.roster.parameters import for_unit
from bot.services.roster.roster_file import read_roster
from bot.wording import say


class _OnlyTried(Exception):
    """Rolls a trial back."""


def import_roster(*, file: Path, branch: str | None, dry_run: bool) -> int:
    """Bring a roster in, all of it or nothing; every bad row is reported.

    dry_run: print what it would change, a line for each row, and keep nothing.
    """

    async def work(settings: Settings) -> int:
        secrets = Secrets(settings.key)
        roster = read_roster(file)
        complain(*roster.notes)
        now = SystemClock().now()
        done = Imported()
        async with open_database(settings) as database:
            try:
                async with database.transaction() as session:
                    unit = await find_branch(session, branch) if branch else None
                    zone = (await for_unit(session, unit.id)).zone if unit else settings.zone
                    today = now.astimezone(zone).date()
                    done = await bring_in(
                        session, roster.rows, branch=unit, secrets=secrets, today=today, now=now
                    )
                    if dry_run:
                        raise _OnlyTried
            except _OnlyTried:
                pass
            except RosterRefused as refused:
                complain(*refused.faults, say("roster.import_refused", count=len(refused.faults)))
                return FAULTS
        complain(*done.doubts, *done.notes)
        if dry_run:
            for line in done.lines():
                typer.echo(line)
        typer.echo(say("roster.import_dry" if dry_run else "roster.import_done", None, **done.counts))
        if done.absent:
            typer.echo(say("roster.import_absent", names=listed(done.absent)))
        return DONE

    return run(work)
