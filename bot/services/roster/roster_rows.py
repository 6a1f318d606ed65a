"""What the rows of a roster say, and everything that is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.domain.roster import HouseholdKind, Role
from bot.services.roster.roster_file import RosterRow
from bot.wording import say

_PHONE = re.compile(r"1\d{10}|0\d{2,3}\d{7,8}")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_BETWEEN_WORDS = re.compile(r"[、,，/;；\s]+")
_LONGEST = 200  # characters of a cell
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RowFault:
    """Something wrong with a row. `row` as the spreadsheet shows it."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        return say("setup.fault", row=self.row, column=self.column, problem=self.problem)


@dataclass(frozen=True, slots=True)
class Entry:
    """One sound row: a member and, unless `head` is empty, a household they answer for.

    branch, group: names, empty when not given.
    phone, household_phone: digits; null when not given.
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
    return re.sub(r"(中共)?(.+?)(党总支|党支部|支部|党委)?", r"\2", _plain(name))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _check_row(row: RosterRow) -> tuple[Entry | None, list[RowFault]]:
    cells = row.cells
    faults: list[RowFault] = []

    def wrong(column: str, key: str, **values: object) -> None:
        faults.append(RowFault(row.number, column, say(f"setup.{key}", None, **values)))

    def phone(column: str) -> str | None:
        digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", cells[column]))
        digits = digits.removeprefix("+86")
        if not digits or _PHONE.fullmatch(digits):
            return digits or None
        scientific = _SCIENTIFIC.fullmatch(digits) is not None
        wrong(column, "fault_phone_scientific" if scientific else "fault_phone", value=cells[column])
        return None

    def words(column: str, known: Mapping[str, Word], key: str) -> tuple[Word, ...]:
        found: list[Word] = []
        for word in filter(None, _BETWEEN_WORDS.split(unicodedata.normalize("NFKC", cells[column]))):
            if word in known:
                found.append(known[word])
            else:
                wrong(column, key, value=word, known="、".join(known))
        return tuple(dict.fromkeys(found))

    for column, text in cells.items():
        if len(text) > _LONGEST:
            wrong(column, "fault_too_long", length=len(text), most=_LONGEST)
    if not cells["党员"]:
        wrong("党员", "fault_no_member")
    given = [column for column in ("地址", "户类别", "住户手机") if cells[column]]
    if given and not cells["户主"]:
        wrong("户主", "fault_no_head", given="、".join(given))
    entry = Entry(
        row=row.number,
        branch=_plain(cells["支部"]),
        group=_plain(cells["党小组"]),
        member=_plain(cells["党员"]),
        phone=phone("手机"),
        roles=frozenset(words("角色", {role.chinese: role for role in Role}, "fault_role")),
        head=_plain(cells["户主"]),
        address=_plain(cells["地址"]),
        kinds=words("户类别", {kind.chinese: kind for kind in HouseholdKind}, "fault_kind"),
        household_phone=phone("住户手机"),
        note=cells["备注"],
    )
    return (None if faults else entry), faults


def contradictions(entries: Sequence[Entry]) -> list[RowFault]:
    """What is wrong between rows that are sound by themselves."""
    faults: list[RowFault] = []
    households: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        if not entry.head:
            continue
        first = households.setdefault((entry.branch, entry.head, entry.address), entry)
        both = entry.household_phone and first.household_phone
        if both and entry.household_phone != first.household_phone:
            problem = say("setup.fault_household_phone", head=entry.head, other=first.row)
            faults.append(RowFault(entry.row, "住户手机", problem))
    for people in by_person(entries).values():
        for person in people:
            faults += _within_person(person)
        faults += _between_namesakes(people)
    return faults


def _within_person(entries: Sequence[Entry]) -> list[RowFault]:
    faults: list[RowFault] = []
    first, name = entries[0], entries[0].member
    with_phone = next((entry for entry in entries if entry.phone), first)
    for entry in entries:
        if entry.phone and entry.phone != with_phone.phone:
            problem = say("setup.fault_same_name_phone", name=name, other=with_phone.row)
            faults.append(RowFault(entry.row, "手机", problem))
    linked: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        twice = linked.setdefault((entry.head, entry.address), entry)
        if twice is not entry:
            problem = say("setup.fault_twice", name=name, head=entry.head or "—", other=twice.row)
            faults.append(RowFault(entry.row, "户主", problem))
    leads = any(Role.GROUP_LEADER in entry.roles for entry in entries)
    if leads and not any(entry.group for entry in entries):
        problem = say("setup.fault_leader_without_group", name=name)
        faults.append(RowFault(first.row, "党小组", problem))
    return faults


def _between_namesakes(people: Sequence[Sequence[Entry]]) -> list[RowFault]:
    """Two of one name must be plainly two: each with a group and a phone of their own."""
    faults = []
    for index, person in enumerate(people[1:], start=1):
        for other in people[:index]:
            phones = [{entry.phone for entry in one if entry.phone} for one in (person, other)]
            told_apart = all(phones) and not phones[0] & phones[1] and person[0].group and other[0].group
            if not told_apart:
                same_name = "setup.fault_same_name_group"
                problem = say(same_name, name=person[0].member, other=other[0].row)
                faults.append(RowFault(person[0].row, "党小组", problem))
                break
    return faults


def by_person(entries: Iterable[Entry]) -> dict[tuple[str, str], list[list[Entry]]]:
    """The entries by branch and name, and there by person.

    A row without a group belongs to whom its phone says, or to the one person there is of that name.
    """
    named: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        named.setdefault((entry.branch, entry.member), []).append(entry)
    return {key: _people(same) for key, same in named.items()}


def _people(entries: Sequence[Entry]) -> list[list[Entry]]:
    groups = list(dict.fromkeys(entry.group for entry in entries if entry.group))
    if len(groups) <= 1:
        return [list(entries)]
    people = {group: [entry for entry in entries if entry.group == group] for group in groups}
    strays: list[Entry] = []
    for entry in (entry for entry in entries if not entry.group):
        theirs = [one for one in people.values() if entry.phone and entry.phone in {e.phone for e in one}]
        (theirs[0] if len(theirs) == 1 else strays).append(entry)
    return [*people.values(), *([strays] if strays else [])]
