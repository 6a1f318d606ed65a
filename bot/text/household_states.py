"""How households are, told while a roll-call is open: "老王家已转移，李大娘家联系不上，其余都安全".

Whoever answers has a numbered list before them, so numbers count as names ("1、3、5户已转移").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.domain.roll_call import HouseholdState
from bot.text.households import Candidate
from bot.text.lexicon import load
from bot.text.listed_households import Listed
from bot.text.normalise import normalise
from bot.text.numbers import read_numeral

_CLAUSES = re.compile(r"[,。;!\n]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one household. people: of how many; null: no number was given."""

    household_id: int
    state: HouseholdState
    people: int | None = None


@dataclass(frozen=True, slots=True)
class StatesTold:
    """What a message tells of households.

    told: of those it names, in the order told: of two for the same household the later counts.
    rest: of the speaker's others ("其余都安全"); every: of all of theirs; home: of where the speaker lives;
    null: nothing.
    home_people: of how many at home; null: no number was given.
    unknown: names that are nobody's; ambiguous: names that several households have, with their ids.
    else_told: the words that tell something else.
    """

    told: tuple[Told, ...] = ()
    rest: HouseholdState | None = None
    every: HouseholdState | None = None
    home: HouseholdState | None = None
    home_people: int | None = None
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[tuple[str, tuple[int, ...]], ...] = ()
    else_told: str = ""

    @property
    def anything(self) -> bool:
        """Whether it tells of any household that can be found."""
        return bool(self.told) or any(one is not None for one in (self.rest, self.every, self.home))


def may_tell(text: str) -> bool:
    """Whether a message has words that say how somebody is."""
    return bool(_marks(_plain(text)))


def read_states(text: str, numbered: Sequence[Candidate], others: Sequence[Candidate]) -> StatesTold:
    """What a message tells of households in a roll-call.

    Args:
        numbered: the speaker's own list, in its order; others: the other households of the roll-call.
    """
    plain = _plain(text)
    if re.search(_words()["subjects"]["question"], plain):
        return StatesTold(else_told=plain)
    reading = _Reading(Listed(numbered, others))
    for clause in _CLAUSES.split(plain):
        reading.clause(clause.strip())
    return reading.result()


