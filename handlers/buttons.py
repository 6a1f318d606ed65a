"""Presses of buttons. Each ends with an answer, or the button would keep spinning."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import BadButton, Press, Verb, decode
from bot.domain.errors import NotFound
from bot.secrets import Secrets
from bot.services.appraisal.cast_ballot import press_ballot
from bot.services.appraisal.draft_bulletin import press_bulletin
from bot.services.appraisal.exchange_points import press_exchange, press_goods
from bot.services.appraisal.press_round import press_round
from bot.services.chat.answer_question import answer_question
from bot.services.chat.await_words import drop_words
from bot.services.chat.chat_changes import ChatRow
from bot.services.chat.speaker import Speaking, who_is
from bot.services.figures.explain_figure import press_figure
from bot.services.matters.correct_matter import press_matter_fix
from bot.services.matters.press_matter import press_matter
from bot.services.matters.press_order import PressedOn
from bot.services.meetings.ask_absent import press_absence
from bot.services.meetings.dues import press_dues
from bot.services.meetings.prepare_session import press_session
from bot.services.meetings.report_in import press_report
from bot.services.meetings.sign_in import press_sign_in
from bot.services.privacy.ask_to_forget import press_forget
from bot.services.rollcalls.press_call import press_roll_call, show_phone
from bot.services.roster.decide_claim import decide_claim
from bot.services.roster.press_link import press_link
from bot.services.roster.take_leave import answer_cover
from bot.services.visits.ask_which import press_which
from bot.services.visits.correct_visit import press_report_fix
from bot.services.visits.note_away import press_away
from bot.services.visits.note_occasions import press_occasion
from bot.services.visits.spot_check import answer_check
from bot.services.words.teach_word import press_lesson
from handlers.aftermath import Aftermath


@dataclass(frozen=True, slots=True)
class Pressing:
    """Somebody presses a button of ours.

    on: the message under which it stands.
    secrets: null where nothing sealed can be opened.
    """

    press: Press
    speaking: Speaking
    on: PressedOn
    secrets: Secrets | None


Use = Callable[[AsyncSession, Pressing, datetime], Awaitable[str]]
"""What a press does; returns the words shown to whoever has pressed."""

# The use case of each verb; all others are about a matter.
_USES: Mapping[Verb, Use] = {
    Verb.DROP: lambda session, it, now: drop_words(session, it.press.id, it.speaking, now=now),
    Verb.TEACH: lambda session, it, now: press_lesson(session, it.press, it.speaking, it.secrets, now=now),
    Verb.FIX_MATTER: lambda session, it, now: press_matter_fix(
        session, it.press, it.speaking, it.secrets, now=now
    ),
    Verb.FIX_REPORT: lambda session, it, now: press_report_fix(
        session, it.press, it.speaking, it.secrets, now=now
    ),
    Verb.COVER: lambda session, it, now: answer_cover(
        session, it.press.id, it.press.choice, it.speaking, now=now
    ),
    Verb.LINK: lambda session, it, now: press_link(session, it.press, it.speaking, it.secrets, now=now),
    Verb.CLAIM: lambda session, it, now: decide_claim(session, it.press, it.speaking, now=now),
    Verb.BALLOT: lambda session, it, now: press_ballot(session, it.press, it.speaking, now=now),
    Verb.GOODS: lambda session, it, now: press_goods(session, it.press, it.speaking, now=now),
    Verb.EXCHANGE: lambda session, it, now: press_exchange(session, it.press, it.speaking, now=now),
    Verb.BULLETIN: lambda session, it, now: press_bulletin(session, it.press, it.speaking, now=now),
    Verb.ROUND: lambda session, it, now: press_round(session, it.press, it.speaking, now=now),
    Verb.FORGET: lambda session, it, now: press_forget(session, it.press, it.speaking, now=now),
    Verb.WHY: lambda session, it, now: press_figure(session, it.press, it.speaking, it.on, now=now),
    Verb.MEETING: lambda session, it, now: press_session(session, it.press, it.speaking, now=now),
    Verb.SIGN_IN: lambda session, it, now: press_sign_in(session, it.press.id, it.speaking, now=now),
    Verb.ABSENCE: lambda session, it, now: press_absence(session, it.press, it.speaking, now=now),
    Verb.DUES: lambda session, it, now: press_dues(session, it.press, it.speaking, now=now),
    Verb.REPORT_IN: lambda session, it, now: press_report(session, it.press, it.speaking, now=now),
    Verb.ROLL_CALL: lambda session, it, now: press_roll_call(session, it.press, it.speaking, now=now),
    Verb.PHONE: lambda session, it, now: show_phone(session, it.press, it.speaking, it.secrets, now=now),
    Verb.AWAY: lambda session, it, now: press_away(session, it.press, it.speaking, now=now),
    Verb.OCCASION: lambda session, it, now: press_occasion(session, it.press, it.speaking, now=now),
    Verb.SPOT_CHECK: lambda session, it, now: answer_check(session, it.press, it.speaking, now=now),
    Verb.PICK: lambda session, it, now: press_which(session, it.press, it.speaking, now=now),
    Verb.ANSWER: lambda session, it, now: answer_question(
        session, it.press.id, it.press.choice, it.speaking, now=now
    ),
}


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
    pressing = Pressing(press, speaking, PressedOn(chat.telegram_id, message_id, query.id), secrets)
    use = _USES.get(press.verb, _about_matter)
    # A number that is to be dialled stays until it has been read.
    aftermath.answer(query.id, await use(session, pressing, now), alert=press.verb is Verb.PHONE)


async def _about_matter(session: AsyncSession, it: Pressing, now: datetime) -> str:
    return await press_matter(session, it.press, it.speaking, it.on, now=now)


def conversation() -> Router:
    """The routes of this conversation."""
    router = Router(name="buttons")
    router.callback_query.register(pressed)
    return router
