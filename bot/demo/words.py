"""The demo's own words and scripts, read from the files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((files("bot.demo") / name).read_text(encoding="utf-8"))


def word(key: str, **values: object) -> str:
    """A sentence of `words.toml`, filled in."""
    return str(_file("words.toml")[key]).format(**values)


def suggestions() -> list[dict[str, str]]:
    """What a visitor may try to say: each with `user`, `chat` (`group` or `private`) and `text`."""
    return list(_file("words.toml")["suggestions"])


def month() -> list[dict[str, Any]]:
    """The steps of the guided tour, as `bot.playground.tour` takes them."""
    return list(_file("month.toml")["step"])
