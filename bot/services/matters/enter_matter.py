"""A matter entered outright: by a member for somebody without Telegram, or by somebody unnamed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Category, Grievance, Urgency
from bot.domain.errors import NotEntitled, NotPossible
from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_messages import register
from bot.services.matters.raise_matter import raise_matter
from bot.services.matters.unnamed import without_name
from bot.text.orders import Entry
from storage.tables import Matter


async def enter_matter(
    session: AsyncSession,
    entry: Entry,
    acts: Sequence[Act],
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
) -> list[Matter]:
    """Raise what an entry tells, whether or not its words would have been read as trouble.

    Of a resident for whom a member enters it, the household is the one that is meant, and the question
    whether it is settled goes to whoever of it can be reached, else to the member.

    Args:
        acts: read from the entry's words.

    Raises:
        NotEntitled: a resident enters it for another; they can say it as their own.
        NotPossible: unnamed in a group, where everybody sees who writes.
    """
    if entry.on_behalf_of is not None and not speaking.actor.is_member:
        raise NotEntitled("moves.behalf_by_members")
    if entry.unnamed and not inbound.private:
        raise NotPossible("moves.unnamed_in_private")
    if entry.unnamed:
        speaking = await without_name(session, speaking)
    told = [act for act in acts if isinstance(act, Grievance)] or [_plain(entry.words)]
    raised = []
    for index, act in enumerate(told):
        about = entry.on_behalf_of or act.about
        one = await raise_matter(session, replace(act, about=about), speaking, inbound, index=index, now=now)
        if one.new:
            one.matter.on_behalf_of, one.matter.unnamed = entry.on_behalf_of, entry.unnamed
            session.add(one.matter)
        raised.append(one.matter)
    await session.flush()
    await register(session, raised, inbound, preset=speaking.preset, now=now)
    return raised


def _plain(words: str) -> Grievance:
    """What the reader makes nothing of is taken as it stands."""
    return Grievance(Category.OTHER, Urgency.NORMAL, None, resolved=False, span=words)
