"""Where the model's opinion counts: it adds to what the rules find, and tells a matter where they end."""

from __future__ import annotations

import math
from dataclasses import replace

from bot.domain.acts import Grievance, Sureness, Urgency
from bot.text.grievances import ASK, LIKELY
from bot.text.grievances.beside_visit import passed_on
from bot.text.grievances.titles import title_of
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.normalise import normalise
from bot.text.notes import Account, Effect, Note
from bot.text.opinion import Opinion
from bot.text.reading import Reading
from bot.text.signs import Beside

_OPINION: dict[str, float] = load("weighing")["opinion"]
_UNFAMILIAR: dict[str, float] = load("weighing")["unfamiliar"]
_VOICE: dict[str, float] = load("weighing")["voice"]
_RESERVE: dict[str, float] = load("weighing")["reserve"]
_P = patterns("grievances")
_IDLE = ("asks_whether_passed_on", "asks_the_hour")  # questions that the model takes for matters
_KIND = "grievance"
_RULE, _OVER = "second_opinion", "told_as_over"
_SHORT = 3  # characters
_TROUBLE = 4  # characters that tell some trouble, at least
_NOT_OVER = float("-inf")
_SUREST = 1e-6  # nothing is less likely

Trouble = tuple[Grievance, float]
"""A matter with its weight of evidence."""


def doubt_noted(reading: Reading, grievance: Grievance) -> None:
    """Note that the model's doubt has kept this matter from being one."""
    _note(reading, grievance, None, _weight(reading, grievance, visits=False))


def reconsidered(reading: Reading, found: list[Trouble], *, visits: bool) -> list[Trouble]:
    """The matters found, weighed again with the model's opinion of the whole message.

    What the message says is over stands, unless the model holds it to be nothing of the kind. Danger is what
    the message as a whole is like; where a word of it stands in a message that is nothing of the kind, the
    matter is urgent.

    Args:
        visits: the message reports a visit or event too: whoever tells of one passes on what they heard.
    """
    out = []
    for grievance, by_rules in found:
        over = _over(reading, grievance, visits=visits)
        if grievance.resolved and over >= _OPINION["ended_at_all"]:
            out.append((grievance, by_rules))
            continue
        weight = _weight(reading, grievance, visits=visits)
        left = min(by_rules, _OPINION["most"]) + weight
        kept = None
        endangers = _endangers(reading, grievance, visits=visits)
        if left >= ASK or _may_endanger(reading, grievance):
            sure = grievance.sureness is Sureness.SURE and left >= LIKELY
            alone = len(found) == 1
            urgency = _reconsidered_urgency(reading, grievance, alone=alone)
            ended = alone and urgency is not Urgency.EMERGENCY and over >= 0
            kept = replace(
                grievance,
                urgency=Urgency.NORMAL if ended else urgency,
                resolved=ended,
                sureness=Sureness.SURE if sure else Sureness.PROBABLY,
            )
            out.append((kept, max(left, LIKELY) if endangers else left))
        _note(reading, grievance, kept, weight)
    return out


def _over(reading: Reading, grievance: Grievance, *, visits: bool) -> float:
    """How much surer than is needed the model is that the matter is mended on the spot; below 0: it is not.

    Beside a visit it is asked about the words telling the matter, and what stands behind them. Where these
    tell of nothing that was done, it must be quite sure.
    """
    words = normalise(grievance.span).text
    if _P["still_asked"].search(words):
        return _NOT_OVER
    start = max(reading.text.find(words), 0)
    done = _P["something_done"].search(reading.text, start + _TROUBLE) is not None
    if not visits:
        return reading.opinion.ended - (_OPINION["ended"] if done else 0.0)
    tail = Opinion(reading.text[start:], Beside(reading.message.speaker))
    return tail.ended - (_OPINION["ended_beside"] if done else 0.0)


def _may_endanger(reading: Reading, grievance: Grievance) -> bool:
    """Rules and model do not rule out danger to life or limb, however unlike a matter the whole is."""
    likely = reading.opinion.urgency[Urgency.EMERGENCY] >= _OPINION["danger_agreed"]
    return likely and grievance.urgency is Urgency.EMERGENCY


def _endangers(reading: Reading, grievance: Grievance, *, visits: bool) -> bool:
    """It is danger for all that the model sees: where the whole is unlike a matter, it must be like danger.

    What only may endanger is asked about.
    """
    if not _may_endanger(reading, grievance):
        return False
    likely = reading.opinion.urgency[Urgency.EMERGENCY]
    odds = math.log(likely / max(1 - likely, _SUREST))
    return visits or reading.told.matter + _OPINION["danger_by_itself"] * odds >= _OPINION["danger_at_all"]


