"""Remembers the chat that something comes from, before anything else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Chat as TelegramChat
from aiogram.types import TelegramObject
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.chat.chat_changes import see_chat


class SeeChat(BaseMiddleware):
    """Gives handlers the `chat` row that a message or press comes from."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        session: AsyncSession = data["session"]
        now: datetime = data["now"]
        came_from: TelegramChat | None = data.get("event_chat")
        if came_from is None or came_from.type == "channel":
            return None
        name = came_from.title or came_from.full_name or ""
        data["chat"] = await see_chat(session, came_from.id, kind=came_from.type, title=name, now=now)
        return await handler(event, data)
