"""What the rows of a roster say, each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.roster import HouseholdKind, Role
from bot.services.roster.roster_cells import Cells, RowFault, plain
from bot.services.roster.roster_file import RosterRow
from bot.wording import say


@dataclass(frozen=True, slots=True)
class Entry:
    """One sound row: a member and, unless `head` is empty, a household they answer for.

    branch, group: names, empty when not given.
    phone, household_phone: digits; null when not given.
    note: of the household; of the member in a row that has none.
    """

    row: int
    branch: str
    group: str
    member: str
    phone: str | None
    roles: frozenset[Role]
    head: str
    address: str
    kinds: tuple[HouseholdKind, ...]
    household_phone: str | None
    note: str


def check_rows(rows: Iterable[RosterRow]) -> tuple[list[Entry], list[RowFault]]:
    """The entries of the rows that are sound by themselves, and what is wrong with the others."""
    entries: list[Entry] = []
    faults: list[RowFault] = []
    for row in rows:
        entry, wrong = _check_row(row)
        faults += wrong
        if entry is not None:
            entries.append(entry)
    return entries, faults


def same_branch(name: str, other: str) -> bool:
    """Whether two names mean the same branch: a closing 党支部 or 支部 makes no difference."""
    return _bare_branch(name) == _bare_branch(other)


def _bare_branch(name: str) -> str:
    return re.sub(r"(中共)?(.+?)(党总支|党支部|支部|党委)?", r"\2", plain(name))


def _check_row(row: RosterRow) -> tuple[Entry | None, list[RowFault]]:
    if row.odd is not None:
        return None, [RowFault(row.number, "", say(f"roster.fault_row_{row.odd}"))]
    cells = Cells(row)
    cells.see_that_all_are_text()
    if not cells.text("党员") and "党员" not in row.wrong:
        head = plain(cells.text("户主"))
        cells.wrong("党员", "no_member_of" if head else "no_member", head=head)
    given = [column for column in ("地址", "户类别", "住户手机") if cells.text(column)]
    if given and not cells.text("户主") and "户主" not in row.wrong:
        cells.wrong("户主", "no_head", given="、".join(given))
    entry = Entry(
        row=row.number,
        branch=plain(cells.text("支部")),
        group=plain(cells.text("党小组")),
        member=cells.name("党员"),
        phone=cells.phone("手机"),
        roles=frozenset(cells.words("角色", {role.chinese: role for role in Role}, "role")),
        head=cells.name("户主"),
        address=plain(cells.text("地址")),
        kinds=cells.words("户类别", {kind.chinese: kind for kind in HouseholdKind}, "kind"),
        household_phone=cells.phone("住户手机"),
        note=cells.text("备注"),
    )
    if entry.roles == {Role.TOWN_OFFICER}:
        for column in ("户主", "党小组"):
            if cells.text(column):
                cells.wrong(column, f"officer_{'links' if column == '户主' else 'group'}", name=entry.member)
    return (None if cells.faults else entry), cells.faults
