"""Presses of buttons. Each ends with an answer, or the button would keep spinning."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import BadButton, Press, Verb, decode
from bot.domain.errors import NotFound
from bot.secrets import Secrets
from bot.services.chat.answer_question import answer_question
from bot.services.chat.await_words import drop_words
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_is
from bot.services.matters.correct_matter import press_matter_fix
from bot.services.matters.press_matter import press_matter
from bot.services.matters.press_order import PressedOn
from bot.services.roster.take_leave import answer_cover
from bot.services.visits.correct_visit import press_report_fix
from bot.services.words.teach_word import press_lesson
from handlers.aftermath import Aftermath


async def pressed(
    query: CallbackQuery,
    session: AsyncSession,
    chat: ChatRow,
    aftermath: Aftermath,
    now: datetime,
    secrets: Secrets | None = None,
) -> None:
    """Somebody has pressed a button of ours."""
    try:
        press = decode(query.data or "")
    except BadButton:
        raise NotFound("questions.bad_button") from None
    where = None if chat.kind == "private" else chat
    speaking = await who_is(session, query.from_user.id, query.from_user.full_name, chat=where, at=now)
    message_id = 0 if query.message is None else query.message.message_id
    on = PressedOn(chat.telegram_id, message_id, query.id)
    aftermath.answer(query.id, await _do(session, press, speaking, on, secrets, now))


async def _do(
    session: AsyncSession,
    press: Press,
    speaking: Speaking,
    on: PressedOn,
    secrets: Secrets | None,
    now: datetime,
) -> str:
    if press.verb is Verb.DROP:
        return await drop_words(session, press.id, speaking, now=now)
    if press.verb is Verb.TEACH:
        return await press_lesson(session, press, speaking, secrets, now=now)
    if press.verb is Verb.FIX_MATTER:
        return await press_matter_fix(session, press, speaking, secrets, now=now)
    if press.verb is Verb.FIX_REPORT:
        return await press_report_fix(session, press, speaking, secrets, now=now)
    if press.verb is Verb.COVER:
        return await answer_cover(session, press.id, press.choice, speaking, now=now)
    if press.verb is Verb.ANSWER:
        return await answer_question(session, press.id, press.choice, speaking, now=now)
    return await press_matter(session, press, speaking, on, now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="buttons")
    router.callback_query.register(pressed)
    return router
