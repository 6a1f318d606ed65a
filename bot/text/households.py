"""Which household is meant: a name as written against the roster.

What is sure (a name, an address, a code, kinship with a surname) is tried on the speaker's own
households and then on the branch's, before what only sounds or looks alike is, so that a full name in
the next lane beats a misspelling among one's own. What fits two households equally is reported as such
and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.text.addresses import Place, address_fits, place_before, place_in, place_supports
from bot.text.forms_of_address import Called, readings, surname_alone, surname_of
from bot.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household of the roster, as far as names go.

    id: the storage's key. plate: code on the door plate. residents: names of those living there.
    group: name of the group it belongs to ("第三党小组").
    """

    id: int
    head: str
    address: str | None = None
    nicknames: tuple[str, ...] = ()
    plate: str | None = None
    residents: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The household meant.

    household_id: null when none fits or several fit equally.
    ambiguous: ids that fit equally well; empty unless there are two or more.
    how: `exact`, `kinship`, `address`, `plate`, `slip` or `homophone`; null when nothing fits.
    """

    household_id: int | None
    ambiguous: tuple[int, ...] = ()
    how: str | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it was called so, and does not only sound or look like it."""
        return self.how is not None and self.how not in ("slip", "homophone")


_LONGEST = 40  # characters of a name or address
_CLOSING = re.compile(r"(?<=.)(?:他家|她家|那一?家|那一?户|家里|家的|家|户)$")
_BRACKETS = re.compile(r"[()\[\]【】〔〕]")
_PLATE_WORDS = re.compile(r"^(?:门牌号?|户号|户码|码|编号|代码)[:是]?")
_NOT_CODE = re.compile(r"[^0-9A-Z一-鿿]")


def resolve(
    name: str, linked: Sequence[Candidate], branch: Sequence[Candidate], *, before: str = ""
) -> Resolved:
    """Find the household called `name`: among the speaker's links first, then in the branch.

    Args:
        before: the words that stand before the name, which may say where ("东头" before "老李").
    """
    wanted = _plain(name)
    if not wanted or len(wanted) > _LONGEST:
        return Resolved(None)
    own = {candidate.id for candidate in linked}
    groups = (linked, [candidate for candidate in branch if candidate.id not in own])
    for ways in (_SURE, _UNSURE):
        for group in groups:
            found = _among(name, wanted, group, ways, place_before(before))
            if found is not None:
                return found
    return Resolved(None)


_Fits = Callable[[str, Candidate], int]
"""How well a plain name fits a household: 0 not at all; only the best are looked at."""


def _among(
    name: str,
    wanted: str,
    group: Sequence[Candidate],
    ways: Sequence[tuple[str, _Fits]],
    before: Place | None,
) -> Resolved | None:
    """What the name means among these households; null when none of the ways finds any."""
    place, rest = place_in(_BRACKETS.sub("", wanted))
    for how, fits in ways:
        found = _best(wanted, group, fits)
        if not found and how in _BY_NAME and place is not None and rest:
            found = _at(place, _best(_CLOSING.sub("", rest), group, fits))
        if not found and how == "kinship" and (surname := surname_alone(_spelt(name))):
            found = _best(f"老{surname}", group, fits)
        if len(found) > 1 and before is not None:
            found = _at(before, found) or found
        ids = tuple(dict.fromkeys(candidate.id for candidate in found))
        if ids:
            return Resolved(ids[0], (), how) if len(ids) == 1 else Resolved(None, ids, how)
    return None


def _best(wanted: str, group: Sequence[Candidate], fits: _Fits) -> list[Candidate]:
    scores = [fits(wanted, candidate) for candidate in group]
    best = max(scores, default=0)
    return [one for one, score in zip(group, scores, strict=True) if score == best] if best else []


def _at(place: Place, found: Sequence[Candidate]) -> list[Candidate]:
    """Those whose address or group bears the place out, else those which it does not contradict."""
    stands = [(place_supports(place, one.address or "", one.group or ""), one) for one in found]
    best = max((score for score, _ in stands if score is not None), default=0)
    return [one for score, one in stands if score == best]


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return _CLOSING.sub("", _spelt(name))


@lru_cache(maxsize=4096)
def _spelt(name: str) -> str:
    return re.sub(r"[\s·.“”\"'‘’]+", "", normalise(name).text).upper()


def _people(candidate: Candidate) -> list[str]:
    return [_plain(n) for n in (candidate.head, *candidate.residents) if n]


def _names(candidate: Candidate) -> list[str]:
    return [*_people(candidate), *(_plain(n) for n in candidate.nicknames)]


def _exact(wanted: str, candidate: Candidate) -> int:
    return int(wanted in _names(candidate))


def _plate(wanted: str, candidate: Candidate) -> int:
    if not candidate.plate:
        return 0
    bare = _NOT_CODE.sub("", _spelt(candidate.plate))
    return int(bool(bare) and _NOT_CODE.sub("", _PLATE_WORDS.sub("", wanted)) == bare)


def _address(wanted: str, candidate: Candidate) -> int:
    return address_fits(wanted, _spelt(candidate.address or ""), candidate.group or "")


_WHOLE, _ORDINAL, _GIVEN, _SURNAME = 4, 3, 2, 1


def _kinship(wanted: str, candidate: Candidate) -> int:
    people, names = _people(candidate), _names(candidate)
    return max((_answers_to(called, people, names) for called in readings(wanted)), default=0)


def _answers_to(called: Called, people: Sequence[str], names: Sequence[str]) -> int:
    if called.ordinal:
        brothers = (f"{called.surname}{called.ordinal}", f"{called.surname}老{called.ordinal}")
        return _ORDINAL if any(name in brothers for name in names) else 0
    if called.surname:
        return _SURNAME if any(surname_of(person) == called.surname for person in people) else 0
    if called.person in names:
        return _WHOLE
    given = any(len(p) > len(called.person) and p[len(surname_of(p)) :] == called.person for p in people)
    return _GIVEN if given else 0


def _slip(wanted: str, candidate: Candidate) -> int:
    """One character of a full name is wrong, missing, too many or in its neighbour's place.

    Another surname is another family, and 孙大娘 is no slip of 李大娘.
    """
    from rapidfuzz.distance import OSA

    if len(wanted) < 3 or any(called.surname for called in readings(wanted)):
        return 0
    return int(
        any(
            len(name) >= 3
            and wanted.startswith(surname_of(name))
            and OSA.distance(wanted, name, score_cutoff=1) == 1
            for name in _people(candidate)
        )
    )


@lru_cache(maxsize=4096)
def _sound(name: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(name))


def _alike(one: str, other: str) -> bool:
    return len(one) == len(other) and _sound(one) == _sound(other)


def _homophone(wanted: str, candidate: Candidate) -> int:
    if len(wanted) >= 2 and any(_alike(wanted, name) for name in _names(candidate)):
        return 2
    people = _people(candidate)
    for called in readings(wanted):
        if (
            called.surname
            and not called.ordinal
            and any(_alike(called.surname, surname_of(p)) for p in people)
        ):
            return 1
        if called.person and any(_alike(called.person, p[len(surname_of(p)) :]) for p in people):
            return 1
    return 0


_BY_NAME = ("exact", "kinship", "homophone")
_SURE: tuple[tuple[str, _Fits], ...] = (
    ("exact", _exact),
    ("plate", _plate),
    ("address", _address),
    ("kinship", _kinship),
)
_UNSURE: tuple[tuple[str, _Fits], ...] = (("homophone", _homophone), ("slip", _slip))
