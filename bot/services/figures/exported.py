"""What is exported, and of which branch; how its rows write moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.preset import Preset
from storage.queries.exports import Moments
from storage.tables import Unit

Row = dict[str, Any]


class ExportKind(StrEnum):
    """What can be exported."""

    REPORTS = "reports"
    MATTERS = "matters"
    MEMBERS = "members"
    HOUSEHOLDS = "households"
    SESSIONS = "sessions"
    ROLLCALLS = "rollcalls"
    NOTICES = "notices"
    AUDIT = "audit"
    CORRECTIONS = "corrections"
    APPRAISALS = "appraisals"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are wanted.

    branches: all of them when `all_branches`; then notices and audit entries of no branch come too.
    since, until: first and last day, by the branch's calendar: of reports and sessions the day they tell
        of, of matters the day they were raised, of corrections the day
        the message was sent, of notices the day they were due, of audit entries the
        day they were made. Members and households are as they stand at `now`.
    reader: the person for whom it is made: what accuses them is left out. null: everything is there.
    """

    kind: ExportKind
    branches: Sequence[Unit]
    all_branches: bool
    since: date | None
    until: date | None
    now: datetime
    reader: int | None = None


@dataclass(frozen=True, slots=True)
class OfBranch:
    """A branch of which rows are wanted, with its parameters."""

    branch: Unit
    preset: Preset
    wanted: Wanted

    @property
    def id(self) -> int:
        return self.branch.id or 0

    @property
    def today(self) -> date:
        """The day on which the export is made, in the branch."""
        return self.wanted.now.astimezone(self.preset.zone).date()

    @property
    def during(self) -> Moments:
        """The wanted days as moments."""
        return moments(self.wanted, self.preset.zone)

    def at(self, moment: datetime | None) -> str | None:
        """A moment as rows write it, with the branch's offset."""
        return at(moment, self.preset.zone)


def at(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A moment as rows write it."""
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")


def moments(wanted: Wanted, zone: ZoneInfo) -> Moments:
    """The wanted days as moments, by the calendar of a zone."""
    start = None if wanted.since is None else datetime.combine(wanted.since, time(), zone)
    after = None if wanted.until is None else wanted.until + timedelta(days=1)
    return start, None if after is None else datetime.combine(after, time(), zone)
