"""Whether a message asks for what can be printed ("打印")."""

from __future__ import annotations

from bot.text.lexicon import load
from bot.text.normalise import normalise


def asks_to_print(text: str) -> bool:
    """Whether the whole message is one of the words for it."""
    return normalise(text).text.strip().rstrip("。!！") in load("papers")["ask"]
