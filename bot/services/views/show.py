"""What somebody asks the bot to show, as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, NotPossible
from bot.services.chat.speaker import Speaking, place_name
from bot.services.roster.parameters import for_unit
from bot.services.views.show_board import show_board
from bot.services.views.show_matter import show_matter
from bot.services.views.show_mine import show_mine
from bot.services.views.show_todo import show_todo
from bot.wording import say
from storage.queries import matters as matter_rows


class Wanted(StrEnum):
    """What can be asked for."""

    HELP = "help"
    MINE = "mine"
    TODO = "todo"
    BOARD = "board"
    MATTER = "matter"


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
        NotPossible: not here.
    """
    if in_group and not speaking.actor.is_member:
        return None
    name = speaking.preset.name
    if wanted is Wanted.HELP:
        village = place_name(speaking.villages[0].name) if speaking.villages else ""
        return _with_services(say(_help(speaking), name, village=village), speaking)
    if in_group and wanted in (Wanted.MINE, Wanted.TODO):
        raise NotPossible("help.private_only")
    if wanted is Wanted.MINE:
        return await show_mine(session, speaking, now=now)
    if wanted is Wanted.TODO:
        return await show_todo(session, speaking, now=now)
    if wanted is Wanted.BOARD:
        boards = [await show_board(session, one, now=now) for one in await _in_villages(session, speaking)]
        return "\n\n".join(boards)
    if number is None:
        raise NotFound("help.matter_usage")
    speaking = await where_it_is(session, speaking, number)
    return await show_matter(session, number, speaking, in_group=in_group, now=now)


async def _in_villages(session: AsyncSession, speaking: Speaking) -> list[Speaking]:
    """The speaker in the branch that is meant; a town officer who names none, in each of theirs."""
    if speaking.branch is not None or not speaking.villages:
        return [speaking]
    return [
        replace(speaking, branch=one, preset=await for_unit(session, one.id)) for one in speaking.villages
    ]


async def where_it_is(session: AsyncSession, speaking: Speaking, number: int) -> Speaking:
    """The speaker in the only one of their branches that has a matter of this number.

    Raises:
        NotFound: none or several of them have.
    """
    places = await _in_villages(session, speaking)
    if len(places) == 1:
        return places[0]
    having = [one for one in places if await matter_rows.matter_by_number(session, one.branch_id, number)]
    if not having:
        raise NotFound("matters.unknown_number", number=number)
    if len(having) > 1:
        village = place_name(speaking.villages[0].name)
        raise NotFound("help.matter_of_which_village", number=number, village=village)
    return having[0]


def _help(speaking: Speaking) -> str:
    if speaking.actor.is_member:
        return "help.member"
    if speaking.villages:
        return "help.officer"
    return "help.resident" if speaking.branch is not None else "help.unknown"


def _with_services(text: str, speaking: Speaking) -> str:
    """What residents are told, with what members do for their households."""
    services = speaking.preset.services
    if _help(speaking) != "help.resident" or not services:
        return text
    return f"{text}\n{say('help.services', speaking.preset.name, services='、'.join(services))}"
