"""Notices to a person, with keys that name what they are about.

A key is `<kind>:<subject kind>:<subject id>:<stage>:<due, UTC>:<to whom>`: the stage is the step, clock
or day it is about, *due* the moment that caused it, so that the same telling is never made twice, however
often a use case runs. To whom: `p<person id>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from storage import outbox
from storage.outbox import Draft, Priority
from storage.tables import Matter, Notice, Person

Buttons = tuple[tuple[dict[str, Any], ...], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a notice is about.

    stage: the step, clock or day; due: the moment that caused it. Both go into the key.
    """

    kind: str
    subject_kind: str
    subject_id: int
    stage: str
    due: datetime
    branch_id: int | None = None


def notice_key(about: About, person_id: int | None) -> str:
    """The key of a notice to a person."""
    due = about.due.astimezone(UTC).isoformat(timespec="seconds")
    return f"{about.kind}:{about.subject_kind}:{about.subject_id}:{about.stage}:{due}:p{person_id}"


async def to_person(
    session: AsyncSession,
    person: Person,
    about: About,
    text: str,
    *,
    preset: Preset,
    now: datetime,
    priority: Priority = Priority.ROUTINE,
    buttons: Buttons = (),
    breaks_quiet: bool = False,
    expires_at: datetime | None = None,
    due_at: datetime | None = None,
) -> Notice | None:
    """Put a private message to a person in the outbox, due at `due_at` (null: now).

    Nobody is told anything about a matter that accuses them, whoever asks for it. What falls into quiet
    hours is due when they end, unless it breaks them.

    Whoever has not claimed their name cannot be reached: delivery ends the notice as failed.

    Returns:
        The notice; null when it was made before, or is not for their eyes.
    """
    if about.subject_kind == "matter":
        matter = await session.get_one(Matter, about.subject_id)
        if person.id in matter.accused_ids:
            return None
    draft = Draft(
        key=notice_key(about, person.id),
        kind=about.kind,
        priority=priority,
        text=text,
        person_id=person.id,
        recipient=person.name,
        buttons=buttons,
        subject_kind=about.subject_kind,
        subject_id=about.subject_id,
        branch_id=about.branch_id,
        due_at=_due(due_at or now, preset, breaks_quiet=breaks_quiet),
        breaks_quiet=breaks_quiet,
        expires_at=expires_at,
    )
    return await outbox.put(session, draft, now=now)


def _due(moment: datetime, preset: Preset, *, breaks_quiet: bool) -> datetime:
    return moment if breaks_quiet else preset.quiet.after_quiet(moment)
