"""What becomes of a matter is told to the one who raised it, and to those who have joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats
from storage.queries.co_reporters import co_reporters_of
from storage.tables import Matter, Notice


async def tell_reporter(
    session: AsyncSession,
    matter: Matter,
    text: str,
    *,
    kind: str,
    stage: str,
    preset: Preset,
    now: datetime,
    but_not: int | None = None,
) -> Notice | None:
    """Tell the reporter and those who have joined: privately where the bot may, else under their message.

    What is private is not said in a group, nor is anybody told what they have done themselves.

    Args:
        kind: of the notice; `stage` tells several of a kind about the matter apart.
        but_not: the Telegram user who has done it; null: nobody.

    Returns:
        The reporter's notice; null when there is nobody to tell, or it has been told.
    """
    raised = _Teller(matter.reporter_telegram_id, matter.reporter_name, matter.chat_id, matter.message_id)
    joined = [
        _Teller(one.telegram_id, one.name, one.chat_id, one.message_id)
        for one in await co_reporters_of(session, matter.id or 0)
    ]
    notices: list[Notice | None] = []
    for one in (raised, *joined):
        draft = None
        if one.user_id is not None and one.user_id != but_not:
            key = f"{kind}:matter:{matter.id}:{stage}:u{one.user_id}"
            draft = await _draft(
                session, matter, one, text, kind=kind, key=key, due_at=preset.quiet.after_quiet(now)
            )
        notices.append(None if draft is None else await outbox.put(session, draft, now=now))
    return notices[0]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Somebody who has told of a matter, and the message in which they did."""

    user_id: int | None
    name: str
    chat_id: int
    message_id: int


async def _draft(
    session: AsyncSession, matter: Matter, to: _Teller, text: str, *, kind: str, key: str, due_at: datetime
) -> Draft | None:
    """What one of them is told; null when the bot may tell them nowhere."""
    user_id = to.user_id or 0
    privately = await chats.private_chat_open(session, user_id)
    if not privately and (matter.private or to.chat_id == user_id):
        return None
    chat_id = user_id if privately else await chats.living_chat_id(session, to.chat_id)
    return Draft(
        key=key,
        kind=kind,
        priority=Priority.MATTER,
        text=text,
        chat_id=chat_id,
        topic_id=matter.topic_id if chat_id == matter.chat_id else None,
        recipient=to.name,
        reply_to=to.message_id if chat_id == to.chat_id else None,
        subject_kind="matter",
        subject_id=matter.id,
        branch_id=matter.branch_id,
        due_at=due_at,
    )
