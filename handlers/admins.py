"""Asks Telegram what somebody is in a chat."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.methods import GetChatMember, TelegramMethod

ADMINS = frozenset({"creator", "administrator"})


class _GetChatMemberRaw(GetChatMember):
    """Undecoded: aiogram refuses an answer that lacks one of the many rights it knows."""

    __returning__ = dict[str, Any]


async def member_of(
    bot: Bot, chat_id: int, user_id: int, *, patience: int | None = None
) -> dict[str, Any]:
    """The member as the Bot API gives it: `status` (creator, administrator, member, restricted, left, kicked)
    and what else that kind has.

    Args:
        patience: how many seconds to wait for the answer; null: as the bot's session does.

    Raises:
        TelegramAPIError: when the chat or user is not known, or Telegram can't be reached.
    """
    ask: TelegramMethod[Any] = _GetChatMemberRaw(chat_id=chat_id, user_id=user_id)
    answer: dict[str, Any] = await bot(ask, request_timeout=patience)
    return answer
