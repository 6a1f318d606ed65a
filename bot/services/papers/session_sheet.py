"""The sheet of a meeting: who signed in, who was excused, what was on the agenda and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.meetings import Presence
from bot.domain.preset import Preset
from bot.secrets import mask_numbers_in
from bot.services.matters.accused import is_accused
from bot.services.notices.times import plain_day_words
from bot.services.papers.asked import Asked, choose, today_of
from bot.services.papers.table import Column, Table
from bot.wording import say
from storage.queries.meetings import agenda_of, attendance_of
from storage.queries.papers import latest_sessions
from storage.tables import ActivitySession, AgendaItem, Attendance, Matter

_COLUMNS = (("number", 12), ("group", 40), ("name", 30), ("presence", 30), ("reason", 44), ("signature", 34))


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the agenda. decision: empty when nothing was decided; then there is room to write."""

    text: str
    decision: str


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """A meeting's sheet. facts: what it was and when, each with its label. minutes: empty: room to write.

    table: who was expected and who came, with room to sign.
    """

    preset: str
    title: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    minutes: str
    table: Table


async def session_sheet(
    session: AsyncSession, asked: Asked, preset: Preset, *, now: datetime
) -> SessionSheet:
    """The sheet of a meeting held or to be held; before sign-in has begun, all members are on it.

    Raises:
        NotFound: the branch has not had such a meeting, or there is no such group.
    """
    chosen = await choose(session, asked)
    if asked.session_id is None:
        latest = await latest_sessions(session, asked.branch_id, until=today_of(preset, now), limit=1)
        held = next(iter(latest), None)
    else:
        held = await session.get(ActivitySession, asked.session_id)
    if held is None or held.branch_id != asked.branch_id:
        raise NotFound("papers.no_session")
    rows = {row.person_id: row for row in await attendance_of(session, held.id or 0)}
    expected = [one for one in chosen.members if one.id in rows or not rows]
    kind = held.title or say(f"visits.activity_{held.kind}", preset.name)
    day = say("papers.day", year=held.day.year, day=plain_day_words(held.day))
    starts = "" if held.starts_at is None else f" {held.starts_at.astimezone(preset.zone):%H:%M}"
    title = say("papers.session_title", preset.name, unit=asked.branch.name, kind=kind)
    states = [row.state for row in rows.values()]
    table = Table(
        title=title,
        under=(f"{day}{starts}",),
        columns=tuple(
            Column(say(f"papers.column_{key}", preset.name), width, centred=True) for key, width in _COLUMNS
        ),
        rows=tuple(
            (
                number,
                chosen.group_of.get(one.id or 0, ""),
                one.name,
                _presence(rows.get(one.id or 0)),
                mask_numbers_in(rows[one.id or 0].reason) if one.id in rows else "",
                "",
            )
            for number, one in enumerate(expected, start=1)
        ),
        empty=say("papers.nothing"),
        signs=(say("papers.sign_chaired"), say("papers.sign_recorded")),
    )
    agenda = await agenda_of(session, held.id or 0)
    return SessionSheet(
        preset=preset.name,
        title=title,
        facts=(
            (say("papers.session_when"), f"{day}{starts}"),
            (say("papers.session_expected"), str(held.expected or len(expected))),
            (say("papers.session_present"), _count(held.participants, states.count(Presence.PRESENT))),
            (say("papers.session_excused"), _count(held.absent_with_reason, states.count(Presence.EXCUSED))),
        ),
        items=tuple([await _item(session, one, asked.reader) for one in agenda]),
        minutes=mask_numbers_in(held.minutes),
        table=table,
    )


def _presence(row: Attendance | None) -> str:
    if row is None or row.state == Presence.EXPECTED:
        return ""
    return say("papers.late" if row.late else f"papers.presence_{row.state}")


def _count(told: int | None, counted: int) -> str:
    return str(counted if told is None else told)


async def _item(session: AsyncSession, item: AgendaItem, reader: int | None) -> Item:
    """A point of the agenda; what is private, or accuses the reader, without its words."""
    matter = None if item.matter_id is None else await session.get_one(Matter, item.matter_id)
    if matter is not None and (matter.private or is_accused(matter, reader)):
        return Item(say("papers.matter", number=matter.number, told=say("papers.not_public")), "")
    return Item(mask_numbers_in(item.text), mask_numbers_in(item.decision))
