"""Turns a due notice into what is sent, or ends or holds it when it must not be sent now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import long_texts
from bot.domain.delivery import Method, Outgoing
from bot.domain.quiet import QuietHours
from bot.wording import say
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import deliveries, notices
from storage.tables import Notice

AGAIN = "/again"

QuietFor: TypeAlias = Callable[[AsyncSession, int | None], Awaitable[QuietHours | None]]
"""The quiet hours of a branch (by its id; null: of none in particular); null: never quiet."""


HeldUntil: TypeAlias = Callable[[AsyncSession, Notice, datetime], Awaitable[datetime | None]]
"""Until when a notice has to wait for its reader's sake, asked at a moment; null: it may go."""


async def prepare(
    session: AsyncSession, notice: Notice, *, now: datetime, quiet_for: QuietFor, held_until: HeldUntil
) -> Outgoing | None:
    """What to send for `notice`; null when it has been ended, merged or held instead."""
    if notice.chat_id is None:
        why = "delivery.no_destination" if notice.person_id is None else "delivery.unclaimed"
        await outbox.mark_failed(session, _id(notice), say(why), now)
        return None
    if await _held(session, notice, now=now, quiet_for=quiet_for, held_until=held_until):
        return None
    try:
        method = Method(notice.method)
    except ValueError as error:
        await outbox.mark_failed(session, _id(notice), str(error), now)
        return None
    if method is Method.EDIT and not await _settle_target(session, notice, now=now):
        return None
    if method is Method.SEND:
        await _split(session, notice, now=now)
    return Outgoing(
        method=method,
        chat_id=notice.chat_id,
        text=notice.text,
        topic_id=notice.topic_id,
        reply_to=notice.reply_to,
        message_id=notice.target_message_id,
        buttons=notice.buttons,
    )


async def send_again(session: AsyncSession, notice: Notice, *, error: str, now: datetime) -> None:
    """Nobody knows whether `notice` arrived: it ends as unknown, and once only, a marked copy follows."""
    await outbox.mark_unknown(session, _id(notice), error, now)
    if notice.key.endswith(AGAIN):
        return
    copy = _copy(notice, key=notice.key + AGAIN, text=say("delivery.again", text=notice.text))
    await outbox.put(session, copy, now=now)


async def _held(
    session: AsyncSession, notice: Notice, *, now: datetime, quiet_for: QuietFor, held_until: HeldUntil
) -> bool:
    """Whether it must wait: for the end of the quiet hours, or because its reader has been told enough.

    Answers and silent changes never do.
    """
    if notice.breaks_quiet or notice.priority <= Priority.ANSWER or notice.method != Method.SEND:
        return False
    quiet = await quiet_for(session, notice.branch_id)
    if quiet is not None and quiet.is_quiet(now):
        await outbox.postpone(session, _id(notice), quiet.after_quiet(now), notice.error)
        return True
    until = await held_until(session, notice, now)
    if until is None:
        return False
    await outbox.postpone(session, _id(notice), until, notice.error)
    return True


async def _settle_target(session: AsyncSession, notice: Notice, *, now: datetime) -> bool:
    """Find the message that an edit changes; whether the edit is to be sent."""
    if (later := await deliveries.later_edit(session, notice)) is not None:
        await deliveries.cancel_one(session, notice, by=f"notice {later.id}", now=now)
        return False
    if notice.edits_notice_id is None:
        return True
    made = await session.get_one(Notice, notice.edits_notice_id)
    if made.state == outbox.UNKNOWN:
        made = await notices.by_key(session, made.key + AGAIN) or made
    if made.state == outbox.PENDING:
        # Not sent yet: let it say the new thing at once. (An attempt under way keeps its chat busy,
        # so that no edit is prepared for it meanwhile.)
        made.text, made.buttons = notice.text, notice.buttons
        session.add(made)
        await deliveries.cancel_one(session, notice, by=f"notice {made.id}", now=now)
        return False
    if made.message_id is None:
        await outbox.mark_failed(session, _id(notice), f"notice {made.id} has never arrived", now)
        return False
    notice.chat_id, notice.target_message_id = made.chat_id, made.message_id
    return True


async def _split(session: AsyncSession, notice: Notice, *, now: datetime) -> None:
    """Leave the first part in `notice` and put the rest as notices of their own.

    So each part is started, marked and retried by itself, and a crash in between loses none.
    """
    first, *rest = long_texts.split(notice.text)
    if not rest:
        return
    buttons, notice.text, notice.buttons = notice.buttons, first, []
    for number, part in enumerate(rest, start=2):
        draft = _copy(
            notice, key=f"{notice.key}/{number}", text=part, buttons=buttons if part is rest[-1] else []
        )
        # A moment earlier than the rest of its chat, so that nothing comes between the parts.
        due_at = notice.due_at - timedelta(milliseconds=1) + timedelta(microseconds=number)
        await outbox.put(session, replace(draft, due_at=due_at), now=now)


def _copy(
    notice: Notice, *, key: str, text: str, buttons: list[list[dict[str, object]]] | None = None
) -> Draft:
    rows = notice.buttons if buttons is None else buttons
    return Draft(
        key=key,
        kind=notice.kind,
        priority=Priority(notice.priority),
        text=text,
        person_id=notice.person_id,
        chat_id=notice.chat_id,
        recipient=notice.recipient,
        topic_id=notice.topic_id,
        buttons=tuple(tuple(row) for row in rows),
        reply_to=notice.reply_to,
        subject_kind=notice.subject_kind,
        subject_id=notice.subject_id,
        branch_id=notice.branch_id,
        due_at=notice.due_at,
        breaks_quiet=notice.breaks_quiet,
        expires_at=notice.expires_at,
    )


def _id(notice: Notice) -> int:
    assert notice.id is not None  # it comes from the outbox
    return notice.id
