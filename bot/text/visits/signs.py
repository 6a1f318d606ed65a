"""What a clause says of visits: done or planned, asked, denied.

Functions that give places say where the words stand that decided; null when it is not so.
"""

from __future__ import annotations

from functools import lru_cache

from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Place
from bot.text.numbers import Count
from bot.text.reading import Reading
from bot.text.visits.counting import is_denied, is_visited, numbers_in, sentence_of

Found = tuple[Place, ...] | None

_P = patterns("visits")
_VERBS = ("visit_strong", "visit_move")
_SOON = 5  # characters


def is_done(reading: Reading, clause: Clause) -> bool:
    """Whether the clause has an aspect of completion."""
    return _P["done"].search(reading.text[clause.start : clause.end]) is not None


def told_as_done(reading: Reading, clause: Clause) -> bool:
    """A past day, or the next clause telling how it went, stands for the aspect the clause lacks."""
    after = reading.text[clause.end : clause.end + 30]
    return bool(reading.past_days(clause)) or _P["aspect"].search(after) is not None


def reported_at_once(reading: Reading, clause: Clause, index: int) -> bool:
    """A bare 入户走访 counts with a day to it, or with what was found there."""
    if reading.past_days(clause) or reading.has("report_tail") or _list_at_once(reading, clause):
        return True
    return bool(reading.counts) and index + 2 >= len(reading.clauses.clauses)


def number_follows(reading: Reading, index: int) -> bool:
    """A number stands in one of the next two clauses."""
    following = reading.clauses.clauses[index + 1 : index + 3]
    return any(c.start < n.start + 1 <= c.end for c in following for n in reading.counts)


def list_follows(reading: Reading, clause: Clause) -> bool:
    """The next clause opens with a name, or the clause spoke of households."""
    after = next((c for c in reading.clauses.clauses if c.start >= clause.end), None)
    later = next((n for n in reading.names if n.start >= clause.end), None)
    if after is None or later is None:
        return False
    if after.start <= later.start <= after.start + 3:
        return True
    return _P["households"].search(reading.text[clause.start : clause.end]) is not None


def _list_at_once(reading: Reading, clause: Clause) -> bool:
    """走访:老王、老李: names of households directly behind the word."""
    return any(clause.end <= name.start <= clause.end + 1 for name in reading.names)


def running_total(reading: Reading, clause: Clause, part: Clause) -> bool:
    """A word such as 累计 in the part of the clause, or before it with no other number between.

    It holds for all ways of contact: 累计走访4户,电话2户.
    """
    if told_of_period(reading) or _totalled(reading, part):
        return True
    before = words_of_totals(reading, sentence_of(reading, clause).start, part.start)
    if before and _P["by_another_means"].match(reading.text, part.start):
        return True
    return any(not any(end <= count.start < part.start for count in reading.counts) for _, end in before)


def _totalled(reading: Reading, part: Clause) -> bool:
    """A word such as 累计."""
    return bool(words_of_totals(reading, part.start, part.end))


def words_of_totals(reading: Reading, start: int, end: int) -> list[Place]:
    """入伏以来最热一天 speaks of none, and 从15号到今天, 昨天下午到今天上午 of but a few days."""
    within = reading.hits.within("cumulative", start, end)
    return [
        place
        for place in within
        if not _P["superlative"].match(reading.text, place[1]) and not _of_few_days(reading, place)
    ]


def _of_few_days(reading: Reading, place: Place) -> bool:
    if _P["put_off"].search(reading.text, 0, place[0]):
        return True
    reach = _SOON if _P["until_a_day"].match(reading.text, place[0]) else 0
    days = (day for day in reading.days if day.span is not Span.PERIOD and day.start < place[0])
    return any(place[0] < day.end or (place[0] < day.end + reach and day.day < reading.today) for day in days)


def told_of_period(reading: Reading) -> bool:
    """这个月的任务完成: what is counted is the whole of it."""
    return _ends_period(reading.text)


@lru_cache(maxsize=1)  # asked of every clause of a message
def _ends_period(text: str) -> bool:
    return _P["period_done"].search(text) is not None


# ------------------------------------------------------------------ asked


def asked(reading: Reading, clause: Clause) -> Found:
    """The clause asks after visits."""
    text = reading.text
    if text[clause.end : clause.end + 1] == "?":
        return ((clause.end, clause.end + 1),)
    piece = text[clause.start : clause.end]
    found = _P["question_for_sure"].search(piece)
    if found is None and not reading.has("self_subject", clause):
        found = _P["question"].search(piece)
    if found is not None and _P["asked_by_others"].search(piece, 0, found.start()):
        return None
    return ((clause.start + found.start(), clause.start + found.end()),) if found else None


# ------------------------------------------------------------------ planned, not done


