"""What somebody asks the bot to show, as text."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, NotPossible
from bot.services.show_board import show_board
from bot.services.show_matter import show_matter
from bot.services.show_mine import show_mine
from bot.services.show_todo import show_todo
from bot.services.speaker import Speaking
from bot.wording import say


class Wanted(StrEnum):
    """What can be asked for."""

    HELP = "help"
    MINE = "mine"
    TODO = "todo"
    BOARD = "board"
    MATTER = "matter"
    FORGET = "forget"


async def show(
    session: AsyncSession,
    wanted: Wanted,
    speaking: Speaking,
    *,
    number: int | None = None,
    in_group: bool,
    now: datetime,
) -> str | None:
    """What is asked for, as text. In a group only members are answered, and what is personal is not shown.

    Returns:
        The text; null when a group need not hear an answer.

    Raises:
        NotFound: nobody knows yet to which branch they belong, or there is no such matter.
        NotEntitled: the matter is not theirs to see.
        NotPossible: it can't be done yet, or not here.
    """
    if in_group and not speaking.actor.is_member:
        return None
    name = speaking.preset.name
    if wanted is Wanted.HELP:
        return say(_help(speaking), name)
    if wanted is Wanted.FORGET:
        raise NotPossible("help.not_yet")
    if in_group and wanted in (Wanted.MINE, Wanted.TODO):
        raise NotPossible("help.private_only")
    if wanted is Wanted.MINE:
        return await show_mine(session, speaking, now=now)
    if wanted is Wanted.TODO:
        return await show_todo(session, speaking, now=now)
    if wanted is Wanted.BOARD:
        return await show_board(session, speaking, now=now)
    if number is None:
        raise NotFound("help.matter_usage")
    return await show_matter(session, number, speaking, in_group=in_group, now=now)


def _help(speaking: Speaking) -> str:
    if speaking.actor.is_member:
        return "help.member"
    return "help.resident" if speaking.branch is not None else "help.unknown"
