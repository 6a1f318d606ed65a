"""Sessions held (study, Party day, meetings, …) as outsiders get them."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.figures.exported import OfBranch, Row
from storage.queries import exports


async def session_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """The sessions of the wanted days."""
    return [
        {
            "id": held.id,
            "branch": of.branch.name,
            "kind": held.kind,
            "date": held.day.isoformat(),
            "title": held.title,
            "expected": held.expected,
            "present": held.participants,
            "absent_with_reason": held.absent_with_reason,
            "minutes": held.minutes,
            "status": held.status,
            "reporter": held.reporter_name,
            "chat_id": held.chat_id,
            "message_id": held.message_id,
            "text": held.text,
        }
        for held in await exports.sessions(session, of.id, of.wanted.since, of.wanted.until)
    ]
