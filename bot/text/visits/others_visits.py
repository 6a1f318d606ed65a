"""Visits told that are somebody else's, the branch's, or nobody's: a rule, a story, praise."""

from __future__ import annotations

from bot.text.clauses import Clause
from bot.text.lexicon.patterns import patterns
from bot.text.names import Name, NameKind, is_no_name, sure_surname
from bot.text.notes import Place
from bot.text.reading import Reading
from bot.text.visits.counting import sentence_of
from bot.text.visits.signs import Found

_P = patterns("visits")
_OPENING, _CLOSING = '“「『"', '”」』"'
_VERBS = ("visit_strong", "visit_move")
_UNLESS_BY_SPEAKER = ("someone_visited", "all_of_us")


def others(reading: Reading, clause: Clause, *, in_passing: bool = True) -> Found:
    """The clause speaks of somebody else's visits, of the branch's, or of what visits should be.

    in_passing: words of stories and of rules count too, wherever they stand.
    """
    told = _beside_days(reading, reading.hits["visit_story"]) if in_passing else None
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
    rules = reading.hits.within("visit_rule", clause.start, clause.end) if in_passing else []
    rules = [place for place in rules if not _P["found_there"].match(reading.text, place[1])]
    if rules and not _task_reported(reading, clause):
        return tuple(rules)
    ranked = _P["ranked"].search(reading.text)
    if ranked is not None:
        return (ranked.span(),)
    praise = reading.hits["visit_praise"] or [each.span() for each in _P["praised"].finditer(reading.text)]
    if praise and not reading.has("self_subject"):
        return tuple(praise)
    return (
        _quoted(reading, clause)
        or _said_by_somebody(reading, clause)
        or _they_served(reading, clause)
        or _somebody_visited(reading, clause)
        or _in_general(reading, clause, in_passing=in_passing)
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


def _said_by_somebody(reading: Reading, clause: Clause) -> Found:
    """送本子来的老齐,说今天走了六家: he is not called on, and they are not the speaker's households."""
    for name in reading.names:
        if name.kind is NameKind.ADDRESS or not reading.text.startswith(",说", name.end):
            continue
        came = name.end == clause.end and reading.text.endswith("来的", clause.start, name.start)
        if came or name.end + 1 == clause.start:
            return ((name.start, name.end),)
    return None


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


def _in_general(reading: Reading, clause: Clause, *, in_passing: bool) -> Found:
    """隔壁支部走访了8户; 我托小李去的; 一个月走两户: no visit of the speaker, and none of one day."""
    for pattern in ("someone_visited", "all_of_us", "sent_another", *(["habit"] if in_passing else [])):
        found = _P[pattern].search(reading.text, clause.start, clause.end)
        if found and pattern == "habit" and any(d.start <= found.start() <= d.end for d in reading.days):
            continue  # 过去一周走访5户, 今天一天走访5户
        if found and not (pattern in _UNLESS_BY_SPEAKER and _self_before(reading, clause, found.start())):
            return (found.span(),)
    return None


def _self_before(reading: Reading, clause: Clause, place: int) -> bool:
    """The speaker, or somebody they went with, stands before the place."""
    if _P["with_speaker"].search(reading.text, clause.start, place):
        return True
    return any(end <= place for _, end in reading.hits.within("self_subject", clause.start, clause.end))
