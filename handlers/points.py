"""Points: with a slash anywhere, as plain words privately."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.domain.inbound import Inbound
from bot.services.appraisal.exchange_points import ask_exchange, set_goods, show_goods
from bot.services.appraisal.show_points import (
    adjust_points,
    see_that_points_are_on,
    show_account,
    show_bulletin,
    show_ranking,
    turn_points,
)
from bot.services.chat.answering import has_replied, reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_speaks
from bot.services.notices.tell import Buttons
from bot.text.appraisal import PointsAsked, PointsWish, read_points
from handlers.inbound import inbound_of, is_somebodys_word

_COMMANDS = {
    "points": PointsWish.ACCOUNT,
    "ranking": PointsWish.RANKING,
    "exchange": PointsWish.EXCHANGE,
}


class AsksPoints(Filter):
    """The message is about points; privately, of a village."""

    async def __call__(self, message: Message) -> bool | dict[str, PointsAsked]:
        text = message.text or ""
        # A town officer says of which of their villages: "杏林村 积分排名".
        asked = read_points(text) or read_points(text.strip().partition(" ")[2])
        return False if asked is None or not is_somebodys_word(message) else {"asked": asked}


async def points(
    message: Message,
    session: AsyncSession,
    chat: ChatRow,
    now: datetime,
    asked: PointsAsked | None = None,
    command: CommandObject | None = None,
) -> None:
    """Somebody asks about points."""
    inbound = inbound_of(message)
    if not inbound.private:
        raise NotPossible("help.private_only")
    if await has_replied(session, inbound, "points"):
        return  # handled before: asking again would exchange again
    if asked is None:
        name, said = (command.command, (command.args or "").strip()) if command else ("points", "")
        asked = PointsAsked(_COMMANDS[name], goods=said if name == "exchange" else "")
    speaking = await who_speaks(session, inbound, chat)
    text, buttons = await _answer(session, asked, speaking, inbound, now=now)
    if text is not None:
        branch_id = speaking.branch_id
        await reply(session, inbound, text, what="points", buttons=buttons, branch_id=branch_id, now=now)


async def _answer(
    session: AsyncSession, asked: PointsAsked, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> tuple[str | None, Buttons]:
    match asked.wish:
        case PointsWish.ACCOUNT:
            return await show_account(session, speaking, now=now), ()
        case PointsWish.RANKING:
            return await show_ranking(session, speaking, now=now), ()
        case PointsWish.BULLETIN:
            return await show_bulletin(session, speaking, now=now)
        case PointsWish.ON | PointsWish.OFF:
            return await turn_points(session, speaking, on=asked.wish is PointsWish.ON, now=now), ()
        case PointsWish.ADJUST:
            return await adjust_points(session, asked, speaking, inbound, now=now), ()
    see_that_points_are_on(speaking)
    if asked.wish is PointsWish.EXCHANGE and not asked.goods:
        return await show_goods(session, speaking, now=now)
    if asked.wish is PointsWish.EXCHANGE:
        return await ask_exchange(session, asked.goods, speaking, now=now), ()
    return await set_goods(session, asked.goods, asked.points, speaking, now=now), ()


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="points")
    router.message.register(points, Command(*_COMMANDS))
    router.message.register(points, F.chat.type == "private", AsksPoints())
    return router
