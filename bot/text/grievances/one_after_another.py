"""Several matters told one after another: 路灯不亮,另外菜市场没人扫, where the rules know but one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain.acts import Category, Grievance, Sureness, Urgency
from bot.text.clauses import cut, items
from bot.text.grievances.beside_visit import passages_of
from bot.text.grievances.category import votes
from bot.text.grievances.stretches import Stretch
from bot.text.grievances.weighing import LIKELY
from bot.text.lexicon import load
from bot.text.lexicon.frames import Match
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Account, Effect, Note, Place
from bot.text.once import once
from bot.text.opinion import Opinion
from bot.text.reading import Reading
from bot.text.signs import Beside

_P = patterns("grievances")
_NEEDED: dict[str, float] = load("weighing")["several"]
_SHORTEST = 4  # characters
_SEVERAL = 2
_NO_PASSAGE = float("-inf")

Trouble = tuple[Grievance, float]


def told_apart(reading: Reading, found: list[Trouble], *, visits: bool) -> list[Trouble]:
    """The matters found, and those of parts in which none was, each of these always a `probably`.

    What a semicolon or 也 alone parts is a matter of its own only where it is of another category.

    Args:
        visits: the message reports a visit too: its parts are sentences, and what begins with a household.
    """
    if visits:
        return _with_silent(_shared_out(_told_of_households(reading), found))
    listed = [(start, end) for start, end in items(reading.text) if end - start >= _SHORTEST]
    parts = _parts(reading, listed or _cut(reading, _mark_of(reading)), "marked")
    if len(parts) >= _SEVERAL:
        return _with_silent(_shared_out(parts, found))
    shares = _shared_out(_parts(reading, _cut(reading, "half"), "halves"), found)
    told = {part.category for part in shares.parts if part not in shares.silent}
    apart = [part for part in shares.silent if part.category not in told]
    if not apart:
        shares = _shared_out(_parts(reading, _cut(reading, "also"), "also"), found)
        telling = [part for part in shares.parts if part not in shares.silent]
        apart = [part for part in shares.silent if all(part.plainly_another(other) for other in telling)]
    return _with_silent(replace(shares, silent=apart))


@dataclass(frozen=True, eq=False)
class _Part:
    """One of those told. place: in the plain text. needed: from which odds up it tells a matter."""

    reading: Reading
    place: Place
    needed: str

    @once
    def odds(self) -> float:
        """Natural logarithm of those that it tells a matter, or that a report passes one on there."""
        if self.needed != "on_visits":
            return self.opinion.told.matter
        start, end = self.place
        words, beside = self.reading.text[start:end], Beside(self.reading.message.speaker)
        passages = passages_of(cut(words))
        return max([Opinion(words[a:b], beside).passed_on for a, b in passages], default=_NO_PASSAGE)

    @once
    def opinion(self) -> Opinion:
        """What the model holds of it alone."""
        start, end = self.place
        return Opinion(self.reading.text[start:end], Beside(self.reading.message.speaker))

    @once
    def category(self) -> Category:
        """The likeliest, by the frames that hold in it and by the model."""
        counted = votes(Stretch(self.reading, *self.place, visits=False, matches=self.troubles))
        if any(counted.values()):
            return Category(max(counted, key=counted.__getitem__))
        return max(self.opinion.category, key=self.opinion.category.__getitem__)

    def plainly_another(self, other: _Part) -> bool:
        """Words tell trouble in both, and the model takes them for different kinds of it."""
        shares = (self.opinion.category, other.opinion.category)
        unlike = sum(
            abs(one - another) for one, another in zip(*(each.values() for each in shares), strict=True)
        )
        return bool(self.troubles and other.troubles) and unlike / 2 >= _NEEDED["unlike"]

    @once
    def troubles(self) -> list[Match]:
        """The frames that hold in it."""
        start, end = self.place
        return [match for match in self.reading.matches if start <= match.start and match.end <= end]

    def overlaps(self, grievance: Grievance) -> bool:
        """Whether words of the matter stand in it."""
        origin, (start, end) = self.reading.plain.origin, self.place
        at = self.reading.plain.source.find(grievance.span)
        return origin[start] < at + len(grievance.span) and at <= origin[end - 1]

    def narrowed(self, trouble: Trouble) -> Trouble:
        """The matter as this part tells it, where its words reach beyond it."""
        grievance, weight = trouble
        own = self.reading.plain.written(*self.place)
        if grievance.span in own:
            return trouble
        narrow = replace(grievance, category=self.category, span=own)
        for account in self.reading.accounts:
            if account.act is grievance:
                account.act = narrow
        return narrow, weight

    def matter(self) -> Trouble:
        """As one that is asked about; danger to life or limb is what a message as a whole tells."""
        urgency = max(self.opinion.urgency, key=self.opinion.urgency.__getitem__)
        grievance = Grievance(
            category=self.category,
            urgency=Urgency.URGENT if urgency is Urgency.EMERGENCY else urgency,
            about=self._household(),
            resolved=False,
            span=self.reading.plain.written(*self.place),
            sureness=Sureness.PROBABLY,
        )
        note = Note("one_of_several", Effect.MAKES, (self.place,))
        self.reading.accounts.append(Account("grievance", self.reading.text, [note], grievance))
        return grievance, LIKELY

    def _household(self) -> str | None:
        """In a member's report the first that is named; a resident speaks for themselves."""
        if self.reading.by_resident:
            return None
        start, end = self.place
        inside = (name for name in self.reading.names if start <= name.start and name.end <= end)
        name = next(inside, None)
        return None if name is None else self.reading.written(name)


