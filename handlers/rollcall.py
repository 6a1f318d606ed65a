"""Roll-calls: opened by a line or a command, answered in words while they are open."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Grievance
from bot.domain.errors import ExpectedError, NotEntitled
from bot.domain.inbound import Inbound
from bot.services.chat import answering
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, place_name, who_speaks
from bot.services.chat.take_message import take_message
from bot.services.rollcalls.open_call import open_roll_call
from bot.services.rollcalls.order_call import name_receiver, order_roll_call
from bot.services.rollcalls.show_roll_calls import show_roll_calls
from bot.services.rollcalls.take_states import Taken, take_states
from bot.text.household_states import may_tell
from bot.text.roll_call import (
    mentions_roll_call,
    opens_roll_call,
    read_call_order,
    read_opening,
    read_receiver,
)
from handlers.inbound import inbound_of
from handlers.orders import is_heard
from handlers.understanding import acts_of

_VILLAGE_ENDS = ("村", "社区", " ")


class OpensRollCall(Filter):
    """The message opens a roll-call, or asks for the open one; privately, of a village named first."""

    async def __call__(self, message: Message, chat: ChatRow) -> bool | dict[str, str]:
        inbound = inbound_of(message)
        if not mentions_roll_call(inbound.text) or not is_heard(message, inbound, chat):
            return False
        forms = [inbound.text]
        if inbound.private:
            forms += [inbound.text.partition(end)[2].strip() for end in _VILLAGE_ENDS]
        said = next((form for form in forms if opens_roll_call(form)), None)
        return False if said is None else {"said": said}


class OrdersRollCall(Filter):
    """The message says what is to become of the open roll-call, or who receives at the shelter."""

    async def __call__(self, message: Message, chat: ChatRow) -> bool:
        inbound = inbound_of(message)
        if not mentions_roll_call(inbound.text):
            return False
        about = read_call_order(inbound.text) is not None or read_receiver(inbound.text) is not None
        return about and is_heard(message, inbound, chat)


class TellsStates(Filter):
    """The message tells how households are, while a roll-call asks for them."""

    async def __call__(
        self, message: Message, session: AsyncSession, chat: ChatRow, now: datetime
    ) -> bool | dict[str, Taken]:
        inbound = inbound_of(message)
        if not is_heard(message, inbound, chat) or not may_tell(inbound.text):
            return False
        speaking = await who_speaks(session, inbound, chat)
        taken = await take_states(session, speaking, inbound, now=now)
        return {"taken": taken} if taken.heard else False


async def in_words(message: Message, said: str, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """Opened without a command. What others write that only sounds like it is talk like any other."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    try:
        await _open(session, said, speaking, inbound, command=False, now=now)
    except NotEntitled:
        if inbound.private and speaking.actor.roles:
            raise
        raise SkipHandler from None


async def by_command(message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """`/rollcall …`."""
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    said = inbound.text.partition(" ")[2].strip()
    for village in speaking.villages:
        said = said.removeprefix(place_name(village.name)).strip()
    await _open(session, said, speaking, inbound, command=True, now=now)


async def ordered(message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """Somebody ends a roll-call, takes it back, or names who receives at the shelter."""
    inbound = inbound_of(message)
    if await answering.already_answered(session, inbound):
        return
    speaking = await who_speaks(session, inbound, chat)
    try:
        order, receiver = read_call_order(inbound.text), read_receiver(inbound.text)
        if order is not None:
            text = await order_roll_call(session, order, speaking, now=now)
        else:
            text = await name_receiver(session, receiver or "", speaking, now=now)
    except ExpectedError:
        if inbound.private and speaking.actor.roles:
            raise
        raise SkipHandler from None
    await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
    if inbound.private:
        await answering.reply(session, inbound, text, what="rollcall", now=now)


async def told(message: Message, taken: Taken, session: AsyncSession, chat: ChatRow, now: datetime) -> None:
    """Somebody has told how households are; trouble told besides is a matter like any other."""
    inbound = inbound_of(message)
    if not inbound.private:
        await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
    text = taken.reply if inbound.private else taken.unclear
    if text:
        await answering.reply(session, inbound, text, what="rollcall", now=now)
    if taken.else_told:
        speaking = await who_speaks(session, inbound, chat)
        acts = acts_of(inbound.saying(taken.else_told), speaking)
        trouble = [act for act in acts if isinstance(act, Grievance)]
        if trouble:
            await take_message(session, trouble, speaking, inbound, now=now)


async def corrected(message: Message, taken: Taken, session: AsyncSession, now: datetime) -> None:
    """Somebody has changed what they told: what it says now is their latest word."""
    inbound = inbound_of(message)
    if not inbound.private:
        await answering.react(session, inbound.chat_id, inbound.message_id, now=now)


async def _open(
    session: AsyncSession, said: str, speaking: Speaking, inbound: Inbound, *, command: bool, now: datetime
) -> None:
    opening = read_opening(said, command=command)
    if opening is None or opening.bare:
        if not inbound.private and not speaking.actor.roles:
            return  # a word like any other there
        for number, shown in enumerate(
            await show_roll_calls(session, speaking, in_group=not inbound.private, now=now)
        ):
            what = f"rollcall.{number}"
            await answering.reply(session, inbound, shown.text, what=what, buttons=shown.buttons, now=now)
        return
    opened = await open_roll_call(session, said, speaking, inbound, command=command, now=now)
    await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
    if inbound.private or not opened.told:
        await answering.reply(session, inbound, opened.text, what="rollcall", buttons=opened.buttons, now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="rollcall")
    router.message.register(by_command, Command("rollcall"))
    router.message.register(ordered, OrdersRollCall())
    router.message.register(in_words, OpensRollCall())
    router.message.register(told, F.text | F.caption, TellsStates())
    router.edited_message.register(corrected, F.text, TellsStates())
    return router
