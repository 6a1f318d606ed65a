"""Writes down how a message should have been read, as labelled messages are written.

One message has one row, however often it is put right: `read_as` is what the bot made of it at first, `acts`
what people say it makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Sureness
from bot.domain.inbound import Inbound
from bot.secrets import Secrets, mask_numbers_in
from bot.services.chat.keep_heard import Heard, heard_message
from bot.services.chat.speaker import Speaking
from bot.text import Message, understand
from bot.text.parse_stream import as_json
from storage.queries import words
from storage.tables import AuditEntry, ReadingCorrection

INDEX = "index"  # an act's place in its message; not exported


async def note_correction(
    session: AsyncSession,
    inbound: Inbound,
    *,
    author: Speaking,
    by: Speaking,
    what: str,
    changes: Mapping[int, dict[str, Any] | None],
    secrets: Secrets | None,
    now: datetime,
) -> None:
    """Write down that acts of a message are others than were read.

    Args:
        inbound: the message, as far as the ledger has it; what was kept of it goes before.
        author: who wrote it. by: who puts it right.
        what: what was wrong, in a word.
        changes: by the act's place in the message what it should be, as far as it differs; null: no act.
    """
    row = await words.correction_of(session, inbound.chat_id, inbound.message_id)
    if row is None:
        heard = await heard_message(session, secrets, inbound.chat_id, inbound.message_id)
        heard = heard or _read_again(inbound, author)
        read = [(place, act) for place, act in enumerate(heard.acts) if act.sureness is Sureness.SURE]
        row = ReadingCorrection(
            branch_id=author.branch_id,
            chat_id=inbound.chat_id,
            message_id=inbound.message_id,
            text=heard.text,
            sent_at=heard.sent_at,
            speaker=heard.speaker,
            reply_to=heard.reply_to,
            read_as=as_labels(read),
            acts=as_labels(read),
            corrected_at=now,
            corrected_by="",
            what=what,
        )
    acts = {act[INDEX]: act for act in row.acts}
    for place, change in changes.items():
        if change is None:
            acts.pop(place, None)
        else:
            acts[place] = {INDEX: place, **acts.get(place, {}), **change}
    row.acts = [acts[place] for place in sorted(acts)]
    row.corrected_at, row.what = now, what
    row.corrected_by_id, row.corrected_by = by.actor.person_id, by.actor.name
    session.add(row)
    session.add(
        AuditEntry(
            at=now,
            by_person_id=by.actor.person_id,
            by_name=by.actor.name,
            action=f"reading.{what}",
            subject=f"{inbound.chat_id}:{inbound.message_id}",
        )
    )


def as_labels(acts: Iterable[tuple[int, Act]]) -> list[dict[str, Any]]:
    """Acts with their places, as the guide writes them."""
    return [{INDEX: place, **as_json(act)} for place, act in acts]


def labelled(correction: ReadingCorrection, zone: ZoneInfo) -> dict[str, Any]:
    """A corrected message as the labelling guide writes messages, numbers of phones and identities masked."""
    plain: dict[str, Any] = _masked(
        {
            "id": f"c{correction.id}",
            "text": correction.text,
            "at": correction.sent_at.astimezone(zone).isoformat(timespec="seconds"),
            "speaker": correction.speaker,
            "reply_to": correction.reply_to,
            "acts": [{k: v for k, v in act.items() if k != INDEX} for act in correction.acts],
        }
    )
    return plain


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_numbers_in(value)
    if isinstance(value, list):
        return [_masked(item) for item in value]
    if isinstance(value, dict):
        return {name: _masked(item) for name, item in value.items()}
    return value


def _read_again(inbound: Inbound, author: Speaking) -> Heard:
    """A message of which nothing else is kept, read from what the ledger has of it."""
    at = inbound.sent_at.astimezone(author.preset.zone)
    acts = understand(Message(inbound.text, at, author.speaks_as, inbound.reply_to_text), author.context).acts
    return Heard(
        inbound.chat_id,
        inbound.message_id,
        inbound.sent_at,
        inbound.text,
        inbound.reply_to_text,
        author.speaks_as,
        author.actor.name,
        author.actor.person_id,
        acts,
    )
