"""Reads a message's acts, with what is known of its speaker."""

from __future__ import annotations

from bot.domain.acts import Act
from bot.domain.inbound import Inbound
from bot.services.speaker import Speaking
from bot.text import Context, Message, Speaker, understand


def acts_of(inbound: Inbound, speaking: Speaking) -> tuple[Act, ...]:
    """The acts of a message; days in it are reckoned in the village's time."""
    message = Message(
        text=inbound.text,
        at=inbound.sent_at.astimezone(speaking.preset.zone),
        speaker=_role(speaking),
        reply_to=inbound.reply_to_text,
    )
    return understand(message, Context(households=speaking.names)).acts


def _role(speaking: Speaking) -> Speaker:
    if speaking.is_secretary:
        return Speaker.SECRETARY
    return Speaker.MEMBER if speaking.actor.is_member else Speaker.RESIDENT
