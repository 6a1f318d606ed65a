"""Reads a message's acts, with what is known of its speaker."""

from __future__ import annotations

from bot.domain.acts import Act
from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking
from bot.text import Message, understand


def acts_of(inbound: Inbound, speaking: Speaking) -> tuple[Act, ...]:
    """The acts of a message; days in it are reckoned in the village's time."""
    message = Message(
        text=inbound.text,
        at=inbound.sent_at.astimezone(speaking.preset.zone),
        speaker=speaking.speaks_as,
        reply_to=inbound.reply_to_text,
    )
    return understand(message, speaking.context).acts
