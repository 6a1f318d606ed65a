"""Whether the same message says that the trouble is over."""

from __future__ import annotations

from bot.domain.acts import Urgency
from bot.text.grievances.stretches import Stretch
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Place

_P = patterns("grievances")
_NEAR = 14  # characters after a word of mending in which it can be taken back


def mended_by(stretch: Stretch) -> Place | None:
    """The word of mending after the trouble; null when it is not over. A letter's title asks for it."""
    if stretch.title:
        return None
    places = stretch.reading.hits.within("fixed", stretch.first + 1, stretch.end)
    return next((place for place in places if _is_mended(stretch, place)), None) or _repaired(stretch)


def _repaired(stretch: Stretch) -> Place | None:
    """给他糊上了: somebody's hands have mended it, and not only for the time being."""
    text = stretch.reading.text
    for found in _P["repaired"].finditer(text, stretch.first + 1, stretch.end):
        before = text[max(0, found.start() - 6) : found.start()]
        if _P["not_mended_before"].search(before) or _P["stopgap"].search(before + found.group()):
            continue
        if not _P["asked_or_again"].search(text[found.end() : min(stretch.end, found.end() + _NEAR)]):
            return found.span()
    return None


def _is_mended(stretch: Stretch, place: Place) -> bool:
    text, (start, end) = stretch.reading.text, place
    if stretch.urgency is Urgency.EMERGENCY and _goes_on(stretch, end):
        return False
    if _P["not_mended_before"].search(text, max(0, start - 6), start):
        return False
    rest = text[end : stretch.end]
    if _P["not_mended_after"].search(rest[:_NEAR]) and _P["asked_or_again"].search(rest[:_NEAR]):
        return False
    if _P["no_longer"].search(text[start:end]):
        return True
    before = text[max(stretch.start, start - 12) : start]
    return _P["mended_by"].search(before + rest[:8]) is not None


def _goes_on(stretch: Stretch, place: int) -> bool:
    """捞上来了,没呼吸: what is grave comes after the word of mending."""
    return any(
        match.words[-1][0] >= place and match.frame.urgency == Urgency.EMERGENCY for match in stretch.matches
    )
