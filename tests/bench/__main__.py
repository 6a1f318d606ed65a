"""`python -m tests.bench [COUNT]` prints figures with their ratios to yardsticks of the same run.

Nothing is judged here: seconds differ from machine to machine, ratios hardly.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import quality, reading, running
from tests.text.figures import Figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure, and print ratios.")
    parser.add_argument("count", nargs="?", type=int, default=2000, help="messages of each kind (2000)")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        figures = reading.measure(count) + asyncio.run(running.measure(count, Path(folder)))
    table = Table("", "a second", "as a ratio")
    for figure in figures:
        ratio = f"{figure.ratio:.2f} of {figure.yardstick.what}" if figure.ratio and figure.yardstick else ""
        table.add_row(figure.what, f"{figure.a_second:,.0f}", ratio)
    console = Console()
    console.print(table)
    worst, load = reading.slowest(), reading.loading()
    console.print(
        f"slowest message of 4,096 characters ({worst.kind}): {worst.milliseconds:.1f} ms, "
        f"{worst.milliseconds / worst.jieba:.2f} of what jieba takes to cut it"
    )
    console.print(f"until it can read: {load.seconds:.2f} s, {load.megabytes:.0f} MB")
    console.print(_quality())


def _quality() -> Table:
    """Figures of the fifth of the labelled messages that nothing was learned from."""
    table = Table("set aside", "messages", "", "right", "false alarms", "emergencies", "seen", "category")
    for row in quality.rows():
        table.add_row(row.written_in, str(row.messages), "rules alone", *_shares(row.rules_alone))
        table.add_row("", "", "with the model", *_shares(row.with_opinion))
    return table


def _shares(figures: Figures) -> list[str]:
    shares = (figures.right, figures.false_alarms, figures.emergencies, figures.seen, figures.category)
    return ["–" if share is None else f"{share:.1%}" for share in shares]


if __name__ == "__main__":
    main()
