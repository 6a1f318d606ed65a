"""What can be printed, and what may stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PaperKind(StrEnum):
    """The papers, in the order in which they are offered."""

    PLATES = "plates"
    CARDS = "cards"
    HANDBOOK = "handbook"
    LEDGER = "ledger"
    MONTHLY = "monthly"
    ROSTER = "roster"
    SESSION = "session"
    YEAR = "year"


class LedgerPart(StrEnum):
    """Which matters the problem ledger lists."""

    ALL = "all"
    UNFINISHED = "unfinished"
    ON_LEDGER = "on_ledger"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PaperRules:
    """What a unit has decided about its papers.

    phones: whether members' phone numbers are printed on door plates and cards. Both are made to be seen,
        and whoever has no smartphone needs the number; whoever prints them has asked the members.
    unlisted: names of members who do not want theirs printed.
    """

    phones: bool
    unlisted: frozenset[str]

    def shows_phone(self, name: str) -> bool:
        """Whether the phone number of the member of this name may be printed."""
        return self.phones and name not in self.unlisted
