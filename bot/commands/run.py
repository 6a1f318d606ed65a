"""`run`: the bot itself."""

from __future__ import annotations

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from bot import app
from bot.commands.logs import set_up_logs
from bot.commands.terminal import DONE, FAULTS, complain, in_short, is_unreachable
from bot.config import SettingWrong, load_settings
from bot.wording import say
from storage.schema import SchemaUnknown


def run(*, role: str) -> int:
    """Run the bot, or a part of it, until it is told to stop."""
    try:
        settings = load_settings().checked_for_running()
        set_up_logs(settings)
        asyncio.run(app.run(settings, app.Role(role)))
    except SettingWrong as wrong:
        complain(*wrong.sentences)
        return FAULTS
    except app.CannotStart as reason:
        complain(reason)
        return FAULTS
    except SchemaUnknown:
        complain(say("setup.database_later"))
        return FAULTS
    except (SQLAlchemyError, OSError) as error:
        if not is_unreachable(error):
            raise
        complain(say("setup.database_unreachable", error=in_short(error)))
        return FAULTS
    return DONE
