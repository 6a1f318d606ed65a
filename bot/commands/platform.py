"""What commands ask of Telegram, each once and with little patience."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot

from bot.config import OFFICIAL_API, Settings
from bot.telegram.api import make_bot
from bot.telegram.connecting import username_of


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Bot]:
    """The bot's end of the line.

    Raises:
        SettingWrong: when there is no token.
    """
    api_url = None if settings.api_url == OFFICIAL_API else settings.api_url
    bot = make_bot(settings.bot_token, api_url=api_url, proxy=settings.proxy)
    try:
        yield bot
    finally:
        await bot.session.close()


async def username(settings: Settings) -> str | None:
    """The bot's user name; null without a token, or when Telegram can't be asked."""
    if settings.token is None:
        return None
    async with connected(settings) as bot:
        return await username_of(bot)
