"""Posting updates to the bot's webhook: one at a time, in order, each again until it is taken.

The real server posts up to ``max_connections`` at once; here one, so that a chat's order holds by itself.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import aiohttp

from bot.playground.arguments import Arguments
from bot.playground.errors import ApiError
from bot.playground.messages import unix
from bot.playground.methods import run
from bot.playground.updates import Update, Webhook
from bot.playground.world import World

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 5.0
"""Seconds of real time between attempts: doubled from the first to the longest."""

TIMEOUT = aiohttp.ClientTimeout(total=60)


async def deliver_for_ever(world: World) -> None:
    """Deliver whatever there is to whatever webhook is set, until cancelled."""
    pause = FIRST_PAUSE
    async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
        while True:
            change = world.updates.change()
            hook, update = world.updates.webhook, world.updates.first()
            if not hook.url or update is None:
                await change.wait()
            elif await _post(http, world, hook, update):
                pause = FIRST_PAUSE
                world.updates.delivered(update)
            else:
                # A new webhook is tried at once.
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await _replaced(world, hook)
                pause = min(2 * pause, LONGEST_PAUSE)


async def _post(http: aiohttp.ClientSession, world: World, hook: Webhook, update: Update) -> bool:
    headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
    try:
        async with http.post(hook.url, json=update.api(), headers=headers) as response:
            body = await response.text(errors="replace")
            failure = "" if 200 <= response.status < 300 else f"{response.status} {response.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        body, failure = "", str(error) or type(error).__name__
    if failure:
        hook.last_error = f"Wrong response from the webhook: {failure}"
        hook.last_error_date = unix(world.clock.now())
        hook.failed.set()
        return False
    await _carry_out(world, body)
    return True


async def _carry_out(world: World, body: str) -> None:
    """A webhook may answer with a method to call; what comes of it, nobody hears."""
    with suppress(ValueError, ApiError):
        call = json.loads(body)
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await run(world, call["method"], Arguments(call))


async def _replaced(world: World, hook: Webhook) -> None:
    while world.updates.webhook is hook:
        await world.updates.change().wait()
