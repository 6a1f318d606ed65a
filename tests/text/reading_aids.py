"""Short ways for tests to have a message read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.domain.acts import Act, Visit
from bot.text import Context, Message, Speaker, understand

CHINA = timezone(timedelta(hours=8))
WEDNESDAY = datetime(2026, 11, 18, 19, 5, tzinfo=CHINA)

# Digits as people write them, from 0 to 9.
DIGITS = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def acts_of(
    text: str,
    speaker: str = "member",
    *,
    at: datetime = WEDNESDAY,
    reply_to: str | None = None,
    households: tuple[str, ...] = (),
) -> tuple[Act, ...]:
    """The acts that `parse` would print."""
    found = understand(Message(text, at, Speaker(speaker), reply_to), Context(households=households))
    return tuple(act for act, ok in zip(found.acts, found.likely, strict=True) if ok)


def visit_of(text: str, *, at: datetime = WEDNESDAY) -> Visit:
    """The only act, which must be a visit."""
    (act,) = acts_of(text, at=at)
    assert isinstance(act, Visit)
    return act


def bare(acts: tuple[Act, ...]) -> list[str]:
    """What of the acts makes a record, whatever the names look like."""
    fields = ("count", "date", "cumulative", "urgency", "resolved", "refers", "activity")
    return [f"{type(act).__name__} {[str(getattr(act, field, '')) for field in fields]}" for act in acts]
