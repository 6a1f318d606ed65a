"""Somebody who was asked whether a matter is settled answers in their own words ("好了谢谢", "还漏呢")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Grievance
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus, Outcome
from bot.services.chat.speaker import Speaking
from bot.services.matters.ask_outcome import KIND
from bot.services.matters.confirm_outcome import confirm_outcome, may_confirm
from bot.services.matters.matter_texts import is_claimed_impossible
from bot.services.matters.own_words import ask_reason, keep_reason
from bot.text.outcomes import gives_reason, read_outcome
from bot.text.things import things_in
from storage import outbox
from storage.queries import notices
from storage.tables import Matter

_STILL_BEFORE_THEM = timedelta(days=7)  # a question that is the last thing the bot has said to them
_NOT_CONTENT = (Outcome.NOT_SOLVED, Outcome.PARTLY)


async def answer_outcome(
    session: AsyncSession, acts: Sequence[Act], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Whether a message answers the question whether a matter is settled, and its answer is taken down.

    Args:
        acts: read from the message.
    """
    matter = await _asked_about(session, inbound)
    if matter is None or not await may_confirm(session, matter, speaking):
        return False
    if any(isinstance(act, Grievance) and _is_another(matter, act) for act in acts):
        return False
    explained = await is_claimed_impossible(session, matter)
    outcome = read_outcome(inbound.text, explained=explained)
    if outcome is None:
        return False
    await settle_side(session, matter, outcome, speaking, now=now, reason=inbound.text)
    return True


async def settle_side(
    session: AsyncSession,
    matter: Matter,
    outcome: Outcome,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
    reason: str = "",
) -> None:
    """Take down what one side says; who is not content may say why, and is asked when they have not.

    Args:
        version: of the button pressed; null: said in words.
        reason: the words in which they said so; empty: a button.

    Raises:
        ExpectedError: as `confirm_outcome`.
    """
    await confirm_outcome(session, matter, outcome, speaking, version=version, now=now)
    if outcome not in _NOT_CONTENT:
        return
    if gives_reason(reason):
        await keep_reason(session, matter, reason, speaking, now=now)
    else:
        await ask_reason(session, matter, outcome, speaking, now=now)


async def _asked_about(session: AsyncSession, inbound: Inbound) -> Matter | None:
    """The matter about which the message answers the bot's question; null when it answers none."""
    if inbound.reply_to_id is not None:
        asked = await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id)
    elif inbound.private:
        asked = await notices.last_said(session, inbound.chat_id, before=inbound.sent_at)
        if asked is not None and inbound.sent_at - (asked.sent_at or asked.due_at) > _STILL_BEFORE_THEM:
            return None
    else:
        return None
    if asked is None or asked.kind != KIND or asked.subject_id is None:
        return None
    matter = await session.get(Matter, asked.subject_id)
    return matter if matter is not None and matter.status == MatterStatus.CLAIMED_SOLVED else None


def _is_another(matter: Matter, act: Grievance) -> bool:
    here, there = set(things_in(act.span)), set(things_in(matter.text))
    return bool(here and there) and not here & there
