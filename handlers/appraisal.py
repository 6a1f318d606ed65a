"""Appraisal and points: with a slash anywhere, as plain words privately; and the sentence after a vote."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import Message
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.domain.inbound import Inbound
from bot.services.appraisal.cast_ballot import edits_words, keep_words, words_are_awaited
from bot.services.appraisal.enter_verdict import enter_verdict
from bot.services.appraisal.press_round import ask_members_round
from bot.services.appraisal.run_appraisals import PLAN
from bot.services.appraisal.show_appraisal import show_appraisal, show_results
from bot.services.chat.answering import reply
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_speaks
from bot.services.notices.tell import Buttons
from bot.text.appraisal import AppraisalAsked, AppraisalWish, read_appraisal, read_points
from bot.text.replies import read_command
from handlers.aftermath import Aftermath
from handlers.inbound import inbound_of, is_somebodys_word
from handlers.understanding import acts_of


class AsksAppraisal(Filter):
    """The message is about appraisal; privately, of a village."""

    async def __call__(self, message: Message) -> bool | dict[str, AppraisalAsked]:
        text = message.text or ""
        # A town officer says of which of their villages: "杏林村 评议结果".
        asked = read_appraisal(text) or read_appraisal(text.strip().partition(" ")[2])
        return False if asked is None or not is_somebodys_word(message) else {"asked": asked}


class AddsToVote(Filter):
    """The sentence that its writer was about to add to their vote."""

    async def __call__(self, message: Message, session: AsyncSession, chat: ChatRow, now: datetime) -> bool:
        inbound = inbound_of(message)
        text = inbound.text
        asks = text.startswith("/") or read_command(text) or read_points(text)
        if asks or not is_somebodys_word(message):
            return False
        if not await words_are_awaited(session, (), inbound, now=now):
            return False
        acts = acts_of(inbound, await who_speaks(session, inbound, chat))
        return await words_are_awaited(session, acts, inbound, now=now)


async def add_to_vote(message: Message, session: AsyncSession, aftermath: Aftermath, now: datetime) -> None:
    """Somebody adds a sentence to their vote. The reaction leaves no row that would say whose it is."""
    await keep_words(session, inbound_of(message), now=now)
    aftermath.react(message.chat.id, message.message_id)


class EditsWords(Filter):
    """The message was a sentence added to a vote."""

    async def __call__(self, message: Message, session: AsyncSession) -> bool:
        return await edits_words(session, inbound_of(message))


async def leave_words(message: Message) -> None:
    """The sentence stands as it was: its author is not known any more, so it can't be found again."""


async def appraisal(
    message: Message,
    session: AsyncSession,
    chat: ChatRow,
    now: datetime,
    asked: AppraisalAsked | None = None,
    command: CommandObject | None = None,
) -> None:
    """Somebody asks about appraisal."""
    inbound = inbound_of(message)
    speaking = await _alone(session, inbound, chat)
    said = read_appraisal((command.args if command else "") or "")
    asked = asked or said or AppraisalAsked(AppraisalWish.SHOW)
    text: str | None
    buttons: Buttons = ()
    subject = None
    if asked.wish is AppraisalWish.SHOW:
        text, buttons = await show_appraisal(session, speaking, now=now)
    elif asked.wish is AppraisalWish.MEMBERS:
        text, buttons, round_id = await ask_members_round(session, speaking, now=now)
        subject = (PLAN, round_id)
    elif asked.wish is AppraisalWish.RESULTS:
        text = await show_results(session, speaking, now=now)
    else:
        text = await enter_verdict(session, asked, speaking, now=now)
    if text is not None:
        await reply(
            session, inbound, text, what="appraisal", buttons=buttons, subject=subject,
            branch_id=speaking.branch_id, now=now,
        )  # fmt: skip


async def _alone(session: AsyncSession, inbound: Inbound, chat: ChatRow) -> Speaking:
    """The speaker, who has to be alone with the bot: nothing of this is a group's."""
    if not inbound.private:
        raise NotPossible("help.private_only")
    return await who_speaks(session, inbound, chat)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="appraisal")
    router.message.register(appraisal, Command("appraisal"))
    router.message.register(appraisal, F.chat.type == "private", AsksAppraisal())
    router.edited_message.register(leave_words, F.chat.type == "private", EditsWords())
    router.message.register(add_to_vote, F.chat.type == "private", F.text, AddsToVote())
    return router
