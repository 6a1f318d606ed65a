"""Whether a Telegram user may have a name of the roster at once, or somebody who knows them is asked."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

WRONG_CODES = 5
"""Codes that a user may get wrong within `WRONG_WITHIN`; after that no code of theirs counts for a while."""
WRONG_WITHIN = timedelta(hours=1)
CLAIMS_A_DAY = 3
"""Names for which one user may have somebody asked within 24 hours."""
WAITS = timedelta(days=7)
"""How long a claim waits to be decided; after that it counts no more."""


class How(StrEnum):
    """What speaks for a claim."""

    CODE = "code"  # the one-time code of exactly this person
    PHONE = "phone"  # the number of their Telegram account is the roster's
    WORD = "word"  # they say so


class ClaimState(StrEnum):
    """What has become of a claim."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    DROPPED = "dropped"  # they have claimed another name since


class Ruling(StrEnum):
    """What is done with a claim."""

    THEIRS = "theirs"  # they have the name already
    LET_IN = "let in"
    ASK = "ask"  # somebody decides; nobody gets in before


def ruling(how: How, *, user_id: int, holder: int | None, rivals: int) -> Ruling:
    """What is done with a claim.

    Args:
        holder: the user who has the name now; null: nobody.
        rivals: how many others wait to be given the same name.
    """
    if holder == user_id:
        return Ruling.THEIRS
    if rivals or how is How.WORD:
        return Ruling.ASK
    # A code is made for one person, and made anew only when they have a new account.
    return Ruling.LET_IN if holder is None or how is How.CODE else Ruling.ASK
