"""What comes in: one group message, and what is known of its speaker."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.acts import Act
from bot.domain.taught import Taught
from bot.text.notes import Account


class Speaker(StrEnum):
    """Who wrote the message. Residents report no visits; secretaries have households of their own too."""

    MEMBER = "member"
    RESIDENT = "resident"
    SECRETARY = "secretary"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat.

    at: when it was sent, aware; days in the text are reckoned from its date.
    reply_to: text of the message it answers; null when it answers none.
    """

    text: str
    at: datetime
    speaker: Speaker
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beforehand.

    households: names, addresses and nicknames of the speaker's linked households.
    taught: the words of the speaker's village, and of no other; null: it has taught none.
    """

    households: tuple[str, ...] = ()
    taught: Taught | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was read from a message.

    acts: in the order of the message, `probably` ones included.
    accounts: how it was decided on each candidate for an act, for `parse --explain`.
    likely: for each act, whether recording it unasked is right more often than not (see `understand`).
    """

    acts: tuple[Act, ...] = ()
    accounts: tuple[Account, ...] = field(default=())
    likely: tuple[bool, ...] = field(default=())
