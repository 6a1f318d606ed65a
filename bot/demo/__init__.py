"""The playground with the real bot in it: in the browser, or a scripted month in the terminal.

village.py     a made-up village, set up as a real one would be
village.csv    its roster
month.toml     the guided tour: a month in it, step by step
show.py        in the browser      replay.py    in the terminal
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from pathlib import Path


def main(*, headless: bool, port: int) -> int:
    """Run the demo until Ctrl-C, or with `headless` replay the month and print it; the exit code."""
    from bot.demo.replay import replay
    from bot.demo.show import show

    # What is worth knowing is shown; the rest would drown it.
    logging.basicConfig(level=logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="lianxin-demo-") as folder:
        work = replay(Path(folder)) if headless else show(Path(folder), port=port)
        return asyncio.run(work)
