"""Where the model's opinion counts: weak trouble that is none, and a matter told without a listed word."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.acts import Grievance, Sureness, Urgency
from bot.text.grievances import ASK, LIKELY
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Account, Effect, Note
from bot.text.reading import Reading

_THRESHOLDS: dict[str, float] = load("weighing")["opinion"]
_P = patterns("grievances")
_IDLE = ("asks_whether_passed_on", "asks_the_hour")  # questions that the model takes for matters
_KIND = "grievance"
_RULE = "second_opinion"

Trouble = tuple[Grievance, float]
"""A matter with its weight of evidence."""


def doubt_noted(reading: Reading, grievance: Grievance) -> None:
    """Note that the model's doubt has kept this matter from being one."""
    _note(reading, grievance, None, _THRESHOLDS["voice"] * reading.opinion.log_odds)


def reconsidered(reading: Reading, found: list[Trouble]) -> list[Trouble]:
    """What is left of the matters found when the message as a whole is unlike one: they weigh less.

    Danger to life or limb, and what the message says is over, stand as the rules have them. What is danger by
    the message as a whole alone is asked about as such.
    """
    against = _THRESHOLDS["voice"] * min(0.0, reading.opinion.log_odds)
    danger = len(found) == 1 and reading.opinion.urgency[Urgency.EMERGENCY] >= _THRESHOLDS["danger"]
    out = []
    for grievance, weight in found:
        if grievance.urgency is Urgency.EMERGENCY or grievance.resolved:
            out.append((grievance, weight))
            continue
        left = weight + against
        kept = None
        if left >= ASK:
            sure = left >= LIKELY and not danger
            kept = replace(
                grievance,
                urgency=Urgency.EMERGENCY if danger else grievance.urgency,
                sureness=grievance.sureness if sure else Sureness.PROBABLY,
            )
            out.append((kept, left))
        _note(reading, grievance, kept, against)
    return out


def _note(reading: Reading, before: Grievance, after: Grievance | None, against: float) -> None:
    for account in reading.accounts:
        if account.act is before:
            account.act = after
            account.notes.append(Note(_RULE, Effect.AGAINST, weight=against))
            account.score = (account.score or 0.0) + against


def matter_without_words(reading: Reading) -> Trouble | None:
    """The matter that the message as a whole is like, though no rule found one; always a `probably`."""
    opinion = reading.opinion
    if opinion.matter < _THRESHOLDS["promoted"] or any(_P[name].search(reading.text) for name in _IDLE):
        return None
    grievance = Grievance(
        category=max(opinion.category, key=opinion.category.__getitem__),
        urgency=_urgency(opinion.urgency),
        about=None,
        resolved=False,
        span=reading.message.text,
        sureness=Sureness.PROBABLY,
    )
    rivals = {category.value: share for category, share in opinion.category.items()}
    account = Account(_KIND, reading.text, [Note(_RULE, Effect.MAKES)], grievance, rivals=rivals)
    reading.accounts.append(account)
    return grievance, LIKELY


def _urgency(likely: dict[Urgency, float]) -> Urgency:
    """The likeliest; danger to life or limb only when it is plainly that."""
    best = max(likely, key=likely.__getitem__)
    if best is Urgency.EMERGENCY and likely[best] < _THRESHOLDS["danger"]:
        return Urgency.URGENT
    return best