@dataclass(slots=True)
class _Reading:
    """Goes through the clauses; names without a state wait for the next that has one."""

    listed: Listed
    told: dict[int, Told] = field(default_factory=dict)
    rest: HouseholdState | None = None
    every: HouseholdState | None = None
    home: HouseholdState | None = None
    home_people: int | None = None
    unknown: list[str] = field(default_factory=list)
    ambiguous: dict[str, tuple[int, ...]] = field(default_factory=dict)
    else_told: list[str] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    latest: list[int] = field(default_factory=list)

    def clause(self, clause: str) -> None:
        if not clause:
            return
        clause = re.sub(_words()["subjects"]["denied"], " ", clause)
        marks = _marks(clause)
        if not marks:
            self._without_state(clause)
            return
        end = 0
        for number, (start, stop, state) in enumerate(marks):
            subject = clause[end:start]
            behind = clause[stop : marks[number + 1][0] if number + 1 < len(marks) else len(clause)]
            end = stop
            if state is None:
                self.else_told.append(subject + clause[start:stop])
                continue
            listed = re.match(r"(?:的)?(?:户|家)?(?:有|是|:)+(?P<names>.+)", behind)
            if listed is not None and not subject.strip():
                subject, end = listed["names"], stop + listed.end()
            self._tell(subject, state, people=_people(subject) or _people(behind), loose=listed is not None)

    def result(self) -> StatesTold:
        return StatesTold(
            told=tuple(self.told.values()),
            rest=self.rest,
            every=self.every,
            home=self.home,
            home_people=self.home_people,
            unknown=tuple(dict.fromkeys(self.unknown)),
            ambiguous=tuple(self.ambiguous.items()),
            else_told="，".join(self.else_told),
        )

    def _without_state(self, clause: str) -> None:
        people = _people(clause)
        if people is not None and not _without_people(clause) and self.latest:
            for household_id in self.latest:
                self._set(household_id, self.told[household_id].state, people)
            return
        found = self._households(clause, loose=False, report=False)
        if found:
            self.waiting += found
        else:
            self.else_told.append(clause)

    def _tell(self, subject: str, state: HouseholdState, *, people: int | None, loose: bool) -> None:
        subjects = _words()["subjects"]
        bare = _without_people(subject)
        if not bare:
            found = self.waiting or self.latest
            if not found:
                self._all(state, people, subject)
        elif re.fullmatch(subjects["rest"], bare):
            self.rest, found = state, []
        elif re.fullmatch(subjects["home"], bare):
            self.home, self.home_people, found = state, people, []
        elif self._counts_all(bare) or (re.fullmatch(subjects["all"], bare) and self._is_own(bare)):
            self.every, found = state, []
        else:
            found = [*self.waiting, *self._households(bare, loose=loose, report=True)]
        for household_id in found:
            self._set(household_id, state, people if len(found) == 1 else None)
        self.latest, self.waiting = found or self.latest, []

    def _all(self, state: HouseholdState, people: int | None, subject: str) -> None:
        """ "都安全" without a name: all of a member's own, or where a resident lives."""
        if people is not None or not self.listed.numbered:
            self.home, self.home_people = state, people
        elif not subject.strip() and not self.else_told:
            self.every = state

    def _counts_all(self, subject: str) -> bool:
        if self.listed.by_number:
            return False
        counted = re.fullmatch(f"{_words()['subjects']['own']}{_words()['subjects']['counted']}", subject)
        return counted is not None and read_numeral(counted["n"]) == len(self.listed.numbered)

    @staticmethod
    def _is_own(subject: str) -> bool:
        return re.search(_words()["subjects"]["own_words"], subject) is not None

    def _set(self, household_id: int, state: HouseholdState, people: int | None) -> None:
        self.told.pop(household_id, None)
        self.told[household_id] = Told(household_id, state, people)

    def _households(self, subject: str, *, loose: bool, report: bool) -> list[int]:
        """The households named; `loose`: a number alone will do. `report`: say which are nobody's."""
        if (numbers := self.listed.at_numbers(subject, loose=loose)) is not None:
            return numbers
        whole = self.listed.find(subject)
        if whole.household_id is not None:
            return [whole.household_id]
        found: list[int] = []
        for name in re.split(_words()["subjects"]["between"], subject):
            if (numbers := self.listed.at_numbers(name, loose=False)) is not None:
                found += numbers
                continue
            one = self.listed.find(name)
            if one.household_id is not None:
                found.append(one.household_id)
            elif one.ambiguous and report:
                self.ambiguous[_trimmed(name)] = one.ambiguous
            elif together := self.listed.run_together(_trimmed(name)):
                found += together
            elif report:
                self._not_found(_trimmed(name))
        return found

    def _not_found(self, name: str) -> None:
        if re.fullmatch(r"[一-龥]{1,8}(?:家|户)|(?:老|小)[一-龥]", name):
            self.unknown.append(name)
        elif name:
            self.else_told.append(name)


def _plain(text: str) -> str:
    """In one spelling; who was received at the shelter has moved."""
    shelter = _words()["shelter"]
    return re.sub(shelter["received"], f"{shelter['received_means']}:", normalise(text).text)


def _marks(clause: str) -> list[tuple[int, int, HouseholdState | None]]:
    """The words that say how somebody is, with their places; null: what only looks like it."""
    found = []
    for match in _states().finditer(clause):
        name = match.lastgroup or ""
        found.append((match.start(), match.end(), None if name == "unsaid" else HouseholdState(name)))
    return found


def _people(text: str) -> int | None:
    found = re.search(_words()["subjects"]["people"], text)
    return None if found is None else read_numeral(found["n"])


def _without_people(text: str) -> str:
    return _trimmed(re.sub(_words()["subjects"]["people"], "", text))


def _trimmed(text: str) -> str:
    """Without what is no part of a name at its end."""
    return re.sub(r"^[ :]+|(?:都|也|全|均|人|已经?|现在|目前|的|了|是|:| )+$", "", text)


@cache
def _states() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _words()["states"].items()))


@cache
def _words() -> dict[str, Any]:
    return load("roll_call")
