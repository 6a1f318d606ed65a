"""Commands that run the bot, try it out, and look after its database."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Part(StrEnum):
    """Which part of the bot a process runs."""

    ALL = "all"
    INTAKE = "intake"
    WORKER = "worker"
    CONSOLE = "console"


def demo(
    headless: Annotated[bool, typer.Option("--headless", help="Replay a month in the terminal.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = 0,
) -> None:
    """Start the playground: a village group chat in the browser, with the bot in it."""
    from bot.demo import main as run_demo

    raise typer.Exit(run_demo(headless=headless, port=port))


def run(role: Annotated[Part, typer.Option(help="Run only a part, on PostgreSQL.")] = Part.ALL) -> None:
    """Run the bot: intake, cycle, delivery and console."""
    from bot.commands.run import run as run_bot

    raise typer.Exit(run_bot(role=role))


def simulate(
    villages: Annotated[int, typer.Option(min=1, max=8, help="How many villages.")] = 2,
    days: Annotated[int, typer.Option(min=1, help="How many days.")] = 14,
    seed: Annotated[int, typer.Option(help="The same seed: the same people say the same things.")] = 1,
    kills: Annotated[int, typer.Option(min=0, help="How often the bot is killed.")] = 5,
    faults: Annotated[bool, typer.Option("--faults/--no-faults", help="The platform's faults.")] = True,
    keep: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the ledger there.")] = None,
) -> None:
    """Let a made-up district live in turned time with faults and kills; exit 1 if anything is lost."""
    from bot.commands.simulate import simulate as live
    from bot.simulation.simulate import Plan

    raise typer.Exit(live(Plan(villages, days, seed, kills, faults), keep=keep))


def parse(
    roster: Annotated[Path | None, typer.Option(metavar="FILE", help="Whose names to know.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which words made an act.")] = False,
) -> None:
    """Read messages as JSON lines, print the acts in them as JSON lines."""
    from bot.commands.parse import parse as read

    raise typer.Exit(read(roster=roster, explain=explain))


def doctor() -> None:
    """Check settings, database, token, privacy mode and rights in each chat."""
    from bot.commands.doctor import doctor as check

    raise typer.Exit(check())


def retry() -> None:
    """Handle once more the messages that could not be handled and were set aside."""
    from bot.commands.retry import retry as take_up

    raise typer.Exit(take_up())


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A file not there yet.")]) -> None:
    """Copy the database while the bot runs."""
    from bot.commands.backup import backup as copy

    raise typer.Exit(copy(file=file))


def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")]) -> None:
    """Put a backup in place of a database that is not there or empty."""
    from bot.commands.backup import restore as put_back

    raise typer.Exit(put_back(file=file))
