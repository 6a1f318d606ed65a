"""What a clause says of visits: done or planned, asked, denied, somebody else's.

Functions that give places say where the words stand that decided; null when it is not so.
"""

from __future__ import annotations

from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.lexicon.patterns import patterns
from bot.text.names import Name, NameKind, is_no_name, sure_surname
from bot.text.notes import Place
from bot.text.numbers import Count
from bot.text.reading import Reading
from bot.text.visits.counting import is_visited, numbers_in, sentence_of

Found = tuple[Place, ...] | None

_P = patterns("visits")
_OPENING, _CLOSING = '“「『"', '”」』"'
_VERBS = ("visit_strong", "visit_move")


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
    """A word such as 累计 in the part of the clause, or before it with no other number between."""
    if told_of_period(reading) or _totalled(reading, part):
        return True
    sentence = sentence_of(reading, clause)
    return any(
        not any(end <= count.start < part.start for count in reading.counts)
        for _, end in reading.hits.within("cumulative", sentence.start, part.start)
    )


def _totalled(reading: Reading, part: Clause) -> bool:
    """A word such as 累计; 从15号到今天 is but a few days."""
    within = reading.hits.within("cumulative", part.start, part.end)
    return any(not any(day.start < start and end <= day.end for day in reading.days) for start, end in within)


def told_of_period(reading: Reading) -> bool:
    """这个月的任务完成: what is counted is the whole of it."""
    return _P["period_done"].search(reading.text) is not None


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
    return ((clause.start + found.start(), clause.start + found.end()),) if found else None


# ------------------------------------------------------------------ planned, not done


def unvisited(reading: Reading, clause: Clause) -> Found:
    """The clause is about what is planned or was not done."""
    hits = reading.hits
    visited = [count for count in numbers_in(reading, clause) if is_visited(reading, count, clause)]
    nots = hits.within("visit_not", clause.start, clause.end)
    if nots and not visited:
        return tuple(nots)
    due = None
    if "前" in reading.text:
        due = _P["before_a_day"].search(reading.text, clause.start, clause.end)
    if due and not _P["ended"].search(reading.text, due.start(), clause.end):
        return (due.span(),)
    nobody = _nobody_in(reading, clause)
    if nobody is not None:
        return nobody
    never = _never_came_about(reading, clause)
    if never is not None:
        return never
    plans = hits.within("visit_plan", clause.start, clause.end)
    plans = [place for place in plans if not reading.text.startswith(":", place[1])]
    if not plans:
        return None if visited else _ahead(reading, clause)
    return None if _done_all_the_same(reading, clause, plans, visited) else tuple(plans)


def _nobody_in(reading: Reading, clause: Clause) -> Found:
    stretch = reading.text[clause.start : clause.end + 12]
    found = _P["nobody_in"].search(stretch)
    if found is None or _P["somebody_in"].search(reading.text):
        return None
    return ((clause.start + found.start(), clause.start + found.end()),)


def _never_came_about(reading: Reading, clause: Clause) -> Found:
    """要不是车坏了,我就到老王家了; 明天去走访,先去老王家: what the sentence began with holds on."""
    sentence = sentence_of(reading, clause)
    words = reading.hits.within("visit_if", sentence.start, clause.start)
    if not words or reading.past_days(clause):
        return None
    contrary = any(_P["contrary"].match(reading.text, start) for start, _ in words)
    return tuple(words) if contrary or not is_done(reading, clause) else None


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


# ------------------------------------------------------------------ somebody else's


def others(reading: Reading, clause: Clause) -> Found:
    """The clause speaks of somebody else's visits, of the branch's, or of what visits should be."""
    told = _beside_days(reading, reading.hits["visit_story"])
    if told:
        return tuple(told)
    words = [
        place
        for place in _beside_days(reading, reading.hits.within("visit_others", clause.start, clause.end))
        if not _P["went_along"].search(reading.text, clause.start, place[0])
    ]
    if words and not _self_after(reading, clause, words):
        sentence = sentence_of(reading, clause)
        return tuple(words) if reading.hits.any_within(sentence.start, sentence.end, *_VERBS) else None
    rules = reading.hits.within("visit_rule", clause.start, clause.end)
    if rules and not _task_reported(reading, clause):
        return tuple(rules)
    praise = reading.hits["visit_praise"]
    if praise and not reading.has("self_subject"):
        return tuple(praise)
    return (
        _quoted(reading, clause)
        or _they_served(reading, clause)
        or _somebody_visited(reading, clause)
        or _in_general(reading, clause)
    )


