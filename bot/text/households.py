"""Which household is meant: a name as written against the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household of the roster, as far as names go.

    id: the storage's key. plate: code on the door plate. residents: names of those living there.
    """

    id: int
    head: str
    address: str | None = None
    nicknames: tuple[str, ...] = ()
    plate: str | None = None
    residents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The household meant.

    household_id: null when none fits or several fit equally.
    ambiguous: ids that fit equally well; empty unless there are two or more.
    how: `exact`, `kinship`, `address`, `plate`, `slip` or `homophone`; null when nothing fits.
    """

    household_id: int | None
    ambiguous: tuple[int, ...] = ()
    how: str | None = None


def resolve(name: str, linked: Sequence[Candidate], branch: Sequence[Candidate]) -> Resolved:
    """Find the household called `name`: among the speaker's links first, then in the branch."""
    for group in (linked, branch):
        found = [c.id for c in group if name in (c.head, c.address, *c.nicknames, *c.residents)]
        if len(found) == 1:
            return Resolved(found[0], (), "exact")
        if found:
            return Resolved(None, tuple(found), "exact")
    return Resolved(None)
