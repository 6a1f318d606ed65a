"""What a message must hold before a kind of act is looked for in it.

Each gate asks only for classes of listed words, for numerals and for names, all of which the grammar behind
it needs whatever its rules say: a word added to a list opens the gate of itself. The tests read all labelled
messages with the gates open and as they are, and compare.
"""

from __future__ import annotations

from bot.domain.acts import ActivityKind
from bot.text.numbers import NUMERAL_CHARACTERS
from bot.text.reading import Reading

_EVENT = frozenset(f"act_{kind.value}" for kind in ActivityKind)
_MENDED = frozenset(("fixed", "fixed_reply"))
# enough without a household counted or named; the other verbs of visits are not
_VISIT = frozenset(("visit_strong", "phone", "online", "visited_reply", "all_households"))


def may_tell_visit(reading: Reading) -> bool:
    """A verb of visiting alone, a household counted, somebody named, or an answer to a message that may."""
    if reading.by_resident:
        return False
    if reading.message.reply_to is not None or not _VISIT.isdisjoint(reading.hits.names):
        return True
    return _has_numeral(reading) or bool(reading.names)


def may_tell_event(reading: Reading) -> bool:
    """A kind of event by one of its words."""
    return not _EVENT.isdisjoint(reading.hits.names)


def may_tell_mending(reading: Reading) -> bool:
    """A word for mended, or the number of a matter."""
    return not _MENDED.isdisjoint(reading.hits.names) or _has_numeral(reading)


def _has_numeral(reading: Reading) -> bool:
    return not NUMERAL_CHARACTERS.isdisjoint(reading.text)
