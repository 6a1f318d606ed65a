"""`simulate`: a made-up district in turned time with faults and kills, checked for loss."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.commands.figures import console_for_tables
from bot.commands.terminal import DONE, FAULTS, USAGE, complain
from bot.simulation.simulate import Plan
from bot.simulation.simulate import simulate as live
from bot.simulation.words import word


def simulate(plan: Plan, *, keep: Path | None) -> int:
    """Print what was said, recorded and sent; a sentence for each loss on standard error.

    Args:
        keep: an empty folder for the ledger's file; null: it is not kept.
    """
    # Faults are what it is about: each leaves a warning, and would drown the table.
    logging.basicConfig(level=logging.ERROR)
    if keep is not None and keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        complain(word("keep_not_empty", path=keep))
        return USAGE
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    with (
        nullcontext(str(keep)) if keep else tempfile.TemporaryDirectory(prefix="lianxin-simulate-") as folder
    ):
        return asyncio.run(_simulate(plan, Path(folder)))


async def _simulate(plan: Plan, folder: Path) -> int:
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task(word("progress", day=0, days=plan.days), total=plan.days)

        def tell(day: int) -> None:
            progress.update(task, completed=day, description=word("progress", day=day, days=plan.days))

        outcome = await live(plan, folder, progress=tell)
    console = console_for_tables()
    console.print(outcome.table())
    console.print(outcome.summary(), markup=False)
    losses = outcome.findings.losses
    if not losses:
        console.print(word("clean"))
    complain(*losses)
    return FAULTS if losses else DONE
