"""The rows behind a figure as lines to read, and who may read which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.figures import Behind, Figure, Measure, RowKind
from bot.secrets import mask_numbers_in
from bot.services.chat.speaker import Speaking, place_name
from bot.services.figures.gather_indicators import Span
from bot.services.figures.indicator_words import plain, unit_of
from bot.services.figures.standing_figures import DECIDING
from bot.services.matters.accused import is_accused
from bot.services.matters.matter_texts import short, status_words
from bot.services.notices.times import plain_day_words
from bot.wording import say
from storage.queries.figure_rows import by_ids, households_ever_of, reports_of
from storage.queries.reports import visits_of
from storage.tables import (
    ActivitySession,
    AppraisalRound,
    Household,
    Matter,
    Person,
    Report,
    RollCall,
    Unit,
)

_TABLES: Mapping[RowKind, type[SQLModel]] = {
    RowKind.MEMBER: Person,
    RowKind.GROUP: Unit,
    RowKind.HOUSEHOLD: Household,
    RowKind.REPORT: Report,
    RowKind.MATTER: Matter,
    RowKind.SESSION: ActivitySession,
    RowKind.ROLL_CALL: RollCall,
    RowKind.VILLAGE: Unit,
    RowKind.ROUND: AppraisalRound,
}
_AT_ONCE = 500
_PERSONAL = frozenset((RowKind.MEMBER, RowKind.HOUSEHOLD, RowKind.REPORT))
OWN = frozenset(("own_households", "own_visits", "own_matters"))
"""Figures that are somebody's own, and wholly theirs to read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows that somebody may read, in order, and how many they may not."""

    rows: tuple[Behind, ...]
    kept_back: int


async def rows_shown(
    session: AsyncSession, figure: Figure, speaking: Speaking, span: Span, *, in_group: bool
) -> Shown:
    """Which rows of a figure somebody may read.

    In a group nothing about persons and households. Privately members read their own, those who decide all.
    Private matters are only ever counted, so that none tells by its absence whom it accuses; one's own are
    one's own.
    """
    rows = figure.rows
    if figure.key not in OWN:
        hidden = await _hidden_matters(session, rows, speaking)
        rows = tuple(row for row in rows if not (row.kind is RowKind.MATTER and row.id in hidden))
        if in_group:
            rows = tuple(row for row in rows if row.kind not in _PERSONAL)
        if not in_group and not speaking.actor.roles & DECIDING:
            rows = await _own(session, rows, speaking, span)
    if figure.measure is Measure.SHARE:
        rows = tuple(sorted(rows, key=lambda row: row.part >= row.whole))  # what is lacking first
    return Shown(rows, len(figure.rows) - len(rows))


async def lines_of(
    session: AsyncSession, figure: Figure, rows: Sequence[Behind], speaking: Speaking, span: Span
) -> list[str]:
    """A line for each of these rows, with what it adds where that is not plainly one."""
    found: dict[RowKind, Mapping[int, SQLModel]] = {}
    for kind in {row.kind for row in rows}:
        found[kind] = await by_ids(session, _TABLES[kind], {row.id for row in rows if row.kind is kind})
    words = _Words(session, speaking, span, figure)
    return [await words.line(row, found[row.kind][row.id]) for row in rows]


async def _hidden_matters(session: AsyncSession, rows: Sequence[Behind], speaking: Speaking) -> set[int]:
    """The matters among these rows whose words are not read here."""
    ids = [row.id for row in rows if row.kind is RowKind.MATTER]
    hidden: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        chunk = ids[start : start + _AT_ONCE]
        for key, matter in (await by_ids(session, Matter, chunk)).items():
            if matter.private or is_accused(matter, speaking.actor.person_id):
                hidden.add(key)
    return hidden


async def _own(
    session: AsyncSession, rows: Sequence[Behind], speaking: Speaking, span: Span
) -> tuple[Behind, ...]:
    person_id = speaking.actor.person_id or 0
    own = {
        RowKind.MEMBER: {person_id},
        RowKind.REPORT: await reports_of(session, person_id, first=span.first, last=span.last),
        RowKind.HOUSEHOLD: await households_ever_of(session, person_id),
    }
    return tuple(row for row in rows if row.kind not in own or row.id in own[row.kind])


@dataclass(frozen=True, slots=True)
class _Words:
    session: AsyncSession
    speaking: Speaking
    span: Span
    figure: Figure

    async def line(self, row: Behind, of: SQLModel) -> str:
        return self._say("row", what=mask_numbers_in(await self._what(of)), adds=self._adds(row))

    async def _what(self, of: SQLModel) -> str:
        match of:
            case Report():
                return await self._report(of)
            case Matter():
                state = status_words(of, self.speaking.preset)
                day = self._day(of.created_at.astimezone(self.span.zone).date())
                return self._say("matter", number=of.number, day=day, told=short(of.text), state=state)
            case ActivitySession():
                title = of.title or say(f"visits.activity_{of.kind}", self._preset)
                return self._say("dated", day=self._day(of.day), what=title)
            case RollCall():
                opened = (of.opened_at or of.asked_at).astimezone(self.span.zone).date()
                return self._say("dated", day=self._day(opened), what=of.title)
            case AppraisalRound():
                return self._say("round", first=self._day(of.first), last=self._day(of.last))
            case Household():
                return self._say("household", head=of.head, address=of.address).rstrip()
            case Unit():
                return place_name(of.name)
            case Person():
                return of.name
        raise TypeError(of)

    async def _report(self, of: Report) -> str:
        name = (await self.session.get_one(Person, of.person_id)).name
        visits = (await visits_of(self.session, [of.id or 0])).get(of.id or 0, [])
        heads = [(await self.session.get_one(Household, visit.household_id)).head for visit in visits]
        told = heads + ([self._say("unclaimed", count=of.unclaimed)] if of.unclaimed else [])
        if not told:
            return self._say("dated", day=self._day(of.day), what=name)
        named = say("escalation.and", self._preset).join(told)
        return self._say("report", day=self._day(of.day), name=name, heads=named)

    def _adds(self, row: Behind) -> str:
        if self.figure.measure is Measure.SHARE:
            if row.whole == 1:
                return self._say("yes" if row.part else "no")
            return self._say("part_of", part=plain(row.part), whole=plain(row.whole))
        if self.figure.measure is Measure.AVERAGE and not row.part:
            return ""
        if row.part == 1 and row.kind is not RowKind.REPORT:
            return ""
        return self._say("adds", part=plain(row.part), unit=unit_of(self.figure.key))

    def _day(self, day: date) -> str:
        return plain_day_words(day)

    def _say(self, sentence: str, **values: object) -> str:
        return say(f"why.{sentence}", self._preset, **values)

    @property
    def _preset(self) -> str:
        return self.speaking.preset.name
