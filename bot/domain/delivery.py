"""One message on its way out, and the ways in which sending it can end.

DeliveryError
├── Temporary      nothing was done; may be tried again, not before `retry_after`
├── Permanent      nothing was done and trying again will not help; says why
├── Unknown        it may have been done: the answer was lost
└── Migrated       nothing was done; the group lives on under another id
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

ASKS_PHONE = "phone"
"""A button that, in place of the phone's keyboard, sends the number of whoever presses it."""
ASKS_NOTHING = "nothing"
"""No button: such a keyboard goes away."""


class Method(StrEnum):
    """What is done in the chat. All but `send` may be repeated without anybody noticing."""

    SEND = "send"
    EDIT = "edit"
    REACT = "react"
    DELETE = "delete"

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice looks the same as doing it once."""
        return self is not Method.SEND


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message with its destination settled, ready for the platform.

    `text` is plain, without markup; for a reaction it is the emoji (empty: take the reaction back).
    `buttons` are rows of {"text", "data"} or {"text", "url"}, or of {"text", "asks"} alone.
    `message_id` is the target of all methods but `send`.
    """

    method: Method
    chat_id: int
    text: str
    topic_id: int | None = None
    reply_to: int | None = None
    message_id: int | None = None
    buttons: list[list[dict[str, Any]]] = field(default_factory=list)


class DeliveryError(Exception):
    """A message did not demonstrably arrive. `reason` is for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Temporary(DeliveryError):
    """Nothing was done. `retry_after`: what the platform asked for; null: it did not say.

    `whole_bot` is true when no message at all can go out for that time (the token is refused, the
    network is down), so that it is nothing about this message.
    """

    def __init__(self, reason: str, *, retry_after: timedelta | None = None, whole_bot: bool = False) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.whole_bot = whole_bot


class Permanent(DeliveryError):
    """It will never work. `chat_lost` is true when the bot was blocked or removed there."""

    def __init__(self, reason: str, *, chat_lost: bool = False) -> None:
        super().__init__(reason)
        self.chat_lost = chat_lost


class Unknown(DeliveryError):
    """The request went out and no usable answer came back."""


class Migrated(DeliveryError):
    """The group became a supergroup with the id `new_chat_id`."""

    def __init__(self, reason: str, *, new_chat_id: int) -> None:
        super().__init__(reason)
        self.new_chat_id = new_chat_id
