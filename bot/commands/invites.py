"""`invites`: a code for each chat and person, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import SystemClock
from bot.commands.platform import username
from bot.commands.qr_codes import Labelled, write_codes
from bot.commands.terminal import DONE, complain, open_database, run
from bot.config import Settings
from bot.services.roster.find_branch import BranchUnclear, all_branches, find_branch
from bot.services.roster.make_invites import InviteLine, make_invites
from bot.wording import say
from storage.queries.roster import households_of_branch
from storage.tables import Household, Unit


def invites(*, branch: str | None, everybody: bool, groups: bool, qr: Path | None = None) -> int:
    """Print the codes; the same again as long as they are unused.

    qr: a folder for their QR codes, one picture for each person and for each household's door; null: none.
    """

    async def work(settings: Settings) -> int:
        async with open_database(settings) as database, database.transaction() as session:
            chosen = [await find_branch(session, branch)] if branch else await all_branches(session)
            if not chosen:
                raise BranchUnclear(say("setup.no_branches"))
            made = await make_invites(
                session, chosen, everybody=everybody, groups=groups, now=SystemClock().now()
            )
            homes = [] if qr is None else await _homes(session, chosen)
        bot = await username(settings)
        if bot is None:
            complain(say("setup.invites_no_username"))
        elif qr is not None:
            count = len(write_codes([*_of_people(bot, made.lines), *_of_homes(bot, homes)], qr))
            complain(say("setup.invites_pictures", count=count, folder=qr))
        for line in made.lines:
            typer.echo(json.dumps({**asdict(line), "link": _link(bot, line)}, ensure_ascii=False))
        if made.claimed:
            complain(say("setup.invites_claimed", count=made.claimed))
        return DONE

    return run(work)


async def _homes(session: AsyncSession, branches: Sequence[Unit]) -> list[tuple[Unit, Household]]:
    return [
        (branch, household)
        for branch in branches
        for household in await households_of_branch(session, branch.id or 0)
        if household.plate is not None
    ]


def _of_people(bot: str, lines: Sequence[InviteLine]) -> list[Labelled]:
    return [
        Labelled(_link(bot, line) or "", (line.name, line.branch), f"{line.branch}_{line.name}")
        for line in lines
        if line.kind == "person"
    ]


def _of_homes(bot: str, homes: Sequence[tuple[Unit, Household]]) -> list[Labelled]:
    return [
        Labelled(
            f"https://t.me/{bot}?start={household.plate}",
            (household.head, household.address or branch.name, household.plate or ""),
            f"{branch.name}_{household.head}_{household.plate}",
        )
        for branch, household in homes
    ]


def _link(bot: str | None, line: InviteLine) -> str | None:
    """Opens the private chat with the bot; null for a chat, where an admin sends the code."""
    return f"https://t.me/{bot}?start={line.code}" if bot and line.kind == "person" else None
