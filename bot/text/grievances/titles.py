"""Whether a message is a letter's title: 关于…的问题, 投诉…, 咨询…, or a plain statement that names a fault.

People who write to a town hall write so, and into a village's group too: no chat, no addressee, one sentence.
"""

from __future__ import annotations

from enum import StrEnum

from bot.text.lexicon.patterns import patterns
from bot.text.reading import Reading

_P = patterns("grievances")
_LONGEST = 44  # characters
_LONGEST_BARE = 32
_SHORTEST = 4
_AROUND = " \n。"


class Title(StrEnum):
    """OPENED: with a form of address such as 关于, or 的问题 at the end. BARE: a statement or question."""

    OPENED = "opened"
    BARE = "bare"


def title_of(reading: Reading) -> Title | None:
    """Residents write titles, and answer nobody with them; null when the message is none."""
    text = reading.text.strip(_AROUND)
    if not reading.by_resident or reading.message.reply_to or not _SHORTEST <= len(text) <= _LONGEST:
        return None
    if _P["no_title"].search(text):
        return None
    if _P["title_opening"].match(text):
        return Title.OPENED
    if len(text) > _LONGEST_BARE or len(reading.hits["press"]) > 1 or _P["no_bare_title"].search(text):
        return None
    return Title.OPENED if _P["title_ending"].search(text) else Title.BARE


def fits(title: Title | None, frame_of: str | None) -> bool:
    """Whether a frame for titles counts here. frame_of: the kind it is for; null: it is for all messages."""
    return frame_of is None or title is Title.OPENED or title == frame_of
