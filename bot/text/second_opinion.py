"""Where the model's opinion counts: weak trouble that is none, and a matter told without a listed word."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.acts import Grievance, Sureness, Urgency
from bot.text.grievances import ASK, LIKELY, SURE
from bot.text.lexicon import lexicon, load
from bot.text.notes import Account, Effect, Note
from bot.text.reading import Reading

_THRESHOLDS: dict[str, float] = load("weighing")["opinion"]
_KIND = "grievance"
_RULE = "second_opinion"

Trouble = tuple[Grievance, float]
"""A matter with its weight of evidence."""


def dismisses(reading: Reading) -> bool:
    """Whether the message as a whole is so unlike a matter that its words of trouble are not looked into.

    Danger to life or limb is never dismissed.
    """
    return reading.opinion.matter < _THRESHOLDS["dismissed"] and lexicon().dangers.isdisjoint(
        reading.hits.names
    )


def reconsidered(reading: Reading, found: list[Trouble]) -> list[Trouble]:
    """What is left of the matters found when the message as a whole is unlike one: they weigh less.

    Danger to life or limb, and what the message says is over, stand as the rules have them.
    """
    against = _THRESHOLDS["voice"] * min(0.0, reading.opinion.log_odds)
    out = []
    for grievance, weight in found:
        if grievance.urgency is Urgency.EMERGENCY or grievance.resolved:
            out.append((grievance, weight))
        elif weight + against >= ASK:
            sureness = grievance.sureness if weight + against >= SURE else Sureness.PROBABLY
            out.append((replace(grievance, sureness=sureness), weight + against))
    return out


def matter_without_words(reading: Reading) -> Trouble | None:
    """The matter that the message as a whole is like, though no rule found one; always a `probably`."""
    opinion = reading.opinion
    if opinion.matter < _THRESHOLDS["promoted"]:
        return None
    grievance = Grievance(
        category=max(opinion.category, key=opinion.category.__getitem__),
        urgency=max(opinion.urgency, key=opinion.urgency.__getitem__),
        about=None,
        resolved=False,
        span=reading.message.text,
        sureness=Sureness.PROBABLY,
    )
    rivals = {category.value: share for category, share in opinion.category.items()}
    account = Account(_KIND, reading.text, [Note(_RULE, Effect.MAKES)], grievance, rivals=rivals)
    reading.accounts.append(account)
    return grievance, LIKELY
