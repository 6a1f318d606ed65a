"""Rules that speak for or against a matter beyond the classes of words.

Each gives the places of the words that it saw, none when it saw no word, or null when it does not hold. Its
weight stands under its name in lexicon/weighing.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.acts import Urgency
from bot.text.dates import Span
from bot.text.grievances.stretches import Stretch
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.messages import Speaker
from bot.text.notes import Place

Found = tuple[Place, ...] | None
Rule = Callable[[Stretch], Found]

_P = patterns("grievances")
_SOFTENING: dict[str, float] = load("weighing")["softening"]
_LONG = 100  # characters
_TERSE = 4
_FAIR = 2  # weight of trouble that says little by itself
_OWN_AFFAIRS = frozenset(("service", "health", "other", "education", "livelihood"))


def _held(holds: bool) -> Found:
    return () if holds else None


def _place(stretch: Stretch, found: re.Match[str] | None) -> Found:
    return ((stretch.start + found.start(), stretch.start + found.end()),) if found else None


def _by_member(stretch: Stretch) -> bool:
    return stretch.reading.message.speaker is not Speaker.RESIDENT


# ------------------------------------------------------------------ at first sight


def many_signs(stretch: Stretch) -> Found:
    """Plain trouble by three frames or more."""
    return _held(len({match.frame.pattern for match in stretch.strong()}) >= 3)


def asks_in_other_words(stretch: Stretch) -> Found:
    """能换个人不, 行不: a request without a listed word."""
    return None if stretch.has("ask") else _place(stretch, _P["asks_in_other_words"].search(stretch.text))


def question_mark(stretch: Stretch) -> Found:
    """A mere question mark is half a request."""
    if stretch.has("ask") or asks_in_other_words(stretch) is not None:
        return None
    return _held(stretch.text.rstrip().endswith("?"))


def enumerated(stretch: Stretch) -> Found:
    """An item of a list."""
    return _held(stretch.enumerated)


def announced(stretch: Stretch) -> Found:
    """A day to come, and nothing asked: something is announced."""
    if stretch.has("ask", "complain"):
        return None
    ahead = tuple((day.start, day.end) for day in stretch.reading.days if day.span is Span.FUTURE)
    return ahead or None


def visit_rule(stretch: Stretch) -> Found:
    """A member speaks of what visits should be, and of no household."""
    reading = stretch.reading
    if not _by_member(stretch) or reading.names:
        return None
    return tuple(reading.hits["visit_rule"]) or None


def kindness_done(stretch: Stretch) -> Found:
    """Somebody has helped the speaker."""
    if _P["kindness_wanted"].search(stretch.text):
        return None
    return _place(stretch, _P["kindness"].search(stretch.text))


def member_notice(stretch: Stretch) -> Found:
    """Notices come from secretaries and members."""
    return (tuple(stretch.reading.hits["notice"]) or None) if _by_member(stretch) else None


def member_excused_from_visits(stretch: Stretch) -> Found:
    """A member tells that a visit was not made; the rest is the reason."""
    if not _by_member(stretch) or stretch.visits:
        return None
    return tuple(stretch.reading.hits["visit_not"]) or None


def excuse(stretch: Stretch) -> Found:
    """Why a member does not come."""
    return _place(stretch, _P["excuse"].search(stretch.text)) if _by_member(stretch) else None


def speaks_to_somebody(stretch: Stretch) -> Found:
    """Chatter speaks to somebody in particular."""
    if _P["you_politely"].search(stretch.text):
        return None
    return _place(stretch, _P["you"].search(stretch.text))


def letters_title(stretch: Stretch) -> Found:
    """A letter's title with a field of public life in it."""
    return _held(stretch.title and any(match.frame.title for match in stretch.matches))


def _of_somebody_here(stretch: Stretch) -> bool:
    """A place or household of the village or quarter, or, told by a member, somebody by name."""
    return stretch.has("here") or (_by_member(stretch) and bool(stretch.reading.names))


def unanchored(stretch: Stretch) -> Found:
    """A thing and a word of asking, and nothing that says that either is the village's."""
    if stretch.weight > _FAIR or stretch.title or stretch.visits or stretch.enumerated:
        return None
    return _held(not _of_somebody_here(stretch))


def asks_loosely(stretch: Stretch) -> Found:
    """Needs and questions are spoken of, but of nothing here, and nobody is addressed."""
    if stretch.title or stretch.visits or stretch.enumerated or _of_somebody_here(stretch):
        return None
    hits = stretch.reading.hits
    asked = hits.within("ask", stretch.start, stretch.end)
    loose = set(hits.within("loosely", stretch.start, stretch.end))
    return tuple(asked) if asked and loose.issuperset(asked) else None


