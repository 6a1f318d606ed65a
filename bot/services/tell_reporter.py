"""What becomes of a matter is told to the one who raised it, and to those who have joined."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats
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
    """Tell the reporter: privately where the bot may, else under their message in the group.

    What is private is not said in a group, nor is anybody told what they have done themselves.

    Args:
        kind: of the notice; `stage` tells several of a kind about the matter apart.
        but_not: the Telegram user who has done it; null: nobody.

    Returns:
        The notice; null when there is nobody to tell, or it has been told.
    """
    user_id = matter.reporter_telegram_id
    if user_id is None or user_id == but_not:
        return None
    privately = await chats.private_chat_open(session, user_id)
    if not privately and (matter.private or matter.chat_id == user_id):
        return None
    chat_id = user_id if privately else await chats.living_chat_id(session, matter.chat_id)
    draft = Draft(
        key=f"{kind}:matter:{matter.id}:{stage}:u{user_id}",
        kind=kind,
        priority=Priority.MATTER,
        text=text,
        chat_id=chat_id,
        topic_id=None if privately else matter.topic_id,
        recipient=matter.reporter_name,
        reply_to=matter.message_id if chat_id == matter.chat_id else None,
        subject_kind="matter",
        subject_id=matter.id,
        branch_id=matter.branch_id,
        due_at=preset.quiet.after_quiet(now),
    )
    return await outbox.put(session, draft, now=now)
