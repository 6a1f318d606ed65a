"""Reports of nothing but days and numbers, and those of several members."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from operator import attrgetter

from bot.domain.acts import VisitMode
from bot.text.clauses import Clause
from bot.text.dates import Day, Span
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.names import sure_surname
from bot.text.numbers import Count, CountKind, read_numeral
from bot.text.reading import Reading
from bot.text.visits.counting import Role, is_visited, role_of
from bot.text.visits.days_told import days_told, is_feast
from bot.text.visits.events import Event
from bot.text.visits.late_numbers import met
from bot.text.visits.lots import lots_told
from bot.text.visits.others_visits import others
from bot.text.visits.refusing import overruled
from bot.text.visits.signs import asked, told_of_period, unvisited

_P = patterns("visits")
_MEANS: dict[str, VisitMode] = {word: VisitMode(mode) for word, mode in load("visits")["means"].items()}
_OTHERS = "others_visits"
_ROWS = 2  # fewer days with a number are no list of their own when the message is long
_LONGEST_LIST = 60  # characters
_LONGEST_SINGLE = 16


def is_tally_of_several(reading: Reading) -> bool:
    """王军5户,刘霞4户: what each member did, not what the speaker did."""
    rows = _P["tally"].finditer(reading.text)  # 肖家3户 are homes
    named = sum(sure_surname(row[1]) and "家" not in row[0] for row in rows)
    grouped = len(_P["tally_groups"].findall(reading.text))
    if grouped >= _ROWS and _P["tally_asked"].search(reading.text):
        return True
    if not reading.has("visit_rule") or _OTHERS in overruled(reading):
        grouped = 0
    return max(named, grouped) >= _ROWS and not reading.has("self_subject")


def told_by_means(reading: Reading) -> list[Event]:
    """上门3户,电话2户: a visit for each means, unless a total is told or other households are counted."""
    if not _P["spoken_means"].search(reading.text) or _P["part_of"].search(reading.text):
        return []
    found = list(_P["by_means"].finditer(reading.text))
    read = [(_means(match), read_numeral(_number_of(match)) or 0, match.span()) for match in found]
    lots = [lot for lot in read if lot[1]]  # 入户2,电话0
    if len({mode for mode, _, _ in lots}) < _ROWS or _says_otherwise(reading, *_with_numbers(reading)):
        return []
    total = sum(number for _, number, _ in lots)
    apart = [c for c in reading.counts if not any(a <= c.start < b for _, _, (a, b) in lots)]
    told = {count.value for count in apart if count.kind is CountKind.HOUSEHOLDS}
    if told - {total} or (reading.has("total") and not told):
        return []
    if told_by_days(reading):
        return []
    past = [day for day in days_told(reading) if day.span is not Span.FUTURE]
    period = any(day.span is Span.PERIOD for day in past)
    cumulative = period or reading.has("cumulative") or told_of_period(reading)
    events = []
    for mode, number, place in lots:
        before = [day for day in past if day.end <= place[0]] or [day for day in past if not is_feast(day)]
        event = Event(place[0], before[-1].day if before else reading.today, mode, cumulative=cumulative)
        event.rule, event.period = "told_by_means", period
        event.take_number(number, place)
        events.append(event)
    return events


def _means(match: re.Match[str]) -> VisitMode:
    word = match["how"] or match["how_after"] or match["calls"] or match["written"] or ""
    word = next((means for means in _MEANS if means in word), word)
    return _MEANS.get(word, VisitMode.HOME)


def _number_of(match: re.Match[str]) -> str:
    return match["n"] or match["n_before"] or match["n_calls"] or match["n_written"]


def told_by_days(reading: Reading) -> list[Event]:
    """水库那边跑完了,昨天4家今天3家: every household counted is so behind its day, or they are summed up."""
    days = days_told(reading)
    if len(days) < _ROWS or len(reading.counts) < _ROWS:
        return []
    if _P["planned_list"].search(reading.text, 0, reading.counts[0].start):
        return []
    limits = [*(day.start for day in days[1:]), len(reading.text)]
    rows = [(day, _counted_row(reading, day, limit)) for day, limit in zip(days, limits, strict=True)]
    events = [row for _, row in rows if row is not None]
    if len({event.day for event in events}) != len(events) or len(events) < _ROWS:
        return []
    whole = sum(event.count or 0 for event in events)
    places = {place for event in events for place in event.words}
    apart = [c for c in reading.counts if (c.start, c.end) not in places and not _to_come(days, c)]
    if any(c.value != whole for c in apart) or _says_otherwise(reading, *_with_numbers(reading)):
        return []
    return events


def _to_come(days: list[Day], count: Count) -> bool:
    """昨天两户今天两户明天两户: the last are planned."""
    told_before = bisect_right(days, count.start, key=attrgetter("end"))
    return told_before > 0 and days[told_before - 1].span is Span.FUTURE


def _counted_row(reading: Reading, day: Day, limit: int) -> Event | None:
    """昨日电访3户: the number right behind the day, and how they were contacted."""
    number = _number_after(reading, day, limit)
    if day.span is not Span.DAY or number is None or not number.value:
        return None
    if not _P["between_day_and_number"].fullmatch(reading.text[day.end : number.start]):
        return None
    if not is_visited(reading, number, Clause(day.start, limit, 0)):
        return None
    event = Event(day.start, day.day, rule="bare_list")
    if reading.hits.any_within(day.end, number.start, "phone"):
        event.mode = VisitMode.PHONE
    elif reading.hits.any_within(day.end, number.start, "online"):
        event.mode = VisitMode.ONLINE
    event.take_number(number.value, (number.start, number.end))
    return event


def total_by_days(reading: Reading) -> list[Event]:
    """两天走了6户,其中昨天4户,今天2户: the days with their numbers, not the total once more."""
    if len(reading.counts) <= _ROWS or len(days_told(reading)) < _ROWS:
        return []
    parts = _P["part_of"].search(reading.text) is not None
    events = lots_told(reading, lambda count, clause: _visited_household(reading, count, clause, part=parts))
    days = {event.day for event in events}
    if len(days) < _ROWS or any(event.cumulative for event in events):
        return []
    total = reading.counts[0]
    if total.value != sum(event.count or 0 for event in events) or events[0].start == total.start:
        return []
    if _says_otherwise(reading, *_with_numbers(reading)):
        return []
    for event in events:
        event.rule = "bare_list"
    return events


def quota_met(reading: Reading) -> list[Event]:
    """联系户 5/5 完成."""
    found = _P["quota"].search(reading.text)
    if found is None or int(found[1]) > int(found[2]):
        return []
    event = Event(0, reading.today, strong=True, rule="quota_met")
    event.take_number(int(found[1]), found.span())
    return [event]


def number_alone(reading: Reading) -> list[Event]:
    """今天三户,都好: nothing but the number, and how they are."""
    text, number = reading.text, next(iter(reading.counts), None)
    if number is None or not number.value or number.kind is not CountKind.HOUSEHOLDS:
        return []
    reply = reading.message.reply_to
    if reply is not None and not _P["report_asked"].search(reply):
        return []
    clause = reading.clause_at(number.end - 1)
    past = [day for day in days_told(reading) if day.end <= number.start and day.span is not Span.FUTURE]
    opens = text[: number.start]
    for day in past:
        opens = opens.replace(text[day.start : day.end], "")
    if clause is None or not _P["report_opens"].fullmatch(opens):
        return []
    if not _P["report_ends"].fullmatch(text, number.end, clause.end) or _says_otherwise(reading, clause):
        return []
    period = bool(past) and past[-1].span is Span.PERIOD
    total = (
        period
        or (not past and told_of_period(reading))
        or reading.hits.any_within(0, number.start, "cumulative")
    )
    event = Event(number.start, past[-1].day if past else reading.today, cumulative=total, period=period)
    event.rule = "number_only"
    event.take_number(number.value + _more_lots(reading, number), (number.start, number.end))
    for later in reading.clauses.clauses:
        if later.start > number.end and met(reading, later, [event]):
            return [event]
    more = lots_told(reading, lambda count, clause: _visited_household(reading, count, clause))
    several = [each for each in more if (each.day, each.cumulative) != (event.day, event.cumulative)]
    for each in several:
        each.rule = "number_only"
    return sorted([event, *several], key=lambda each: each.start)


def _visited_household(reading: Reading, count: Count, clause: Clause, *, part: bool = False) -> bool:
    """part: what is part of a number told before counts too."""
    if _P["the_same"].search(reading.text, max(0, count.start - 1), count.start):
        return False
    if count.kind is not CountKind.HOUSEHOLDS or not count.value:
        return False
    role = role_of(reading, count, clause)
    return role is Role.VISITED or (part and role is Role.PART)


def _more_lots(reading: Reading, first: Count) -> int:
    """上午两户,下午三户: what is added to the first number; what comes to the same is no more."""
    clauses = reading.clauses.clauses
    more = sum(
        count.value or 0
        for count in reading.counts
        for clause in clauses
        if clause.start <= count.start < clause.end
        and count.start > first.end
        and _P["more_lots"].fullmatch(reading.text, clause.start, count.start)
    )
    return 0 if more == first.value else more


def calls_made(reading: Reading) -> list[Event]:
    """打了九个电话: a household a call, unless offices were called."""
    found = _P["calls"].search(reading.text)
    clause = reading.clause_at(found.start()) if found else None
    if found is None or clause is None or _P["calls_to_offices"].search(reading.text):
        return []
    if _says_otherwise(reading, clause):
        return []
    event = Event(clause.start, _day_before(reading, found.end()), VisitMode.PHONE, rule="calls_made")
    answered = _P["calls_answered"].search(reading.text, found.end())
    made = read_numeral(found["n"] or found["n_after"] or found["n_reached"] or found["n_opens"]) or 0
    absent = _P["calls_unanswered"].search(reading.text, found.end())
    if answered:
        made = read_numeral(answered["n"] or answered["n_before"]) or 0
    elif absent and not found["n_reached"]:
        made -= read_numeral(absent["n"]) or 0
    if made <= 0:
        return []
    event.take_number(made, (answered or found).span())
    return [event]


def _day_before(reading: Reading, place: int) -> date:
    past = [day.day for day in days_told(reading) if day.end <= place and day.span is not Span.FUTURE]
    return past[-1] if past else reading.today


def bare_list(reading: Reading) -> list[Event]:
    """5月3日2户、5月7日4户."""
    text, days = reading.text, days_told(reading)
    if len(text) > _LONGEST_LIST or not days or _says_otherwise(reading, *_with_numbers(reading)):
        return []
    if _P["planned_list"].search(text, 0, days[0].start):
        return []
    limits = [*(day.start for day in days[1:]), len(text)]
    rows = (_row(reading, day, limit) for day, limit in zip(days, limits, strict=True))
    events = [row for row in rows if row is not None]
    if len(events) < _ROWS and (len(text) > _LONGEST_SINGLE or len(reading.counts) > 1):
        return []
    return events


def _with_numbers(reading: Reading) -> list[Clause]:
    """Clauses that hold a number or a name; all of them when none does."""
    clauses = reading.clauses.clauses
    starts = [*(count.start for count in reading.counts), *(name.start for name in reading.names)]
    holding = [clause for clause in clauses if any(clause.start <= start < clause.end for start in starts)]
    return holding or list(clauses)


def _says_otherwise(reading: Reading, *clauses: Clause) -> bool:
    """Asked, planned, of somebody else: in what has a number or is all there is."""
    if _P["duties"].search(reading.text):
        return True
    if _P["question"].search(reading.text) or reading.has("visit_social") or reading.has("visit_rule"):
        return True
    if any(others(reading, clause) is not None for clause in reading.clauses.clauses):
        return True
    return any(sign(reading, clause) is not None for clause in clauses for sign in (asked, unvisited))


def _row(reading: Reading, day: Day, limit: int) -> Event | None:
    """The day with the number that follows it."""
    named = _named_row(reading, day, limit)
    if named is not None:
        return named
    number = _number_after(reading, day, limit)
    if day.span is Span.FUTURE or number is None or not number.value or "户" not in number.unit:
        return None
    if not _P["between_day_and_number"].fullmatch(reading.text[day.end : number.start]):
        return None
    clause = Clause(day.start, limit, 0)
    if not is_visited(reading, number, clause) or reading.has("visit_not", clause):
        return None
    total = day.span is Span.PERIOD or reading.hits.any_within(day.start, number.end, "cumulative")
    event = Event(day.start, day.day, cumulative=total, period=total, rule="bare_list")
    event.take_number(number.value, (number.start, number.end))
    return event


def _named_row(reading: Reading, day: Day, limit: int) -> Event | None:
    """周一张建国、周二李大娘: a name alone behind the day."""
    names = [name for name in reading.names if day.end <= name.start < limit]
    if day.span is not Span.DAY or len(days_told(reading)) < _ROWS or not names:
        return None
    if not _P["between_day_and_number"].fullmatch(reading.text[day.end : names[0].start]):
        return None
    if not _P["row_ends"].match(reading.text, names[-1].end):
        return None
    event = Event(day.start, day.day, rule="bare_list", names=names)
    event.words.append((day.start, names[-1].end))
    return event


def _number_after(reading: Reading, day: Day, limit: int) -> Count | None:
    households = (c for c in reading.counts if c.kind is CountKind.HOUSEHOLDS)
    return next((c for c in households if day.end <= c.start < limit), None)