def asks_whether_passed_on(stretch: Stretch) -> Found:
    """路灯不亮的事跟社区说了没: the matter is known, its way is asked after."""
    return _place(stretch, _P["asks_whether_passed_on"].search(stretch.text))


def terse(stretch: Stretch) -> Found:
    """Too short to tell much."""
    return _held(len(stretch.text.strip()) <= _TERSE)


AT_FIRST: tuple[Rule, ...] = (
    many_signs,
    asks_in_other_words,
    question_mark,
    enumerated,
    announced,
    visit_rule,
    kindness_done,
    member_notice,
    member_excused_from_visits,
    excuse,
    speaks_to_somebody,
    letters_title,
    unanchored,
    asks_loosely,
    asks_whether_passed_on,
    terse,
)


# ------------------------------------------------------------------ once the urgency is known


def emergency_elsewhere(stretch: Stretch) -> Found:
    """A flood seen on the net."""
    reading = stretch.reading
    if stretch.weight < 5 or reading.has("em_cry") or reading.has("mine"):
        return None
    return tuple(reading.hits["elsewhere"]) or None


def emergency_in_chat(stretch: Stretch) -> Found:
    """不想活了 over a day at the office."""
    reading = stretch.reading
    if stretch.weight < 5 or reading.has("em_cry"):
        return None
    places = reading.hits["chat"]
    # one word is no sign: 宝宝, 室友 and 公司 stand in many a cry for help
    return tuple(places) if len({reading.text[start:end] for start, end in places}) > 1 else None


def asks_nothing_yet_grave(stretch: Stretch) -> Found:
    """Nothing is asked for, but it concerns somebody named, is urgent or accuses."""
    return _held(_asks_nothing(stretch) and _grave(stretch))


def asks_nothing_of_own_affair(stretch: Stretch) -> Found:
    """空调坏了: told to friends, not to a village."""
    return _held(_asks_nothing(stretch) and not _grave(stretch) and _own_affair(stretch))


def asks_nothing(stretch: Stretch) -> Found:
    """Trouble that may be everybody's, and nothing is asked for."""
    return _held(_asks_nothing(stretch) and not _grave(stretch) and not _own_affair(stretch))


def nobody_here(stretch: Stretch) -> Found:
    """Nothing is asked for, nothing public is told of, and it may be anywhere in the world."""
    if stretch.has("theme_public") or _of_somebody_here(stretch):
        return None
    return _held(_asks_nothing(stretch) and not _grave(stretch))


AFTERWARDS: tuple[Rule, ...] = (
    nobody_here,
    emergency_elsewhere,
    emergency_in_chat,
    asks_nothing_yet_grave,
    asks_nothing_of_own_affair,
    asks_nothing,
)


def _asks_nothing(stretch: Stretch) -> bool:
    if stretch.visits or stretch.title or stretch.urgency is Urgency.EMERGENCY or stretch.enumerated:
        return False
    return not stretch.reading.message.reply_to and not stretch.has("ask", "formal", "village")


def _grave(stretch: Stretch) -> bool:
    accuses = any(match.frame.category == "discipline" for match in stretch.strong())
    return bool(stretch.reading.names) or stretch.urgency is Urgency.URGENT or accuses


def _own_affair(stretch: Stretch) -> bool:
    return {match.frame.category for match in stretch.strong()} <= _OWN_AFFAIRS


# ------------------------------------------------------------------ what counts less against


def of_public_concern(stretch: Stretch) -> float:
    """Factor for words of private life: beside danger, or of a place here, they count less."""
    pressing = any(match.frame.urgency for match in stretch.strong())
    factor = _SOFTENING["pressing"] if pressing else 1.0
    return factor * _SOFTENING["here"] if stretch.has("here") else factor


def softening(stretch: Stretch, *, formal: bool) -> float:
    """Factor for what speaks against: thanks before a "but", courtesies of a letter or report count less."""
    reading = stretch.reading
    held = {
        "turn": _P["turn"].search(stretch.text) is not None,
        "neighbours_warning": reading.by_resident and reading.has("notice") and not reading.has("advert"),
        "long": len(stretch.text) > _LONG,
        "formal": formal,
        "visit": stretch.visits,
    }
    factor = 1.0
    for name, holds in held.items():
        factor *= _SOFTENING[name] if holds else 1.0
    return factor
