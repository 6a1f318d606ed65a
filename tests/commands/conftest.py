"""Commands as a terminal runs them, in an empty folder with no settings but those a test makes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app

SAMPLE = Path(__file__).parents[2] / "docs" / "samples" / "花名册.csv"
KEY = "only for tests, and long enough for it"

Bot = Callable[..., Result]


@pytest.fixture
def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bot:
    """Runs `python -m bot …`; gives exit_code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BOT_SECRET_KEY", KEY)

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)

    return run


@pytest.fixture
def village(bot: Bot) -> Bot:
    """The same, with a branch and its roster set up."""
    assert bot("init", "--preset", "huozhou", "--branch", "柳湾村", "--town", "青溪镇").exit_code == 0
    assert bot("import", SAMPLE).exit_code == 0
    return bot


async def beside(bot: Bot, *arguments: object) -> Result:
    """Run a command while this test's event loop goes on serving."""
    return await asyncio.to_thread(bot, *arguments)
