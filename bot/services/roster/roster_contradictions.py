"""What is wrong between the rows of one branch's roster that are sound by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.domain.roster import Role
from bot.services.roster.roster_cells import RowFault
from bot.services.roster.roster_rows import Entry
from bot.text.roster_words import group_key
from bot.wording import say

_HOUSE = re.compile(r".*\d+(?:号|室|户|-\d+)?")  # an address down to the door


def contradictions(entries: Sequence[Entry]) -> list[RowFault]:
    """What is wrong between rows that are sound by themselves."""
    faults = [*_households(entries), *_groups(entries), *_secretaries(entries)]
    named = by_person(entries)
    for people in named.values():
        for person in people:
            faults += _within_person(person)
        faults += _between_namesakes(people)
    return [*faults, *_shared_phones(named)]


def doubts(entries: Sequence[Entry]) -> list[RowFault]:
    """What looks odd between the rows and may be right: it is told, and hinders nothing."""
    found = []
    at: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if not entry.head or not _HOUSE.fullmatch(entry.address):
            continue
        first = at.setdefault((entry.branch, entry.address), entry)
        if first.head != entry.head:
            values = {"head": entry.head, "other": first.head, "row": first.row, "address": entry.address}
            found.append(RowFault(entry.row, "地址", say("roster.doubt_two_heads", None, **values)))
    return found


def _households(entries: Sequence[Entry]) -> Iterable[RowFault]:
    households: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        if not entry.head:
            continue
        first = households.setdefault((entry.branch, entry.head, entry.address), entry)
        both = entry.household_phone and first.household_phone
        if both and entry.household_phone != first.household_phone:
            problem = say("roster.fault_household_phone", head=entry.head, other=first.row)
            yield RowFault(entry.row, "住户手机", problem)


def _groups(entries: Sequence[Entry]) -> Iterable[RowFault]:
    """One group is written one way, and none is within itself."""
    written: dict[tuple[str, str], Entry] = {}
    within: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        if not entry.group:
            continue
        first = written.setdefault((entry.branch, group_key(entry.group)), entry)
        if first.group != entry.group:
            values = {"value": entry.group, "other": first.group, "row": first.row}
            yield RowFault(entry.row, "党小组", say("roster.fault_group_written", None, **values))
            continue
        parts = [part.strip() for part in entry.group.split("/")]
        if not all(parts) or len(set(parts)) < len(parts):
            yield RowFault(entry.row, "党小组", say("roster.fault_group_in_itself", value=entry.group))
            continue
        for above, below in pairwise(parts):
            other_way = within.get((entry.branch, below, above))
            if other_way is not None:
                values = {"value": entry.group, "other": other_way.group, "row": other_way.row}
                yield RowFault(entry.row, "党小组", say("roster.fault_group_cycle", None, **values))
                break
            within.setdefault((entry.branch, above, below), entry)


def _secretaries(entries: Sequence[Entry]) -> Iterable[RowFault]:
    first: dict[str, Entry] = {}
    told: set[str] = set()
    for entry in entries:
        if Role.SECRETARY not in entry.roles:
            continue
        other = first.setdefault(entry.branch, entry)
        if other.member != entry.member and entry.member not in told:
            told.add(entry.member)
            values = {"other": other.member, "row": other.row}
            yield RowFault(entry.row, "角色", say("roster.fault_two_secretaries", None, **values))


def _shared_phones(named: Mapping[tuple[str, str], Sequence[Sequence[Entry]]]) -> Iterable[RowFault]:
    """A phone is one person's: it is by their phone that people are known again."""
    owner: dict[tuple[str, str], Entry] = {}
    for people in named.values():
        for person in people:
            with_phone = next((entry for entry in person if entry.phone), None)
            if with_phone is None or with_phone.phone is None:
                continue
            first = owner.setdefault((with_phone.branch, with_phone.phone), with_phone)
            if first.member != with_phone.member:
                values = {"name": with_phone.member, "other": first.member, "row": first.row}
                problem = say("roster.fault_shared_phone", None, **values)
                yield RowFault(with_phone.row, "手机", problem)


def _within_person(entries: Sequence[Entry]) -> list[RowFault]:
    faults: list[RowFault] = []
    first, name = entries[0], entries[0].member
    with_phone = next((entry for entry in entries if entry.phone), first)
    for entry in entries:
        if entry.phone and entry.phone != with_phone.phone:
            problem = say("roster.fault_same_name_phone", name=name, other=with_phone.row)
            faults.append(RowFault(entry.row, "手机", problem))
    linked: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        twice = linked.setdefault((entry.head, entry.address), entry)
        if twice is not entry:
            sentence = "roster.fault_twice" if entry.head else "roster.fault_twice_alone"
            problem = say(sentence, name=name, head=entry.head, other=twice.row)
            faults.append(RowFault(entry.row, "户主", problem))
    leads = any(Role.GROUP_LEADER in entry.roles for entry in entries)
    if leads and not any(entry.group for entry in entries):
        problem = say("roster.fault_leader_without_group", name=name)
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
                same_name = "roster.fault_same_name_group"
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
