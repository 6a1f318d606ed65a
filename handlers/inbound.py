"""From the messenger's message to ours, and who is not to be listened to."""

from __future__ import annotations

from aiogram.types import Message

from bot.domain.inbound import Inbound
from bot.wording import say


def inbound_of(message: Message) -> Inbound:
    """The message as the rest of the program knows it."""
    user, name = message.from_user, ""
    if message.sender_chat is not None:
        # An anonymous admin, or somebody who writes as their channel: the user given is a stand-in.
        user, name = None, message.sender_chat.title or ""
        if message.sender_chat.id == message.chat.id:
            name = say("chats.anonymous_admin")
    elif user is not None:
        name = user.full_name
    answered = _answered(message)
    return Inbound(
        chat_id=message.chat.id,
        message_id=message.message_id,
        sent_at=message.date,
        text=message.text or message.caption or "",
        user_id=None if user is None else user.id,
        user_name=name,
        chat_title=message.chat.title or "",
        private=message.chat.type == "private",
        topic_id=message.message_thread_id if message.is_topic_message else None,
        media_group_id=message.media_group_id,
        photos=(message.photo[-1].file_id,) if message.photo else (),
        reply_to_id=None if answered is None else answered.message_id,
        reply_to_text=None if answered is None else answered.text or answered.caption,
        reply_to_user_id=None if answered is None or answered.from_user is None else answered.from_user.id,
    )


def is_somebodys_word(message: Message) -> bool:
    """Whether somebody says it themselves: no forward, no channel's post passed on, no bot's message."""
    if message.forward_origin is not None or message.is_automatic_forward or message.via_bot is not None:
        return False
    user = message.from_user
    return message.sender_chat is not None or (user is not None and not user.is_bot)


def _answered(message: Message) -> Message | None:
    """The message that it answers; in a topic, the topic's own first message is none."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    return answered
