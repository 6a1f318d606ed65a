"""`parse`: messages in, acts out."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.commands.terminal import FAULTS, complain
from bot.services.roster.roster_file import RosterUnreadable, read_roster
from bot.text.parse_stream import parse_stream


def parse(*, roster: Path | None, explain: bool) -> int:
    """Read messages as JSON lines from standard input, print their acts as JSON lines."""
    names: list[str] = []
    if roster is not None:
        try:
            heads = (row.cells["户主"] for row in read_roster(roster).rows)
        except RosterUnreadable as unreadable:
            complain(unreadable)
            return FAULTS
        names = list(dict.fromkeys(filter(None, heads)))
    return parse_stream(sys.stdin, sys.stdout, sys.stderr, roster=names, explain=explain)
