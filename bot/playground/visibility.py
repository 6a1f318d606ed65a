"""Which messages of people reach the bot."""

from __future__ import annotations

from bot.playground.messages import Message
from bot.playground.users import Bot


def bot_sees(message: Message, bot: Bot) -> bool:
    """Whether an update goes to the bot: it is in the chat, not blocked, and privacy mode lets it through.

    With privacy mode on, a bot that is no admin gets commands, mentions of it, replies to it and service
    messages.
    """
    chat = message.chat
    if not chat.has(bot.id):
        return False
    if not chat.is_group or chat.bot_reads_all or chat.is_admin(bot.id) or message.service is not None:
        return True
    return _answers_bot(message, bot) or any(_names_bot(word, bot) for word in _words(message))


def _answers_bot(message: Message, bot: Bot) -> bool:
    replied = message.chat.messages.get(message.reply_to_id or 0)
    return replied is not None and replied.author_id == bot.id


def _words(message: Message) -> list[str]:
    """Commands and mentions in the message."""
    encoded = (message.text or message.caption or "").encode("utf-16-le")
    return [
        encoded[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le")
        for each in message.entities
        if each["type"] in ("bot_command", "mention")
    ]


def _names_bot(word: str, bot: Bot) -> bool:
    """``/help`` is for any bot, ``/help@name`` and ``@name`` for the one named."""
    name = word.partition("@")[2]
    return not name or name.lower() == (bot.username or "").lower()
