"""A clause that gives but the number of the visit before it (…,共四家; 是11户; 3户)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.text.clauses import Clause
from bot.text.dates import Day, Span
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import Count, CountKind
from bot.text.reading import Reading
from bot.text.visits.counting import is_visited, numbers_in
from bot.text.visits.days_told import past_days_told
from bot.text.visits.events import Event
from bot.text.visits.met import met
from bot.text.visits.signs import told_of_period

_P = patterns("visits")
_PERSONS = ("位", "名")
_NEAR = 20  # characters before a number in which it is told of another day
_ONE_BY_ONE = 20  # people; more of them are called on together


@dataclass(frozen=True, slots=True)
class Late:
    """A number in a clause after the visits told so far. numbers: all of the clause, `number` the first."""

    reading: Reading
    clause: Clause
    events: list[Event]
    numbers: list[Count]

    @property
    def number(self) -> Count:
        return self.numbers[0]

    @property
    def last(self) -> Event:
        return self.events[-1]

    @property
    def total(self) -> bool:
        """A word such as 一共 before the number."""
        return self.reading.hits.any_within(self.clause.start, self.number.start, "total")


def take_late_number(reading: Reading, events: list[Event], clause: Clause) -> None:
    """Look whether the clause only gives a number, and if so whose; `events` is changed."""
    if not events or clause.start <= events[-1].start or reading.has("visit_plan", clause):
        return
    if met(reading, clause, events):
        return
    numbers = [count for count in numbers_in(reading, clause) if _of_households(count)]
    if not numbers:
        return
    late = Late(reading, clause, events, numbers)
    if late.number.kind is CountKind.PEOPLE:
        if late.last.stated or _part_of_those_before(late):
            return
    elif not is_visited(reading, late.number, clause):
        return
    for rule in RULES:
        if rule(late):
            return


def _part_of_those_before(late: Late) -> bool:
    """给六位老人量血压,一位偏低: of those counted before."""
    earlier = (count for count in late.reading.counts if count.end <= late.clause.start)
    return any((late.number.value or 0) < (count.value or 0) for count in earlier)


def _of_households(count: Count) -> bool:
    if count.kind is CountKind.PEOPLE:
        return count.unit.startswith(_PERSONS) and (count.value or 0) <= _ONE_BY_ONE
    return count.kind is CountKind.HOUSEHOLDS


def running_total(late: Late) -> bool:
    """今日2户,本月累计5户: a total makes a visit of its own."""
    last, clause = late.last, late.clause
    past = [day for day in past_days_told(late.reading, clause) if day.start < late.number.start]
    period = any(day.span is Span.PERIOD for day in past)
    day = past[-1].day if period else late.reading.today
    another = not last.cumulative or (period and (day != last.day or _of_longer(late, past[-1])))
    if not (last.stated and another and (period or late.reading.has("cumulative", clause))):
        return False
    if not any(event.start >= clause.start for event in late.events):
        _append(late, day, cumulative=True)
    return True


def _of_longer(late: Late, period: Day) -> bool:
    """本周2户,本月累计7户."""
    earlier = [day.words for day in late.reading.days if day.end <= late.clause.start]
    alone = _P["total_of_period"].fullmatch(late.reading.text, period.end, late.clause.end)
    return bool(earlier) and period.words not in earlier and alone is not None


def with_another_day(late: Late) -> bool:
    """五月走了七户,算上今天的是八户."""
    last, number = late.last, late.number
    if not (last.stated and last.count and number.value and number.value > last.count):
        return False
    start = max(last.start, number.start - _NEAR)
    if not _P["with_another_day"].search(late.reading.text, start, number.start):
        return False
    last.count = number.value
    last.words.append((number.start, number.end))
    return True


def another_day(late: Late) -> bool:
    """周一3户,周二4户."""
    near = [
        day
        for day in past_days_told(late.reading, late.clause)
        if day.span is Span.DAY
        and _P["number_of_day"].fullmatch(late.reading.text, day.end, late.number.start)
    ]
    known = {event.day for event in late.events if not event.cumulative}
    if not near or not late.last.stated or late.number.value is None or near[-1].day in known:
        return False
    _append(late, near[-1].day, cumulative=False)
    return True


def correction(late: Late) -> bool:
    """12户,不对,是11户."""
    last = late.last
    slip = _P["self_correcting"].search(late.reading.text[last.start : late.clause.end])
    if slip is None or not last.stated:
        return False
    if late.number.start > slip.start() + last.start:
        right = late.numbers[-1]
        last.count = right.value
        last.words.append((right.start, right.end))
    return True


def number_alone(late: Late) -> bool:
    """走访了联系户,共4户."""
    if late.last.stated or not (late.total or _only_a_number(late)):
        return False
    _complete(late)
    late.last.words.append((late.number.start, late.number.end))
    return True


def number_of_object(late: Late) -> bool:
    """入户走访,联系群众4户."""
    last, clause = late.last, late.clause
    if last.stated or not last.strong or last.names:
        return False
    if not late.reading.hits.any_within(clause.start, late.number.start, "visit_object"):
        return False
    _complete(late)
    return True


def sum_of_named(late: Late) -> bool:
    """2号去了老佟家,3号去了老卜家,两户都在: says nothing new."""
    told = [event.count or len(event.names) for event in late.events]
    return len(told) > 1 and not late.last.stated and late.number.value == sum(told)


def sum_of_all(late: Late) -> bool:
    """周一3户,周二4户,共7户: says nothing new."""
    counted = sum(event.count or 0 for event in late.events)
    return late.total and late.number.value == counted and len(late.events) > 1


def total_after_parts(late: Late) -> bool:
    """上午2户,一共5户."""
    last, number = late.last, late.number
    if not (late.total and last.stated and number.value is not None):
        return False
    if last.cumulative or past_days_told(late.reading, late.clause):
        return False
    last.count = number.value
    return True


RULES: tuple[Callable[[Late], bool], ...] = (
    with_another_day,
    running_total,
    another_day,
    correction,
    sum_of_named,
    number_alone,
    number_of_object,
    sum_of_all,
    total_after_parts,
)


def _append(late: Late, day: date, *, cumulative: bool) -> None:
    number = late.number
    if number.value is None:
        return
    event = Event(late.clause.start, day, late.last.mode, cumulative=cumulative, period=cumulative)
    event.rule = "late_number"
    event.take_number(number.value, (number.start, number.end))
    late.events.append(event)


def _complete(late: Late) -> None:
    last = late.last
    last.count, last.stated = late.number.value, late.number.value is not None
    last.cumulative = last.stated and (
        last.period or late.reading.has("cumulative") or told_of_period(late.reading)
    )


def _only_a_number(late: Late) -> bool:
    """Nothing but names stands before the number, and it counts nothing else."""
    text, clause, number = late.reading.text, late.clause, late.number
    before = text[clause.start : number.start]
    for name in late.reading.names:
        if clause.start <= name.start < number.start:
            before = before.replace(name.text, "")
    before = _P["between_names"].sub("", before)
    alone = _P["only_a_number"].fullmatch(before) is not None
    return alone and not _P["counts_other"].match(text, number.end)
