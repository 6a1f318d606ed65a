"""`python -m bot`: the commands, a line each. What they do stands in `bot/commands/`.

Each command is imported when it is called, so that none waits for another's libraries.
"""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Branch = Annotated[str | None, typer.Option(metavar="NAME", help="Only this branch.")]


class Part(StrEnum):
    """Which part of the bot a process runs."""

    ALL = "all"
    INTAKE = "intake"
    WORKER = "worker"
    CONSOLE = "console"


class Format(StrEnum):
    """How exported rows are written."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


@app.command()
def demo(
    headless: Annotated[bool, typer.Option("--headless", help="Replay a month in the terminal.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = 0,
) -> None:
    """Start the playground: a village group chat in the browser, with the bot in it."""
    from bot.demo import main as run_demo

    raise typer.Exit(run_demo(headless=headless, port=port))


@app.command()
def run(role: Annotated[Part, typer.Option(help="Run only a part, on PostgreSQL.")] = Part.ALL) -> None:
    """Run the bot: intake, cycle, delivery and console."""
    from bot.commands.run import run as run_bot

    raise typer.Exit(run_bot(role=role))


@app.command()
def init(
    preset: Annotated[str, typer.Option(help="damang, huiji, huozhou, tongshan or xuanbao.")],
    branch: Annotated[str, typer.Option(metavar="NAME", help="The branch to make.")],
    town: Annotated[str | None, typer.Option(metavar="NAME", help="The town above it.")] = None,
    district: Annotated[str | None, typer.Option(metavar="NAME", help="The district above that.")] = None,
) -> None:
    """Make the database and a branch; call it again for more branches."""
    from bot.commands.init import init as make

    raise typer.Exit(make(preset=preset, branch=branch, town=town, district=district))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A roster, .xlsx or .csv.")],
    branch: Branch = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it and keep nothing.")] = False,
) -> None:
    """Bring a roster in, or bring the ledger up to date with it: all of it or nothing."""
    from bot.commands.import_roster import import_roster

    raise typer.Exit(import_roster(file=file, branch=branch, dry_run=dry_run))


@app.command()
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


@app.command()
def coverage(branch: Branch = None) -> None:
    """Check that every household has a member, and every member enough and not too many; exit 1 if not."""
    from bot.commands.coverage import coverage as check

    raise typer.Exit(check(branch=branch))


@app.command()
def responsible(
    household: Annotated[str, typer.Option(metavar="NAME", help="Its head, address or door code.")],
    date: Annotated[str | None, typer.Option(metavar="D", help="YYYY-MM-DD; default: today.")] = None,
    branch: Branch = None,
) -> None:
    """Say who answered for a household on a day."""
    from bot.commands.responsible import responsible as find

    raise typer.Exit(find(household=household, date=date, branch=branch))


class FiguresFormat(StrEnum):
    """How figures are written."""

    JSONL = "jsonl"
    TABLE = "table"
    XLSX = "xlsx"


class LedgerPart(StrEnum):
    """Which matters the problem ledger lists."""

    ALL = "all"
    UNFINISHED = "unfinished"
    ON_LEDGER = "on_ledger"
    CLOSED = "closed"


class RatesBy(StrEnum):
    """What rates are told apart by."""

    BRANCH = "branch"
    CATEGORY = "category"
    HOLDER = "holder"


@app.command()
def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="reports, matters, members, households, …")],
    branch: Branch = None,
    since: Annotated[str | None, typer.Option(metavar="D", help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(metavar="D", help="Last day.")] = None,
    format: Annotated[Format, typer.Option(help="How to write the rows.")] = Format.JSONL,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: standard output.")] = None,
    reader: Annotated[
        str | None, typer.Option("--for", metavar="NAME", help="Leave out what accuses this person.")
    ] = None,
    mask_phones: Annotated[
        bool, typer.Option("--mask-phones", help="Of a roster: phones without their middle.")
    ] = False,
) -> None:
    """Export rows of the ledger.

    KIND: reports, matters, members, households, sessions, rollcalls, notices, audit; roster: the file that
    `import` takes, as the ledger has it now.
    """
    from bot.commands.export import export as write

    raise typer.Exit(
        write(
            kind=kind,
            branch=branch,
            since=since,
            until=until,
            format=format,
            out=out,
            reader=reader,
            mask_phones=mask_phones,
        )
    )


@app.command()
def rates(
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2026-11, 2026-Q4, 2026-H2 or 2026.")],
    by: Annotated[RatesBy | None, typer.Option(help="Default: one row for the unit.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="NAME", help="A branch, town or district.")] = None,
    format: Annotated[FiguresFormat, typer.Option(help="How to write them.")] = FiguresFormat.JSONL,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """Response, solution and satisfaction rates, as the 12345 hotlines define them."""
    from bot.commands.rates import rates as reckon

    raise typer.Exit(reckon(period=period, by=by, unit=unit, format=format, out=out))


@app.command()
def indicators(
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2026-11, 2026-Q4, 2026-H2 or 2026.")],
    unit: Annotated[str | None, typer.Option(metavar="NAME", help="It and all units below it.")] = None,
    format: Annotated[FiguresFormat, typer.Option(help="How to write them.")] = FiguresFormat.JSONL,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """The published figures of every branch, town and district, each with its definition."""
    from bot.commands.indicators import indicators as reckon

    raise typer.Exit(reckon(period=period, unit=unit, format=format, out=out))


@app.command()
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


@app.command()
def burden(
    since: Annotated[str, typer.Option(metavar="D", help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option(metavar="D", help="Last day.")],
    branch: Branch = None,
    format: Annotated[FiguresFormat, typer.Option(help="How to write them.")] = FiguresFormat.JSONL,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """How much the bot asks of whom, by person and week."""
    from bot.commands.burden import burden as reckon

    raise typer.Exit(reckon(since=since, until=until, branch=branch, format=format, out=out))


@app.command()
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


@app.command()
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


preset = typer.Typer(no_args_is_help=True, help="See every parameter, or set one for a unit.")
app.add_typer(preset, name="preset")
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


@app.command()
def paper(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="plates, cards, handbook, ledger, …")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="To print: .html; a spreadsheet: .xlsx.")],
    branch: Branch = None,
    group: Annotated[str | None, typer.Option(metavar="NAME", help="Only this group.")] = None,
    member: Annotated[str | None, typer.Option(metavar="NAME", help="Only this member.")] = None,
    household: Annotated[str | None, typer.Option(metavar="NAME", help="Only one plate.")] = None,
    month: Annotated[str | None, typer.Option(metavar="PERIOD", help="2026-11, 2026-Q4 or 2026-H2.")] = None,
    year: Annotated[str | None, typer.Option(metavar="YEAR", help="2026.")] = None,
    part: Annotated[LedgerPart, typer.Option(help="Which matters the ledger lists.")] = LedgerPart.ALL,
    per_page: Annotated[int, typer.Option(help="Door plates on a page: 1 or 4.")] = 4,
    phones: Annotated[bool | None, typer.Option("--phones/--no-phones", help="Members' numbers.")] = None,
    with_private: Annotated[bool, typer.Option("--with-private", help="Also what is private.")] = False,
    reader: Annotated[
        str | None, typer.Option("--for", metavar="NAME", help="Leave out what accuses this person.")
    ] = None,
) -> None:
    """Print door plates, members' cards and handbooks, the problem ledger, the monthly table, …

    KIND: plates, cards, handbook, ledger, monthly, roster, session, year.
    """
    from bot.commands.paper import paper as write

    raise typer.Exit(
        write(
            kind=kind,
            branch=branch,
            group=group,
            member=member,
            household=household,
            period=month or year,
            part=part,
            per_page=per_page,
            phones=phones,
            with_private=with_private,
            reader=reader,
            out=out,
        )
    )


@app.command()
def parse(
    roster: Annotated[Path | None, typer.Option(metavar="FILE", help="Whose names to know.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which words made an act.")] = False,
) -> None:
    """Read messages as JSON lines, print the acts in them as JSON lines."""
    from bot.commands.parse import parse as read

    raise typer.Exit(read(roster=roster, explain=explain))


@app.command()
def doctor() -> None:
    """Check settings, database, token, privacy mode and rights in each chat."""
    from bot.commands.doctor import doctor as check

    raise typer.Exit(check())


@app.command()
def retry() -> None:
    """Handle once more the messages that could not be handled and were set aside."""
    from bot.commands.retry import retry as take_up

    raise typer.Exit(take_up())


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A file not there yet.")]) -> None:
    """Copy the database while the bot runs."""
    from bot.commands.backup import backup as copy

    raise typer.Exit(copy(file=file))


@app.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")]) -> None:
    """Put a backup in place of a database that is not there or empty."""
    from bot.commands.backup import restore as put_back

    raise typer.Exit(put_back(file=file))


def main() -> None:
    """Run the command that was asked for."""
    # Chinese goes through pipes whatever the machine's locale is.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else None)
    app(prog_name="python -m bot")


if __name__ == "__main__":
    main()
