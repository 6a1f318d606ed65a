"""Which figures a message of the bot states, so that "为什么" in answer to it can open them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.periods import Period, first_day
from bot.domain.preset import Preset
from storage.tables import Notice

_BOARD = ("matters_running", "households_reached", "opinions_collected", "matters_closed")
_DECIDING = ("matters_running", "matters_working", "households_overdue")
_WEEK = (
    "opinions_collected",
    "matters_closed",
    "matters_working",
    "households_reached",
    "members_visiting",
    "households_overdue",
    "members_unclaimed",
)
_REPORT_CARD = ("own_households", "own_visits", "households_due", "households_overdue", "own_matters")
_APPRAISAL = ("resident_satisfaction",)  # of the branch: of single ballots there are no rows
_BY_KIND = {
    "reply.board": _BOARD,
    "reply.mine": ("own_visits", "own_matters"),
    "reply.todo": ("households_due", "households_overdue", "matters_working"),
    "visit.reminder": ("households_due", "households_overdue", "own_visits"),
    "reply.report_card": _REPORT_CARD,
    "party.reminder": _REPORT_CARD,
    "rollcall.board": ("accounted_for", "people_accounted_for"),
    "appraisal.result": _APPRAISAL,
    "appraisal.closed": _APPRAISAL,
    "digest.daily": _DECIDING,
    "digest.weekly": _WEEK,
}


@dataclass(frozen=True, slots=True)
class Stated:
    """The figures of a message, and the days that they are of."""

    keys: tuple[str, ...]
    first: date
    last: date


def figures_of(notice: Notice, preset: Preset) -> Stated | None:
    """What a message states; null when it states no figures.

    On the day of the week on which last week is told, a digest has the figures of that week.
    """
    keys = _BY_KIND.get(notice.kind)
    if keys is None:
        return None
    day = (notice.sent_at or notice.created_at).astimezone(preset.zone).date()
    if keys in (_DECIDING, _WEEK) and day.isoweekday() == preset.digest_weekday:
        return Stated(_WEEK, day - timedelta(days=7), day - timedelta(days=1))
    return Stated(keys, first_day(Period.YEAR if keys is _APPRAISAL else Period.MONTH, day), day)
