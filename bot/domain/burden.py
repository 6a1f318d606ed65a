"""How much is asked of whom: what the bot sent somebody in a week, and what it wanted of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.quiet import QuietHours


@dataclass(frozen=True, slots=True)
class Told:
    """A message that somebody was sent.

    at: when it was sent. asks: whether it wants something of them: it has buttons.
    emergency: it was of an emergency, which no budget holds back. answer: they had just said something.
    """

    at: datetime
    asks: bool = False
    emergency: bool = False
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Burden:
    """One person's week, Monday to Sunday, or the part of it that was asked for.

    messages: sent to them of the bot's own accord, emergencies included; answers to them are apart.
    questions: of the messages and answers, those that want something of them.
    done: what they pressed or said in return, as far as it moved a matter.
    quiet: of the messages, those sent in quiet hours. quiet_share: null when there were no messages.
    busiest_day: most messages on one day that count for the budget. budget: what they may be sent a day.
    days_over: days on which that was more.
    """

    week: date
    messages: int
    emergencies: int
    answers: int
    questions: int
    done: int
    quiet: int
    quiet_share: float | None
    busiest_day: int
    budget: int
    days_over: int


def weeks_of(
    told: Iterable[Told], done: Iterable[datetime], *, quiet: QuietHours, budget: int
) -> list[Burden]:
    """The weeks in which there was anything, the earliest first; weeks and days are those of the village."""
    weeks: dict[date, list[Told]] = {}
    for one in told:
        weeks.setdefault(_monday(one.at, quiet), []).append(one)
    acts = Counter(_monday(moment, quiet) for moment in done)
    return [
        _week(week, weeks.get(week, []), acts[week], quiet, budget)
        for week in sorted(weeks.keys() | acts.keys())
    ]


def _week(week: date, told: Sequence[Told], done: int, quiet: QuietHours, budget: int) -> Burden:
    messages = [one for one in told if not one.answer]
    in_quiet = sum(quiet.is_quiet(one.at) for one in messages)
    days = Counter(one.at.astimezone(quiet.zone).date() for one in messages if not one.emergency)
    return Burden(
        week=week,
        messages=len(messages),
        emergencies=sum(one.emergency for one in messages),
        answers=len(told) - len(messages),
        questions=sum(one.asks for one in told),
        done=done,
        quiet=in_quiet,
        quiet_share=round(in_quiet / len(messages), 4) if messages else None,
        busiest_day=max(days.values(), default=0),
        budget=budget,
        days_over=sum(count > budget for count in days.values()),
    )


def _monday(moment: datetime, quiet: QuietHours) -> date:
    day = moment.astimezone(quiet.zone).date()
    return day - timedelta(days=day.weekday())