@dataclass(frozen=True)
class _Shares:
    """Which part tells what.

    found: each matter with its part, null where none is. silent: those that tell a matter not found.
    """

    parts: list[_Part]
    found: list[tuple[Trouble, _Part | None]]
    silent: list[_Part]


def _shared_out(parts: list[_Part], found: list[Trouble]) -> _Shares:
    """Each matter found is told by the likeliest of the parts that its words stand in."""
    left, told = list(parts), list[tuple[Trouble, _Part | None]]()
    for one in found:
        telling = [part for part in left if part.overlaps(one[0])]
        likeliest = max(telling, key=lambda part: part.odds, default=None)
        told.append((one, likeliest))
        left = [part for part in left if part is not likeliest]
    return _Shares(parts, told, [part for part in left if part.odds >= _NEEDED[part.needed]])


def _with_silent(shares: _Shares) -> list[Trouble]:
    """With those not found, in order; what seemed to be told by several parts is told by its own."""
    if not shares.silent:
        return [one for one, _ in shares.found]
    told = [part.narrowed(one) if part else one for one, part in shares.found]
    told += [part.matter() for part in shares.silent]
    source = shares.parts[0].reading.plain.source
    return sorted(told, key=lambda one: source.find(one[0].span))


def _parts(reading: Reading, places: list[Place], needed: str) -> list[_Part]:
    return [_Part(reading, place, needed) for place in places]


def _mark_of(reading: Reading) -> str:
    return "apart" if _P["announces_several"].search(reading.text) else "further"


def _cut(reading: Reading, mark: str) -> list[Place]:
    """The stretches before, between and behind the marks."""
    return _between(reading, [found.start() for found in _P[mark].finditer(reading.text)])


def _between(reading: Reading, cuts: list[int]) -> list[Place]:
    """Each without the mark that it opens with."""
    text, out = reading.text, []
    for start, end in pairwise([0, *cuts, len(text)]):
        opens = _P["opens_part"].match(text, start, end)
        out.append((opens.end() if opens else start, end))
    return [(start, end) for start, end in out if end - start >= _SHORTEST]


def _told_of_households(reading: Reading) -> list[_Part]:
    """走了两户。老贺想养羊,老卫家水表冻了: sentences, and what in them begins with a household."""
    text = reading.text
    cuts = {found.start() for found in _P["sentence"].finditer(text)}
    starts = {clause.start for clause in reading.clauses.clauses}
    for name in reading.names:
        if name.start in starts and not _P["goes_on_listing"].match(text, name.end):
            cuts.add(name.start)
    return _parts(reading, _between(reading, sorted(cuts)), "on_visits")
