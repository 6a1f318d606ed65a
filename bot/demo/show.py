"""The demo in the browser."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.demo.village import Village, village
from bot.demo.words import month, suggestions, word
from bot.domain.roster import UnitKind
from bot.services.meetings.plan_sessions import party_day_of
from bot.services.roster.parameters import for_unit
from storage.tables import Unit


async def show(folder: Path, *, port: int) -> int:
    """Serve the playground until Ctrl-C or SIGTERM; the exit code."""
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C ends the process
            loop.add_signal_handler(number, over.set)
    try:
        async with village(folder, port=port, ticking=True, in_frame=True) as here:
            await _furnish(here)
            print(word("address", url=here.url), flush=True)  # noqa: T201 (what the command is for)
            await over.wait()
    except OSError:
        if port == 0:
            raise
        print(word("port_taken", port=port), file=sys.stderr)  # noqa: T201
        return 1
    return 0


async def _furnish(here: Village) -> None:
    """Put the ledger beside the chats, and what one may try, the tour and the marks of time around them."""
    playground = here.playground
    playground.panel_url = await here.ledger_link()
    playground.tour.load(month(), title=word("tour_title"))
    playground.viewer |= {
        "title": word("title"),
        "suggestions": [
            {
                "user_id": here.people[each["user"]].id,
                "chat_id": here.group.id if each["chat"] == "group" else "private",
                "text": each["text"],
            }
            for each in suggestions()
        ],
        "marks": await _marks(here),
    }

    async def turn(before: datetime, to: datetime) -> None:
        await here.turn(before, to)
        playground.viewer["marks"] = await _marks(here)

    playground.on_turn = turn


async def _marks(here: Village) -> list[dict[str, Any]]:
    """Moments to turn the clock to, besides those the page offers anyhow: the next Party day."""
    now = here.clock.now()
    async with here.app.database.reading() as session:
        branch = (await session.exec(select(Unit.id).where(Unit.kind == UnitKind.BRANCH))).one()
        preset = await for_unit(session, branch)
    day = party_day_of(preset, now.date())
    if day == now.date():
        day = party_day_of(preset, now.date() + timedelta(days=1))
    if day is None:
        return []
    at = datetime.combine(day, preset.party_day_at, now.tzinfo)
    return [{"label": word("mark_party_day"), "at": at.isoformat()}]
