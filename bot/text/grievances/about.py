"""Whose matter it is, and the words that tell it."""

from __future__ import annotations

from bot.text.clauses import Clause
from bot.text.grievances.stretches import Stretch
from bot.text.lexicon.patterns import patterns
from bot.text.names import Name, NameKind
from bot.text.reading import Reading

_P = patterns("grievances")
_NEAR = 80  # characters before a stretch in which the household it tells of may be named


def about_whom(stretch: Stretch) -> str | None:
    """The household or person as written; null when it is the speaker's own or everybody's."""
    called = [name for name in _called(stretch) if not _only_mentioned(stretch.reading, name)]
    return _household_visited(stretch, called) if stretch.visits else _subject(stretch, called)


def words_telling(stretch: Stretch) -> str:
    """The clauses from the first trouble to the end of the stretch, as written."""
    start, end = _telling(stretch)
    return stretch.reading.plain.written(start, end)


def _called(stretch: Stretch) -> list[Name]:
    return [
        name
        for name in stretch.reading.names
        if name.start < stretch.end and name.end > stretch.start - _NEAR
    ]


def _subject(stretch: Stretch, called: list[Name]) -> str | None:
    """The first person named, unless the speaker's own household comes before."""
    persons = (name for name in called if stretch.start <= name.start and name.kind is NameKind.PERSON)
    first = next(persons, None)
    ours = _P["ours"].search(stretch.reading.text, stretch.start, stretch.end)
    if first is None or (ours and ours.start() < first.start):
        return None
    return stretch.reading.written(first)


def _household_visited(stretch: Stretch, called: list[Name]) -> str | None:
    """The household spoken of last before the trouble; of a mere list of visits only one standing alone."""
    reading = stretch.reading
    strongest = stretch.weight
    trouble = min(match.start for match in stretch.matches if match.frame.weight == strongest)
    before = [name for name in called if name.start <= trouble + 2]
    pool = [name for name in before if not _in_list(reading, name)] or (before if len(called) == 1 else [])
    if pool:
        return _rooms_together(reading, pool[-1]) or reading.written(pool[-1])
    later = (
        name
        for name in called
        if name.start >= stretch.start and name.start > trouble and not _in_list(reading, name)
    )
    after = next(later, None)
    return reading.written(after) if after else None


def _rooms_together(reading: Reading, last: Name) -> str | None:
    """302、501、502三户: those in one list share the matter."""
    group = [last]
    for name in reversed([n for n in reading.names if n.end < last.start]):
        if reading.text[name.end : group[0].start] != "、" or name.kind is not NameKind.ADDRESS:
            break
        group.insert(0, name)
    return reading.plain.written(group[0].start, group[-1].end) if len(group) > 1 else None


def _in_list(reading: Reading, name: Name) -> bool:
    return reading.text[name.end : name.end + 1] == "、"


def _only_mentioned(reading: Reading, name: Name) -> bool:
    """Somebody thanked, called for help or addressed."""
    before = reading.text[max(0, name.start - 4) : name.start]
    after = reading.text[name.end : name.end + 2]
    if _P["before_mentioned"].search(before) and not after.startswith("家"):
        return True
    if _P["title"].search(name.text) and name.start < 3:
        return True
    return _P["comes_to_help"].match(after) is not None


def _telling(stretch: Stretch) -> tuple[int, int]:
    clauses = [c for c in stretch.reading.clauses.clauses if stretch.start <= c.start < stretch.end]
    if not clauses:
        return stretch.start, stretch.end
    least = min(3, stretch.weight)
    first = min(match.start for match in stretch.matches if match.frame.weight >= least)
    opening = next((c for c in reversed(clauses) if c.start <= first), clauses[0])
    index = clauses.index(opening)
    if index and clauses[index - 1].sentence == opening.sentence:
        before = clauses[index - 1]
        if stretch.reading.by_resident or not _tells_visit(stretch.reading, before):
            opening = before
    return opening.start, clauses[-1].end


def _tells_visit(reading: Reading, clause: Clause) -> bool:
    return reading.hits.any_within(clause.start, clause.end, "visit_strong", "visit_move")
