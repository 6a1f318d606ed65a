"""The words of the simulation, read from the files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """What is in a file, by its name without the ending."""
    return tomllib.loads((files("bot.simulation") / f"{name}.toml").read_text(encoding="utf-8"))


def word(key: str, **values: object) -> str:
    """A sentence of `words.toml`, filled in."""
    return str(data("words")[key]).format(**values)
