"""`retry`: messages that could not be handled, and were set aside, are handled once more."""

from __future__ import annotations

import typer

from bot.commands.terminal import DONE, open_database, run
from bot.config import Settings
from bot.wording import say
from storage import inbox


def retry() -> int:
    """Let them wait again; the running bot takes them up within a minute."""

    async def work(settings: Settings) -> int:
        async with open_database(settings) as database, database.transaction() as session:
            count = await inbox.take_up_again(session)
        typer.echo(say("setup.retry" if count else "setup.retry_nothing", count=count))
        return DONE

    return run(work)
