"""The simulation from beginning to end, and its table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from rich.table import Table

from bot.simulation.book import Book
from bot.simulation.days import Days
from bot.simulation.district import District, SimVillage, district, made_up
from bot.simulation.losses import Findings, compare
from bot.simulation.mishaps import Mishaps
from bot.simulation.words import word


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated; the same plan makes the same people say the same things."""

    villages: int
    days: int
    seed: int
    kills: int
    faults: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said, what the ledger made of it, and what it took. seconds: real ones."""

    plan: Plan
    villages: list[SimVillage]
    book: Book
    findings: Findings
    kills: int
    faults: int
    turned: int
    seconds: float

    def table(self) -> Table:
        """Said, recorded and sent, by village."""
        plan, found, book = self.plan, self.findings, self.book
        table = Table(
            title=word("title", villages=plan.villages, days=plan.days, seed=plan.seed), title_justify="left"
        )
        columns = ("village", "visits_said", "visits_recorded", "matters_said", "matters_recorded", "sent")
        for column in columns:
            table.add_column(word(f"column_{column}"), justify="left" if column == "village" else "right")
        figures = {
            name: (
                book.visits(name),
                found.visits[name],
                book.matters(name),
                found.matters[name],
                found.sent[name],
            )
            for name in (village.name for village in self.villages)
        }
        for name, row in figures.items():
            table.add_row(name, *map(str, row))
        table.add_section()
        table.add_row(word("total"), *(str(sum(column)) for column in zip(*figures.values(), strict=True)))
        return table

    def summary(self) -> str:
        """What was done to the bot, and how long it took."""
        return word("summary", kills=self.kills, faults=self.faults, turned=self.turned, seconds=self.seconds)


async def simulate(plan: Plan, folder: Path, *, progress: Callable[[int], object]) -> Outcome:
    """Live through it, and hold the ledger against what was said.

    Args:
        folder: where the ledger's file is made.
        progress: is told the number of each day that is over.
    """
    began, random = time.monotonic(), Random(plan.seed)
    villages, officer = made_up(plan.villages, random)
    async with district(folder, villages, officer) as here:
        book, start = Book(), here.clock.now()
        _take_down(here, book)
        mishaps = Mishaps(here, Random(random.random()), faults=plan.faults)
        days = Days(here, book, mishaps, random)
        async for day in days.live(plan.days, plan.kills):
            progress(day)
        await days.end()
        return Outcome(
            plan,
            villages,
            book,
            await compare(here, book),
            mishaps.kills,
            mishaps.injected,
            (here.clock.now() - start).days,
            time.monotonic() - began,
        )


def _take_down(here: District, book: Book) -> None:
    """From now on the book knows what the bot writes, as it reads before any edit."""
    bot = here.world.bot.id
    for chat in here.world.chats.values():
        for message in here.world.bot_messages(chat.id):
            book.sent[chat.id, message.id] = message.text or ""

    def hear(event: dict[str, Any]) -> None:
        if event["type"] == "message":
            data = event["data"]
            message = here.world.message(data["chat_id"], data["id"])
            if message.author_id == bot and message.service is None:
                book.sent[message.chat.id, message.id] = message.text or ""

    here.world.events.listeners.append(hear)
