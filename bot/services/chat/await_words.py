"""Buttons that need words (a reason, a day): asked for in one sentence, given by the next private message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Activity, Correction, Sureness, Visit
from bot.domain.buttons import Verb, encode
from bot.domain.errors import NotPossible
from bot.domain.inbound import Inbound
from bot.domain.matters import MAY, TRANSITIONS, MatterStatus, Move, Part
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short
from bot.services.matters.obey_order import Told, obey
from bot.text.orders import Order, OrderKind, drops, read_parts, read_until
from bot.wording import say
from storage.queries import offers
from storage.tables import AwaitedWords, Matter

_WAITS = timedelta(minutes=30)
_ASKED = {Verb.LEDGER: OrderKind.LEDGER, Verb.PROLONG: OrderKind.PROLONG, Verb.SPLIT: OrderKind.SPLIT}
_TELLS_SOMETHING_ELSE = (Visit, Activity, Correction)


async def await_words(
    session: AsyncSession, matter: Matter, verb: Verb, speaking: Speaking, *, version: int, now: datetime
) -> str:
    """Ask for the words that a button needs; what was asked before is not waited for any more.

    Returns:
        A short sentence for the one who has pressed.
    """
    user_id = speaking.actor.telegram_id or 0
    before = await offers.words_awaited(session, user_id, now=now)
    same = (matter.id, verb, version)
    if before is not None and (before.matter_id, before.verb, before.version) == same:
        return say("moves.write_below", speaking.preset.name)
    if before is not None:
        _end(session, before, "replaced", now)
    awaited = AwaitedWords(
        user_id=user_id,
        matter_id=matter.id or 0,
        verb=verb,
        version=version,
        asked_at=now,
        expires_at=now + _WAITS,
    )
    session.add(awaited)
    await session.flush()
    name = speaking.preset.name
    drop = {"text": say("moves.button_drop", name), "data": encode(Verb.DROP, awaited.id or 0)}
    await answering.tell_user(
        session,
        user_id,
        speaking.actor.name,
        say(f"moves.ask_{_ASKED[verb]}", name, number=matter.number, told=short(matter.text)),
        key=f"words:{awaited.id}",
        kind="matter.words",
        buttons=[[drop]],
        branch_id=matter.branch_id,
        now=now,
    )
    return say("moves.write_below", name)


async def drop_words(session: AsyncSession, awaited_id: int, speaking: Speaking, *, now: datetime) -> str:
    """Nothing is waited for any more; returns the sentence that says so."""
    awaited = await session.get(AwaitedWords, awaited_id)
    if awaited is not None and awaited.user_id == speaking.actor.telegram_id and awaited.ended_at is None:
        _end(session, awaited, "dropped", now)
    return say("moves.dropped", speaking.preset.name)


async def are_words_awaited(session: AsyncSession, inbound: Inbound, *, now: datetime) -> bool:
    """Whether a message may have words that a button has asked for: a private one, of their own accord."""
    if not inbound.private or inbound.user_id is None or not inbound.text or inbound.reply_to_id is not None:
        return False
    return await offers.words_awaited(session, inbound.user_id, now=now) is not None


async def words_given(
    session: AsyncSession, acts: Sequence[Act], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> str | None:
    """Do what a button was pressed for, when a private message has the words that it needs.

    What is plainly something else (a visit reported, an answer to some message) is not taken for them.

    Args:
        acts: read from the message.

    Returns:
        The sentence that says what was done; null when nothing is waited for, or this is not it.

    Raises:
        ExpectedError: it can't be done. What was lacking is waited for again.
    """
    awaited = await offers.words_awaited(session, inbound.user_id or 0, now=now)
    if awaited is None or any(_is_else(act) for act in acts):
        return None
    if drops(inbound.text):
        return await drop_words(session, awaited.id or 0, speaking, now=now)
    matter = await session.get_one(Matter, awaited.matter_id)
    order = _order(OrderKind(_ASKED[Verb(awaited.verb)]), inbound, speaking)
    lacks = _lacks(order)
    if lacks:
        raise NotPossible(lacks, number=matter.number)
    _end(session, awaited, "said", now)
    return await obey(session, matter, order, Told(speaking, inbound, awaited.version), now=now)


def may_await(matter: Matter, verb: Verb, parts: frozenset[Part]) -> bool:
    """Whether it makes sense to ask somebody for the words of this button."""
    what = {Verb.LEDGER: Move.PUT_ON_LEDGER, Verb.PROLONG: Move.PROLONG, Verb.SPLIT: Move.SPLIT}[verb]
    return bool(parts & MAY[what]) and (what, MatterStatus(matter.status)) in TRANSITIONS


def _is_else(act: Act) -> bool:
    return isinstance(act, _TELLS_SOMETHING_ELSE) and act.sureness is Sureness.SURE


def _order(kind: OrderKind, inbound: Inbound, speaking: Speaking) -> Order:
    if kind is OrderKind.SPLIT:
        first, second = read_parts(inbound.text) or ("", "")
        return Order(kind, words=first, rest=second)
    day, reason = read_until(inbound.text, speaking.day_of(inbound.sent_at))
    return Order(kind, day=day, words=reason)


def _lacks(order: Order) -> str | None:
    """The sentence that says what an order still needs; null: nothing."""
    if order.kind is OrderKind.LEDGER and (order.day is None or not order.words):
        return "moves.ledger_needs"
    if order.kind is OrderKind.PROLONG and not order.words:
        return "moves.prolong_needs"
    return "moves.split_needs" if order.kind is OrderKind.SPLIT and not order.rest else None


def _end(session: AsyncSession, awaited: AwaitedWords, how: str, now: datetime) -> None:
    awaited.ended_at, awaited.ended_by = now, how
    session.add(awaited)
