"""How commands meet the terminal: settings and database opened, expected failures told in a sentence."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.config import Settings, SettingWrong, load_settings
from bot.presets import ParameterWrong
from bot.services.roster.create_branch import BranchRefused
from bot.services.roster.find_branch import BranchUnclear
from bot.services.roster.roster_file import RosterUnreadable
from bot.wording import say
from storage.database import Database
from storage.schema import SchemaUnknown

DONE, FAULTS, USAGE = 0, 1, 2

Work = Callable[[Settings], Awaitable[int]]


class Refused(Exception):
    """The command can't do its work. `sentences` go to standard error; `code` is the exit code."""

    def __init__(self, *sentences: str, code: int = FAULTS) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
        self.code = code


def complain(*sentences: object) -> None:
    """Write each sentence to standard error, a line each."""
    for sentence in sentences:
        typer.echo(str(sentence), err=True)


def run(work: Work) -> int:
    """Do a command's work with the settings; what is expected to go wrong is told in plain sentences."""
    try:
        return asyncio.run(_run(work))
    except BrokenPipeError:
        # Whoever reads has seen enough (`… | head`): nothing more to say, and nowhere to say it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Refused as refused:
        complain(*refused.sentences)
        return refused.code
    except SettingWrong as wrong:
        complain(*wrong.sentences)
    except (BranchRefused, BranchUnclear, ParameterWrong, RosterUnreadable) as refused:
        complain(refused)
    except SchemaUnknown:
        complain(say("setup.database_later"))
    except (SQLAlchemyError, OSError) as error:
        if not is_unreachable(error):
            raise
        complain(say("setup.database_unreachable", error=in_short(error)))
    return FAULTS


async def _run(work: Work) -> int:
    return await work(load_settings())


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database, with the schema this program needs.

    Raises:
        Refused: when it has another.
    """
    path = sqlite_file(settings)
    if path is not None and not path.exists():
        raise Refused(say("setup.not_migrated"))  # connecting would make an empty file
    async with Database(settings.database_url) as database:
        if not await database.is_current():
            raise Refused(say("setup.not_migrated"))
        yield database


def sqlite_file(settings: Settings) -> Path | None:
    """The database's file; null when it is no SQLite file."""
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def is_unreachable(error: BaseException) -> bool:
    """Whether an exception means that the database can't be reached, rather than a mistake of ours."""
    if isinstance(error, DBAPIError):
        words = ("unable to open", "connection", "connect", "does not exist", "authentication", "readonly")
        return any(word in str(error.orig).lower() for word in words)
    return isinstance(error, ConnectionError | TimeoutError) or "Connect call failed" in str(error)


def in_short(error: BaseException) -> str:
    """The first line of what an exception says, without passwords that a URL in it may hold."""
    told = str(getattr(error, "orig", None) or error) or type(error).__name__
    return re.sub(r"//[^@/\s]*@", "//…@", told.splitlines()[0])


def day(value: str | None) -> date | None:
    """A day given as an option.

    Raises:
        Refused: wrong usage, when it is no day.
    """
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(say("setup.day_wrong", value=value), code=USAGE) from None


def listed(names: Sequence[str], most: int = 10) -> str:
    """Names in a row, shortened when there are many."""
    shown = "、".join(names[:most])
    return f"{shown}…" if len(names) > most else shown
