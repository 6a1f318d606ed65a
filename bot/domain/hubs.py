"""Whether the hubs (中心户) of a branch are of the size that its system asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HubRules:
    """What a preset asks of hubs; 0: not asked.

    least, most: members that a hub gathers. needy: needy households that it takes care of at least.
    """

    least: int
    most: int
    needy: int


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub with how many members and needy households it has."""

    name: str
    members: int
    needy: int


@dataclass(frozen=True, slots=True)
class HubFaults:
    """The hubs that are not as asked, in their order."""

    too_small: tuple[Hub, ...]
    too_big: tuple[Hub, ...]
    few_needy: tuple[Hub, ...]

    @property
    def none(self) -> bool:
        """Whether all are as asked."""
        return not (self.too_small or self.too_big or self.few_needy)


def hub_faults(hubs: Sequence[Hub], rules: HubRules) -> HubFaults:
    """Which hubs have too few or too many members, or too few needy households."""
    return HubFaults(
        too_small=tuple(hub for hub in hubs if hub.members < rules.least),
        too_big=tuple(hub for hub in hubs if rules.most and hub.members > rules.most),
        few_needy=tuple(hub for hub in hubs if hub.needy < rules.needy),
    )
