"""A message as it is read: without courtesies, and with pauses where whoever wrote it made no marks."""

from __future__ import annotations

from dataclasses import replace

from bot.text.courtesies import without_courtesies
from bot.text.gate import may_tell_anything
from bot.text.messages import Context, Message
from bot.text.pauses import lacks_marks, with_pauses
from bot.text.reading import Reading, read


def heard(message: Message, context: Context) -> Reading:
    """The reading, with pauses where it has no marks."""
    written = as_written(message, context)
    return aloud(written, context) or written


def as_written(message: Message, context: Context) -> Reading:
    """The reading without pauses."""
    text = without_courtesies(message.text)
    return read(message if text == message.text else replace(message, text=text), context)


def aloud(written: Reading, context: Context) -> Reading | None:
    """The reading with pauses; null where there are marks, or where it tells nothing anyway."""
    if lacks_marks(written.text) and may_tell_anything(written):
        return Reading(written.message, with_pauses(written.plain), context.households)
    return None
