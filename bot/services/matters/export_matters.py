"""A branch's matters as outsiders get them. The keys are promised, so they only ever grow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.secrets import mask_phones_in
from bot.services.matters.matter_texts import is_overdue
from storage.queries import exports
from storage.queries.matters import events_of
from storage.queries.promises import promises_of
from storage.queries.voices import co_reporters_by_matter
from storage.tables import CoReporter, Matter, MatterEvent, Promise, Unit

Row = dict[str, Any]


async def matters_as_rows(
    session: AsyncSession, branch: Unit, matters: Sequence[Matter], zone: ZoneInfo, *, now: datetime
) -> list[Row]:
    """These matters of a branch with their events and those who have joined them. Times are in `zone`."""
    ids = [matter.id or 0 for matter in matters]
    events = await events_of(session, ids)
    given = await promises_of(session, ids)
    joined = await co_reporters_by_matter(session, ids)
    names = await exports.people_names(session)
    heads = await exports.household_heads(session, branch.id or 0)

    def at(moment: datetime | None) -> str | None:
        return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")

    def event(one: MatterEvent) -> Row:
        return {"at": at(one.at), "kind": one.kind, "by": one.by_name, "note": mask_phones_in(one.note)}

    def promise(one: Promise) -> Row:
        return {
            "by": names[one.person_id],
            "words": mask_phones_in(one.words),
            "due": one.due.isoformat(),
            "made_at": at(one.made_at),
            "state": one.state,
        }

    def side(one: CoReporter) -> Row:
        text = mask_phones_in(one.text)
        return {
            "name": one.name,
            "joined_at": at(one.joined_at),
            "text": text,
            "said": one.said,
            "said_at": at(one.said_at),
        }

    return [
        {
            "number": matter.number,
            "branch": branch.name,
            "category": matter.category,
            "urgency": matter.urgency,
            "text": mask_phones_in(matter.text),
            "about": matter.about,
            "household": heads.get(matter.household_id or 0),
            "reporter": matter.reporter_name,
            "assignee": names.get(matter.assignee_id or 0),
            "step": matter.step,
            "status": matter.status,
            "private": matter.private,
            "created_at": at(matter.created_at),
            "acknowledged_at": at(matter.acknowledged_at),
            "acknowledge_by": at(matter.acknowledge_by),
            "solve_by": at(matter.solve_by),
            "first_solve_by": at(matter.first_solve_by),
            "overdue": is_overdue(matter, now),
            "step_level": matter.step_level,
            "solved_at": at(matter.solved_at),
            "closed_at": at(matter.closed_at),
            "outcome": matter.outcome,
            "co_reporters": [one.name for one in joined.get(matter.id or 0, [])],
            "recurrences": matter.recurs,
            # Of an unnamed reporter the chat would tell who it is.
            "chat_id": None if matter.unnamed else matter.chat_id,
            "message_id": None if matter.unnamed else matter.message_id,
            "on_behalf_of": matter.on_behalf_of,
            "review_at": at(matter.review_at),
            "events": [event(one) for one in events.get(matter.id or 0, [])],
            "promises": [promise(one) for one in given.get(matter.id or 0, [])],
            "households": matter.voices,
            "sides": [side(one) for one in joined.get(matter.id or 0, [])],
            "explanation": None if matter.explanation is None else mask_phones_in(matter.explanation),
            "explained_at": at(matter.explained_at),
            "looked_back_at": at(matter.looked_back_at),
            "lasted": matter.lasted,
        }
        for matter in matters
    ]