def unvisited(reading: Reading, clause: Clause) -> Found:
    """The clause is about what is planned or was not done."""
    hits = reading.hits
    visited = [count for count in numbers_in(reading, clause) if is_visited(reading, count, clause)]
    nots = hits.within("visit_not", clause.start, clause.end)
    nots = [place for place in nots if not _not_of_a_visit(reading, place[0])]
    if nots and not visited and not _seen_before(reading, clause, nots[0][0]):
        return tuple(nots)
    due = None
    if "前" in reading.text:
        due = _P["before_a_day"].search(reading.text, clause.start, clause.end)
    if due and not _P["ended"].search(reading.text, due.start(), clause.end):
        return (due.span(),)
    nobody = _nobody_in(reading, clause)
    if nobody is not None:
        return nobody
    meant = plan_goes_on(reading, clause)
    if meant is not None:
        return meant
    never = _never_came_about(reading, clause)
    if never is not None:
        return never
    plans = hits.within("visit_plan", clause.start, clause.end)
    plans = [
        place
        for place in plans
        if not (reading.text.startswith(":", place[1]) or reading.text.startswith("按", place[0] - 1))
    ]
    if not plans:
        return None if visited else _ahead(reading, clause)
    return None if _done_all_the_same(reading, clause, plans, visited) else tuple(plans)


def _not_of_a_visit(reading: Reading, place: int) -> bool:
    """儿子三年没打钱, 兽医站的电话打不通, 昨天没看成的那户: the words are of something else."""
    if _P["not_otherwise"].match(reading.text, place):
        return True
    return _P["office_called"].search(reading.text, 0, place) is not None or (
        _P["in_vain"].match(reading.text, place) is not None and is_denied(reading.text, place)
    )


def _seen_before(reading: Reading, clause: Clause, place: int) -> bool:
    """今天去看了彭大爷他腿上那个口子还没好: the visit is told before what was not."""
    return any(
        clause.start <= name.start
        and name.end < place - 1
        and _P["verb_done"].search(reading.text, clause.start, name.start)
        for name in reading.names
    )


def _nobody_in(reading: Reading, clause: Clause) -> Found:
    stretch = reading.text[clause.start : clause.end + 12]
    found = _P["nobody_in"].search(stretch)
    if found is None or clause.start + found.start() >= clause.end:
        return None
    if _P["somebody_in"].search(reading.text) or _of_some_only(reading, clause, clause.start + found.end()):
        return None
    return ((clause.start + found.start(), clause.start + found.end()),)


def _of_some_only(reading: Reading, clause: Clause, end: int) -> bool:
    """跑了六户两户没人开门: nobody was in at fewer than were gone to."""
    counted = [count for count in numbers_in(reading, clause) if count.end <= end]
    if len(counted) < 2 or is_visited(reading, counted[-1], clause):
        return False
    gone_to, left = counted[0].value, counted[-1].value
    return bool(gone_to and left and gone_to > left and is_visited(reading, counted[0], clause))


def plan_goes_on(reading: Reading, clause: Clause) -> Found:
    """打算周四走两户,周五走一户: the plan that the sentence begins with goes on."""
    sentence = sentence_of(reading, clause)
    plan = _P["plan_of_sentence"].match(reading.text, sentence.start, clause.start)
    if plan is None or is_done(reading, clause) or _P["no_plan"].search(reading.text, plan.end(), clause.end):
        return None
    return (plan.span(),)


def _never_came_about(reading: Reading, clause: Clause) -> Found:
    """要不是车坏了,我就到老王家了; 明天去走访,先去老王家: what the sentence began with holds on.

    本来想走5户,结果只走到3家 tells how it ended.
    """
    sentence = sentence_of(reading, clause)
    words = reading.hits.within("visit_if", sentence.start, clause.end)
    words = [place for place in words if place[0] < clause.start or _P["meant"].match(reading.text, place[0])]
    if not words or reading.past_days(clause):
        return None
    if _P["in_the_end"].search(reading.text, words[-1][1], clause.end):
        return None
    contrary = any(_P["contrary"].match(reading.text, start) for start, _ in words)
    contrary = contrary and not (all(end <= clause.start for _, end in words) and _only_meant(reading, words))
    return tuple(words) if contrary or not is_done(reading, clause) else None


def _only_meant(reading: Reading, words: list[Place]) -> bool:
    """本来要去5户: what came of it may be told afterwards."""
    return all(_P["meant"].match(reading.text, start) for start, _ in words)


def _ahead(reading: Reading, clause: Clause) -> Found:
    future = tuple(
        (day.start, day.end)
        for day in reading.days
        if day.span is Span.FUTURE and clause.start <= day.start < clause.end
    )
    return future or None


def _done_all_the_same(reading: Reading, clause: Clause, plans: list[Place], visited: list[Count]) -> bool:
    """A word of planning stands in the clause, and yet it tells what was done."""
    text, hits = reading.text, reading.hits
    piece = text[clause.start : clause.end]
    if not _P["firm_plan"].search(piece) and _P["verb_done"].search(piece):
        return True
    if visited and all(start > visited[0].end for start, _ in plans):
        return True
    verbs = (hit[0] for name in _VERBS for hit in hits.within(name, clause.start, clause.end))
    verb = min(verbs, default=clause.end)
    if all(start > verb for start, _ in plans) and is_done(reading, clause):
        return True
    return (
        bool(visited) and plans[0][0] > verb and bool(_P["completed"].search(text[verb : visited[0].start]))
    )
