"""`/bind CODE`: a group chat, or one topic of it, belongs to a unit from now on."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, NotPossible
from bot.services.chat.chat_changes import lacks_of
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import chats
from storage.tables import AuditEntry, Chat, Unit


async def bind_chat(
    session: AsyncSession,
    chat: Chat,
    code: str,
    *,
    topic_id: int | None,
    user_id: int | None,
    user_name: str,
    reads_all: bool,
    now: datetime,
) -> str:
    """Bind a group with its code; returns the sentence that says so, and what is still lacking.

    Binding again to the same unit is no error: it changes the topic. Whether the user may do it is
    looked at before.

    Args:
        topic_id: the topic in which it was said, which alone counts then; null: the whole chat.
        user_id: null for an anonymous admin.

    Raises:
        NotFound: there is no such code.
        NotPossible: the code is a person's, or has been used for another chat.
    """
    if not code:
        raise NotFound("chats.bind_no_code")
    invite = await chats.invite_by_code(session, code) or await chats.invite_by_code(session, code.lower())
    if invite is None:
        raise NotFound("chats.bind_unknown")
    if invite.kind != "group":
        raise NotPossible("chats.bind_not_group")
    again = invite.used_at is not None and chat.unit_id == invite.unit_id
    if invite.used_at is not None and not again:
        raise NotPossible("chats.bind_used")
    unit = await session.get_one(Unit, invite.unit_id)
    chat.unit_id, chat.topic_id, chat.bound_at = unit.id, topic_id, now
    invite.used_at, invite.used_by = invite.used_at or now, invite.used_by or user_id
    session.add_all([chat, invite])
    session.add(
        AuditEntry(at=now, by_name=user_name, action="chat.bind", subject=unit.name, detail=chat.title)
    )
    await session.flush()
    preset = (await for_unit(session, unit.id)).name
    bound = say("chats.bound" if topic_id is None else "chats.bound_topic", preset, unit=unit.name)
    return "\n".join([bound, *await lacks_of(session, chat, reads_all=reads_all)])
