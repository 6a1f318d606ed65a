"""Who should answer for a household that nobody answers for, and where links are out of balance.

Four ways of linking, as villages have them: whoever is nearest; a choice of one side or both; by what a
member is good at; by the trade association to which both belong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.roster import HouseholdKind

NEIGHBOURS = 10
"""House numbers in the same street within which homes are neighbours."""
NEEDING = frozenset((HouseholdKind.NEEDY, HouseholdKind.LEFT_BEHIND, HouseholdKind.OLD_ALONE))
"""Kinds of household that committee members are to take, where a preset asks that of them."""


class Way(StrEnum):
    """By what a member is found for a household."""

    NEAREST = "nearest"
    ABILITY = "ability"
    TRADE = "trade"
    CHOICE = "choice"  # the household or the member asked for it
    LIGHTEST = "lightest"  # nothing speaks for anybody: whoever has fewest
    ORDER = "order"  # the secretary named them


class ProposalState(StrEnum):
    """Who has to say something to a proposal, or how it ended."""

    WITH_SECRETARY = "with_secretary"
    WITH_MEMBER = "with_member"
    LINKED = "linked"
    DECLINED = "declined"  # by the member
    DROPPED = "dropped"  # the secretary does not want it now


ANSWER_WITHIN = timedelta(days=3)
"""How long a member has for an answer; after that somebody else may be proposed."""
OPEN = (ProposalState.WITH_SECRETARY, ProposalState.WITH_MEMBER)


@dataclass(frozen=True, slots=True)
class LinkRules:
    """What a preset asks of links.

    ways: those that proposals look for, the first before the others.
    committee_needing: households of `NEEDING` that each committee member is to have; 0: not asked.
    infirm_least, infirm_most: old or infirm members that each looks after beside the households; a most of 0:
        not asked, they count as any household.
    follow_moves: a household that moves away keeps its member.
    """

    ways: tuple[Way, ...]
    committee_needing: int
    infirm_least: int
    infirm_most: int
    follow_moves: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A household as far as links go.

    group: key of its group; null: none. street, number: of its address; empty and null when it has none.
    needs: what it could use, as `abilities` of members are named. trades: associations it belongs to.
    """

    id: int
    head: str
    group: int | None = None
    street: str = ""
    number: int | None = None
    kinds: frozenset[HouseholdKind] = frozenset()
    needs: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()

    def apart(self, rules: LinkRules) -> bool:
        """Whether an infirm member lives there whom the preset counts apart from the households."""
        return rules.infirm_most > 0 and HouseholdKind.INFIRM_MEMBER in self.kinds


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who may take a household on.

    homes: those they answer for until further notice. can_be_asked: they can be reached, and are not away.
    """

    id: int
    name: str
    group: int | None = None
    homes: tuple[Home, ...] = ()
    abilities: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    on_committee: bool = False
    can_be_asked: bool = True

    def alike(self, home: Home, rules: LinkRules) -> int:
        """How many of theirs are limited together with this home: infirm members apart, where they are."""
        return sum(other.apart(rules) == home.apart(rules) for other in self.homes)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A member for a household. by: what they share (the neighbour's head, the ability, the association)."""

    member: Candidate
    way: Way
    by: str = ""


def suggest(
    home: Home, members: Sequence[Candidate], *, rules: LinkRules, most: int, but: Collection[int] = ()
) -> Suggestion | None:
    """The member who should answer for a home; null when nobody has room or can be asked.

    Of those for whom the same speaks, whoever answers for fewest.

    Args:
        most: households that a member answers for at most.
        but: members not to propose: they were before.
    """
    limit = limit_for(home, rules, most)
    free = [
        one for one in members if one.can_be_asked and one.alike(home, rules) < limit and one.id not in but
    ]
    for way in (*rules.ways, Way.LIGHTEST):
        found = _by(way, home, free)
        if found is not None:
            return found
    return None


def limit_for(home: Home, rules: LinkRules, most: int) -> int:
    """How many such homes a member answers for at most. most: of households."""
    return rules.infirm_most if home.apart(rules) else most


def _by(way: Way, home: Home, members: Sequence[Candidate]) -> Suggestion | None:
    match way:
        case Way.NEAREST:
            near = {one.id: far for one in members if (far := distance(home, one)) is not None}
            fitting = [one for one in members if one.id in near]
            best = min(fitting, key=lambda one: (near[one.id], *_lightness(one)), default=None)
            return None if best is None else Suggestion(best, way, _neighbour(home, best))
        case Way.ABILITY:
            return _sharing(way, {one: home.needs & one.abilities for one in members})
        case Way.TRADE:
            return _sharing(way, {one: home.trades & one.trades for one in members})
        case Way.LIGHTEST:
            lightest = min(members, key=_lightness, default=None)
            return None if lightest is None else Suggestion(lightest, way)
        case _:
            return None  # somebody chooses: nothing to look for


def _sharing(way: Way, shared: Mapping[Candidate, frozenset[str]]) -> Suggestion | None:
    best = min((one for one, common in shared.items() if common), key=_lightness, default=None)
    return None if best is None else Suggestion(best, way, min(shared[best]))


def _lightness(member: Candidate) -> tuple[int, int]:
    return len(member.homes), member.id


def _neighbour(home: Home, member: Candidate) -> str:
    """The head of the member's home that is nearest in the same street; empty when none is near."""
    near = {far: other.head for other in reversed(member.homes) if (far := _between(home, other)) is not None}
    return near[min(near)] if near else ""


def distance(home: Home, member: Candidate) -> int | None:
    """How far a home is from those of a member: in house numbers, else the same group; null: far."""
    numbers = [far for other in member.homes if (far := _between(home, other)) is not None]
    if numbers:
        return min(numbers)
    return NEIGHBOURS + 1 if home.group is not None and home.group == member.group else None


def _between(home: Home, other: Home) -> int | None:
    if not home.street or home.street != other.street or home.number is None or other.number is None:
        return None
    far = abs(home.number - other.number)
    return far if far <= NEIGHBOURS else None


@dataclass(frozen=True, slots=True)
class Imbalance:
    """Where the links of a branch are not as its preset has them. Members with the number that they have.

    infirm: those who look after too few or too many infirm members.
    """

    unlinked: tuple[Home, ...]
    under: Mapping[str, int]
    over: Mapping[str, int]
    committee_without: tuple[str, ...]
    infirm: Mapping[str, int]

    @property
    def is_sound(self) -> bool:
        return not (self.unlinked or self.under or self.over or self.committee_without or self.infirm)


def imbalance(
    homes: Sequence[Home], members: Sequence[Candidate], *, rules: LinkRules, least: int, most: int
) -> Imbalance:
    """Households without a member, members with too few or too many, committee members without the needy."""
    linked = {home.id for member in members for home in member.homes}
    numbers = [(one.name, sum(not home.apart(rules) for home in one.homes)) for one in members]
    infirm = [(one.name, sum(home.apart(rules) for home in one.homes)) for one in members if one.homes]
    lacking = [
        member.name
        for member in members
        if member.on_committee
        and sum(bool(home.kinds & NEEDING) for home in member.homes) < rules.committee_needing
    ]
    return Imbalance(
        unlinked=tuple(home for home in homes if home.id not in linked),
        under={name: number for name, number in numbers if 0 < number < least},
        over={name: number for name, number in numbers if number > most},
        committee_without=tuple(lacking),
        infirm={
            name: number
            for name, number in infirm
            if rules.infirm_most and not rules.infirm_least <= number <= rules.infirm_most
        },
    )
