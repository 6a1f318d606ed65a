"""Commands that show and set parameters, and try others out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from bot.commands.arguments.options import Branch

preset = typer.Typer(no_args_is_help=True, help="See every parameter, or set one for a unit.")

Town = Annotated[str | None, typer.Option(metavar="NAME", help="A town: for all its branches.")]


class ShowFormat(StrEnum):
    """How parameters are shown."""

    TABLE = "table"
    JSONL = "jsonl"


@preset.command("show")
def preset_show(
    name: Annotated[str | None, typer.Option("--preset", metavar="NAME", help="As it comes.")] = None,
    branch: Branch = None,
    town: Town = None,
    format: Annotated[ShowFormat, typer.Option(help="How to write them.")] = ShowFormat.TABLE,
) -> None:
    """Print every parameter, its value, where that comes from, and what it is."""
    from bot.commands.preset import show

    raise typer.Exit(show(preset=name, branch=branch, town=town, format=format))


@preset.command("set")
def preset_set(
    changes: Annotated[list[str], typer.Argument(metavar="KEY=VALUE…", help="Such as cadence.key=5.")],
    branch: Branch = None,
    town: Town = None,
) -> None:
    """Set parameters of a branch or town for itself: all that are given, or none."""
    from bot.commands.preset import set_

    raise typer.Exit(set_(branch=branch, town=town, changes=changes))


@preset.command("unset")
def preset_unset(
    names: Annotated[list[str], typer.Argument(metavar="KEY…", help="Such as cadence.key.")],
    branch: Branch = None,
    town: Town = None,
) -> None:
    """Go back to what a branch or town would have without a value of its own."""
    from bot.commands.preset import unset

    raise typer.Exit(unset(branch=branch, town=town, names=names))


def rehearse(
    since: Annotated[str, typer.Option(metavar="D", help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option(metavar="D", help="Last day.")],
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Another value for a parameter.")
    ] = None,
    branch: Branch = None,
) -> None:
    """Replay recorded history under other parameters; print what would have been sent to whom."""
    from bot.commands.rehearse import rehearse as replay

    raise typer.Exit(replay(since=since, until=until, changes=changes or [], branch=branch))
