"""What a message must be like, or hold, before a kind of act, or anything at all, is looked for in it.

What the model holds a message to be like comes first: it turns most of a chat away. The gates behind it ask
only for classes of listed words, for numerals and for names, all of which the grammar behind each needs
whatever its rules say: a word added to a list opens the gate of itself. The tests read labelled messages with
the gates open and as they are, and compare.
"""

from __future__ import annotations

from bot.domain.acts import ActivityKind
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import NUMERAL_CHARACTERS, bare_numbers
from bot.text.reading import Reading
from bot.text.replies import takes_back_plainly
from bot.text.resolutions import like_a_mending, may_number_matter
from bot.text.watched import going, visiting

_P = patterns("visits")
_EVENT = frozenset(f"act_{kind.value}" for kind in ActivityKind)
_NUMBERED = frozenset("#号事问工诉编")  # what the number of a matter stands beside
_COUNTED = frozenset("户家位名人个院通")  # what numerals count in reports; a verb of going counts without
_TALLIED = ("field", "quota", "ordinal_home", "calls")  # expressions of numbers without a unit
_BY_MEMBERS = ("visit", "correction")


def may_tell_anything(reading: Reading) -> bool:
    """Whether the message is worth looking into: like any act, or with the number of a matter."""
    if reading.idle:  # most of a chat
        return reading.endangered or _has_number_of_matter(reading) or _takes_back(reading)
    if not reading.dismissed or _has_number_of_matter(reading):
        return True
    if reading.message.reply_to is not None:
        return True
    if not (reading.unlikely("resolution") and reading.unlikely("activity")):
        return True
    if _takes_back(reading):
        return True
    return not (reading.by_resident or all(map(reading.unlikely, _BY_MEMBERS)))


def _takes_back(reading: Reading) -> bool:
    return not reading.by_resident and takes_back_plainly(reading.text)


def may_tell_visit(reading: Reading) -> bool:
    """A verb of visiting alone, households or people counted, or somebody named."""
    if reading.visits_dismissed:
        return False
    if reading.message.reply_to or reading.likely("visit"):
        return True
    if visiting().found(reading.text) or reading.names:
        return True
    return _has_numeral(reading) and _tells_number(reading)


def _tells_number(reading: Reading) -> bool:
    """The numeral counts households or people, stands in a form or tally, or alone beside a verb of going."""
    text = reading.text
    goes = bool(going().found(text))
    if not goes and _COUNTED.isdisjoint(text):
        return False
    if reading.counts or any(_P[name].search(text) for name in _TALLIED):
        return True
    return goes and any(bare_numbers(text, each.start, each.end) for each in reading.clauses.clauses)


def may_tell_event(reading: Reading) -> bool:
    """A kind of event by one of its words, or by all of them."""
    if reading.unlikely("activity"):
        return False
    return reading.likely("activity_unworded") or not _EVENT.isdisjoint(reading.hits.names)


def may_tell_mending(reading: Reading) -> bool:
    """A word for mended; what is faint tells of mending only in answer or with the number of a matter."""
    if _has_number_of_matter(reading) or like_a_mending(reading):
        return True
    if reading.unlikely("resolution"):
        return False
    if "fixed" in reading.hits:
        return True
    spoken_of = reading.message.reply_to is not None or "matter_word" in reading.hits
    return spoken_of and "fixed_reply" in reading.hits


def _has_number_of_matter(reading: Reading) -> bool:
    """#12, 12号, 事项12: some mark of a number, and a numeral, in a place that makes it one."""
    if _NUMBERED.isdisjoint(reading.text) or not _has_numeral(reading):
        return False
    return may_number_matter(reading.text)


def _has_numeral(reading: Reading) -> bool:
    return not NUMERAL_CHARACTERS.isdisjoint(reading.text)
