"""First words with Telegram: who we are, and how updates are to reach us. Tried until they succeed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramRetryAfter, TelegramUnauthorizedError

from bot.telegram.api import ALLOWED_UPDATES
from bot.telegram.backoff import Backoff

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 10
"""How long somebody who waits for an answer lets the bot wait for Telegram's."""

T = TypeVar("T")
Pause = Callable[[float], Awaitable[None]]


class TokenRefused(Exception):
    """Telegram does not know the token."""


@dataclass(frozen=True, slots=True)
class BotProfile:
    """What the handlers need to know of the bot itself.

    can_read_all_group_messages: privacy mode is off, so that plain talk in groups arrives.
    """

    id: int
    username: str
    can_read_all_group_messages: bool


async def ask_profile(bot: Bot, *, pause: Pause = asyncio.sleep) -> BotProfile:
    """Who we are.

    Raises:
        TokenRefused: when the token is wrong; everything else is waited out.
    """
    me = await _until_done("ask who this bot is", bot.get_me, pause=pause)
    return BotProfile(me.id, me.username or "", bool(me.can_read_all_group_messages))


async def username_of(bot: Bot) -> str | None:
    """The bot's user name, asked for once; null when Telegram can't be asked."""
    try:
        return (await bot.get_me(request_timeout=PATIENCE_SECONDS)).username
    except (AiogramError, OSError):
        return None


async def ask_for_polling(bot: Bot, *, pause: Pause = asyncio.sleep) -> None:
    """Take away a webhook; what waits to be fetched stays.

    Raises:
        TokenRefused: when the token is wrong; everything else is waited out.
    """
    await ask_profile(bot, pause=pause)
    # A server that has just answered getMe and does not know this method has no webhooks.
    with suppress(TokenRefused):
        await _until_done(
            "take the webhook away", lambda: bot.delete_webhook(drop_pending_updates=False), pause=pause
        )


async def ask_for_webhook(bot: Bot, url: str, secret: str, *, pause: Pause = asyncio.sleep) -> None:
    """Have updates posted to `url`; what waits to be fetched comes there."""
    await _until_done(
        "set the webhook",
        lambda: bot.set_webhook(
            url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, drop_pending_updates=False
        ),
        pause=pause,
    )


async def _until_done(what: str, call: Callable[[], Awaitable[T]], *, pause: Pause) -> T:
    backoff = Backoff(pause)
    while True:
        try:
            return await call()
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise TokenRefused from error  # a server answers a malformed token with 404
        except TelegramRetryAfter as error:
            await backoff.wait(at_least=error.retry_after)
        except (AiogramError, OSError) as error:
            log.warning("could not %s, trying again: %s", what, error)
            await backoff.wait()