def _they_served(reading: Reading, clause: Clause) -> Found:
    """志愿者给小夏家装了个门铃."""
    they = _P["they_served"].match(reading.text[clause.start : clause.end])
    if they is None or reading.has("self_subject", clause):
        return None
    return ((clause.start, clause.start + they.end()),)


def _beside_days(reading: Reading, words: list[Place]) -> list[Place]:
    """Those that are no part of a day: 我国 in 我国庆走访了3户 is none."""
    return [
        (start, end)
        for start, end in words
        if not any(start < day.end and day.start < end for day in reading.days)
    ]


def _self_after(reading: Reading, clause: Clause, words: list[Place]) -> bool:
    own = reading.hits.within("self_subject", clause.start, clause.end)
    return any(start >= words[-1][1] or _P["i_with"].match(reading.text, end) for start, end in own)


def _task_reported(reading: Reading, clause: Clause) -> bool:
    """A rule word beside a number that is reported as done (完成本月走访任务,走了6户)."""
    if _P["heading"].search(reading.text) and not _P["template"].search(reading.text):
        return bool(reading.counts or reading.names)
    if not any(clause.start <= count.start < clause.end + 20 for count in reading.counts):
        return False
    return _P["task_done"].search(reading.text) is not None or bool(reading.past_days(clause))


def _quoted(reading: Reading, clause: Clause) -> Found:
    """“今天走访了3户”,老张这样报的."""
    text = reading.text
    opens = max(text.rfind(mark, 0, clause.start + 1) for mark in _OPENING)
    if opens < 0 or any(mark in text[opens + 1 : clause.start] for mark in _CLOSING):
        return None
    closes = min((at for mark in _CLOSING if (at := text.find(mark, clause.end)) >= 0), default=-1)
    if closes < 0:
        return None
    told = _P["said_so"].search(text[closes + 1 :]) or _P["says"].search(text[:opens])
    return ((opens, closes + 1),) if told else None


def _somebody_visited(reading: Reading, clause: Clause) -> Found:
    """老张今天走访了5户."""
    for name in reading.names:
        if not clause.start <= name.start < clause.end or name.kind is NameKind.ADDRESS:
            continue
        if not _beside_days(reading, [(name.start, name.end)]):
            continue
        before = reading.text[clause.start : name.start].strip()
        if _P["opens_with"].fullmatch(before) and _P["does"].match(reading.text, name.end):
            return ((name.start, name.end),)
        if _went_to_another(reading, clause, name, before):
            return ((name.start, name.end),)
        after = next((other for other in reading.names if other.start == name.end + 1), None)
        if (
            after
            and reading.text[name.end] in "和跟与"
            and _P["did_households"].match(reading.text, after.end)
        ):
            return ((name.start, after.end),)
    return _full_name_visited(reading, clause)


def _went_to_another(reading: Reading, clause: Clause, name: Name, before: str) -> bool:
    """老程又去看王婆婆了: whoever opens the clause went to whom it names next."""
    text = reading.text
    later = next((other for other in reading.names if name.end <= other.start < clause.end), None)
    if later is None or reading.has("self_subject", clause):
        return False
    opens = _P["opens_with"].fullmatch(before) is not None
    return opens and _P["went_to_another"].fullmatch(text, name.end, later.start) is not None


def _full_name_visited(reading: Reading, clause: Clause) -> Found:
    """刘霞今天走访了4户: a name that only what follows shows."""
    text, start = reading.text, clause.start
    if not sure_surname(text[start : start + 1]) or any(day.start == start for day in reading.days):
        return None
    for end in (start + 2, start + 3):
        if _P["no_name_end"].search(text, start + 1, end) or is_no_name(text[start : start + 2]):
            return None
        if _P["did_households"].match(text, end):
            return ((start, end),)
    return None


def _in_general(reading: Reading, clause: Clause) -> Found:
    """隔壁支部走访了8户; 我托小李去的; 一个月走两户: no visit of the speaker, and none of one day."""
    for pattern in ("someone_visited", "sent_another", "habit"):
        found = _P[pattern].search(reading.text, clause.start, clause.end)
        if found and pattern == "habit" and any(d.start <= found.start() <= d.end for d in reading.days):
            continue  # 过去一周走访5户, 今天一天走访5户
        if found and not (pattern == "someone_visited" and _self_before(reading, clause, found.start())):
            return (found.span(),)
    return None


def _self_before(reading: Reading, clause: Clause, place: int) -> bool:
    """The speaker, or somebody they went with, stands before the place."""
    if _P["with_speaker"].search(reading.text, clause.start, place):
        return True
    return any(end <= place for _, end in reading.hits.within("self_subject", clause.start, clause.end))
