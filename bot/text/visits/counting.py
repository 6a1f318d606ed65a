"""Which of the numbers in a report is the number of households visited."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import StrEnum
from operator import attrgetter

from bot.text.clauses import Clause
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Place
from bot.text.numbers import Count, CountKind, bare_numbers
from bot.text.reading import Reading

_P = patterns("visits")
_VERBS = ("visit_strong", "visit_move", "visit_serve")
_NEAR = 12  # characters before a number that say what it is
_BARE = 100  # a number without a unit is one of households below this


class Role(StrEnum):
    """What a counted household is in the report."""

    VISITED = "visited"
    LEFT = "left"
    OWNED = "owned"
    PART = "part"
    PEOPLE = "people"


def sentence_of(reading: Reading, clause: Clause) -> Clause:
    """The whole sentence the clause belongs to."""
    clauses, by = reading.clauses.clauses, attrgetter("sentence")
    first = clauses[bisect_left(clauses, clause.sentence, key=by)]
    last = clauses[bisect_right(clauses, clause.sentence, key=by) - 1]
    return Clause(first.start, last.end, clause.sentence)


def numbers_in(reading: Reading, clause: Clause) -> list[Count]:
    by = attrgetter("start")
    first = bisect_left(reading.counts, clause.start, key=by)
    return reading.counts[first : bisect_left(reading.counts, clause.end, first, key=by)]


def households_counted(reading: Reading) -> list[Count]:
    """All counts of households, without what is only vaguely told (几户)."""
    return [count for count in reading.counts if count.kind is CountKind.HOUSEHOLDS and count.value]


def is_visited(reading: Reading, count: Count, clause: Clause) -> bool:
    return role_of(reading, count, clause) is Role.VISITED


def role_of(reading: Reading, count: Count, clause: Clause) -> Role:
    """What the counted households, or people, are in the report."""
    if count.kind is CountKind.PEOPLE and not _called_on(reading, count, clause):
        return Role.PEOPLE
    near = max(clause.start, count.start - 4)
    if _one_of_each(reading, count) or _reported_before(reading, count) or _reckoned_in(reading, count):
        return Role.PART
    if _P["of_whom_so_many"].match(reading.text, count.end):
        return Role.OWNED
    if count is not reading.counts[0] and _P["how_gone_to"].match(reading.text, count.end):
        return Role.VISITED if _P["besides"].search(reading.text, 0, count.start) else Role.PART
    if _P["reached_after"].match(reading.text, count.end):
        return Role.VISITED
    if _is_not_so_many(reading, count):
        return Role.PART
    if _P["meant_number"].search(reading.text, clause.start, count.start):
        return Role.LEFT
    if _P["only_possible"].search(reading.text, clause.start, count.start):
        return Role.OWNED
    if count is not reading.counts[0] and _P["to_come"].search(reading.text, clause.start, count.start):
        return Role.LEFT
    if reading.hits.any_within(near, count.start, "count_left"):
        done = _P["all_done_after"].match(reading.text, count.end) is not None
        return Role.VISITED if done and _P["left_before"].search(reading.text, 0, count.start) else Role.LEFT
    if _P["left_over"].match(reading.text, count.end) or _denied(reading, count, clause):
        return Role.LEFT
    if _of_those_before(reading, count):
        return Role.VISITED
    if _only_owned(reading, count, clause):
        return Role.OWNED
    return Role.PART if _part_of_others(reading, count, clause) else Role.VISITED


def _one_of_each(reading: Reading, count: Count) -> bool:
    """三户,一户两棵; 21户,一户不漏; 荣叔荣婶各算一户: no household beside those counted before."""
    if count.value != 1 or count is reading.counts[0]:
        return False
    after = _P["a_household_each"].match(reading.text, count.end)
    return after is not None or any(_before(reading, count, name) for name in ("each_reckoned", "one_of_all"))


def _reported_before(reading: Reading, count: Count) -> bool:
    """昨天报的5户,今天又走3户: only said again, where another number is told."""
    if len(reading.counts) < 2:
        return False
    after = _P["reported_already"].match(reading.text, count.end)
    return after is not None or _before(reading, count, "reported_before")


def _reckoned_in(reading: Reading, count: Count) -> bool:
    """合计走访9户,电话1户也算在里头; 看了4户,昨天那8户照旧: nothing beside the number told before."""
    if count is reading.counts[0]:
        return False
    return _P["reckoned_in"].match(reading.text, count.end) is not None or _before(
        reading, count, "part_by_means"
    )


def _is_not_so_many(reading: Reading, count: Count) -> bool:
    """走了3户,不是14户."""
    denied = _before(reading, count, "not_so_many")
    return denied and _P["but_so_many"].match(reading.text, count.end) is None


def _before(reading: Reading, count: Count, name: str) -> bool:
    return _P[name].search(reading.text, max(0, count.start - _NEAR), count.start) is not None


def is_denied(text: str, start: int) -> bool:
    """Whether "not" stands just before the verb at `start`."""
    return _P["not"].search(text, max(0, start - 3), start) is not None


def _denied(reading: Reading, count: Count, clause: Clause) -> bool:
    """没走访3户: a verb denied before the number, and none told as done between."""
    text, hits = reading.text, reading.hits
    denied = [end for _, end in hits.within("visit_not", clause.start, count.start)]
    for name in (*_VERBS, "phone", "online"):
        places = hits.within(name, clause.start, count.start)
        denied += [end for start, end in places if is_denied(text, start)]
    return bool(denied) and not _P["verb_done"].search(text, min(denied), count.start)


def _called_on(reading: Reading, count: Count, clause: Clause) -> bool:
    """People counted are households only where they are called on: 看望了两位老人, but not 小凡家的三个娃."""
    before = reading.text[max(clause.start, count.start - 10) : count.start]
    if _P["of_one_home"].search(before):
        return False
    if _P["comrades"].search(count.unit) and not _P["called_on_comrades"].search(before):
        return False
    return _P["called_on"].search(before) is not None


def _only_owned(reading: Reading, count: Count, clause: Clause) -> bool:
    """包的3户: linked households, not said to be visited."""
    text, hits = reading.text, reading.hits
    owned = hits.within("count_owned", max(clause.start, count.start - 8), count.start)
    if not owned or _P["verb_before_owned"].search(text[clause.start : owned[-1][0]]):
        return False
    if hits.any_within(owned[-1][1], count.start, *_VERBS, "visit_touch"):
        return False
    another = any(count.end <= c.start < clause.end for c in reading.counts if not _each(count, c))
    return another or not _P["all_done_after"].match(text[count.end : clause.end])


def _each(count: Count, later: Count) -> bool:
    """七户一家送了一壶油: so much for each of them."""
    return later.start == count.end and later.value == 1


def _of_those_before(reading: Reading, count: Count) -> bool:
    """我联系的7户里5户回访了: so many of those that are only linked."""
    told_before = bisect_left(reading.counts, count.start, key=attrgetter("start"))
    earlier = reading.counts[told_before - 1] if told_before else None
    return earlier is not None and _P["of_whom_so_many"].match(reading.text, earlier.end) is not None


def _part_of_others(reading: Reading, count: Count, clause: Clause) -> bool:
    """其中2户: counted before already."""
    if _P["compared"].search(reading.text, clause.start, count.start):
        return True
    told_before = bisect_left(reading.counts, count.start, key=attrgetter("start"))
    if not told_before:
        return False
    earlier = reading.counts[told_before - 1]
    if (count.value or 0) < (earlier.value or 0) and _before(reading, count, "included"):
        return True
    before = reading.text[sentence_of(reading, clause).start : count.start]
    if _P["part_of"].search(before):
        return True
    near = max(clause.start, count.start - 3)
    return count.start > clause.start and reading.hits.any_within(near, count.start, "count_part")


def choose_count(reading: Reading, own: list[Count], clause: Clause) -> Count | None:
    """The number that counts: after a verb rather than before, households rather than times."""
    if not own:
        return None
    hits = reading.hits
    proper = [count for count in own if count.kind is not CountKind.TIMES] or own
    slip = _P["self_correcting"].search(reading.text, clause.start, clause.end)
    if slip is not None:
        return next((count for count in proper if count.start >= slip.end()), proper[-1])
    known = [count for count in proper if count.value is not None] or proper
    known = [count for count in known if not _family_of_somebody(reading, count)] or known
    known = [count for count in known if not _sum_of_days(reading, count)] or known
    for count in known:
        if hits.any_within(max(clause.start, count.start - 3), count.start, "total"):
            return count
    for count in known:
        if hits.any_within(max(clause.start, count.start - 14), count.start, *_VERBS, "phone", "online"):
            return count
    return known[0]


def _family_of_somebody(reading: Reading, count: Count) -> bool:
    """三位邻居:老傅、焦奶奶、焦奶奶的孙女一家."""
    return reading.text[count.start : count.end] == "一家" and _before(reading, count, "family_of")


def _sum_of_days(reading: Reading, count: Count) -> bool:
    """昨天去了三户今天又去了一户总共四户: the total of several days, which says nothing of the last."""
    if not reading.hits.any_within(max(0, count.start - 3), count.start, "total"):
        return False
    before = [each for each in reading.counts if each.end <= count.start and each.value]
    days = {day.day for day in reading.days if day.end <= count.start}
    return len(before) > 1 and len(days) > 1 and count.value == sum(each.value or 0 for each in before)


def bare_count(reading: Reading, clause: Clause, verbs: list[Place]) -> Count | None:
    """走了仨, 走访户数:4, 走了5个."""
    text = reading.text
    for count in bare_numbers(text, clause.start, min(len(text), clause.end)):
        before = text[clause.start : count.start]
        if _P["no_households"].match(text, count.end):
            continue
        if _P["number_field"].search(before):
            return count
        after_verb = any(count.start - 1 <= end <= count.start for _, end in verbs)
        if count.value and count.value < _BARE and after_verb and _P["verb_before_bare"].search(before):
            return count
    return None
