"""Numbers opened to their rows ("为什么 参与率"), and the figures of a time ("十月数据")."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.chat.answering import reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import who_speaks
from bot.services.figures.explain_figure import explain
from bot.services.figures.tell_figures import tell_figures
from bot.text.asked_period import this_month
from bot.text.why import WhyAsked, read_figures_asked, read_why
from handlers.inbound import inbound_of, is_somebodys_word


class AsksWhy(Filter):
    """The message asks where a number comes from; privately, perhaps of a village named before it."""

    async def __call__(self, message: Message) -> bool | dict[str, WhyAsked]:
        text, today = message.text or "", message.date.date()
        asked = read_why(text, today)
        if asked is None and message.chat.type == "private":
            asked = read_why(text.strip().partition(" ")[2], today)
        return False if asked is None or not is_somebodys_word(message) else {"asked": asked}


class AsksFigures(Filter):
    """The message asks for the figures of a time; privately, perhaps of a village named before it."""

    async def __call__(self, message: Message) -> bool:
        text, today = message.text or "", message.date.date()
        texts = [text]
        if message.chat.type == "private":
            texts.append(text.strip().partition(" ")[2])
        return is_somebodys_word(message) and any(read_figures_asked(one, today) for one in texts)


async def why(
    message: Message,
    session: AsyncSession,
    chat: ChatRow,
    now: datetime,
    asked: WhyAsked | None = None,
    command: CommandObject | None = None,
) -> None:
    """Somebody asks where a number comes from."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    if asked is None:
        words = "" if command is None else command.args or ""
        asked = read_why(words, speaking.day_of(now), command=True) or WhyAsked()
    shown = await explain(session, asked, speaking, inbound, now=now)
    if shown is not None:
        await reply(
            session,
            inbound,
            shown.text,
            what="why",
            buttons=shown.buttons,
            branch_id=None if speaking.branch is None else speaking.branch.id,
            now=now,
        )


async def figures(message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """Somebody asks for the figures of a time."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    today = speaking.day_of(now)
    days = read_figures_asked(inbound.text, today) or read_figures_asked(
        inbound.text.strip().partition(" ")[2], today
    )
    first, last = days or this_month(today)
    text = await tell_figures(session, speaking, first, last, in_group=not inbound.private, now=now)
    if text is not None:
        await reply(session, inbound, text, what="figures", now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="why")
    router.message.register(why, Command("why"))
    router.message.register(figures, Command("figures"))
    router.message.register(why, AsksWhy())
    router.message.register(figures, AsksFigures())
    return router
