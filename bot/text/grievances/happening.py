"""Whether an emergency told is happening: not in a film or drill, not long ago, not only feared, not over."""

from __future__ import annotations

from bot.text.lexicon.frames import Match
from bot.text.lexicon.patterns import patterns
from bot.text.reading import Reading

_P = patterns("grievances")
_AROUND = 40  # characters in which it is said what one speaks of


def is_tale(reading: Reading, match: Match) -> bool:
    """A game, a film, a dream, a drill, a question of a quiz."""
    start, end = max(0, match.start - _AROUND), match.end + _AROUND
    if _P["quiz"].search(reading.text, start, end):
        return True
    return not reading.has("em_cry") and _P["tale"].search(reading.text, start, end) is not None


def is_past(reading: Reading, match: Match) -> bool:
    """It was last year, and nothing since then is told of now."""
    before = _sentence_before(reading, match.start, _AROUND) + reading.text[match.start : match.end]
    told = [found.end() for found in _P["long_ago"].finditer(before)]
    return bool(told) and _P["by_now"].search(before, told[-1]) is None


def ended_well(reading: Reading, match: Match) -> bool:
    """Luckily nobody came to harm."""
    if reading.has("em_cry"):
        return False
    start, end = max(0, match.start - 16), match.end + 24
    well = _P["luckily"].search(reading.text, start, end)
    return well is not None and _P["not_over"].search(reading.text, start, end + 10) is None


def is_feared(reading: Reading, match: Match) -> bool:
    """What could happen (小孩掉进去咋办) is no emergency."""
    text, last = reading.text, match.words[-1]
    before, after = text[max(0, match.start - 12) : last[0]], text[last[1] : match.end + 10]
    return _P["feared"].search(before) is not None or _P["what_if"].match(after) is not None


def is_harmless(reading: Reading, match: Match) -> bool:
    """Somebody sleeps soundly, laughs, is to be born next month or is at a friend's."""
    return _P["harmless"].search(reading.text, max(0, match.start - 24), match.end + 10) is not None


def _sentence_before(reading: Reading, place: int, most: int) -> str:
    start = max(0, place - most)
    breaks = reading.clauses.breaks
    return reading.text[max((at + 1 for at in range(start, place) if at in breaks), default=start) : place]
