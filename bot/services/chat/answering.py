"""What the bot says back to somebody who has just done something: a reaction, a reply, a private word.

All of it goes through the outbox and breaks quiet hours: whoever writes at night is awake. The keys
name the message, so that the same message handled twice is answered once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats, notices
from storage.tables import Notice

Buttons = Sequence[Sequence[dict[str, Any]]]

TAKEN_NOTE = "👍"
REGISTERED = "registered"
"""What the reply is called that gives matters their numbers."""


async def already_answered(session: AsyncSession, inbound: Inbound) -> bool:
    """Whether this message has had its effect: what leaves no row of its own leaves a reaction."""
    return await notices.by_key(session, _reaction_key(inbound.chat_id, inbound.message_id)) is not None


def reply_key(inbound: Inbound, what: str) -> str:
    """The key of a reply to a message; `what` tells several replies apart."""
    return f"reply:{inbound.chat_id}:{inbound.message_id}:{what}"


async def has_replied(session: AsyncSession, inbound: Inbound, what: str) -> bool:
    """Whether a message has been replied to; `what` as in `reply`."""
    return await notices.by_key(session, reply_key(inbound, what)) is not None


async def has_had_effect(session: AsyncSession, inbound: Inbound) -> bool:
    """Whether a message has been answered by a number or a question before: it came twice."""
    if await has_replied(session, inbound, REGISTERED):
        return True
    return bool(await chats.questions_of_message(session, inbound.chat_id, inbound.message_id))


async def react(
    session: AsyncSession, chat_id: int, message_id: int, *, now: datetime, emoji: str = TAKEN_NOTE
) -> None:
    """One reaction on a message, whatever it told."""
    await _put_reaction(session, chat_id, message_id, emoji, _reaction_key(chat_id, message_id), now)


async def take_back_reaction(session: AsyncSession, chat_id: int, message_id: int, *, now: datetime) -> None:
    """Nothing of the message stands any more."""
    first = await notices.by_key(session, _reaction_key(chat_id, message_id))
    if first is not None:
        key = f"{_reaction_key(chat_id, message_id)}:off:{now.isoformat()}"
        await _put_reaction(session, chat_id, message_id, "", key, now)


async def reply(
    session: AsyncSession,
    inbound: Inbound,
    text: str,
    *,
    what: str,
    now: datetime,
    buttons: Buttons = (),
    subject: tuple[str, int] | None = None,
    branch_id: int | None = None,
) -> Notice | None:
    """A reply to a message, in its chat. `what` tells several replies to one message apart."""
    draft = _answer(
        reply_key(inbound, what),
        f"reply.{what}",
        inbound.chat_id,
        inbound.user_name if inbound.private else inbound.chat_title,
        text,
        buttons=buttons,
        subject=subject,
        branch_id=branch_id,
    )
    draft = replace(draft, topic_id=inbound.topic_id, reply_to=inbound.message_id)
    return await outbox.put(session, draft, now=now)


async def say_once_a_day(
    session: AsyncSession, inbound: Inbound, text: str, *, what: str, day: date, now: datetime
) -> None:
    """A word to somebody in their private chat, on no day more than once."""
    key = f"daily:{inbound.chat_id}:{what}:{day.isoformat()}"
    draft = _answer(key, f"reply.{what}", inbound.chat_id, inbound.user_name, text)
    await outbox.put(session, draft, now=now)


async def tell_user(
    session: AsyncSession,
    user_id: int,
    name: str,
    text: str,
    *,
    key: str,
    kind: str,
    now: datetime,
    buttons: Buttons = (),
    subject: tuple[str, int] | None = None,
    branch_id: int | None = None,
) -> Notice | None:
    """A private word to somebody who has the bot's chat open. Does not look whether they have."""
    draft = _answer(key, kind, user_id, name, text, buttons=buttons, subject=subject, branch_id=branch_id)
    return await outbox.put(session, draft, now=now)


async def rewrite(
    session: AsyncSession,
    notice: Notice,
    text: str,
    *,
    mark: str,
    now: datetime,
    buttons: Buttons = (),
) -> None:
    """Change what a notice says. Before it has gone out its row changes, afterwards the message is edited.

    `mark` names the state that the new words show, so that each state is shown once.
    """
    if notice.id is None:
        raise ValueError("the notice has not been stored yet")
    if notice.state == outbox.PENDING and notice.attempt_started_at is None:
        notice.text = text
        notice.buttons = [[dict(button) for button in row] for row in buttons]
        session.add(notice)
        return
    if notice.state in (outbox.CANCELLED, outbox.FAILED):
        return
    kind, key = f"{notice.kind}.edit", f"edit:{notice.id}:{mark}"
    if await notices.by_key(session, key) is not None:
        return
    # An older edit that still waits shows a state that has passed.
    await outbox.cancel(
        session, subject_kind="notice", subject_id=notice.id, kinds=[kind], by=f"edit {mark}", now=now
    )
    draft = Draft(
        key=key,
        kind=kind,
        priority=Priority.ANSWER,
        text=text,
        person_id=notice.person_id,
        chat_id=notice.chat_id,
        recipient=notice.recipient,
        topic_id=notice.topic_id,
        buttons=tuple(tuple(row) for row in buttons),
        method="edit",
        edits_notice_id=notice.id,
        subject_kind="notice",
        subject_id=notice.id,
        branch_id=notice.branch_id,
        breaks_quiet=True,
    )
    await outbox.put(session, draft, now=now)


def _answer(
    key: str,
    kind: str,
    chat_id: int,
    recipient: str,
    text: str,
    *,
    buttons: Buttons = (),
    subject: tuple[str, int] | None = None,
    branch_id: int | None = None,
) -> Draft:
    return Draft(
        key=key,
        kind=kind,
        priority=Priority.ANSWER,
        text=text,
        chat_id=chat_id,
        recipient=recipient,
        buttons=tuple(tuple(row) for row in buttons),
        subject_kind=subject[0] if subject else None,
        subject_id=subject[1] if subject else None,
        branch_id=branch_id,
        breaks_quiet=True,
    )


def _reaction_key(chat_id: int, message_id: int) -> str:
    return f"react:{chat_id}:{message_id}"


async def _put_reaction(
    session: AsyncSession, chat_id: int, message_id: int, emoji: str, key: str, now: datetime
) -> None:
    draft = Draft(
        key=key,
        kind="reaction",
        priority=Priority.ANSWER,
        text=emoji,
        chat_id=chat_id,
        method="react",
        target_message_id=message_id,
        breaks_quiet=True,
    )
    await outbox.put(session, draft, now=now)
