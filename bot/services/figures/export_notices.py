"""Notices, and what was done by whom, as outsiders get them."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.figures.exported import OfBranch, Row, Wanted, at, moments
from bot.services.matters.accused import Accusing
from bot.services.matters.unnamed import telling_who
from storage.queries import exports
from storage.tables import AuditEntry, Notice


async def notices_of_all(session: AsyncSession, wanted: Wanted, zone: ZoneInfo) -> list[Row]:
    """The notices of all branches and of none."""
    return await _rows(session, await exports.notices(session, None, moments(wanted, zone)), zone)


async def notice_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """The notices of a branch, without those about matters that accuse the reader."""
    found = await exports.notices(session, of.id, of.during)
    if of.wanted.reader is not None:
        told = await exports.matters(session, of.id, (None, None))
        accusing = Accusing.of(told, of.wanted.reader)
        found = [notice for notice in found if not accusing.told_by(notice)]
    return await _rows(session, found, of.preset.zone)


async def audit_rows(session: AsyncSession, wanted: Wanted, zone: ZoneInfo) -> list[Row]:
    """Who saw, changed and exported what."""
    return [_audit_row(entry, zone) for entry in await exports.audit(session, moments(wanted, zone))]


async def _rows(session: AsyncSession, made: Sequence[Notice], zone: ZoneInfo) -> list[Row]:
    telling = await telling_who(session, made)
    rows = []
    for notice in made:
        row = _row(notice, zone)
        if notice.id in telling:
            row |= {"recipient": "", "chat_id": None, "key": notice.key.replace(str(notice.chat_id), "*")}
        rows.append(row)
    return rows


def _row(notice: Notice, zone: ZoneInfo) -> Row:
    return {
        "id": notice.id,
        "kind": notice.kind,
        "key": notice.key,
        "recipient": notice.recipient,
        "chat_id": notice.chat_id,
        "due_at": at(notice.due_at, zone),
        "state": notice.state,
        "sent_at": at(notice.sent_at, zone),
        "attempts": notice.attempts,
        "message_id": notice.message_id,
        "cancelled_by": notice.cancelled_by,
        "error": notice.error,
        "text": notice.text,
        "method": notice.method,
        "cancelled_at": at(notice.cancelled_at, zone),
    }


def _audit_row(entry: AuditEntry, zone: ZoneInfo) -> Row:
    return {
        "id": entry.id,
        "at": at(entry.at, zone),
        "by": entry.by_name,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }
