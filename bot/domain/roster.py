"""Who is who: roles, kinds of unit and of household, and the bot's view of one person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UnitKind(StrEnum):
    """Levels of the tree of units, from above. A hub, courtyard or building is a `group`."""

    DISTRICT = "district"
    TOWN = "town"
    BRANCH = "branch"
    GROUP = "group"


class Role(StrEnum):
    """What a person is in a unit; one person may hold several. The roster's word for it is `chinese`."""

    MEMBER = "member"
    GROUP_LEADER = "group_leader"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    TOWN_OFFICER = "town_officer"

    @property
    def chinese(self) -> str:
        return _ROLE_WORDS[self]


class HouseholdKind(StrEnum):
    """Kinds of household, which set how often it is to be contacted. A household may have several."""

    ORDINARY = "ordinary"
    KEY = "key"
    OLD_ALONE = "old_alone"
    NEEDY = "needy"
    LEFT_BEHIND = "left_behind"
    QUARANTINED = "quarantined"
    DISABLED = "disabled"
    INFIRM_MEMBER = "infirm_member"  # a Party member who is old or infirm, looked after by another

    @property
    def chinese(self) -> str:
        return _HOUSEHOLD_WORDS[self]


# The roster's column values (CONTRACT.md): a file format, not sentences the bot says.
_ROLE_WORDS = {
    Role.MEMBER: "党员",
    Role.GROUP_LEADER: "组长",
    Role.DEPUTY: "副书记",
    Role.SECRETARY: "书记",
    Role.TOWN_OFFICER: "镇干部",
}
_HOUSEHOLD_WORDS = {
    HouseholdKind.ORDINARY: "普通",
    HouseholdKind.KEY: "重点",
    HouseholdKind.OLD_ALONE: "独居老人",
    HouseholdKind.NEEDY: "困难",
    HouseholdKind.LEFT_BEHIND: "留守儿童",
    HouseholdKind.QUARANTINED: "隔离",
    HouseholdKind.DISABLED: "残疾",
    HouseholdKind.INFIRM_MEMBER: "老弱党员",
}


PARTY_ROLES = frozenset((Role.MEMBER, Role.GROUP_LEADER, Role.DEPUTY, Role.SECRETARY))
"""The roles of Party members of a branch."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who writes or presses, as the ledger sees them.

    `person_id` is null for a group member who is not on the roster (a resident) or who posts
    anonymously as an admin; `telegram_id` is null only for the latter.
    """

    name: str
    telegram_id: int | None = None
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()

    @property
    def is_member(self) -> bool:
        """Whether they are a Party member of the roster, whatever other roles they have."""
        return bool(self.roles & PARTY_ROLES)
