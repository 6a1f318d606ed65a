"""Collective events that the speaker held or took part in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.acts import Activity, ActivityKind, Sureness
from bot.text.dates import Span
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Account, Effect, Note, Place
from bot.text.numbers import NUMERAL, read_numeral
from bot.text.reading import Reading

_P = patterns("activities", numeral=NUMERAL)
_LISTS = load("activities")
_DOUBTFUL = {kind: frozenset(words.split()) for kind, words in _LISTS["doubtful"].items()}
_COUNTED = frozenset(_LISTS["counted"]["volunteer"].split())
_BARE = frozenset(_LISTS["bare"]["volunteer"].split())
_NEEDED: dict[str, float] = _LISTS["needed"]
# what is told of several kinds is of the first of these
_ORDER = (
    ActivityKind.PARTY_DAY,
    ActivityKind.MEDIATION,
    ActivityKind.MEETING,
    ActivityKind.STUDY,
    ActivityKind.VOLUNTEER,
    ActivityKind.PUBLICITY,
)
_LIKE_ONE = "second_opinion"
_ON_A_VISIT = (ActivityKind.PARTY_DAY, ActivityKind.MEETING)  # what else is told with a visit was done on it


@dataclass(frozen=True, slots=True)
class _Told:
    """An event told of. word: the one that names it."""

    reading: Reading
    kind: ActivityKind
    word: str

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def by_member(self) -> bool:
        return not self.reading.by_resident

    @property
    def doubtful(self) -> bool:
        """Whether the word says little alone."""
        return self.word in _DOUBTFUL.get(self.kind, ())

    def like(self, needed: str) -> bool:
        """Whether the model holds the message to be as like an event as is needed."""
        return self.reading.told.activity >= _NEEDED[needed]

    def has(self, pattern: str) -> bool:
        return _P[pattern].search(self.text) is not None


def settles_quarrel(reading: Reading) -> bool:
    """Whether the message tells of nothing but a quarrel that the speaker has settled."""
    if not reading.has("act_mediation") or reading.has("visit_strong"):
        return False
    told = _Told(reading, ActivityKind.MEDIATION, "")
    return told.by_member and told.has("quarrel_between") and told.has("quarrel_over")


def find_activity(reading: Reading, *, visits: bool) -> Activity | None:
    """The event reported, if any; announcements and what was done for a household on a visit are none."""
    kind = _kind(reading)
    if _ahead(reading) or reading.text.rstrip().endswith("?"):
        return None
    if kind is None:
        return None if visits else _unworded(reading)
    if visits and kind not in _ON_A_VISIT:
        return None
    place = _most_telling(reading, kind)
    told = _Told(reading, kind, reading.text[place[0] : place[1]])
    if _in_jest_or_elsewhere(told) or _missed(told) or reading.unlikely("activity"):
        return None
    held = _over(told) and HELD[kind](told)
    if not held and not reading.likely("activity"):
        return None
    return _noted(
        reading, _likely_kind(reading, kind), place, rule=f"event_{kind.value}" if held else _LIKE_ONE
    )


def _likely_kind(reading: Reading, kind: ActivityKind) -> ActivityKind:
    """The kind that a word tells of, unless the model is sure of another: 党员大会 of a 党日 is a meeting."""
    likely = reading.opinion.activity
    best = max(likely, key=likely.__getitem__)
    return best if likely[best] >= _NEEDED["kind"] else kind


def _unworded(reading: Reading) -> Activity | None:
    """全村党员到河里捞水葫芦,来了二十八个: very like an event, of the kind that the model takes it for."""
    if reading.by_resident or reading.message.reply_to or not reading.likely("activity_unworded"):
        return None
    likely = reading.opinion.activity
    return _noted(reading, max(likely, key=likely.__getitem__), None, rule=_LIKE_ONE)


def _noted(reading: Reading, kind: ActivityKind, place: Place | None, *, rule: str) -> Activity:
    words = () if place is None else (place,)
    activity = Activity(
        kind,
        _participants(reading.text),
        _day(reading),
        sureness=Sureness.PROBABLY if rule == _LIKE_ONE else Sureness.SURE,
        evidence=tuple(reading.text[start:end] for start, end in words),
    )
    reading.accounts.append(Account("activity", reading.text, [Note(rule, Effect.MAKES, words)], activity))
    return activity


def _kind(reading: Reading) -> ActivityKind | None:
    """The first kind that a word tells of; members who met to learn have learned."""
    kind = next((kind for kind in _ORDER if reading.has(f"act_{kind.value}")), None)
    learned = kind is ActivityKind.MEETING and reading.has("act_study")
    return ActivityKind.STUDY if learned and _P["for_learning"].search(reading.text) else kind


def _most_telling(reading: Reading, kind: ActivityKind) -> Place:
    """The place of the word of the kind that says most, of several the first."""
    faint = (_BARE, _COUNTED | _DOUBTFUL.get(kind, frozenset()))

    def says_little(place: Place) -> int:
        word = reading.text[place[0] : place[1]]
        return next((2 - rank for rank, words in enumerate(faint) if word in words), 0)

    return min(reading.hits[f"act_{kind.value}"], key=says_little)


# ------------------------------------------------------------------ what makes it none


def _ahead(reading: Reading) -> bool:
    """The event is still to come, or the message gives orders."""
    if _P["over_for_sure"].search(reading.text) and not _P["bidden"].search(reading.text):
        return False
    if any(day.span is Span.FUTURE for day in reading.days):
        return True
    if reading.has("act_ahead"):
        return _P["orders"].search(reading.text) is not None or reading.has("notice")
    to_come = any(_P[name].search(reading.text) for name in ("at_an_hour", "work_shared_out"))
    return to_come and "了" not in reading.text


def _in_jest_or_elsewhere(told: _Told) -> bool:
    reading = told.reading
    if told.like("earnest"):
        return False
    if reading.has("advert") or reading.has("story") or reading.has("visit_story"):
        return True
    if reading.has("joke") and not told.has("branch"):
        return True
    return reading.has("elsewhere") and told.kind is not ActivityKind.PARTY_DAY


def _missed(told: _Told) -> bool:
    """The speaker was not there, and tells of nobody who was."""
    return told.reading.has("act_absent") and not any(map(told.has, ("came", "attended", "some_absent")))


def _over(told: _Told) -> bool:
    """It has an aspect of completion, or people were led or counted on a day."""
    if told.has("done"):
        return True
    on_a_day = any(day.span is Span.DAY for day in told.reading.days)
    return told.has("people") and (told.has("led") or on_a_day or told.has("branch"))


# ------------------------------------------------------------------ what shows that it was held


def _people(told: _Told) -> bool:
    return told.has("people") or told.has("came") or told.has("attended")


def _mediation(told: _Told) -> bool:
    if not (told.by_member or told.has("took_part")):
        return False
    if told.doubtful:
        return told.has("quarrel") and told.has("quarrel_over")
    return told.has("mediated") or (told.has("quarrel") and told.has("quarrel_over"))


def _party_day(told: _Told) -> bool:
    return told.by_member and told.has("party_day_held")


def _study(told: _Told) -> bool:
    if not (told.by_member or told.has("took_part")):
        return False
    if not told.doubtful:
        return _people(told) or told.has("study_named_held")
    joint = _people(told) or told.has("study_joint")
    return joint and told.has("study_held") and not told.has("study_other")


def _meeting(told: _Told) -> bool:
    if told.doubtful:
        return told.by_member and _people(told) and told.has("completed")
    return told.has("meeting_held")


def _publicity(told: _Told) -> bool:
    by_us = told.by_member or told.has("took_part")
    return by_us and told.has("publicity_public" if told.doubtful else "publicity_named_held")


def _volunteer(told: _Told) -> bool:
    if told.word in _BARE:
        return _people(told) and told.like("bare")
    if told.word in _COUNTED:
        return _people(told) and told.has("joint_for_sure") and told.like("counted")
    joint = _people(told) or told.has("joint")
    return joint and (not told.doubtful or told.has("joint_for_sure"))


HELD: Mapping[ActivityKind, Callable[[_Told], bool]] = {
    ActivityKind.MEDIATION: _mediation,
    ActivityKind.PARTY_DAY: _party_day,
    ActivityKind.STUDY: _study,
    ActivityKind.MEETING: _meeting,
    ActivityKind.PUBLICITY: _publicity,
    ActivityKind.VOLUNTEER: _volunteer,
}


# ------------------------------------------------------------------ its day and its people


def _day(reading: Reading) -> date:
    """The first day told; a period only when nothing else is told."""
    past = [day for day in reading.days if day.span is not Span.FUTURE]
    if not past:
        return reading.today
    if past[0].span is not Span.PERIOD:
        return past[0].day
    single = next((day.day for day in past if day.span is not Span.PERIOD), None)
    if single is not None:
        return single
    return past[0].day if len(past) == 1 else reading.today


def _participants(text: str) -> int | None:
    """People taking part; of several who came the last number, else the first."""
    for name in ("in_all", "came", "attended", "people"):
        found = [m for m in _P[name].finditer(text) if not _P["times"].match(text, m.end())]
        value = _value(found[-1] if name == "came" else found[0]) if found else None
        if value is not None:
            return value
    return None


def _value(found: re.Match[str]) -> int | None:
    return read_numeral(found["n"])
