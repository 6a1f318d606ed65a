"""Stretches of a message: where one matter ends and the next begins."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.acts import Urgency
from bot.text.clauses import items
from bot.text.lexicon.frames import Match
from bot.text.lexicon.patterns import patterns
from bot.text.once import once
from bot.text.opinion import Opinion
from bot.text.reading import Reading
from bot.text.signs import Beside

_P = patterns("grievances")
_MOST = 40  # matters of one message
_LETTER = 140  # characters; a longer formal text is a letter
_OF_ITS_OWN = 2  # weight of trouble that makes a stretch a matter of its own


@dataclass
class Stretch:
    """A part of the message that tells one matter.

    enumerated: it is an item of a list. title: the message is a letter's title.
    visits: the message reports a visit too.
    matches: the frames of trouble inside. urgency: as far as the evidence at first sight tells.
    """

    reading: Reading
    start: int
    end: int
    visits: bool
    enumerated: bool = False
    title: bool = False
    matches: list[Match] = field(default_factory=list)
    urgency: Urgency = Urgency.NORMAL

    @once
    def text(self) -> str:
        """Known for good once the stretches are cut, as `weight` is."""
        return self.reading.text[self.start : self.end]

    @once
    def weight(self) -> int:
        """Weight of the strongest trouble."""
        return max(match.frame.weight for match in self.matches)

    @once
    def opinion(self) -> Opinion:
        """What the model holds of it alone."""
        if self.text == self.reading.text:
            return self.reading.opinion
        return Opinion(self.text, Beside(self.reading.message.speaker))

    @once
    def opinion_of_trouble(self) -> Opinion:
        """The same from the clause on in which plain trouble begins: of a visit told before it, nothing."""
        clause = self.reading.clause_at(min(m.start for m in self.matches if m.frame.weight == self.weight))
        start = self.start if clause is None else max(self.start, clause.start)
        return Opinion(self.reading.text[start : self.end], Beside(self.reading.message.speaker))

    @property
    def first(self) -> int:
        """Where the trouble begins."""
        return min(match.start for match in self.matches)

    def has(self, *names: str) -> bool:
        """Whether a word of one of the classes stands in it."""
        return self.reading.hits.any_within(self.start, self.end, *names)

    def strong(self) -> list[Match]:
        """Matches that are plain trouble."""
        return [match for match in self.matches if match.frame.weight >= 3]

    def categories(self) -> set[str]:
        """Of the trouble that can be a matter of its own."""
        return {m.frame.category for m in self.matches if m.frame.weight >= _OF_ITS_OWN}


def cut_stretches(reading: Reading, matches: list[Match], *, visits: bool, title: bool) -> list[Stretch]:
    """The stretches with trouble in them, each with its matches. title: the message is a letter's title."""
    text = reading.text
    listed = items(text)
    if title and not listed:
        return [Stretch(reading, 0, len(text), visits, title=True, matches=matches)]
    formal = {text[a:b] for a, b in reading.hits["formal"]}
    if len(text) > _LETTER and len(formal) >= 2 and reading.by_resident:
        out = [Stretch(reading, 0, len(text), visits)]  # a letter is one matter, whatever it lists
        _hand_out(out, matches)
    elif listed:
        out = [Stretch(reading, start, end, visits, enumerated=True) for start, end in listed]
        _hand_out(out, matches)
    else:
        out = _joined(reading, matches, visits=visits)
    return [stretch for stretch in out[:_MOST] if stretch.matches]


def _joined(reading: Reading, matches: list[Match], *, visits: bool) -> list[Stretch]:
    """Between the dividers; a piece without strong trouble of its own belongs to the one before."""
    bounds = [0, *sorted(set(_cuts(reading, visits=visits))), len(reading.text)]
    pieces = [Stretch(reading, a, b, visits) for a, b in pairwise(bounds) if b > a]
    _hand_out(pieces, matches)
    out: list[Stretch] = []
    for piece in pieces:
        if out and not _another_matter(out[-1], piece):
            out[-1].end = piece.end
            out[-1].matches += piece.matches
        else:
            out.append(piece)
    _hand_out(out, matches)  # again, for those that lay across a border that is no more
    return out


def _another_matter(before: Stretch, piece: Stretch) -> bool:
    """Both tell trouble, and not the same: of another kind, or found by no frame that found the first."""
    if not before.categories() or not piece.categories():
        return False
    if piece.visits or piece.categories() - before.categories():
        return True
    frames = {match.frame.pattern for match in before.strong()}
    again = {match.frame.pattern for match in piece.strong()}
    return bool(frames and again) and not frames & again


def _hand_out(stretches: list[Stretch], matches: list[Match]) -> None:
    """Give each stretch the matches inside it; those that lie across a border belong to none."""
    starts = [stretch.start for stretch in stretches]
    for stretch in stretches:
        stretch.matches = []
    for match in matches:
        at = bisect_right(starts, match.start) - 1
        if at >= 0 and match.end <= stretches[at].end:
            stretches[at].matches.append(match)


def _cuts(reading: Reading, *, visits: bool) -> list[int]:
    cuts = [m.start() + 1 for m in _P["divider"].finditer(reading.text) if m.start() > 4]
    if visits:
        cuts += _household_cuts(reading)
        cuts += [m.start() + 1 for m in _P["one_household"].finditer(reading.text)]
    return cuts


def _household_cuts(reading: Reading) -> list[int]:
    """In a report on several households each that opens a clause opens a stretch."""
    starts = {clause.start for clause in reading.clauses.clauses}
    return [
        name.start
        for name in reading.names
        if name.start in starts and reading.text[name.end : name.end + 1] not in ("、", "")
    ]
