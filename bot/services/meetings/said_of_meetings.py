"""What is said of meetings in words: each form is one use case, most for whoever prepares sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound
from bot.domain.inbound import Inbound
from bot.services.chat.answering import Buttons
from bot.services.chat.speaker import Speaking
from bot.services.meetings.ask_absent import absence_in_words
from bot.services.meetings.audience import set_kind
from bot.services.meetings.dues import dues_paid, show_dues
from bot.services.meetings.prepare_session import prepare_in_words
from bot.services.meetings.report_in import report_in, show_reports
from bot.services.meetings.show_sessions import show_minutes
from bot.services.meetings.sign_in import enter_present, excuse, sign_in_by_word
from bot.services.meetings.take_minutes import take_minutes
from bot.text.meetings import Asks, MeetingAsked

_IN_GROUPS = (
    Asks.SIGN_IN,
    Asks.SIGN_IN_FOR,
    Asks.EXCUSE,
    Asks.MOVE,
    Asks.CALL_OFF,
    Asks.MINUTES,
    Asks.REPORT_IN,
)
_DUES = {Asks.DUES_PAID: dues_paid, Asks.DUES_SHOW: show_dues, Asks.REPORT_IN_SHOW: show_reports}


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to what was said, and the buttons under it."""

    text: str
    buttons: Buttons = ()


async def said_of_meetings(
    session: AsyncSession, asked: MeetingAsked, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> Said | None:
    """Do what a message asks about meetings.

    Returns:
        The answer; null when it is not for the bot, here or from this speaker: it is talk like any other.

    Raises:
        ExpectedError: it can't be done. In a group only those who may do it get to hear why.
    """
    if speaking.branch is None or not speaking.actor.is_member:
        return None
    if not inbound.private and asked.what not in _IN_GROUPS:
        return None
    try:
        return await _do(session, asked, speaking, inbound, now)
    except NotEntitled:
        if inbound.private:
            raise
        return None


async def _do(
    session: AsyncSession, asked: MeetingAsked, speaking: Speaking, inbound: Inbound, now: datetime
) -> Said | None:
    text: str | None
    match asked.what:
        case Asks.SIGN_IN:
            text = await _sign_in(session, speaking, inbound, now)
        case Asks.SIGN_IN_FOR:
            text = await enter_present(session, asked.names, speaking, now=now)
        case Asks.EXCUSE:
            text = await absence_in_words(session, asked.words or inbound.text, speaking, now=now)
            text = text or await excuse(session, asked.words, speaking, now=now)
        case Asks.KIND:
            name = asked.names[0] if asked.names else None
            text = await set_kind(session, asked.kind, name, speaking, now=now)
        case Asks.MINUTES | Asks.MINUTES_AGAIN:
            again = asked.what is Asks.MINUTES_AGAIN
            text = await take_minutes(session, asked.words, speaking, inbound, now=now, again=again)
        case Asks.MINUTES_SHOW:
            text = await show_minutes(session, speaking, now=now)
        case Asks.DUES_PAID | Asks.DUES_SHOW | Asks.REPORT_IN_SHOW:
            text = await _DUES[asked.what](session, speaking, now=now)
        case Asks.REPORT_IN | Asks.REPORT_IN_WORDS:
            answer = await report_in(session, asked.words, speaking, now=now) if inbound.private else None
            if answer is not None:
                return Said(*answer)
            text = await _sign_in(session, speaking, inbound, now) if not asked.words else None
        case _:
            text = await prepare_in_words(session, asked, speaking, now=now)
    return None if text is None else Said(text)


async def _sign_in(session: AsyncSession, speaking: Speaking, inbound: Inbound, now: datetime) -> str | None:
    text = await sign_in_by_word(session, speaking, now=now)
    if text is None and inbound.private and _SIGNS in inbound.text:
        raise NotFound("meetings.none_to_sign")
    return text


_SIGNS = "签"
