"""What stands around a message for politeness alone: it tells nothing, so it is left out of the reading."""

from __future__ import annotations

from bot.text.lexicon.patterns import patterns

_P = patterns("courtesies")
_OPENING, _CLOSING, _SIGN_OF_CLOSING = _P["opening"], _P["closing"], _P["sign_of_closing"]
_TAIL = 60  # characters at the end in which closing words are looked for


def without_courtesies(text: str) -> str:
    """The text without address, greeting, closing words and pictures, unless nothing were left of it."""
    opening = _OPENING.match(text)
    core = text[opening.end() :] if opening else text
    tail = max(0, len(core) - _TAIL)
    closing = _CLOSING.search(core, tail) if _SIGN_OF_CLOSING.search(core, tail) else None
    if closing and core[: closing.start()].strip():
        core = core[: closing.start()]
    return core if core.strip() else text
