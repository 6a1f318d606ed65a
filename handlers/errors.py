"""Expected errors are answered in one clear sentence; all others go on, and the update is set aside.

A refusal leaves nothing half done: what was changed on the way to it is undone, and only it is said.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import ExpectedError
from bot.services.chat import answering
from bot.services.chat.chat_changes import preset_of_chat
from bot.wording import say
from handlers.aftermath import Aftermath
from handlers.inbound import inbound_of


class AnswerExpected(BaseMiddleware):
    """Turns an expected error into an answer to the one who caused it."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        session: AsyncSession = data["session"]
        aftermath: Aftermath = data["aftermath"]
        answered = len(aftermath.answers)
        try:
            async with session.begin_nested():
                return await handler(event, data)
        except ExpectedError as error:
            del aftermath.answers[answered:]
            now: datetime = data["now"]
            message = event.message if isinstance(event, CallbackQuery) else event
            chat_id = message.chat.id if message is not None and hasattr(message, "chat") else None
            text = say(error.key, await preset_of_chat(session, chat_id), **error.values)
            if isinstance(event, CallbackQuery):
                aftermath.answer(event.id, text, alert=True)
            elif isinstance(event, Message):
                await answering.reply(session, inbound_of(event), text, what="refused", now=now)
            else:
                raise
            return None
