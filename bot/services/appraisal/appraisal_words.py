"""Rounds and results in words, and the buttons under them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.appraisal import CHOICES, Grade, Opinion, Result, RoundKind, RoundMove
from bot.domain.buttons import Verb, encode
from bot.domain.leave import Days
from bot.domain.preset import Preset
from bot.domain.proportions import Proportion
from bot.services.notices.tell import Buttons
from bot.services.notices.times import full_day_words, full_moment_words
from bot.wording import say
from storage.tables import AppraisalRound, BallotPaper

WORDS, SKIP = "words", "skip"
"""Choices of a ballot's button that are no votes."""


def period_words(held: AppraisalRound | Days) -> str:
    """The time that a round appraises."""
    if (held.last - held.first).days > 200:
        return say("appraisal.period_year", year=held.first.year)
    half = 1 if held.first.month < 7 else 2
    return say(f"appraisal.period_half_{half}", year=held.first.year)


def day_of_round(held: AppraisalRound, preset: Preset, *, now: datetime) -> str:
    """The day on which a round opened, or is to open."""
    return full_day_words(held.opens_on, today=now.astimezone(preset.zone).date())


def closing_words(held: AppraisalRound, preset: Preset, *, now: datetime) -> str:
    """Until when a round is open."""
    return "" if held.closes_at is None else full_moment_words(held.closes_at, now=now, zone=preset.zone)


def choice_words(choice: str) -> str:
    """What a vote says."""
    return say(f"appraisal.{'grade' if choice in list(Grade) else 'opinion'}_{choice}")


def ballot_buttons(paper: BallotPaper) -> Buttons:
    """What a household can vote."""
    buttons = [_vote(paper, choice) for choice in Opinion]
    return (tuple(buttons[:2]), tuple(buttons[2:4]), tuple(buttons[4:]))


def words_button(paper: BallotPaper, preset: Preset) -> Buttons:
    """A way to add a sentence."""
    text = say("appraisal.button_words", preset.name)
    return (({"text": text, "data": encode(Verb.BALLOT, paper.id or 0, choice=WORDS)},),)


def member_buttons(paper: BallotPaper, preset: Preset, *, skip: bool) -> Buttons:
    """What a member can vote on another."""
    votes = [_vote(paper, choice) for choice in Grade]
    rows = [tuple(votes[:2]), tuple(votes[2:])]
    if skip:
        text = say("appraisal.button_skip", preset.name)
        rows.append(({"text": text, "data": encode(Verb.BALLOT, paper.id or 0, choice=SKIP)},))
    return tuple(rows)


def round_buttons(held: AppraisalRound, preset: Preset, *moves: RoundMove) -> Buttons:
    """What the secretary can do with a round, a row each."""
    days = preset.appraisal.postpone_days
    return tuple(
        (
            {
                "text": say(f"appraisal.button_{move}", preset.name, days=days),
                "data": encode(Verb.ROUND, held.id or 0, held.version, move),
            },
        )
        for move in moves
    )


def result_words(result: Result, kind: RoundKind, preset: Preset) -> str:
    """A result with its uncertainty and its counts; that there are too few, where there are."""
    if result.good is None:
        return say("appraisal.too_few", preset.name)
    sentence = "share" if kind is RoundKind.RESIDENTS else "share_members"
    few = say("appraisal.few", preset.name) if result.few else ""
    return _share(sentence, result.good, preset) + few + _counts(result.counts or {}, kind, preset)


def _share(sentence: str, share: Proportion, preset: Preset) -> str:
    return say(
        f"appraisal.{sentence}",
        preset.name,
        of=share.of,
        count=share.count,
        percent=percent(share.value),
        low=percent(share.low),
        high=percent(share.high),
    )


def percent(share: float | None) -> str:
    """A share as people read it, to the whole percent."""
    return f"{round((share or 0.0) * 100)}%"


def _counts(counts: Mapping[str, int], kind: RoundKind, preset: Preset) -> str:
    each = [
        say("appraisal.count_one", preset.name, choice=choice_words(choice), votes=counts.get(choice, 0))
        for choice in CHOICES[kind]
    ]
    return say("appraisal.counts", preset.name, counts=say("appraisal.counts_join").join(each))


def _vote(paper: BallotPaper, choice: str) -> dict[str, str]:
    return {"text": choice_words(choice), "data": encode(Verb.BALLOT, paper.id or 0, choice=choice)}
