"""Who somebody says they are ("我是柳湾村的王建国"), and whose name is to be freed ("解绑 王建国")."""

from __future__ import annotations

import re

from bot.text.lexicon import load
from bot.text.normalise import normalise

_NAME_LENGTHS = range(2, 7)  # characters; longer ones have a dot within


def read_name(text: str) -> str | None:
    """What follows "我是": a name, maybe behind a place; null when the message says something else."""
    found = re.fullmatch(load("claims")["am"], normalise(text).text.strip())
    return None if found is None else found["rest"]


def names_within(said: str) -> tuple[str, ...]:
    """The names that `said` may end with, the longest first."""
    return tuple(said[-length:] for length in reversed(_NAME_LENGTHS) if len(said) >= length)


def read_unbinding(text: str) -> str | None:
    """Whose name is to be freed; null when the message is about something else."""
    found = re.fullmatch(load("claims")["unbind"], normalise(text).text.strip())
    return None if found is None else found["name"]
