"""A playground with a small group in it, served on a free port, and a plain client of its Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.playground import Clock, Playground, members
from bot.playground.chats import Chat
from bot.playground.users import User

Json = dict[str, Any]


@dataclass
class Api:
    """Calls methods as a bot would; ``ok`` gives the result, ``error`` code and description."""

    http: aiohttp.ClientSession
    url: str
    token: str

    async def call(self, method: str, **arguments: Any) -> Json:
        async with self.http.post(f"{self.url}/bot{self.token}/{method}", json=arguments) as response:
            answer: Json = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def ok(self, method: str, **arguments: Any) -> Any:
        answer = await self.call(method, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    async def error(self, method: str, **arguments: Any) -> tuple[int, str]:
        answer = await self.call(method, **arguments)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def updates(self, **arguments: Any) -> list[Json]:
        """Everything pending, acknowledged."""
        updates: list[Json] = await self.ok("getUpdates", **arguments)
        if updates:
            await self.ok("getUpdates", offset=updates[-1]["update_id"] + 1)
        return updates

    async def control(self, path: str, expect: int = 200, **body: Any) -> Json:
        async with self.http.post(f"{self.url}/control/{path}", json=body) as response:
            answer: Json = await response.json()
            assert response.status == expect, answer
            return answer


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 21, 19, 5, tzinfo=ZoneInfo("Asia/Shanghai")))


@pytest.fixture
def playground(clock: Clock) -> Playground:
    return Playground(clock, username="lianxin_bot", name="连心桥")


@pytest.fixture
def li(playground: Playground) -> User:
    return playground.world.add_user("李建国", username="lijianguo", label="党员·一组")


@pytest.fixture
def wang(playground: Playground) -> User:
    return playground.world.add_user("王秀英")


@pytest.fixture
def group(playground: Playground, li: User, wang: User) -> Chat:
    """A supergroup that li made, with wang and the bot as plain members; the updates of that are gone."""
    world = playground.world
    chat = members.add_chat(world, "supergroup", "一组联户群", members=[li.id, wang.id, world.bot.id])
    world.updates.drop_pending()
    return chat


@pytest.fixture
async def api(playground: Playground) -> AsyncIterator[Api]:
    async with playground.serve() as url, aiohttp.ClientSession() as http:
        yield Api(http, url, playground.world.bot.token)
