"""What an import changes, counted and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from bot.domain.roster import HouseholdKind
from bot.services.roster.roster_cells import RowFault
from bot.wording import say

Fields = Mapping[str, Any]


@dataclass(slots=True)
class Imported:
    """What an import changed.

    absent: people of the branch whom the roster does not name; unchanged.
    changes: each in words, with the row that brings it about.
    doubts: what looks odd in the roster and may be right; notes: what is to be said of the whole.
    """

    people_new: int = 0
    people_changed: int = 0
    households_new: int = 0
    households_changed: int = 0
    links_new: int = 0
    links_ended: int = 0
    absent: list[str] = field(default_factory=list)
    changes: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[RowFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def tell(self, row: int, what: str, **values: object) -> None:
        """Add the sentence `roster.change_<what>`."""
        self.changes.append((row, say(f"roster.change_{what}", None, **values)))

    @property
    def counts(self) -> dict[str, int]:
        """The numbers, for a sentence."""
        return {name: value for name in self.__slots__ if isinstance(value := getattr(self, name), int)}

    def lines(self) -> Iterator[str]:
        """What changes, a line for each row."""
        in_order = sorted(self.changes, key=lambda change: change[0])
        for row, changes in groupby(in_order, key=lambda change: change[0]):
            what = "；".join(text for _, text in changes)
            yield say("roster.change_row", row=row, what=what)


def person_changes(
    before: Fields | None, after: Fields, was: tuple[str, str], now: tuple[str, str]
) -> Iterator[str]:
    """How a person differs. was, now: group and roles in words. before: null when they are new."""
    name = after["name"]
    if before is None:
        group, roles = now
        yield say("roster.change_person_new", name=name, what="，".join(filter(None, (group, roles))))
        return
    if before["name"] != name:
        yield say("roster.change_renamed", name=name, before=before["name"])
    for what, old, new in (("group", was[0], now[0]), ("roles", was[1], now[1])):
        if old != new:
            yield say(f"roster.change_{what}", name=name, before=old or _NONE, after=new or _NONE)
    for what in ("phone_encrypted", "note"):
        if before[what] != after[what]:
            yield say(f"roster.change_{what}", name=name)


def household_changes(before: Fields | None, after: Fields) -> Iterator[str]:
    """How a household differs. before: null when it is new."""
    head = after["head"]
    if before is None:
        what = "，".join(filter(None, (after["address"], _kinds(after))))
        yield say("roster.change_household_new", head=head, what=what)
        return
    if before["address"] != after["address"]:
        old, new = before["address"] or _NONE, after["address"] or _NONE
        yield say("roster.change_address", head=head, before=old, after=new)
    if before["kinds"] != after["kinds"]:
        yield say("roster.change_kinds", head=head, before=_kinds(before), after=_kinds(after))
    for what in ("group_id", "phone_encrypted", "note"):
        if before[what] != after[what]:
            yield say(f"roster.change_household_{what}", head=head)


def _kinds(fields: Fields) -> str:
    return "、".join(HouseholdKind(kind).chinese for kind in fields["kinds"])


_NONE = "—"
