"""How urgent a matter is: what is happening, and what could only happen."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.acts import Category, Urgency
from bot.text.grievances.happening import ended_well, is_feared, is_harmless, is_past
from bot.text.grievances.stretches import Stretch
from bot.text.lexicon import load
from bot.text.lexicon.frames import Match
from bot.text.lexicon.patterns import patterns

Excuse = Callable[[Stretch, Match], bool]

_P = patterns("grievances")
_PRESSING: dict[str, float] = load("urgency")["pressing"]
_NEAR = 6  # characters before a loss in which it is said what is lost


def urgency_of(stretch: Stretch, *, likely: bool) -> Urgency:
    """likely: the evidence suffices to take an emergency as told in earnest."""
    if likely and _holds(stretch, Urgency.EMERGENCY, NOT_NOW) and not _danger_denied(stretch):
        return Urgency.EMERGENCY
    return Urgency.URGENT if _presses(stretch) else Urgency.NORMAL


def _danger_denied(stretch: Stretch) -> bool:
    """Whether the message as a whole is so unlike danger that no word makes it any."""
    return stretch.reading.opinion.urgency[Urgency.EMERGENCY] < _PRESSING["denied"]


def _presses(stretch: Stretch) -> bool:
    """Words say that it can't wait and the model does not deny it, or the model alone is plain about it."""
    told = _holds(stretch, Urgency.URGENT, NOT_PRESSING)
    if not told and _P["thing_sought"].search(stretch.text):
        return False
    opinion = stretch.opinion_of_trouble if stretch.visits else stretch.opinion
    return 1 - opinion.urgency[Urgency.NORMAL] >= _PRESSING["told" if told else "untold"]


def _holds(stretch: Stretch, urgency: Urgency, excuses: tuple[Excuse, ...]) -> bool:
    """Whether a frame of the urgency holds in the stretch that no rule excuses."""
    return any(
        match.frame.urgency is urgency and not any(excuse(stretch, match) for excuse in excuses)
        for match in stretch.matches
    )


def happened_before(stretch: Stretch, match: Match) -> bool:
    """夹住过两回: it has happened before, not now."""
    return _P["happened_before"].match(stretch.reading.text, match.words[0][1]) is not None


def no_person_lost(stretch: Stretch, match: Match) -> bool:
    """What is lost, or has fallen in, is an animal or a thing."""
    text = stretch.reading.text
    if _P["lost"].search(text, match.start, match.end) is None:
        return False
    end = max(0, match.start - _NEAR)
    for start, next_end in match.words:
        if _P["lost"].search(text, start, next_end) and _P["thing_lost"].search(text, end, start):
            return True
        end = next_end
    near = text[max(0, match.start - 10) : match.words[0][1]]
    return _P["animal_or_thing"].search(near) is not None and _P["person"].search(near) is None


def past_or_in_bed(stretch: Stretch, match: Match) -> bool:
    """Somebody lies ill at home or in hospital, or it was last year."""
    near = stretch.reading.text[max(0, match.start - 6) : match.end + 6]
    return _P["past_or_in_bed"].search(near) is not None


def not_happening(stretch: Stretch, match: Match) -> bool:
    """Long ago, over, or only feared."""
    return any(holds(stretch.reading, match) for holds in (is_feared, is_past, ended_well, is_harmless))


def seen_earlier(stretch: Stretch, match: Match) -> bool:
    """昨天女的脸都青了: the sign stands far from whom it concerns, with an earlier day between."""
    text = stretch.reading.text
    day = _P["earlier_day"].search(text, max(0, match.start - 4), match.words[-1][0])
    return day is not None and _P["by_now"].search(text, day.end(), match.end + 12) is None


def office_silent(stretch: Stretch, match: Match) -> bool:
    """村医几天打电话都不接: who doesn't answer is at work, not shut in at home."""
    text = stretch.reading.text
    start, end = match.words[-1]
    if _P["unanswered"].match(text, start, end) is None:
        return False
    return _P["office_silent"].search(text, max(stretch.start, match.start - 14), start) is not None


NOT_NOW: tuple[Excuse, ...] = (
    happened_before,
    no_person_lost,
    past_or_in_bed,
    not_happening,
    seen_earlier,
    office_silent,
)


def no_household_goes_without(stretch: Stretch, match: Match) -> bool:
    """消防栓没水: no household lives by that water."""
    start = max(0, match.start - _NEAR)
    return _P["no_household_goes_without"].search(stretch.reading.text, start, match.end) is not None


def physic_for_crops(stretch: Stretch, match: Match) -> bool:
    """用啥药管事: the crops are ill."""
    if match.frame.category != Category.HEALTH:
        return False
    return _P["of_crops"].search(stretch.reading.text, stretch.start, match.end) is not None


def quarrel_over(stretch: Stretch, match: Match) -> bool:
    """吵起来了,劝了半天消停了: those who quarrelled have been calmed."""
    if match.frame.category != Category.DISPUTE:
        return False
    return _P["quarrel_over"].search(stretch.reading.text, match.words[0][1], stretch.end) is not None


def comes_and_goes(stretch: Stretch, match: Match) -> bool:
    """一打雷就没电: it comes back now and then, and is not said to be so now."""
    text = stretch.reading.text
    if _P["habitual"].search(text, stretch.start, match.end) is None:
        return False
    return _P["habitual_now"].search(text, stretch.start, stretch.end) is None


NOT_PRESSING: tuple[Excuse, ...] = (
    no_household_goes_without,
    physic_for_crops,
    quarrel_over,
    comes_and_goes,
)