def _reconsidered_urgency(reading: Reading, grievance: Grievance, *, alone: bool) -> Urgency:
    """What the rules hold, unless the model is much surer of something else."""
    likely, by_rules = reading.opinion.urgency, grievance.urgency
    if by_rules is Urgency.EMERGENCY:
        return Urgency.URGENT if likely[by_rules] < _OPINION["no_danger"] else by_rules
    if not alone:
        return by_rules
    if likely[Urgency.EMERGENCY] >= _OPINION["danger_alone" if by_rules is Urgency.NORMAL else "danger"]:
        return Urgency.EMERGENCY
    other, surer = Urgency.URGENT, _OPINION["urgent_after_all"]
    if by_rules is Urgency.URGENT:
        other, surer = Urgency.NORMAL, _OPINION["not_urgent"]
    return other if likely[other] >= surer * likely[by_rules] else by_rules


def _weight(reading: Reading, grievance: Grievance, *, visits: bool) -> float:
    """Of the model's opinion, for or against a matter that the rules have found.

    Where a visit or event is told too, the model is asked about the words that tell the matter. Of an answer
    it sees but half, and where a member names whose trouble it is, that says more than the whole. What is
    told in words that it knows little of is doubted.
    """
    if visits:
        return _voice("beside", passed_on(reading, grievance.span))
    strange = _UNFAMILIAR["doubted"] * max(0.0, reading.opinion.strange - _UNFAMILIAR["usual"])
    if grievance.about is not None and not reading.by_resident:
        return _voice("in_context", reading.told.matter) - strange
    where = "danger" if grievance.urgency is Urgency.EMERGENCY else "whole"
    return _voice(where, reading.told.matter) - strange


def _voice(where: str, odds: float) -> float:
    return _VOICE[where] * odds - _RESERVE[where]


def _note(reading: Reading, before: Grievance, after: Grievance | None, weight: float) -> None:
    for account in reading.accounts:
        if account.act is before:
            account.act = after
            account.notes.append(Note(_RULE, Effect.FOR if weight > 0 else Effect.AGAINST, weight=weight))
            account.score = (account.score or 0.0) + weight
            if after is not None and after.resolved:
                account.notes.append(Note(_OVER, Effect.MAKES))


def matter_without_words(reading: Reading) -> Trouble | None:
    """The matter that the message as a whole is like, though no rule found one; always a `probably`.

    A short answer speaks of what it answers.
    """
    if reading.idle or (reading.message.reply_to is not None and len(reading.text) <= _SHORT):
        return None
    opinion = reading.opinion
    grave = opinion.urgency[Urgency.EMERGENCY] >= _OPINION["danger_alone"]
    plain = "unworded" if reading.by_resident else "unworded_of_member"
    title = title_of(reading) is not None
    if title:
        plain = "unworded_title"
    elif reading.by_resident and reading.message.reply_to is not None:
        plain = "unworded_answer"
    least = _OPINION["unworded_danger" if grave else plain] + _unfamiliar(opinion, title=title)
    if reading.told.matter < least or any(_P[name].search(reading.text) for name in _IDLE):
        return None
    urgency = _urgency(opinion.urgency)
    ended = urgency is not Urgency.EMERGENCY and opinion.ended >= 0
    grievance = Grievance(
        category=max(opinion.category, key=opinion.category.__getitem__),
        urgency=Urgency.NORMAL if ended else urgency,
        about=None,
        resolved=ended,
        span=reading.message.text,
        sureness=Sureness.PROBABLY,
    )
    rivals = {category.value: share for category, share in opinion.category.items()}
    account = Account(_KIND, reading.text, [Note(_RULE, Effect.MAKES)], grievance, rivals=rivals)
    reading.accounts.append(account)
    return grievance, LIKELY


def _unfamiliar(opinion: Opinion, *, title: bool) -> float:
    """How much surer the model must be of talk from another world, of which it has learned little."""
    usual = _UNFAMILIAR["usual_in_title" if title else "usual"]
    return _UNFAMILIAR["surer"] * max(0.0, opinion.strange - usual)


def _urgency(likely: dict[Urgency, float]) -> Urgency:
    """The likeliest; danger to life or limb only when it is plainly that."""
    best = max(likely, key=likely.__getitem__)
    if best is Urgency.EMERGENCY and likely[best] < _OPINION["danger"]:
        return Urgency.URGENT
    return best
