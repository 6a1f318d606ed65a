"""A served playground with a village in it, a bot played by the test, and a browser that looks on."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    async_playwright,
    expect,
)

from bot.playground import Clock, Playground, members
from bot.playground.chats import Chat
from bot.playground.users import User

Json = dict[str, Any]

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds; a busy machine is no failure
DESKTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}

expect.set_options(timeout=PATIENCE)


@dataclass
class Village:
    """The playground under test; ``bot`` calls a Bot API method as the bot would."""

    playground: Playground
    url: str
    group: Chat
    chen: User
    zhou: User
    http: aiohttp.ClientSession

    async def bot(self, method: str, **arguments: Any) -> Any:
        token = self.playground.world.bot.token
        async with self.http.post(f"{self.url}/bot{token}/{method}", json=arguments) as response:
            answer: Json = await response.json()
            assert answer["ok"], answer
            return answer["result"]

    async def heard(self, kind: str) -> Any:
        """The next update of a kind, waited for; it and what came before it are acknowledged."""
        offset = 0
        while True:
            updates: list[Json] = await self.bot("getUpdates", offset=offset, limit=1, timeout=5)
            assert updates, f"no {kind} has come"
            offset = updates[0]["update_id"] + 1
            if kind in updates[0]:
                await self.bot("getUpdates", offset=offset, limit=1, timeout=0)
                return updates[0][kind]


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The machine's own Chromium; without one the tests of the page are skipped."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium on this machine (looked for CHROMIUM and chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def village() -> AsyncIterator[Village]:
    clock = Clock(datetime(2026, 11, 21, 19, 5, tzinfo=ZoneInfo("Asia/Shanghai")))
    playground = Playground(clock, username="lianxin_bot", name="连心桥")
    world = playground.world
    chen = world.add_user("陈秀英", label="党员·一组")
    zhou = world.add_user("周海燕", label="支部书记")
    group = members.add_chat(
        world, "supergroup", "石桥村联户群", members=[zhou.id, chen.id], administrators=[world.bot.id]
    )
    world.updates.drop_pending()
    playground.viewer["suggestions"] = [
        {"chat_id": group.id, "user_id": chen.id, "text": "今天走访了老王家和李大娘家，李大娘家水管漏了"}
    ]
    playground.viewer["marks"] = [{"label": "主题党日", "at": "2026-12-05T08:00:00+08:00"}]
    async with playground.serve() as url, aiohttp.ClientSession() as http:
        yield Village(playground, url, group, chen, zhou, http)


@pytest.fixture
def viewport() -> ViewportSize:
    """What the page is shown on; a test parametrizes it to have another."""
    return DESKTOP


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, village: Village, viewport: ViewportSize) -> AsyncIterator[Page]:
    """The page, opened and loaded. It must ask nothing of hosts other than the playground and the ledger, and
    complain of nothing in the console."""
    context = await browser.new_context(
        viewport=viewport, has_touch=viewport is PHONE, reduced_motion="reduce"
    )
    page = await context.new_page()
    complaints: list[str] = []
    foreign: list[str] = []

    def hear(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            complaints.append(line.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def watch(asked: Request) -> None:
        if not asked.url.startswith((village.url, village.playground.panel_url or village.url)):
            foreign.append(asked.url)

    page.on("request", watch)
    page.set_default_timeout(PATIENCE)
    await page.goto(village.url)
    await page.wait_for_selector("body.ready")
    yield page
    await context.close()
    assert complaints == []
    assert foreign == []
