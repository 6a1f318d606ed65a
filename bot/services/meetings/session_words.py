"""A session in words: its name, its day and hour."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.preset import Preset
from bot.services.notices.tell import About
from bot.services.notices.times import full_day_words
from bot.wording import say
from storage.tables import ActivitySession

SUBJECT = "session"
"""The subject kind of all notices on sessions."""


def when_words(held: ActivitySession, preset: Preset, *, today: date) -> str:
    """Day and hour: "12月5日（周六）9:30"."""
    day = full_day_words(held.day, today=today)
    return say("meetings.when", preset.name, day=day, hour=hour_words(held, preset))


def hour_words(held: ActivitySession, preset: Preset) -> str:
    """The hour at which it begins; empty when it was not planned."""
    return "" if held.starts_at is None else clock_words(held.starts_at, preset)


def clock_words(moment: datetime, preset: Preset) -> str:
    """The hour of a moment: "9:30"."""
    local = moment.astimezone(preset.zone)
    return f"{local.hour}:{local:%M}"


def about_session(held: ActivitySession, kind: str, stage: str, due: datetime) -> About:
    """What a notice of `kind` on a session is about."""
    return About(kind, SUBJECT, held.id or 0, stage, due, held.branch_id)
