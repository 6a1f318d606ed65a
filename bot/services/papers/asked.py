"""Which paper is asked for, of whom, and of when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, NotPossible
from bot.domain.papers import LedgerPart, PaperKind
from bot.domain.periods import days_of
from bot.domain.preset import Preset
from bot.secrets import Secrets
from bot.text.numbers import NUMERAL, read_numeral
from bot.wording import say
from storage.queries.roster import group_of_person, households_of_branch
from storage.queries.units import groups_within, members_of
from storage.tables import Household, Person, Unit

_YEARLY = (PaperKind.HANDBOOK, PaperKind.YEAR)


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper.

    branches: one; of the monthly table, several give a table by village, headed by `over`.
    group, member, household: as people write them, or keys in digits after a `#`; empty: all there are.
    period: `2026-11`, `2026-Q4`, `2026-H2` or `2026`; empty: this month, or this year for what is yearly.
    session_id: the meeting whose sheet it is; null: the latest one.
    per_page: door plates on a page, 1 or 4.
    phones: whether members' numbers are printed; null: as the unit has decided.
    with_private: whether the words of private matters are printed; it is noted who has printed them.
    reader: the person for whom it is printed; what accuses them is left out. null: everything is there.
    """

    kind: PaperKind
    branches: Sequence[Unit]
    over: str = ""
    group: str = ""
    member: str = ""
    household: str = ""
    period: str = ""
    part: LedgerPart = LedgerPart.ALL
    session_id: int | None = None
    per_page: int = 4
    phones: bool | None = None
    with_private: bool = False
    reader: int | None = None

    @property
    def branch(self) -> Unit:
        """The only branch.

        Raises:
            NotPossible: there are several, or none.
        """
        if len(self.branches) != 1:
            names = say("papers.and").join(unit.name for unit in self.branches)
            raise NotPossible("papers.one_branch", names=names)
        return self.branches[0]

    @property
    def branch_id(self) -> int:
        """Its key."""
        return self.branch.id or 0


@dataclass(frozen=True, slots=True)
class Means:
    """What papers are made with. username: the bot's, for links; null: not known, so codes stand alone."""

    secrets: Secrets
    username: str | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days, in words as they stand in a heading."""

    first: date
    last: date
    words: str


def stretch_of(asked: Asked, *, today: date) -> Stretch:
    """The days that a paper is of.

    Raises:
        NotFound: the period is written in a way that nobody understands.
        NotPossible: it has not begun, and is of something that has happened.
    """
    yearly = asked.kind in _YEARLY
    written = asked.period.strip().upper() or (f"{today.year:04}" if yearly else f"{today:%Y-%m}")
    try:
        first, last = days_of(written)
    except ValueError:
        raise NotFound("figures.period_wrong", value=asked.period) from None
    if yearly and (first.month, last.month) != (1, 12):
        raise NotFound("papers.year_wrong", value=asked.period)
    if first > today and asked.kind is not PaperKind.HANDBOOK:
        raise NotPossible("papers.period_ahead", period=period_words(written))
    return Stretch(first, last, period_words(written))


def period_words(written: str) -> str:
    """A period written as `2026-11`, `2026-Q4`, `2026-H2` or `2026`, as it stands in a heading."""
    year, _, part = written.partition("-")
    if not part:
        return say("papers.period_year", year=year)
    if part.startswith("Q"):
        return say("papers.period_quarter", year=year, quarter="一二三四"[int(part[1]) - 1])
    if part.startswith("H"):
        return say("papers.period_half", year=year, half="上下"[int(part[1]) - 1])
    return say("papers.period_month", year=year, month=int(part))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Those of a branch whom a paper is of. group: null when it is of all groups.

    members: in the order of the roster. group_of: the names of their groups, by member.
    group_names: of all groups of the branch, by key. group_ids: of those asked for; null: all.
    """

    group: Unit | None
    members: tuple[Person, ...]
    group_of: dict[int, str]
    group_names: dict[int, str]
    group_ids: frozenset[int] | None

    def has(self, household: Household) -> bool:
        """Whether a household belongs to the group that is asked for."""
        return self.group_ids is None or household.group_id in self.group_ids


async def choose(session: AsyncSession, asked: Asked) -> Chosen:
    """The members that are asked for.

    Raises:
        NotFound: there is no such group or member, or several members are called so.
    """
    groups = await groups_within(session, asked.branch_id)
    group = _group(asked, groups)
    wanted = None if group is None else _within(group, groups)
    found, group_of = [], {}
    for person in await members_of(session, asked.branch_id):
        own = await group_of_person(session, person.id or 0)
        if own is not None:
            group_of[person.id or 0] = _path(own, groups)
        if wanted is None or (own is not None and own.id in wanted):
            found.append(person)
    if asked.member:
        found = [_one(asked, found, await members_of(session, asked.branch_id))]
    names = {one.id: _path(one, groups) for one in groups if one.id is not None}
    return Chosen(group, tuple(found), group_of, names, wanted)


async def household_chosen(session: AsyncSession, asked: Asked) -> Household:
    """The household that is asked for by its head or the code on its plate.

    Raises:
        NotFound: there is none, or several heads are called so.
    """
    name = asked.household.strip()
    known = await households_of_branch(session, asked.branch_id)
    found = [one for one in known if name in (f"#{one.id}", one.plate, one.head)]
    if not found:
        raise NotFound("papers.no_household", branch=asked.branch.name, name=name)
    if len(found) > 1:
        places = say("papers.and").join(f"{one.address} {one.plate or ''}".strip() for one in found)
        raise NotFound("papers.several_households", name=name, places=places)
    return found[0]


def today_of(preset: Preset, now: datetime) -> date:
    """The day in the branch's zone."""
    return now.astimezone(preset.zone).date()


def _one(asked: Asked, of_group: Sequence[Person], of_branch: Sequence[Person]) -> Person:
    name = asked.member.strip()
    found = [one for one in of_group if name in (f"#{one.id}", one.name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound("papers.several_members", name=name)
    if any(name in (f"#{one.id}", one.name) for one in of_branch):
        raise NotFound("papers.member_elsewhere", name=name, group=asked.group)
    raise NotFound("papers.no_member", branch=asked.branch.name, name=name)


def _group(asked: Asked, groups: Sequence[Unit]) -> Unit | None:
    if not asked.group.strip():
        return None
    name = asked.group.strip()
    found = [one for one in groups if name in (f"#{one.id}", _path(one, groups))]
    found = found or [one for one in groups if _plain(one.name) == _plain(name)]
    if len(found) != 1:
        names = say("papers.and").join(_path(one, groups) for one in found or groups) or say("papers.none")
        sentence = "papers.several_groups" if found else "papers.no_group"
        raise NotFound(sentence, branch=asked.branch.name, name=name, names=names)
    return found[0]


def _within(group: Unit, groups: Sequence[Unit]) -> frozenset[int]:
    keys = {group.id}
    for one in groups:  # those above come first
        if one.parent_id in keys:
            keys.add(one.id)
    return frozenset(key for key in keys if key is not None)


def _path(group: Unit, groups: Sequence[Unit]) -> str:
    """A group within another is written with both, as on the roster."""
    above = next((one for one in groups if one.id == group.parent_id), None)
    return group.name if above is None else f"{_path(above, groups)}/{group.name}"


def _plain(name: str) -> str:
    """A group's name so that 三组, 3组 and 第三组 are the same."""

    def figure(found: re.Match[str]) -> str:
        number = read_numeral(found[0])
        return found[0] if number is None else str(number)

    return re.sub(NUMERAL, figure, re.sub(r"^第|\s|党|小(?=组)", "", name))
