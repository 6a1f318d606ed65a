"""`invites`: a code for each chat and person, as JSON lines."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from bot.clock import SystemClock
from bot.commands.platform import username
from bot.commands.terminal import DONE, complain, open_database, run
from bot.config import Settings
from bot.services.roster.find_branch import BranchUnclear, all_branches, find_branch
from bot.services.roster.make_invites import InviteLine, make_invites
from bot.wording import say


def invites(*, branch: str | None, everybody: bool, groups: bool) -> int:
    """Print the codes; the same again as long as they are unused."""

    async def work(settings: Settings) -> int:
        async with open_database(settings) as database, database.transaction() as session:
            chosen = [await find_branch(session, branch)] if branch else await all_branches(session)
            if not chosen:
                raise BranchUnclear(say("setup.no_branches"))
            made = await make_invites(
                session, chosen, everybody=everybody, groups=groups, now=SystemClock().now()
            )
        bot = await username(settings)
        if bot is None:
            complain(say("setup.invites_no_username"))
        for line in made.lines:
            typer.echo(json.dumps({**asdict(line), "link": _link(bot, line)}, ensure_ascii=False))
        if made.claimed:
            complain(say("setup.invites_claimed", count=made.claimed))
        return DONE

    return run(work)


def _link(bot: str | None, line: InviteLine) -> str | None:
    """Opens the private chat with the bot; null for a chat, where an admin sends the code."""
    return f"https://t.me/{bot}?start={line.code}" if bot and line.kind == "person" else None
