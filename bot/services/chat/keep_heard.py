"""Keeps what is written in bound groups for some days, sealed, and lets it be read for two ends alone:

to show what a word that is being taught would change, and to write down a message whose reading somebody
has corrected. Nobody is shown it otherwise, it is not exported, and it is erased when its days are over.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.act_data import act_from_data, act_to_data
from bot.domain.acts import Act
from bot.domain.inbound import Inbound
from bot.secrets import Secrets, WrongKey
from bot.services.chat.speaker import Speaking
from bot.services.roster.parameters import for_unit, for_units
from bot.text import Speaker
from storage.queries import words
from storage.tables import HeardMessage

_LONGEST = 1000  # characters; what is longer tells something of its own, and stands in the ledger


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it was written and read.

    person_id: null for a resident who is not on the roster. acts: those that it was read as, in order,
    `probably` ones included.
    """

    chat_id: int
    message_id: int
    sent_at: datetime
    text: str
    reply_to: str | None
    speaker: Speaker
    name: str
    person_id: int | None
    acts: tuple[Act, ...]


async def keep_heard(
    session: AsyncSession,
    acts: Sequence[Act],
    speaking: Speaking,
    inbound: Inbound,
    secrets: Secrets | None,
) -> None:
    """Keep a group's message, or its new words when it was edited. Private messages are never kept."""
    if secrets is None or inbound.private or speaking.branch is None or not speaking.preset.heard_days:
        return
    if not inbound.text or len(inbound.text) > _LONGEST:
        return
    row = await words.heard(session, inbound.chat_id, inbound.message_id)
    if row is None:
        row = HeardMessage(
            branch_id=speaking.branch_id,
            chat_id=inbound.chat_id,
            message_id=inbound.message_id,
            telegram_id=inbound.user_id,
            sent_at=inbound.sent_at,
            sealed="",
        )
    data = {
        "text": inbound.text,
        "reply_to": inbound.reply_to_text,
        "speaker": speaking.speaks_as,
        "name": speaking.actor.name,
        "person_id": speaking.actor.person_id,
        "acts": [act_to_data(act) for act in acts],
    }
    row.sealed = secrets.seal(json.dumps(data, ensure_ascii=False))
    session.add(row)


async def heard_message(
    session: AsyncSession, secrets: Secrets | None, chat_id: int, message_id: int
) -> Heard | None:
    """A message as it was heard; null when it is not kept."""
    row = await words.heard(session, chat_id, message_id)
    return None if row is None or secrets is None else _opened(row, secrets)


async def heard_lately(
    session: AsyncSession, secrets: Secrets | None, branch_id: int, *, now: datetime
) -> list[Heard]:
    """A branch's messages that are still kept, the oldest first."""
    if secrets is None:
        return []
    days = (await for_unit(session, branch_id)).heard_days
    rows = await words.heard_since(session, branch_id, now - timedelta(days=days))
    return [opened for row in rows if (opened := _opened(row, secrets)) is not None]


async def erase_heard(session: AsyncSession, *, now: datetime) -> int:
    """Erase what has been kept for long enough; how many messages they were."""
    branches = await words.branches_heard(session)
    presets = await for_units(session, branches)
    erased = 0
    for branch_id in branches:
        before = now - timedelta(days=presets[branch_id].heard_days)
        erased += await words.erase_heard(session, branch_id, before)
    return erased


def _opened(row: HeardMessage, secrets: Secrets) -> Heard | None:
    try:
        data: dict[str, Any] = json.loads(secrets.unseal(row.sealed))
    except WrongKey:
        return None  # the key was changed: what was sealed before is lost, as it should be
    return Heard(
        row.chat_id,
        row.message_id,
        row.sent_at,
        data["text"],
        data["reply_to"],
        Speaker(data["speaker"]),
        data["name"],
        data["person_id"],
        tuple(act_from_data(act) for act in data["acts"]),
    )
