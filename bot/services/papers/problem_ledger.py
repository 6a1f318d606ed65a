"""The problem ledger (问题台账) as offices keep it: a row a matter, from its telling to its closing out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED, MatterStatus, Move
from bot.domain.papers import LedgerPart
from bot.domain.preset import Preset
from bot.secrets import mask_numbers_in
from bot.services.matters.accused import is_accused
from bot.services.matters.matter_texts import is_conduct
from bot.services.notices.times import plain_day_words
from bot.services.papers.asked import Asked, choose, stretch_of, today_of
from bot.services.papers.table import Cell, Column, Table
from bot.wording import say
from storage.queries import exports
from storage.queries.matters import events_of
from storage.queries.roster import households_of_branch
from storage.tables import Household, Matter, MatterEvent

# Titles by key and widths in millimetres: together what an A4 page lying on its side has room for.
_COLUMNS = (
    ("number", 9), ("matter_number", 11), ("raised_on", 19), ("reporter", 20), ("place", 27), ("told", 53),
    ("category", 17), ("holder", 17), ("progress", 50), ("solve_by", 19), ("closed_on", 19), ("outcome", 16),
    ("closed_out", 13),
)  # fmt: skip
_LONGEST = 240  # characters of what was told, and of what has been done
_TOLD_OF = frozenset(
    (
        Move.ACKNOWLEDGE, Move.TAKE_IN_HAND, Move.CLAIM_SOLVED, Move.REOPEN, Move.HAND_UP, Move.TAKE_OVER,
        Move.HAND_OVER, Move.PUT_ON_LEDGER, Move.RESUME, Move.PROLONG, Move.NOTE,
    )
)  # fmt: skip
_LATEST_EVENTS = 4


@dataclass(frozen=True, slots=True)
class ProblemLedger:
    """The ledger, and the private matters whose words stand in it."""

    table: Table
    private_shown: tuple[Matter, ...]


async def problem_ledger(
    session: AsyncSession, asked: Asked, preset: Preset, *, now: datetime
) -> ProblemLedger:
    """The matters raised in the stretch, and those of before that had not been closed when it began.

    Those withdrawn, or merged into others, are left out; so is what accuses the reader.

    Raises:
        NotFound, NotPossible: there is no such group, or the period is not to be understood.
    """
    today = today_of(preset, now)
    stretch = stretch_of(asked, today=today)
    chosen = await choose(session, asked)
    start = datetime.combine(stretch.first, time(), preset.zone)
    end = datetime.combine(stretch.last + timedelta(days=1), time(), preset.zone)
    found = [
        matter
        for matter in await exports.matters(session, asked.branch_id, (None, end))
        if _belongs(matter, asked, start)
        and (chosen.group_ids is None or matter.group_id in chosen.group_ids)
        and (not asked.member or matter.assignee_id == chosen.members[0].id)
    ]
    keys = [matter.id or 0 for matter in found]
    rows = _Rows(
        preset=preset,
        with_private=asked.with_private,
        events=await events_of(session, keys),
        households={one.id or 0: one for one in await households_of_branch(session, asked.branch_id)},
        names=await exports.people_names(session),
    )
    part = "" if asked.part is LedgerPart.ALL else say(f"papers.part_{asked.part}")
    unit = asked.branch.name if chosen.group is None else f"{asked.branch.name} {chosen.group.name}"
    table = Table(
        title=say("papers.ledger_title", preset.name, unit=unit),
        under=(
            say("papers.ledger_under", period=stretch.words, part=part, count=len(found)),
            say("papers.as_of", year=today.year, day=plain_day_words(today)),
        ),
        columns=tuple(
            Column(say(f"papers.column_{key}", preset.name), width, centred=key not in ("told", "progress"))
            for key, width in _COLUMNS
        ),
        rows=tuple(rows.row(number, matter) for number, matter in enumerate(found, start=1)),
        empty=say("papers.no_matters"),
        notes=(say("papers.ledger_note", preset.name),),
        signs=(say("papers.sign_filled"), say("papers.sign_checked", preset.name)),
        landscape=True,
    )
    return ProblemLedger(table, tuple(one for one in found if one.private and asked.with_private))


def _belongs(matter: Matter, asked: Asked, start: datetime) -> bool:
    if is_accused(matter, asked.reader):
        return False
    unfinished = matter.status in UNFINISHED
    if not unfinished and matter.status != MatterStatus.CLOSED:
        return False
    carried_over = unfinished or (matter.closed_at is not None and matter.closed_at >= start)
    if matter.created_at < start and not carried_over:
        return False
    return {
        LedgerPart.ALL: True,
        LedgerPart.UNFINISHED: unfinished,
        LedgerPart.ON_LEDGER: matter.status == MatterStatus.ON_LEDGER,
        LedgerPart.CLOSED: not unfinished,
    }[asked.part]


@dataclass(frozen=True, slots=True)
class _Rows:
    """What rows are made from. households, names: by key."""

    preset: Preset
    with_private: bool
    events: dict[int, list[MatterEvent]]
    households: dict[int, Household]
    names: dict[int, str]

    def row(self, number: int, matter: Matter) -> tuple[Cell, ...]:
        hidden = matter.private and not self.with_private
        closed = matter.status == MatterStatus.CLOSED
        return (
            number,
            f"#{matter.number}",
            self._day(matter.created_at),
            self._say("not_public") if hidden else self._reporter(matter),
            "" if hidden else self._place(matter),
            self._say("not_public") if hidden else _cut(mask_numbers_in(matter.text)),
            "" if hidden else say(f"console.category_{matter.category}", self.preset.name),
            "" if hidden else self._holder(matter),
            "" if hidden or is_conduct(matter) else self._progress(matter),
            self._solve_by(matter),
            self._day(matter.closed_at) if closed else None,
            say(f"console.outcome_{matter.outcome}", self.preset.name) if matter.outcome and closed else "",
            self._closed_out(matter),
        )

    def _say(self, key: str, **values: object) -> str:
        return say(f"papers.{key}", self.preset.name, **values)

    def _day(self, moment: datetime | None) -> date | None:
        return None if moment is None else moment.astimezone(self.preset.zone).date()

    def _reporter(self, matter: Matter) -> str:
        name = matter.reporter_name
        if matter.on_behalf_of:
            name = self._say("on_behalf", who=matter.on_behalf_of, name=name)
        return name if matter.voices < 2 else self._say("and_others", name=name, count=matter.voices)

    def _place(self, matter: Matter) -> str:
        household = self.households.get(matter.household_id or 0)
        if household is None:
            return mask_numbers_in(matter.about or "")
        return f"{household.head}\n{household.address}".rstrip()

    def _holder(self, matter: Matter) -> str:
        name = None if is_conduct(matter) else self.names.get(matter.assignee_id or 0)
        return name or say(f"console.step_{matter.step}", self.preset.name)

    def _progress(self, matter: Matter) -> str:
        told = [event for event in self.events.get(matter.id or 0, ()) if event.kind in _TOLD_OF]
        lines = [self._event(event) for event in told[-_LATEST_EVENTS:]]
        if matter.explanation:
            lines.append(self._say("explained", words=matter.explanation))
        return _cut(mask_numbers_in("\n".join(lines)))

    def _event(self, event: MatterEvent) -> str:
        what = say(f"console.event_{event.kind}", self.preset.name)
        # How it is claimed to be solved stands there as a code of the program's.
        note = "" if event.note.isascii() else event.note
        day = plain_day_words(event.at.astimezone(self.preset.zone).date())
        return self._say("event_noted" if note else "event", day=day, by=event.by_name, what=what, note=note)

    def _solve_by(self, matter: Matter) -> date | None:
        on_ledger = matter.status == MatterStatus.ON_LEDGER
        return self._day(matter.review_at if on_ledger else matter.solve_by or matter.first_solve_by)

    def _closed_out(self, matter: Matter) -> str:
        if matter.status == MatterStatus.CLOSED:
            return self._say("closed_out")
        return self._say("waiting") if matter.status == MatterStatus.ON_LEDGER else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
