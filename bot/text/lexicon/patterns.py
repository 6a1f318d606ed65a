"""The expressions of `patterns_*.toml`, compiled once.

Such a file has a table `[patterns]` of names and expressions; ends of lines in an expression don't count.
`{piece}` stands for an expression of the table `[pieces]`, or for one handed over by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bot.text.lexicon import load


@cache
def patterns(name: str, **pieces: str) -> Mapping[str, re.Pattern[str]]:
    """The expressions of the file `patterns_<name>.toml` by name."""
    lists = load(f"patterns_{name}")
    known = {**pieces, **lists.get("pieces", {})}

    def compiled(written: str) -> re.Pattern[str]:
        whole = written.replace("\n", "")
        for piece, expression in known.items():
            whole = whole.replace(f"{{{piece}}}", expression)
        return re.compile(whole)

    return {key: compiled(written) for key, written in lists["patterns"].items()}
