"""Parameters of appraisal and of points, read into their rules."""

from __future__ import annotations

import re

from bot.domain.appraisal import LEAST_BALLOTS, AppraisalRules
from bot.domain.points import PointRules
from bot.domain.roster import HouseholdKind
from bot.domain.village_calendar import NoSuchDays, read_busy
from bot.presets.values import Values
from bot.wording import say


def appraisal_rules(values: Values) -> AppraisalRules:
    """The rules of appraisal.

    Raises:
        ParameterWrong: a value does not fit.
    """
    return AppraisalRules(
        days=_days_of_year(values, "appraisal.days"),
        at=values.time("appraisal.at"),
        notice_days=values.number("appraisal.notice_days", least=1, most=30),
        open_days=values.number("appraisal.open_days", least=1, most=60),
        members_open_days=values.number("appraisal.members_open_days", least=1, most=60),
        postpone_days=values.number("appraisal.postpone_days", least=1, most=60),
        least=values.number("appraisal.least", least=LEAST_BALLOTS),
    )


def point_rules(values: Values) -> PointRules:
    """The rules of points.

    Raises:
        ParameterWrong: a value does not fit.
    """
    return PointRules(
        on=values.flag("points.on"),
        visit=values.number("points.visit"),
        care_visit=values.number("points.care_visit"),
        care_kinds=frozenset(values.some_of("points.care_kinds", HouseholdKind)),
        matter=values.number("points.matter"),
        meeting=values.number("points.meeting"),
        daily_cap=values.number("points.daily_cap", least=1),
        everybody_sees=values.flag("points.everybody_sees"),
        praise_in_group=values.flag("points.praise_in_group"),
        stars=tuple(percent / 100 for percent in sorted(values.numbers("points.stars"))),
    )


def _days_of_year(values: Values, name: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for word in values.words(name):
        try:
            day = read_busy(word)
        except NoSuchDays:
            raise values.wrong(name, say("parameters.wanted_days_of_year")) from None
        if not re.fullmatch(r"\d\d-\d\d", word):
            raise values.wrong(name, say("parameters.wanted_days_of_year"))
        found.add((day.first.month, day.first.day))
    return tuple(sorted(found))
