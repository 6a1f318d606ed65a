"""What a message must hold before a kind of act, or anything at all, is looked for in it.

Each gate asks only for classes of listed words, for numerals and for names, all of which the grammar behind
it needs whatever its rules say: a word added to a list opens the gate of itself. The tests read all labelled
messages with the gates open and as they are, and compare.
"""

from __future__ import annotations

from bot.text.corrections import may_correct
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import NUMERAL_CHARACTERS, bare_numbers
from bot.text.reading import Reading
from bot.text.resolutions import may_number_matter
from bot.text.watched import EVENT, going, telling, visiting

_P = patterns("visits")
_NUMBERED = frozenset("#号事问工诉编")  # what the number of a matter stands beside
_COUNTED = frozenset("户家位名人个院通")  # what numerals count in reports; a verb of going counts without
_TALLIED = ("field", "quota", "ordinal_home", "calls")  # expressions of numbers without a unit


def may_tell_anything(reading: Reading) -> bool:
    """Whether the message is worth looking into. It costs least of all, and turns most of a chat away.

    Not what the model takes for no matter, where no word, numeral or name opens another gate.
    """
    if reading.message.reply_to or not reading.dismissed or _has_number_of_matter(reading):
        return True
    return telling().finds(reading.text, reading.heads) or may_tell_visit(reading) or may_correct(reading)


def may_tell_visit(reading: Reading) -> bool:
    """A verb of visiting alone, households or people counted, or somebody named."""
    if reading.by_resident:
        return False
    if reading.message.reply_to or visiting().finds(reading.text, reading.heads) or reading.names:
        return True
    return _has_numeral(reading) and _tells_number(reading)


def _tells_number(reading: Reading) -> bool:
    """The numeral counts households or people, stands in a form or tally, or alone beside a verb of going."""
    text = reading.text
    goes = going().finds(text, reading.heads)
    if not goes and _COUNTED.isdisjoint(text):
        return False
    if reading.counts or any(_P[name].search(text) for name in _TALLIED):
        return True
    return goes and any(bare_numbers(text, each.start, each.end) for each in reading.clauses.clauses)


def may_tell_event(reading: Reading) -> bool:
    """A kind of event by one of its words."""
    return not EVENT.isdisjoint(reading.hits.names)


def may_tell_mending(reading: Reading) -> bool:
    """A word for mended; what is faint tells of mending only in answer or with the number of a matter."""
    if "fixed" in reading.hits or _has_number_of_matter(reading):
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
