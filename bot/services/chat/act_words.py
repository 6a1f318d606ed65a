"""An act in a few words, to ask whether it is meant."""

from __future__ import annotations

from datetime import date

from bot.domain.acts import Act, Activity, Correction, Grievance, Visit
from bot.domain.preset import Preset
from bot.services.matters.matter_texts import short
from bot.services.notices.times import day_words
from bot.wording import say


def act_words(act: Act, preset: Preset, *, today: date) -> str:
    """What would be recorded, as somebody would say it on `today`."""
    if isinstance(act, Visit):
        day = day_words(act.date, today=today)
        if act.households:
            names = say("escalation.and", preset.name).join(act.households)
            return say("visits.act_visit_named", preset.name, names=names, day=day)
        if act.count is not None:
            return say("visits.act_visit", preset.name, count=act.count, day=day)
        return say("visits.act_visit_bare", preset.name, day=day)
    if isinstance(act, Grievance):
        return say("visits.act_grievance", preset.name, told=short(act.span))
    if isinstance(act, Activity):
        kind = say(f"visits.activity_{act.activity}", preset.name)
        return say("visits.act_activity", preset.name, kind=kind, day=day_words(act.date, today=today))
    return say(
        "visits.act_correction" if isinstance(act, Correction) else "visits.act_resolution", preset.name
    )
