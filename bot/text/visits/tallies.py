"""Reports of nothing but days and numbers, and those of several members."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from bot.domain.acts import VisitMode
from bot.text.clauses import Clause
from bot.text.dates import Day, Span
from bot.text.lexicon.patterns import patterns
from bot.text.names import sure_surname
from bot.text.numbers import Count, CountKind
from bot.text.reading import Reading
from bot.text.visits.counting import Role, is_visited, role_of
from bot.text.visits.days_told import days_told
from bot.text.visits.events import Event
from bot.text.visits.lots import lots_told
from bot.text.visits.met import met
from bot.text.visits.others_visits import others
from bot.text.visits.refusing import overruled
from bot.text.visits.signs import asked, told_of_period, unvisited, words_of_totals

_P = patterns("visits")
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
    if any(c.value != whole for c in apart) or says_otherwise(reading, *with_numbers(reading)):
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
    if says_otherwise(reading, *with_numbers(reading)):
        return []
    for event in events:
        event.rule = "bare_list"
    return events


def quota_met(reading: Reading) -> list[Event]:
    """联系户 5/5 完成."""
    found = _P["quota"].search(reading.text)
    if found is None or int(found[1]) > int(found[2]):
        return []
    period = any(day.span is Span.PERIOD for day in days_told(reading))
    event = Event(0, reading.today, cumulative=period, strong=True, rule="quota_met")
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
    if not _P["report_ends"].fullmatch(text, number.end, clause.end) or says_otherwise(reading, clause):
        return []
    period = bool(past) and past[-1].span is Span.PERIOD
    total = (
        period or (not past and told_of_period(reading)) or bool(words_of_totals(reading, 0, number.start))
    )
    event = Event(number.start, past[-1].day if past else reading.today, cumulative=total, period=period)
    event.rule = "number_only"
    event.take_number(number.value + _more_lots(reading, number), (number.start, number.end))
    slip = _P["self_correcting"].search(text, number.end)
    right = next((count for count in reading.counts if slip and count.start >= slip.end()), None)
    if right is not None:
        event.take_number(right.value, (right.start, right.end))
        return [event]
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


def bare_list(reading: Reading) -> list[Event]:
    """5月3日2户、5月7日4户."""
    text, days = reading.text, days_told(reading)
    if len(text) > _LONGEST_LIST or not days or says_otherwise(reading, *with_numbers(reading)):
        return []
    if _P["planned_list"].search(text, 0, days[0].start):
        return []
    limits = [*(day.start for day in days[1:]), len(text)]
    rows = (_row(reading, day, limit) for day, limit in zip(days, limits, strict=True))
    events = [row for row in rows if row is not None]
    if len(events) < _ROWS and (len(text) > _LONGEST_SINGLE or len(reading.counts) > 1):
        return []
    return events


def with_numbers(reading: Reading) -> list[Clause]:
    """Clauses that hold a number or a name; all of them when none does."""
    clauses = reading.clauses.clauses
    starts = [*(count.start for count in reading.counts), *(name.start for name in reading.names)]
    holding = [clause for clause in clauses if any(clause.start <= start < clause.end for start in starts)]
    return holding or list(clauses)


def says_otherwise(reading: Reading, *clauses: Clause) -> bool:
    """Asked, planned, of somebody else: in what has a number or is all there is."""
    if _P["duties"].search(reading.text):
        return True
    if _P["question"].search(reading.text) or reading.has("visit_social"):
        return True
    headed = _P["heading"].search(reading.text) and not _P["template"].search(reading.text)
    if reading.has("visit_rule") and not headed:
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
    total = total or _P["as_of"].search(reading.text, 0, day.start) is not None
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
