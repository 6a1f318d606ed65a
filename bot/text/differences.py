"""What would have made the difference: the message read again without some of its words, or with others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.acts import Act
from bot.text.grievances import ASK, LIKELY
from bot.text.lexicon import load
from bot.text.messages import Context, Message
from bot.text.notes import Account, Effect, Place, outermost
from bot.text.understand import understand

_FOR: dict[str, dict[str, float]] = load("weighing")["for"]
_NEGATION = re.compile(load("explaining")["negation"])
_MOST = 3  # differences told of one candidate


class Change(StrEnum):
    """ADDED: words of a class, had they stood there. REMOVED: words of the message, had they not."""

    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A change after which it would have been decided otherwise.

    rule: the class of words added, or the rule whose words are left out. words: as they stand in the text.
    acts: what would have been read then; null when it is known only that the evidence would have sufficed,
    or no longer so.
    """

    change: Change
    rule: str
    words: tuple[str, ...] = ()
    acts: tuple[Act, ...] | None = None


def differences(account: Account, message: Message, context: Context) -> list[Difference]:
    """The changes, the smallest of which decide; empty when no single one does."""
    found = _by_weight(account) if account.score is not None else _by_reading(account, message, context)
    return list(found)[:_MOST]


def shortfall(account: Account) -> float:
    """How much the evidence falls short of the next threshold; zero or less when the act is taken as read."""
    score = account.score or 0.0
    return round((ASK if score < ASK else LIKELY) - score, 4)


def _by_weight(account: Account) -> Iterator[Difference]:
    short = shortfall(account)
    if short <= 0:
        needed = sorted((n for n in account.notes if n.weight > -short), key=lambda note: -note.weight)
        for note in needed:
            yield Difference(Change.REMOVED, note.rule, _texts(account.text, note.words))
        return
    for note in account.notes:
        if note.weight <= -short:
            yield Difference(Change.REMOVED, note.rule, _texts(account.text, note.words))
    present = {note.rule for note in account.notes}
    for name, weight in _FOR.items():
        if name not in present and weight["first"] >= short:
            yield Difference(Change.ADDED, name)


def _by_reading(account: Account, message: Message, context: Context) -> Iterator[Difference]:
    """Read the text again without the words of each rule that decided alone."""
    before = _kinds(understand(replace(message, text=account.text), context).acts)
    for note in account.notes:
        if note.effect in (Effect.DENIES, Effect.MAKES) and note.words:
            places = note.words if note.effect is Effect.MAKES else _negations(account.text, note.words)
            acts = understand(replace(message, text=_without(account.text, places)), context).acts
            if _kinds(acts) != before:
                yield Difference(Change.REMOVED, note.rule, _texts(account.text, places), acts)


def _kinds(acts: tuple[Act, ...]) -> list[str]:
    return [type(act).__name__ for act in acts]


def _negations(text: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Of words that deny with a "not" only that: 没 of 没走访."""
    out = []
    for start, end in places:
        negation = _NEGATION.match(text[start:end])
        out.append((start, start + negation.end()) if negation else (start, end))
    return tuple(out)


def _without(text: str, places: tuple[Place, ...]) -> str:
    kept = bytearray(b"\x01" * len(text))
    for start, end in places:
        kept[start:end] = bytes(end - start)
    return "".join(char for char, keep in zip(text, kept, strict=True) if keep)


def _texts(text: str, places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[start:end] for start, end in outermost(places)))
