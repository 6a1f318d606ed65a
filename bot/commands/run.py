"""`run`: the bot itself."""

from __future__ import annotations

import asyncio

from bot.commands.terminal import DONE, FAULTS, complain
from bot.config import SettingWrong, load_settings


def run(*, role: str) -> int:
    """Run the bot, or a part of it, until it is told to stop."""
    from bot import app

    try:
        settings = load_settings().checked_for_running()
        asyncio.run(app.run(settings, app.Role(role)))
    except SettingWrong as wrong:
        complain(*wrong.sentences)
        return FAULTS
    except app.CannotStart as reason:
        complain(reason)
        return FAULTS
    return DONE
