"""Updates posted to a webhook: with the secret, in order, again until taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.playground import Playground, people, webhook
from bot.playground.users import User
from tests.playground.conftest import Api


@dataclass
class Hook:
    """Takes posts; answers with the statuses in ``answers``, then 200 with ``body``."""

    answers: list[int] = field(default_factory=list)
    body: Any = None
    posts: list[Any] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        self.posts.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.answers.pop(0) if self.answers else 200
        return web.json_response(self.body, status=status)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/hook", self.take)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            host, port = runner.addresses[0][:2]
            yield f"http://{host}:{port}/hook"
        finally:
            await runner.cleanup()


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "FIRST_PAUSE", 0.001)


async def test_updates_are_posted_with_the_secret_until_they_are_taken(
    api: Api, playground: Playground, li: User
) -> None:
    hook = Hook(answers=[200, 500, 503])
    async with hook.listen() as url:
        people.say(playground.world, "private", li.id, "一")
        await api.ok("setWebhook", url=url, secret_token="s3cret")
        people.say(playground.world, "private", li.id, "二")
        await asyncio.wait_for(playground.world.updates.acknowledged(), 10)
        info = await api.ok("getWebhookInfo")
        await api.ok("deleteWebhook")
    assert [each["message"]["text"] for each in hook.posts] == ["一", "二", "二", "二"]
    assert set(hook.secrets) == {"s3cret"}
    assert info["url"] == url and info["pending_update_count"] == 0
    assert "503" in info["last_error_message"]


async def test_updates_can_come_twice_there_too(api: Api, playground: Playground, li: User) -> None:
    hook = Hook()
    playground.world.faults.merge({"duplicate_updates": True})
    async with hook.listen() as url:
        await api.ok("setWebhook", url=url)
        people.say(playground.world, "private", li.id, "一")
        await asyncio.wait_for(playground.world.updates.acknowledged(), 10)
        await api.ok("deleteWebhook")
    assert len(hook.posts) == 2 and hook.posts[0] == hook.posts[1]


async def test_the_answer_may_be_a_method(api: Api, playground: Playground, li: User) -> None:
    hook = Hook(body={"method": "sendMessage", "chat_id": li.id, "text": "收到"})
    async with hook.listen() as url:
        await api.ok("setWebhook", url=url)
        people.say(playground.world, "private", li.id, "一")
        await asyncio.wait_for(playground.world.updates.acknowledged(), 10)
        await api.ok("deleteWebhook")
    chat = playground.world.private_chat(li.id)
    assert [each.text for each in chat.messages.values()] == ["一", "收到"]


async def test_a_webhook_that_nobody_answers_keeps_its_updates(
    api: Api, playground: Playground, li: User
) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:9/nobody")
    people.say(playground.world, "private", li.id, "一")
    await asyncio.wait_for(playground.world.updates.webhook.failed.wait(), 10)
    await api.ok("deleteWebhook")
    assert [each["message"]["text"] for each in await api.updates()] == ["一"]


async def test_only_https_or_this_machine_is_a_webhook(api: Api) -> None:
    assert await api.error("setWebhook", url="http://example.org/hook") == (
        400,
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    )
    assert await api.error("setWebhook", url="http://127.0.0.1/hook", secret_token="a b") == (
        400,
        "Bad Request: secret token contains unallowed characters",
    )
