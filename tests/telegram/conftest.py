"""A bot on the playground's Bot API, over HTTP, with a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot

from bot.playground import Clock, Playground, World, members
from bot.playground.chats import Chat
from bot.playground.users import User
from bot.telegram.api import make_bot
from tests.fakes.times import Pauses


@dataclass
class Line:
    """Both ends: the world as people see it, and the bot."""

    playground: Playground
    bot: Bot
    clock: Clock
    pauses: Pauses
    li: User
    group: Chat

    @property
    def world(self) -> World:
        return self.playground.world


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    clock = Clock(datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
    playground = Playground(clock)
    world = playground.world
    li = world.add_user("李建国")
    group = members.add_chat(
        world, "supergroup", "一组联户群", members=[li.id], administrators=[world.bot.id]
    )
    world.updates.drop_pending()
    async with playground.serve() as url:
        bot = make_bot(world.bot.token or "", api_url=url)
        try:
            yield Line(playground, bot, clock, Pauses(), li, group)
        finally:
            await bot.session.close()
