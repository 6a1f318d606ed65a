"""The year-end form of a member: what fell to them and was done, what was voted, the verdict, room to sign.

What it says of votes is only what may be told (`bot.services.appraisal.year_sheet`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import RoundKind
from bot.domain.errors import NotFound
from bot.domain.preset import Preset
from bot.domain.proportions import Proportion
from bot.services.appraisal.appraisal_words import choice_words, result_words
from bot.services.appraisal.year_sheet import YearSheet, year_sheets
from bot.services.notices.times import plain_day_words
from bot.services.papers.asked import Asked, choose, stretch_of, today_of
from bot.services.papers.table import Cell, Column, Table
from bot.wording import say

_WIDTHS = {
    "number": 10, "group": 26, "member": 22, "held": 16, "reached": 24, "contacts": 20, "matters": 20,
    "sessions": 20, "excused": 16, "leave_days": 16, "residents": 34, "fellows": 34,
    "grade": 18, "points": 16,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class YearForm:
    """A member's form. lines: labels and what stands beside them. reasons, next_step: of the verdict."""

    name: str
    group: str
    lines: tuple[tuple[str, str], ...]
    reasons: str
    next_step: str


@dataclass(frozen=True, slots=True)
class YearForms:
    """The forms of a branch, a group or a member. table: a row for each, for the spreadsheet."""

    preset: str
    branch: str
    title: str
    forms: tuple[YearForm, ...]
    table: Table


async def year_forms(session: AsyncSession, asked: Asked, preset: Preset, *, now: datetime) -> YearForms:
    """The forms of those members that are asked for who answered for households in the year.

    Raises:
        NotFound: there is no such group or member, none of them answered for any household, or the year
            is not to be understood.
        NotPossible: the year has not begun.
    """
    today = today_of(preset, now)
    stretch = stretch_of(asked, today=today)
    chosen = await choose(session, asked)
    year = stretch.first.year
    forms: list[YearForm] = []
    rows: list[tuple[Cell, ...]] = []
    sheets = await year_sheets(session, asked.branch_id, chosen.members, year, now=now)
    for person, sheet in zip(chosen.members, sheets, strict=True):
        if not sheet.households and not asked.member:
            continue
        group = chosen.group_of.get(person.id or 0, "")
        values = _values(sheet, preset)
        lines = tuple((say(f"papers.column_{key}", preset.name), value) for key, value in values.items())
        forms.append(YearForm(sheet.name, group, lines, sheet.reasons, sheet.next_step))
        rows.append((len(rows) + 1, group, sheet.name, *values.values()))
    if not forms:
        raise NotFound("papers.no_links")
    title = say("papers.year_title", preset.name, unit=asked.branch.name, period=stretch.words)
    return YearForms(
        preset.name, asked.branch.name, title, tuple(forms), _table(title, rows, preset, now=now)
    )


def _values(sheet: YearSheet, preset: Preset) -> dict[str, str]:
    """What stands in a form, by the keys of its labels; without points where none are kept."""
    done = sheet.duties
    values = {
        "held": str(sheet.households),
        "reached": _share(sheet.reached),
        "contacts": say("papers.part_of", count=done.contacted, of=done.contacts),
        "matters": say("papers.part_of", count=done.settled, of=done.matters),
        "sessions": say("papers.part_of", count=done.attended, of=done.meetings),
        "excused": str(sheet.excused),
        "leave_days": str(sheet.leave_days),
        "residents": _votes(sheet, RoundKind.RESIDENTS, preset),
        "fellows": _votes(sheet, RoundKind.MEMBERS, preset),
        "grade": "" if sheet.grade is None else choice_words(sheet.grade),
    }
    return values if sheet.points is None else {**values, "points": str(sheet.points)}


def _votes(sheet: YearSheet, kind: RoundKind, preset: Preset) -> str:
    held = [one for one in sheet.rounds if one.kind is kind]
    return "\n".join(
        f"{plain_day_words(one.opened)} {result_words(one.result, kind, preset)}" for one in held
    )


def _share(share: Proportion) -> str:
    whole = say("papers.part_of", count=share.count, of=share.of)
    return whole if share.value is None else f"{whole}（{share.value:.0%}）"


def _table(title: str, rows: list[tuple[Cell, ...]], preset: Preset, *, now: datetime) -> Table:
    keys = [key for key in _WIDTHS if key != "points" or preset.points.on]
    today = today_of(preset, now)
    return Table(
        title=title,
        under=(say("papers.as_of", year=today.year, day=plain_day_words(today)),),
        columns=tuple(
            Column(say(f"papers.column_{key}", preset.name), _WIDTHS[key], centred=True) for key in keys
        ),
        rows=tuple(rows),
        empty=say("papers.nothing"),
        notes=(say("papers.year_note", preset.name),),
        signs=(say("papers.sign_filled"), say("papers.sign_checked", preset.name)),
        landscape=True,
    )
