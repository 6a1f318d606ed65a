"""Whether a message asks to see what is kept of its writer ("看我的信息"), or to have it erased."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.text.lexicon import load
from bot.text.normalise import normalise


class PrivacyAsked(StrEnum):
    """What is asked; keys of lexicon/privacy.toml."""

    FORGET = "forget"
    SHOW = "show"


def read_privacy(text: str) -> PrivacyAsked | None:
    """What the whole message asks; null when it is about something else."""
    plain = normalise(text).text.strip(" 。.!！?？\n")
    return next((one for one in PrivacyAsked if re.fullmatch(load("privacy")[one], plain)), None)
