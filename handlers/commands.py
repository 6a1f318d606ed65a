"""Commands, with a slash anywhere, or as a bare word: privately by everybody, in a group by members."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, CommandStart, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.services.appraisal.hand_out_ballots import offer_ballots
from bot.services.chat.answering import Buttons, reply
from bot.services.chat.bind_chat import bind_chat
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.offer_removal import START, offer_again
from bot.services.chat.speaker import who_speaks
from bot.services.privacy.tell_consent import Way, consent_once
from bot.services.roster.claim_in_words import ask_for_phone
from bot.services.roster.name_claims import Claimant
from bot.services.roster.use_code import use_code
from bot.services.views.open_ledger import may_open_ledger
from bot.services.views.show import Wanted, show
from bot.services.views.show_card import show_card
from bot.services.words.fix_buttons import under_matter, under_mine
from bot.text.replies import Command as Asked
from bot.text.replies import read_command
from bot.wording import say
from handlers.admins import ADMINS, member_of
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.orders import said_after_command
from handlers.profile import Doors, Profile, reads_all


async def start(message: Message, command: CommandObject, session: AsyncSession, now: datetime) -> None:
    """Somebody opens the bot, by a link of their own or without."""
    inbound = inbound_of(message)
    if inbound.user_id is None:
        return
    buttons: Buttons = ()
    scanned = None
    if command.args == START:
        speaking = await who_speaks(session, inbound, None)
        text = await offer_again(session, speaking, now=now)
    elif command.args:
        claimant = Claimant(inbound.user_id, inbound.user_name)
        text = await use_code(session, command.args.strip(), claimant, now=now)
        scanned = await who_speaks(session, inbound, None)
    else:
        speaking = await who_speaks(session, inbound, None)
        name = speaking.preset.name
        if speaking.branch is not None or speaking.actor.roles:
            text = say("chats.welcome", name, name=speaking.actor.name)
        else:
            text = f"{say('help.unknown', name)}\n{say('names.say_who', name)}"
            buttons = ask_for_phone(name)
    way = Way.START if scanned is None else Way.PLATE
    told = await consent_once(session, await who_speaks(session, inbound, None), way, now=now)
    text = text if told is None else f"{text}\n{told}"
    await reply(session, inbound, text, what="start", buttons=buttons, now=now)
    if scanned is not None and scanned.person is not None:
        await offer_ballots(session, scanned.person, now=now)


async def bind(
    message: Message,
    command: CommandObject,
    bot: Bot,
    session: AsyncSession,
    chat: ChatRow,
    bot_profile: Profile | None,
    now: datetime,
) -> None:
    """An admin binds the group, or the topic in which they say so."""
    inbound = inbound_of(message)
    if inbound.private:
        raise NotPossible("chats.bind_where")
    if not await _may_bind(bot, message):
        raise NotEntitled("chats.bind_not_admin")
    text = await bind_chat(
        session,
        chat,
        (command.args or "").strip(),
        topic_id=inbound.topic_id,
        user_id=inbound.user_id,
        user_name=inbound.user_name,
        reads_all=reads_all(bot_profile),
        now=now,
    )
    await reply(session, inbound, text, what="bind", now=now)


class AskedInWords(Filter):
    """The whole message is one of the words that ask the bot for something; privately, of a village."""

    async def __call__(self, message: Message) -> bool | dict[str, Asked]:
        text = message.text or ""
        asked = read_command(text)
        if asked is None and message.chat.type == "private":
            # A town officer says of which of their villages: "杏林村 事项 12".
            asked = read_command(text.strip().partition(" ")[2])
        return False if asked is None or not is_somebodys_word(message) else {"asked": asked}


async def asked_in_words(
    message: Message,
    asked: Asked,
    session: AsyncSession,
    chat: ChatRow,
    now: datetime,
    doors: Doors | None = None,
) -> None:
    """Asked without a slash."""
    if asked.name == "ledger":
        await ledger(message, session, chat, now, doors)
        return
    await _show(message, Wanted(asked.name), asked.number, session, chat, now)


async def asked(
    message: Message, command: CommandObject, session: AsyncSession, chat: ChatRow, now: datetime
) -> None:
    """Asked with a slash."""
    await _show(message, Wanted(command.command), None, session, chat, now)


async def matter(
    message: Message, command: CommandObject, session: AsyncSession, chat: ChatRow, now: datetime
) -> None:
    """One matter by its number; with more words after it, an order about it."""
    if await said_after_command(message, (command.args or "").strip(), session, chat, now):
        return
    number = (command.args or "").strip().rpartition(" ")[2].lstrip("#")
    if not number.isdecimal() or len(number) > 9:
        raise NotFound("help.matter_usage")
    await _show(message, Wanted.MATTER, int(number), session, chat, now)


async def ledger(
    message: Message, session: AsyncSession, chat: ChatRow, now: datetime, doors: Doors | None = None
) -> None:
    """A way into the ledger pages, for those who decide; a link is nobody else's to see."""
    inbound = inbound_of(message)
    if not inbound.private:
        return
    speaking = await who_speaks(session, inbound, chat)
    person_id = await may_open_ledger(session, speaking, now=now)
    if doors is None:
        raise NotPossible("help.ledger_shut")
    text = say("help.ledger", speaking.preset.name, link=doors.link(person_id, now=now))
    await reply(session, inbound, text, what="ledger", now=now)


async def _show(
    message: Message, wanted: Wanted, number: int | None, session: AsyncSession, chat: ChatRow, now: datetime
) -> None:
    inbound = inbound_of(message)
    speaking = await who_speaks(session, inbound, chat)
    text = await show(session, wanted, speaking, number=number, in_group=not inbound.private, now=now)
    if text is None:
        return
    buttons: Buttons = ()
    if inbound.private and wanted is Wanted.MINE:
        buttons = await under_mine(session, speaking, now=now)
    elif inbound.private and number is not None:
        if speaking.branch is not None:
            buttons = await under_matter(session, number, speaking)
        await show_card(session, text, number, speaking, inbound, above=buttons, now=now)
        return
    await reply(session, inbound, text, what=wanted, buttons=buttons, now=now)


async def _may_bind(bot: Bot, message: Message) -> bool:
    """Whether it was said by an admin; an anonymous one speaks as the group itself."""
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat.id
    if message.from_user is None:
        return False
    member = await member_of(bot, message.chat.id, message.from_user.id)
    return member.get("status") in ADMINS


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="commands")
    router.message.register(start, CommandStart(), F.chat.type == "private")
    router.message.register(bind, Command("bind"))
    router.message.register(asked, Command(*(one for one in Wanted if one is not Wanted.MATTER)))
    router.message.register(matter, Command("matter"))
    router.message.register(ledger, Command("ledger"))
    router.message.register(asked_in_words, AskedInWords())
    return router
