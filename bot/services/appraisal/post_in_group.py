"""What a branch posts in its own group: praise, and the bulletin."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries.meetings import chat_of_unit


async def post_in_group(
    session: AsyncSession, branch_id: int, text: str, *, key: str, kind: str, preset: Preset, now: datetime
) -> bool:
    """Post something in the branch's group, once for its key and after the quiet hours.

    Returns:
        Whether there is a group.
    """
    chat = await chat_of_unit(session, branch_id)
    if chat is None:
        return False
    draft = Draft(
        key=key,
        kind=kind,
        priority=Priority.ROUTINE,
        text=text,
        chat_id=chat.telegram_id,
        topic_id=chat.topic_id,
        recipient=chat.title,
        branch_id=branch_id,
        due_at=preset.quiet.after_quiet(now),
    )
    await outbox.put(session, draft, now=now)
    return True
