"""Work that only one process may do at a time: taking in a bot's updates, handling and sending."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack

from storage.database import Database
from storage.exclusion import AlreadyHeld, Lock

log = logging.getLogger(__name__)

# A process that was killed lets go of its locks at once, or as soon as the database server notices.
_TRIES = 50
_PAUSE_SECONDS = 0.2
_STAND_BY_SECONDS = 2.0
_CHECK_SECONDS = 15.0


class LockLost(Exception):
    """The database server has forgotten that we hold a lock: another process may be at work already."""


async def take(
    stack: AsyncExitStack, database: Database, names: Sequence[str], *, stand_by: bool
) -> list[Lock]:
    """Take the locks `names` for as long as `stack` lives.

    Args:
        stand_by: wait until the other process is gone, however long that takes.

    Raises:
        AlreadyHeld: when another process has one of them.
    """
    return [await _take_one(stack, database, name, stand_by=stand_by) for name in names]


async def _take_one(stack: AsyncExitStack, database: Database, name: str, *, stand_by: bool) -> Lock:
    tries = 0
    while True:
        try:
            return await stack.enter_async_context(database.only_process(name))
        except AlreadyHeld:
            tries += 1
            if tries < _TRIES:
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            if not stand_by:
                raise
            if tries == _TRIES:
                log.info("another process does this work (%s): standing by", name)
            await asyncio.sleep(_STAND_BY_SECONDS)


async def watch(locks: Sequence[Lock]) -> None:
    """Return never; raise when a lock is lost.

    Raises:
        LockLost: so that the process ends, and is started anew by whoever watches over it.
    """
    while True:
        await asyncio.sleep(_CHECK_SECONDS)
        for lock in locks:
            if not await lock.is_held():
                raise LockLost("the database has forgotten this process's lock")
