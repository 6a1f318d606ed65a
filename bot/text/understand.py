"""From a message to its acts."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.acts import Visit, VisitMode
from bot.text.messages import Context, Message, Speaker, Understanding


def warm() -> None:
    """Load the dictionaries now rather than with the first message."""


def understand(message: Message, context: Context = Context()) -> Understanding:  # noqa: B008 - frozen
    """Read `message` and say what acts it makes."""
    text = unicodedata.normalize("NFKC", message.text)
    found = re.search(r"走访了?(\d+)户", text)
    if found and message.speaker is not Speaker.RESIDENT:
        visit = Visit(int(found[1]), (), message.at.date(), VisitMode.HOME, cumulative=False, services=())
        return Understanding((visit,), ("走访 + number",), (True,))
    return Understanding()
