"""Commands that set a village up, keep its roster, and say who is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.arguments.options import Branch


def init(
    preset: Annotated[str, typer.Option(help="damang, huiji, huozhou, tongshan or xuanbao.")],
    branch: Annotated[str, typer.Option(metavar="NAME", help="The branch to make.")],
    town: Annotated[str | None, typer.Option(metavar="NAME", help="The town above it.")] = None,
    district: Annotated[str | None, typer.Option(metavar="NAME", help="The district above that.")] = None,
) -> None:
    """Make the database and a branch; call it again for more branches."""
    from bot.commands.init import init as make

    raise typer.Exit(make(preset=preset, branch=branch, town=town, district=district))


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A roster, .xlsx or .csv.")],
    branch: Branch = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it and keep nothing.")] = False,
) -> None:
    """Bring a roster in, or bring the ledger up to date with it: all of it or nothing."""
    from bot.commands.import_roster import import_roster

    raise typer.Exit(import_roster(file=file, branch=branch, dry_run=dry_run))


def invites(
    branch: Branch = None,
    everybody: Annotated[bool, typer.Option("--all", help="Also for those who have claimed.")] = False,
    groups: Annotated[bool, typer.Option("--groups", help="Also for each group's own chat.")] = False,
    qr: Annotated[
        Path | None, typer.Option("--qr", metavar="DIR", help="Write QR codes of people and doors there.")
    ] = None,
) -> None:
    """Print a bind code for each chat and person, as JSON lines."""
    from bot.commands.invites import invites as make

    raise typer.Exit(make(branch=branch, everybody=everybody, groups=groups, qr=qr))


def coverage(branch: Branch = None) -> None:
    """Check that every household has a member, and every member enough and not too many; exit 1 if not."""
    from bot.commands.coverage import coverage as check

    raise typer.Exit(check(branch=branch))


def responsible(
    household: Annotated[str, typer.Option(metavar="NAME", help="Its head, address or door code.")],
    date: Annotated[str | None, typer.Option(metavar="D", help="YYYY-MM-DD; default: today.")] = None,
    branch: Branch = None,
) -> None:
    """Say who answered for a household on a day."""
    from bot.commands.responsible import responsible as find

    raise typer.Exit(find(household=household, date=date, branch=branch))


def forget(
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Whose data, by name.")] = None,
    user: Annotated[int | None, typer.Option(metavar="ID", help="By Telegram user.")] = None,
    branch: Branch = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Also take back what is not over.")] = False,
) -> None:
    """Erase what is kept of somebody who has asked for it on paper; figures and the roster stay."""
    from bot.commands.forget import forget as erase

    if (person is None) == (user is None):
        raise typer.BadParameter("--person or --user")
    raise typer.Exit(erase(person=person, user=user, branch=branch, withdraw=withdraw))
