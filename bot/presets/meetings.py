"""Parameters of meetings, read into their rules."""

from __future__ import annotations

from bot.domain.acts import ActivityKind
from bot.domain.meetings import MeetingRule, MeetingRules, StudyKind
from bot.domain.party_day import PartyDayRule, RuleNotUnderstood, read_rule
from bot.presets.values import Values
from bot.wording import say

# Each has a table of its own in the presets; whom it is for follows from its name.
_PLANNED = (
    ("study_farming", ActivityKind.STUDY, StudyKind.FARMING),
    ("study_migrant", ActivityKind.STUDY, StudyKind.MIGRANT),
    ("study_retired", ActivityKind.STUDY, StudyKind.RETIRED),
    ("training", ActivityKind.STUDY, None),
)


def meeting_rules(values: Values) -> MeetingRules:
    """The rules of meetings.

    Raises:
        ParameterWrong: a value does not fit.
    """
    planned = []
    for name, kind, audience in _PLANNED:
        day = _day(values, f"meetings.{name}.rule")
        if day is not None:
            begins = values.time(f"meetings.{name}.begins")
            months = values.numbers("meetings.training.months") if name == "training" else ()
            planned.append(MeetingRule(name, kind, day, begins, audience, months))
    return MeetingRules(
        party_day_begins=values.time("meetings.party_day.begins"),
        planned=tuple(planned),
        sign_in_before=values.span("meetings.sign_in_before"),
        late_after=values.span("meetings.late_after"),
        open_for=values.span("meetings.open_for"),
        agenda_most=values.number("meetings.agenda_most", least=1, most=30),
        gather_at=values.time("meetings.gather_at"),
        kind_unsaid=_kind(values, "meetings.kind_unsaid"),
        study_by=values.number("meetings.study_by", most=28),
        report_in=_day(values, "meetings.report_in.rule"),
        report_in_before=values.number("meetings.report_in.before", most=14),
        report_in_after=values.number("meetings.report_in.after", most=14),
        dues=_day(values, "meetings.dues.rule"),
    )


def _day(values: Values, name: str) -> PartyDayRule | None:
    text = values.text(name)
    if not text:
        return None
    try:
        return read_rule(text)
    except RuleNotUnderstood:
        raise values.wrong(name, say("parameters.wanted_rule")) from None


def _kind(values: Values, name: str) -> StudyKind:
    found = values.some_of(name, StudyKind)
    if len(found) != 1:
        raise values.wrong(name, say("parameters.wanted_one_of", known="、".join(StudyKind)))
    return found[0]
