"""How many of the households gone to, or called, were met: 敲了10户门,开门的7户."""

from __future__ import annotations

from bot.domain.acts import VisitMode
from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import Count, bare_numbers, read_numeral
from bot.text.reading import Reading
from bot.text.visits.counting import numbers_in
from bot.text.visits.events import Event

_P = patterns("visits")
_SEVERAL = 2
_NEAR = 12  # characters before a number that say what it is


def met(reading: Reading, clause: Clause, events: list[Event]) -> bool:
    """敲了10户门,开门的7户; 打了5户,接通3个: as many were contacted as were met."""
    last = events[-1]
    if _fewer_by_the_absent(reading, clause, last):
        return True
    number = _number_met(reading, clause, last)
    if number is not None:
        last.take_number(number.value, (number.start, number.end))
    return number is not None


def _number_met(reading: Reading, clause: Clause, event: Event) -> Count | None:
    """The number in the clause that says how many of those counted before were met."""
    text = reading.text
    for number in numbers_in(reading, clause) or bare_numbers(text, clause.start, clause.end):
        if not (number.value and event.stated and event.count and number.value < event.count):
            continue
        before = text[clause.start : number.start]
        if any(_P[name].match(text, number.end) for name in ("counts_other", "other_means")):
            continue
        if not number.unit and _P["met_weakly"].search(before) and not _ends(text, number):
            continue
        if _P["met"].search(before) or _P["met_after"].match(text, number.end):
            return number
    return None


def _ends(text: str, number: Count) -> bool:
    """就见着4; but 只有四个充电口 counts something else."""
    return _P["number_ends"].match(text, number.end) is not None


def _fewer_by_the_absent(reading: Reading, clause: Clause, last: Event) -> bool:
    """上门两户,一户没人: whoever was not there is taken off, unless those met were counted.

    走了9户,还有3户没人在家 tells of others.
    """
    for number in numbers_in(reading, clause):
        if not (number.value and last.stated and last.count and number.value < last.count):
            continue
        earlier = [count for count in reading.counts if count.end <= number.start]
        counted_met = any(
            (count.value or 0) - number.value == last.count
            or (
                count.value == last.count
                and _P["met"].search(reading.text[max(0, count.start - _NEAR) : count.start])
            )
            for count in earlier
        ) or _P["met"].search(reading.text[last.start : clause.start])
        if _P["besides"].search(reading.text, clause.start, number.start) or _P["met_later"].search(
            reading.text, number.end
        ):
            continue
        if _P["absent_after"].match(reading.text, number.end) and not counted_met:
            last.take_number(last.count - number.value, (number.start, number.end))
            return True
    return False


def take_reckoned(reading: Reading, events: list[Event]) -> None:
    """好像是六户,也好像是七户,给我算六户: the only visit told has the number reckoned last.

    Or what is left of it: 四家,有一家不在,所以三家.
    """
    if len(events) != 1 or len(reading.counts) < _SEVERAL or not events[0].stated:
        return
    rest = _P["reckoned_rest"].search(reading.text, reading.counts[0].end)
    left = read_numeral(rest["n"]) if rest else None
    if rest and left and left < (events[0].count or 0):
        events[0].take_number(left, rest.span())
        return
    reckoned = _P["reckoned_last"].search(reading.text, max(0, reading.counts[-1].start - 2))
    number = read_numeral(reckoned["n"]) if reckoned else None
    if reckoned and number and number >= _SEVERAL:
        events[0].take_number(number, reckoned.span())


def take_met_after_all(reading: Reading, events: list[Event]) -> None:
    """Give the only visit told the number of those met, where that stands behind its own."""
    if len(events) != 1 or not events[0].count:
        return
    event, whole = events[0], events[0].count
    told = next((count.end for count in reading.counts if count.value == whole), None)
    absent = _absent_in_order(reading, whole)
    if absent:
        event.count = whole - absent
    elif told is not None and not _all_met(reading, event, told):
        behind = [each for each in reading.clauses.clauses if each.end > told]
        numbers = (_number_met(reading, each, event) for each in behind if _is_told(reading, each))
        number = next((each for each in numbers if each and not _weakly(reading, each)), None)
        if number is not None:
            event.take_number(number.value, (number.start, number.end))


def _weakly(reading: Reading, number: Count) -> bool:
    """就3户 may count something else than those met."""
    near = max(0, number.start - _NEAR)
    return _P["met_weakly"].search(reading.text, near, number.start) is not None


def _absent_in_order(reading: Reading, whole: int) -> int:
    """走了三家,第一家…,第二家…,第三家没找着人: how many of those told one by one were not met."""
    if not reading.counts or reading.counts[0].value != whole:
        return 0
    places = [read_numeral(found["n"]) or 0 for found in _P["absent_in_order"].finditer(reading.text)]
    return sum(place <= whole for place in places) if len(places) < whole else 0


def _all_met(reading: Reading, event: Event, told: int) -> bool:
    """五户,三户在家两户在地: all of them were met; 七户,一户在家打牌: one of them is told of.

    told: the place behind the number of the visit.
    """
    behind = [count.value or 0 for count in reading.counts if count.start >= told]
    if event.count in behind:
        return True
    if sum(behind) != event.count and behind != [1]:
        return False
    missed = "unreached" if event.mode is VisitMode.PHONE else "away"
    return _P[missed].search(reading.text, told) is None


def _is_told(reading: Reading, clause: Clause) -> bool:
    """Of what has been: 明儿再入户2户 is not."""
    return not any(day.span is Span.FUTURE for day in reading.days if clause.start <= day.start < clause.end)
