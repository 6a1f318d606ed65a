"""Points and rankings in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from bot.domain.duties import Placed, first_of
from bot.domain.leave import Days
from bot.domain.preset import Preset
from bot.domain.proportions import Proportion
from bot.services.notices.times import plain_day_words
from bot.wording import say
from storage.tables import PointEntry

_MOST_NAMES = 20


def signed(points: int) -> str:
    """Points as an entry shows them."""
    return say("points.plus", points=points) if points > 0 else str(points)


def share_words(share: Proportion, preset: Preset) -> str:
    """What was done of what fell to somebody."""
    if share.of == 0:
        return say("points.share_none", preset.name)
    return say("points.share", preset.name, of=share.of, count=share.count)


def month_words(first: date) -> str:
    """A month's name."""
    return say("points.month", year=first.year, month=first.month)


def quarter_words(days: Days) -> str:
    """A quarter's name."""
    number = say("points.quarters")[(days.first.month - 1) // 3]
    return say("points.quarter", year=days.first.year, number=number)


def entry_line(entry: PointEntry, preset: Preset) -> str:
    """An entry of an account."""
    day = plain_day_words(entry.day)
    return say("points.account_line", preset.name, day=day, why=entry.why, points=signed(entry.points))


def ranking_words(
    placed: Sequence[Placed], names: Mapping[int, str], left_out: Sequence[str], month: str, preset: Preset
) -> str:
    """A ranking, place by place; that there is none, where all differ by no more than chance."""
    if not placed:
        return say("points.rank_none", preset.name, month=month)
    each = {
        one.person_id: say(
            "points.rank_one",
            preset.name,
            name=names[one.person_id],
            share=share_words(one.share, preset),
        )
        for one in placed
    }
    if not first_of(placed):
        lines = [say("points.rank_tied", preset.name, month=month, names="、".join(each.values()))]
    else:
        lines = [say("points.rank_head", preset.name, month=month)]
        for place, group in groupby(placed, key=lambda one: one.place):
            together = "、".join(each[one.person_id] for one in group)
            lines.append(say("points.rank_line", preset.name, place=place, names=together))
    if left_out:
        lines.append(say("points.rank_left_out", preset.name, names="、".join(left_out)))
    return "\n".join(lines)


def own_place_words(own: Placed, placed: Sequence[Placed], month: str, preset: Preset) -> str:
    """Where a member stands, for them alone."""
    first = first_of(placed)
    if own.place == 1 and own in first:
        place = say("points.own_first", preset.name, tied=len(first))
    elif own.better == 0:
        place = say("points.own_first_tied", preset.name)
    else:
        place = say("points.own_place", preset.name, place=own.place, better=own.better)
    text = say(
        "points.own_rank",
        preset.name,
        month=month,
        share=share_words(own.share, preset),
        all=len(placed),
        place=place,
    )
    return "\n".join([text, say("points.own_low", preset.name)]) if own.is_low else text


def praised(placed: Sequence[Placed], names: Mapping[int, str]) -> str:
    """Those who may be praised, in no order but their names'; empty when nobody stands out."""
    found = sorted(names[one.person_id] for one in first_of(placed))
    return "、".join(found[:_MOST_NAMES])
