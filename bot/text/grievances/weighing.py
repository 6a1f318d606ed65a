"""How much speaks for a stretch being a matter: notes whose weights are summed."""

from __future__ import annotations

from bot.text.grievances.evidence import AFTERWARDS, AT_FIRST, Rule, of_public_concern, softening
from bot.text.grievances.stretches import Stretch
from bot.text.lexicon import load
from bot.text.notes import Effect, Note, Place

_LISTS = load("weighing")
_TROUBLE: dict[str, float] = _LISTS["trouble"]
_RULES: dict[str, float] = _LISTS["rules"]

_NEEDING_CLOSENESS = frozenset(("ask", "complain"))
_PRIVATE = frozenset(("private", "own", "press"))
_NEAR = 20  # characters between trouble and what is said of it

# see lexicon/weighing.toml
SURE: float = _LISTS["thresholds"]["sure"]
LIKELY: float = _LISTS["thresholds"]["likely"]
ASK: float = _LISTS["thresholds"]["ask"]


def weigh(stretch: Stretch) -> list[Note]:
    """What counts at first sight, before it is known how urgent it would be."""
    weight = stretch.weight
    strongest = [m for m in stretch.matches if m.frame.weight == weight]
    strongest = [m for m in strongest if m.frame.title is None] or strongest
    trouble = Note(
        "trouble",
        Effect.FOR,
        tuple((m.start, m.end) for m in strongest),
        _TROUBLE[str(weight)],
        tuple(m.frame.label for m in strongest),
    )
    notes = [trouble, *_words(stretch, "for")]
    notes += _rules(stretch, AT_FIRST)
    against = _words(stretch, "against")
    if against:
        factor = softening(stretch, formal=any(note.rule == "formal" for note in notes))
        private = of_public_concern(stretch)
        notes += [
            Note(n.rule, Effect.AGAINST, n.words, -n.weight * (private if n.rule in _PRIVATE else factor))
            for n in against
        ]
    return notes


def weigh_again(stretch: Stretch) -> list[Note]:
    """What counts once it is known how urgent it would be."""
    return _rules(stretch, AFTERWARDS)


def total(notes: list[Note]) -> float:
    """The sum of the weights, without the noise that would tip what lies just on a threshold."""
    return round(sum(note.weight for note in notes), 4)


def _words(stretch: Stretch, table: str) -> list[Note]:
    """The classes of words of one table that stand in the stretch; a word said twice counts once."""
    hits, text = stretch.reading.hits, stretch.reading.text
    out = []
    for name, weight in _LISTS[table].items():
        if name not in hits.names:
            continue
        places = hits.within(name, stretch.start, stretch.end)
        if name in _NEEDING_CLOSENESS:
            places = [place for place in places if _is_near(stretch, place)]
        if places:
            further = len({text[start:end] for start, end in places}) - 1
            summed = min(weight["most"], weight["first"] + weight["further"] * further)
            out.append(Note(name, Effect.FOR, tuple(places), summed))
    return out


def _is_near(stretch: Stretch, place: Place) -> bool:
    """Asking and complaint count beside the trouble, not anywhere in the message."""
    return any(
        place[0] <= match.end + _NEAR and place[1] >= match.start - _NEAR
        for match in stretch.matches
        if match.frame.weight
    )


def _rules(stretch: Stretch, rules: tuple[Rule, ...]) -> list[Note]:
    out = []
    for rule in rules:
        places = rule(stretch)
        if places is not None:
            weight = _RULES[rule.__name__]
            out.append(Note(rule.__name__, Effect.FOR if weight > 0 else Effect.AGAINST, places, weight))
    return out
