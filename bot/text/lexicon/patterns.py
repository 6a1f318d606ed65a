"""The expressions of `patterns_*.toml`, each compiled when it is first asked for.

Such a file has a table `[patterns]` of names and expressions; ends of lines in an expression don't count.
`{piece}` stands for an expression of the table `[pieces]`, or for one handed over by the caller.
"""

from __future__ import annotations

import re
from functools import cache

from bot.text.lexicon import load


class Patterns(dict[str, re.Pattern[str]]):
    """Compiled expressions by name; `names` are all there are, compiled or not.

    Compiling all of them would take a fifth of the time in which the package is loaded.
    """

    def __init__(self, written: dict[str, str], pieces: dict[str, str]) -> None:
        self._written = written
        self._pieces = pieces
        self.names = frozenset(written)

    def __missing__(self, name: str) -> re.Pattern[str]:
        whole = self._written[name].replace("\n", "")
        for piece, expression in self._pieces.items():
            whole = whole.replace(f"{{{piece}}}", expression)
        pattern = self[name] = re.compile(whole)
        return pattern


@cache
def patterns(name: str, **pieces: str) -> Patterns:
    """The expressions of the file `patterns_<name>.toml` by name."""
    lists = load(f"patterns_{name}")
    return Patterns(lists["patterns"], {**pieces, **lists.get("pieces", {})})
