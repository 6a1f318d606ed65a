"""Trouble that is none: a likeness, a tale, what a leaflet was about, an empty field of a form."""

from __future__ import annotations

from bot.domain.acts import Urgency
from bot.text.grievances.happening import is_tale
from bot.text.lexicon.frames import Match
from bot.text.lexicon.patterns import patterns
from bot.text.reading import Reading

_P = patterns("grievances")


def is_void(reading: Reading, match: Match, *, visits: bool) -> bool:
    """Whether what the frame found is no trouble at all. visits: the message reports a visit."""
    if _is_likeness(reading, match):
        return True
    if match.frame.urgency == Urgency.EMERGENCY and (is_tale(reading, match) or _thing_lost(reading, match)):
        return True
    clause = reading.clause_at(match.start)
    if clause is None:
        return False
    piece = reading.text[clause.start : clause.end]
    if visits and _P["visit_task"].search(piece):
        if _P["talked_about"].search(piece) and not _P["voiced_after_all"].search(piece):
            return True
        if match.frame.weight < 3:
            return True
    return _P["field_empty"].search(piece) is not None


def _thing_lost(reading: Reading, match: Match) -> bool:
    """孩子水壶丢了: what somebody has lost, not somebody."""
    owner, lost = match.words[0][1], match.words[-1][0]
    if owner >= lost or not reading.text.startswith("丢了", lost):
        return False
    return _P["lost_by_somebody"].fullmatch(reading.text, owner, lost) is not None


def _is_likeness(reading: Reading, match: Match) -> bool:
    """热得跟着了火一样; but 煤没了,屋里跟冰窖一样 tells more than the likeness."""
    if not match.frame.urgency:
        return False
    text = reading.text
    enough = any if match.frame.urgency is Urgency.EMERGENCY else all
    return any(
        enough(likeness.start() <= start and end <= likeness.end() for start, end in match.words)
        for likeness in _P["likeness"].finditer(text, max(0, match.start - 10), min(len(text), match.end + 6))
    )
