from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App, CannotStart, Role
from bot.config import Mode, Settings
from bot.demo.village import START, found, settings_for
from bot.playground import Clock, Playground, people
from scheduler.pacing import UNLIMITED
from storage.database import Database
from storage.tables import InboxUpdate
from tests.fakes.times import Pauses


@dataclass
class Place:
    """A playground with a founded database beside it, and no bot yet."""

    playground: Playground
    settings: Settings

    def app(self, **changes: Any) -> App:
        settings = self.settings.model_copy(update=changes)
        return App(settings, self.playground.clock, limits=UNLIMITED, ticking=False, pause=Pauses().pause)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    database_url = f"sqlite+aiosqlite:///{tmp_path / 'village.db'}"
    await found(database_url, now=START)
    playground = Playground(Clock(START), username="lianxin_bot")
    async with playground.serve() as url:
        yield Place(playground, settings_for(playground, url, database_url))


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status, await response.text()


async def test_its_signs_of_life_tell_how_it_is(place: Place) -> None:
    async with place.app().running() as app:
        assert await get(f"{app.url}/healthz") == (200, "ok\n")
        status, text = await get(f"{app.url}/readyz")
        assert (status, json.loads(text)["faults"]["cycle"]) == (503, "never")

        user = place.playground.world.add_user("王德福")
        people.say(place.playground.world, "private", user.id, "/start")
        await app.while_running(place.playground.world.updates.acknowledged())
        await app.tick()
        assert (await get(f"{app.url}/readyz"))[0] == 200

        place.playground.clock.turn_by(minutes=5)
        status, text = await get(f"{app.url}/readyz")
        assert status == 503
        assert set(json.loads(text)["faults"]) == {"poll", "cycle"}

        status, text = await get(f"{app.url}/metrics")
        assert 'lianxin_inbox_updates{state="done"} 1' in text
        assert 'lianxin_notices{state="sent"} 1' in text
        assert "lianxin_updates_handled_total 1" in text


async def test_a_second_process_on_the_same_database_is_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.exclusive._PAUSE_SECONDS", 0)
    async with place.app().running():
        with pytest.raises(CannotStart, match="另一个"):
            async with place.app().running():
                pass


async def test_a_refused_token_is_said_in_a_sentence(place: Place) -> None:
    token = type(place.settings.token)("7000000001:wrong")
    with pytest.raises(CannotStart, match="BOT_TOKEN"):
        await place.app(token=token).run()


async def test_a_taken_address_is_said_in_a_sentence(place: Place) -> None:
    port = int(place.settings.api_url.rpartition(":")[2])
    with pytest.raises(CannotStart, match="BOT_PORT"):
        await place.app(port=port).run()


async def test_what_is_said_while_it_rests_is_dealt_with_when_it_starts(place: Place) -> None:
    async with place.app().running() as app:
        await app.settle()
    user = place.playground.world.add_user("王德福")
    people.say(place.playground.world, "private", user.id, "/start")
    async with place.app().running() as app:
        await app.while_running(place.playground.world.updates.acknowledged())
        await app.settle()
    chat = place.playground.world.private_chat(user.id)
    assert [message.author_id for message in chat.messages.values()] == [
        user.id,
        place.playground.world.bot.id,
    ]


async def test_intake_and_work_can_be_two_processes(place: Place) -> None:
    world = place.playground.world
    user = world.add_user("王德福")
    async with place.app().running(Role.INTAKE) as intake:
        people.say(world, "private", user.id, "/start")
        await intake.while_running(world.updates.acknowledged())
        assert len(world.private_chat(user.id).messages) == 1
        async with place.app().running(Role.WORKER) as worker:
            await worker.settle()
        assert len(world.private_chat(user.id).messages) == 2


async def test_by_webhook_an_update_is_taken_in_as_well(place: Place, unused_tcp_port: int) -> None:
    world = place.playground.world
    secret = type(place.settings.token)("a-secret-of-some-length")
    settings = {
        "mode": Mode.WEBHOOK,
        "webhook_url": f"http://127.0.0.1:{unused_tcp_port}",
        "webhook_secret": secret,
        "port": unused_tcp_port,
    }
    user = world.add_user("王德福")
    people.say(world, "private", user.id, "/start")
    async with place.app(**settings).running() as app:
        await app.while_running(world.updates.acknowledged())
        await app.settle()
        assert len(world.private_chat(user.id).messages) == 2


async def test_turning_the_clock_stops_wherever_something_is_due(place: Place) -> None:
    clock = place.playground.clock
    moments = []
    clock.listeners.append(moments.append)
    async with place.app().running() as app:
        await app.advance(clock, START + timedelta(days=1))
    assert clock.now() == START + timedelta(days=1)
    assert moments == sorted(moments)
    assert len(moments) > 1  # the day's rounds lie in between
    assert clock.now() == moments[-1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_command_ends_cleanly_when_it_is_told_to(place: Place, number: signal.Signals) -> None:
    settings, world = place.settings, place.playground.world
    assert settings.secret_key is not None
    environment = {
        "BOT_TOKEN": settings.bot_token,
        "BOT_API_URL": settings.api_url,
        "BOT_DATABASE_URL": settings.database_url,
        "BOT_SECRET_KEY": settings.key,
        "BOT_PORT": "0",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), env=environment, stderr=asyncio.subprocess.PIPE
    )
    user = world.add_user("王德福")
    people.say(world, "private", user.id, "/start")
    await asyncio.wait_for(world.updates.acknowledged(), 60)
    process.send_signal(number)
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, errors.decode()
    assert "Traceback" not in errors.decode()
    async with Database(settings.database_url) as database, database.reading() as session:
        assert await session.get(InboxUpdate, 1) is not None
