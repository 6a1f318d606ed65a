"""Somebody has told what an open matter nearby tells already: are the two one?

The new matter stands by itself until its writer says so. Asked about the likest one only, and never of
or about anything private.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED
from bot.services.chat.ask_about import button, new_question, put_question
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short
from bot.text.likeness import ALIKE, Told, likeness
from bot.text.things import things_in
from bot.wording import say
from storage.queries import voices
from storage.tables import Matter

IS_SAME = "is_same"
_SAME_FROM = 200_000  # of a message's questions, those about the same come after all others


async def ask_same(
    session: AsyncSession, raised: Sequence[Matter], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> None:
    """Ask about each matter just raised that resembles an older one."""
    for matter in raised:
        older = await likest(session, matter, speaking, now=now)
        if older is not None:
            await _ask(session, matter, older, speaking, inbound, now)


async def likest(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, now: datetime
) -> Matter | None:
    """The open matter that a new one is most likely the same as; null when none is likely enough."""
    if matter.private or matter.status not in UNFINISHED:
        return None
    since = now - timedelta(days=speaking.preset.joining_days)
    best: Matter | None = None
    most = ALIKE
    for older in await voices.joinable(session, matter, since=since):
        if _is_told_again(matter, older):
            continue
        score = how_alike(matter, older)
        if score >= most and (best is None or score > most):
            best, most = older, score
    return best


def how_alike(one: Matter, other: Matter) -> float:
    """How much speaks for two matters being the same; see `bot.text.likeness`.

    What the same trouble is filed under may differ by its words; then it has to name the same thing.
    """
    if one.category != other.category and not set(things_in(one.text)) & set(things_in(other.text)):
        return 0.0
    return likeness(_as_told(one), _as_told(other))


def _as_told(matter: Matter) -> Told:
    return Told(matter.text, matter.about, matter.household_id, matter.group_id)


def _is_told_again(matter: Matter, older: Matter) -> bool:
    """Whether it is the same message, or the same words of the same reporter once more."""
    if (matter.chat_id, matter.message_id) == (older.chat_id, older.message_id):
        return True
    same_reporter = matter.reporter_telegram_id == older.reporter_telegram_id
    return same_reporter and matter.text == older.text


async def _ask(
    session: AsyncSession,
    matter: Matter,
    older: Matter,
    speaking: Speaking,
    inbound: Inbound,
    now: datetime,
) -> None:
    data = {"matter": matter.id, "older": older.id}
    question = await new_question(session, IS_SAME, _SAME_FROM + matter.act_index, data, inbound, now)
    if question is None:
        return
    name = speaking.preset.name
    values = {"number": older.number, "told": short(older.text), "own": matter.number}
    await put_question(
        session,
        question,
        inbound,
        speaking,
        private=say("questions.is_same", name, **values),
        public=say("questions.is_same_in_group", name, name=inbound.user_name, **values),
        buttons=[
            [
                button(question, "yes", say("questions.button_same", name)),
                button(question, "no", say("questions.button_not_same", name)),
            ]
        ],
        now=now,
    )
