"""The program is killed between any two steps and started again: everything is there, once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from bot.demo.village import Village, village
from bot.playground import people
from tests.stories.dying import POINTS, live
from tests.stories.telling import Tale
from tests.stories.test_village_day import SENTENCE

_AGAIN = "（补发，如已收到请忽略）\n"
# Each is a new process, forked from one that has done no more than to import the program.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([live.__module__])
_ON_ITS_WAY = {"started", "sent", "reacted", "marking", "marked"}


def _environment(here: Village) -> dict[str, str]:
    settings = here.app.settings
    assert settings.secret_key is not None
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("BOT_")},
        "BOT_TOKEN": settings.bot_token,
        "BOT_API_URL": here.url,
        "BOT_DATABASE_URL": settings.database_url,
        "BOT_SECRET_KEY": settings.secret_key.get_secret_value(),
        "BOT_HOST": "127.0.0.1",
        "BOT_PORT": "0",
    }


async def _live_until_killed(here: Village, point: str) -> None:
    process = _PROCESSES.Process(target=live, args=(point, here.clock.now(), _environment(here)))
    process.start()
    await asyncio.to_thread(process.join, 60)
    if process.is_alive():
        process.kill()
        await asyncio.to_thread(process.join)
        raise AssertionError(f"the program never came to: {POINTS[point]}")
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("point", POINTS)
async def test_killed_when(point: str, tmp_path: Path) -> None:
    async with village(tmp_path) as here:
        tale = Tale(here)
        # From here on the program in this process rests, and its double lives and dies.
        await here.stop_bot()
        tale.listen_from_now()
        said = people.say(here.world, here.group.id, here.people["李建国"].id, SENTENCE)
        await _live_until_killed(here, point)
        await here.start_bot()
        await here.settle()

        ledger = await tale.ledger()
        assert [(report.member, report.count) for report in ledger.reports] == [("李建国", 2)]
        assert [matter.number for matter in ledger.matters] == [1]
        assert tale.reaction_to(said) == "👍"
        [line] = {text.removeprefix(_AGAIN) for text in tale.heard_in_group()}
        assert "#1" in line
        told = tale.heard("李建国")
        [telling] = {text.removeprefix(_AGAIN) for text in told}
        assert "水管漏了" in telling
        # Nothing stands there twice but what was on its way when the program died, and that says so.
        assert told.count(telling) <= 1
        assert told.count(_AGAIN + telling) <= (1 if point in _ON_ITS_WAY else 0)
