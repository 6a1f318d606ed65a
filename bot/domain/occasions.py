"""The five occasions (五必到) on which a household is visited at once, whatever its cadence."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.acts import Category


class OccasionKind(StrEnum):
    """What has happened at a household: 红白大事 (two kinds), 邻里纠纷, 生病住院, 代办事项, 思想波动."""

    WEDDING = "wedding"
    FUNERAL = "funeral"
    QUARREL = "quarrel"
    ILLNESS = "illness"
    ERRAND = "errand"
    LOW_SPIRITS = "low_spirits"


OF_CATEGORY: Mapping[Category, OccasionKind] = {
    Category.DISPUTE: OccasionKind.QUARREL,
    Category.HEALTH: OccasionKind.ILLNESS,
    Category.SERVICE: OccasionKind.ERRAND,
}
"""Matters about a household that tell of an occasion by what they are."""
