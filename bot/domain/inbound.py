"""A message as it came in, without anything of the messenger's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message that somebody wrote.

    chat_title: of a group; empty for a private chat. private: written to the bot alone.
    topic_id: forum topic; null: none.
    user_id: null for an anonymous admin or a channel, whose `user_name` is then the channel's title, or says
    so.
    text: the text or caption, empty when there is neither. photos: the platform's file ids.
    reply_to_id, reply_to_text, reply_to_user_id: the message that it answers; null: none.
    """

    chat_id: int
    message_id: int
    sent_at: datetime
    text: str
    user_id: int | None
    user_name: str
    chat_title: str = ""
    private: bool = False
    topic_id: int | None = None
    media_group_id: str | None = None
    photos: tuple[str, ...] = ()
    reply_to_id: int | None = None
    reply_to_text: str | None = None
    reply_to_user_id: int | None = None

    def saying(self, words: str) -> Inbound:
        """The same message as if it said `words`."""
        return replace(self, text=words)
