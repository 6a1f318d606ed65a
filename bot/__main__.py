"""`python -m bot`: its commands. What they take stands in `bot/commands/arguments/`, the rest beside it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping

import typer

from bot.commands.arguments import figures, parameters, running, village

COMMANDS: Mapping[str, Callable[..., None]] = {
    "demo": running.demo,
    "run": running.run,
    "init": village.init,
    "import": village.import_,
    "invites": village.invites,
    "coverage": village.coverage,
    "responsible": village.responsible,
    "export": figures.export,
    "rates": figures.rates,
    "indicators": figures.indicators,
    "forget": village.forget,
    "burden": figures.burden,
    "rehearse": parameters.rehearse,
    "simulate": running.simulate,
    "paper": figures.paper,
    "parse": running.parse,
    "doctor": running.doctor,
    "retry": running.retry,
    "backup": running.backup,
    "restore": running.restore,
}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(parameters.preset, name="preset")


def main() -> None:
    """Run the command that was asked for."""
    # Chinese goes through pipes whatever the machine's locale is.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else None)
    app(prog_name="python -m bot")


if __name__ == "__main__":
    main()
