"""What a short answer does to the matter that it answers: taken on, solved, settled, not settled."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import ExpectedError
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED, MatterStatus, Move, Outcome, Step
from bot.services.chat.message_meant import message_meant
from bot.services.chat.speaker import Speaking
from bot.services.matters.acknowledge_matter import acknowledge_matter, answers_for
from bot.services.matters.claim_solved import claim_solved
from bot.services.matters.confirm_outcome import confirm_outcome, may_confirm
from bot.services.matters.holders import holders_for
from bot.services.matters.move_matter import move
from bot.services.matters.own_words import claim_impossible
from bot.text.replies import ReplyKind, says_only_not_solved, says_only_take
from storage import outbox
from storage.queries import matters as matter_rows
from storage.tables import Matter

_OPEN = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
_SAID_DONE = (MatterStatus.CLAIMED_SOLVED, MatterStatus.CLOSED)
_SAME_AGAIN = timedelta(days=30)  # what breaks later is a matter of its own
_OUTCOMES = {ReplyKind.SATISFIED: Outcome.SATISFIED, ReplyKind.PARTLY: Outcome.PARTLY}


async def matters_answered(session: AsyncSession, inbound: Inbound) -> list[Matter]:
    """The matters that a message answers: those told in the message it replies to, or by the bot about it."""
    if inbound.reply_to_id is None:
        return []
    notice = await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id)
    if notice is None:
        meant = await message_meant(session, inbound) or inbound.reply_to_id
        return await matter_rows.matters_of_message(session, inbound.chat_id, meant)
    if notice.subject_kind != "matter" or notice.subject_id is None:
        return []
    if notice.kind == "reply.registered" and notice.reply_to is not None:
        return await matter_rows.matters_of_message(session, inbound.chat_id, notice.reply_to)
    matter = await session.get(Matter, notice.subject_id)
    return [] if matter is None else [matter]


async def matters_called_out(
    session: AsyncSession, kind: ReplyKind | None, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> list[Matter]:
    """The only emergency that people are being called out to, when somebody says that they are on their way.

    In a hurry nobody looks for the message to reply to. Said to the bot alone, it may also be the only
    matter that waits to be taken on by them, and "还没修" is about the only one that they are asked to
    confirm. Of two none is meant.
    """
    if inbound.reply_to_id is not None or speaking.branch is None:
        return []
    if kind is ReplyKind.NOT_SOLVED and inbound.private and says_only_not_solved(inbound.text):
        return await _asked_of_them(session, speaking)
    if kind is not ReplyKind.TAKE or speaking.person is None or not says_only_take(inbound.text):
        return []
    unfinished = await matter_rows.unfinished_in_branch(session, speaking.branch_id)
    meant = [
        one
        for one in unfinished
        if one.next_call_at is not None
        and (not one.private or await answers_for(session, one, speaking, now=now))
    ]
    if inbound.private and not meant:
        own = speaking.actor.person_id
        meant = [one for one in unfinished if one.status == MatterStatus.OPEN and one.assignee_id == own]
    return meant if len(meant) == 1 else []


async def _asked_of_them(session: AsyncSession, speaking: Speaking) -> list[Matter]:
    """The only matter that is said to be solved and is theirs to confirm."""
    unfinished = await matter_rows.unfinished_in_branch(session, speaking.branch_id)
    claimed = [one for one in unfinished if one.status == MatterStatus.CLAIMED_SOLVED]
    meant = [one for one in claimed if await may_confirm(session, one, speaking)]
    return meant if len(meant) == 1 else []


async def answer_matters(
    session: AsyncSession,
    matters: list[Matter],
    kind: ReplyKind,
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
) -> bool:
    """Do what an answer says to each of the matters it answers. False when it does nothing to any.

    Raises:
        ExpectedError: it means something by them, and that is not possible.
    """
    done, refused = False, None
    for matter in matters:
        try:
            async with session.begin_nested():
                done = await _answer(session, matter, kind, speaking, inbound, now) or done
        except ExpectedError as error:
            await session.refresh(matter)
            refused = error
    if refused is not None and not done and speaking.actor.is_member and kind is not ReplyKind.SEEN:
        raise refused
    return done


async def _answer(
    session: AsyncSession,
    matter: Matter,
    kind: ReplyKind,
    speaking: Speaking,
    inbound: Inbound,
    now: datetime,
) -> bool:
    if kind in (ReplyKind.TAKE, ReplyKind.SEEN):
        return await _take(session, matter, kind, speaking, now)
    if kind in (ReplyKind.SOLVED, ReplyKind.CANNOT):
        cannot = kind is ReplyKind.CANNOT
        if cannot:
            await claim_impossible(session, matter, speaking, words=inbound.text, now=now)
            return True
        if not speaking.actor.is_member and not await may_confirm(session, matter, speaking):
            return False
        await claim_solved(session, matter, speaking, now=now)
        return True
    if not await may_confirm(session, matter, speaking):
        return kind is ReplyKind.NOT_SOLVED and await _noted(session, matter, speaking, inbound, now)
    if kind is ReplyKind.NOT_SOLVED:
        return await _not_solved(session, matter, speaking, inbound, now)
    if matter.status != MatterStatus.CLAIMED_SOLVED:
        return False
    await confirm_outcome(session, matter, _OUTCOMES[kind], speaking, now=now)
    return True


async def _take(
    session: AsyncSession, matter: Matter, kind: ReplyKind, speaking: Speaking, now: datetime
) -> bool:
    """ "我来" takes it on; "收到" does so only from those in whose hands it is, not from those above them."""
    if matter.status not in _OPEN or not (speaking.actor.is_member or speaking.person is not None):
        return False
    if kind is ReplyKind.SEEN and not await _in_their_hands(session, matter, speaking, now):
        return False
    await acknowledge_matter(session, matter, speaking, now=now)
    return True


async def _in_their_hands(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> bool:
    holders = await holders_for(session, matter, Step(matter.step), today=speaking.day_of(now))
    return speaking.actor.person_id in {matter.assignee_id, *(holder.person.id for holder in holders)} - {
        None
    }


async def _noted(
    session: AsyncSession, matter: Matter, speaking: Speaking, inbound: Inbound, now: datetime
) -> bool:
    """Others see as well that it is not mended: it is put down, and the last word stays another's."""
    if matter.private or matter.status not in UNFINISHED:
        return False
    if not says_only_not_solved(inbound.text, matter.text):
        return False
    await move(session, matter, Move.NOTE, by=speaking.actor, now=now, note=inbound.text)
    return True


async def _not_solved(
    session: AsyncSession, matter: Matter, speaking: Speaking, inbound: Inbound, now: datetime
) -> bool:
    if matter.status in _OPEN:
        await move(session, matter, Move.NOTE, by=speaking.actor, now=now, note=inbound.text)
        return True
    ended = matter.closed_at or matter.solved_at
    if matter.status not in _SAID_DONE or ended is None or now - ended > _SAME_AGAIN:
        return False
    await confirm_outcome(session, matter, Outcome.NOT_SOLVED, speaking, now=now)
    return True
