"""What stands around a message for politeness alone: it tells nothing, so it is left out of the reading."""

from __future__ import annotations

from bot.text.lexicon.patterns import patterns

_P = patterns("courtesies")
_TAIL = 60  # characters at the end in which closing words are looked for


def without_courtesies(text: str) -> str:
    """The text without address, greeting, closing words and pictures; all of it when nothing is left."""
    opening = _P["opening"].match(text)
    core = text[opening.end() :] if opening else text
    closing = _P["closing"].search(core, max(0, len(core) - _TAIL))
    core = core[: closing.start()] if closing else core
    return core if core.strip() else text
