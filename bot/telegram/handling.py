"""Gives one stored update to the handlers, inside the transaction it is handled in."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.types import Update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.telegram.connecting import BotProfile, Pause, ask_profile, username_of


class Handling:
    """aiogram's dispatcher over our router, without its own polling, states or error swallowing."""

    def __init__(self, bot: Bot, router: Router, **data: Any) -> None:
        """`data` is handed to every handler by name."""
        # It reports every update at INFO; dispatch logs what matters.
        logging.getLogger("aiogram.event").setLevel(logging.WARNING)
        self._bot = bot
        self._dispatcher = Dispatcher(disable_fsm=True, **data)
        self._dispatcher.include_router(router)
        self.profile: BotProfile | None = None

    async def __call__(
        self, update: dict[str, Any], *, session: AsyncSession, now: datetime, aftermath: object
    ) -> None:
        """Handle a raw update.

        Raises:
            ValidationError: when it can't be decoded.
            UpdateTypeLookupError: when it is of a kind that this program does not know.
            Exception: whatever a handler raises.
        """
        decoded = Update.model_validate(update, context={"bot": self._bot})
        _ = decoded.event_type
        await self._dispatcher.feed_update(
            self._bot, decoded, session=session, now=now, aftermath=aftermath, bot_profile=self.profile
        )

    async def ask_profile(self, *, pause: Pause) -> None:
        """Learn who we are, as the handlers need to know.

        Raises:
            TokenRefused: when the token is wrong; everything else is waited out.
        """
        self.profile = await ask_profile(self._bot, pause=pause)

    async def username(self) -> str | None:
        """The bot's user name; null when it is not known yet and Telegram can't be asked."""
        return await username_of(self._bot) if self.profile is None else self.profile.username
