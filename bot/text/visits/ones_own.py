"""The speaker's own number, told beside those of others."""

from __future__ import annotations

from itertools import pairwise

from bot.text.clauses import Clause
from bot.text.dates import Span, days
from bot.text.lexicon.patterns import patterns
from bot.text.normalise import normalise
from bot.text.numbers import Count, CountKind, counts
from bot.text.reading import Reading
from bot.text.visits.counting import households_counted
from bot.text.visits.days_told import past_days_told
from bot.text.visits.events import Event
from bot.text.visits.signs import told_of_period

_P = patterns("visits")
_MOST = 60  # households that one answer tells of
_NEAR = 12  # characters before a number in which it is said whose it is


def only_own(reading: Reading, events: list[Event]) -> bool:
    """书记31户,我这个月15户: of what others did too the speaker's alone is left; `events` is changed."""
    own = _own_share(reading) if events else None
    if own is None:
        return False
    place = (own.start, own.end)
    event = next((each for each in events if place in each.words), events[0])
    clause = reading.clause_at(own.start)
    of_period = told_of_period(reading) or (clause is not None and _of_month(reading, clause))
    event.cumulative = event.cumulative or event.period or of_period
    event.take_number(own.value, place)
    events[:] = [event]
    return True


def own_beside_others(reading: Reading) -> list[Event]:
    """听小苗说她去了6户,我就3户: what others did refuses no number of one's own."""
    own = _own_share(reading)
    if own is None:
        return []
    past = [day for day in reading.days if day.end <= own.start and day.span is not Span.FUTURE]
    period = bool(past) and past[-1].span is Span.PERIOD
    event = Event(own.start, past[-1].day if past else reading.today, cumulative=period, period=period)
    event.rule = own_beside_others.__name__
    event.take_number(own.value or 0, (own.start, own.end))
    return [event]


def own_in_answer(reading: Reading) -> list[Event]:
    """我才2户, in answer to 这个月走了6户: one's own number, of the same time."""
    reply = normalise(reading.message.reply_to or "").text
    own = _own(reading, households_counted(reading))
    if (
        len(own) != 1
        or (own[0].value or 0) > _MOST
        or not any(count.kind is CountKind.HOUSEHOLDS for count in counts(reply))
    ):
        return []
    period = any(day.span is Span.PERIOD for day in (*days(reply, reading.today), *reading.days))
    total = period or any(_P[name].search(reply) for name in ("of_period", "period_done"))
    event = Event(own[0].start, reading.today, cumulative=total, period=total)
    event.rule = own_in_answer.__name__
    event.take_number(own[0].value or 0, (own[0].start, own[0].end))
    return [event]


def _of_month(reading: Reading, clause: Clause) -> bool:
    return any(day.span is Span.PERIOD for day in past_days_told(reading, clause))


def _own_share(reading: Reading) -> Count | None:
    """共计四十一户,我自己走了十户: the speaker's, of a number that several share."""
    told = households_counted(reading)
    for earlier, count in pairwise(told):
        if (count.value or 0) < (earlier.value or 0) and _P["own_share"].search(
            reading.text, earlier.end, count.start
        ):
            return count
    return _told_apart_from_others(reading, told)


def _told_apart_from_others(reading: Reading, told: list[Count]) -> Count | None:
    """老崔3户,小舒5户,我2户."""
    own = _own(reading, told)
    others = [count for count in reading.counts if _stands_before(reading, count, "theirs")]
    return own[0] if len(own) == 1 and others else None


def _own(reading: Reading, told: list[Count]) -> list[Count]:
    """The speaker's; 我一户没走 is none."""
    mine = (count for count in told if _stands_before(reading, count, "mine"))
    return [count for count in mine if _P["left_over"].match(reading.text, count.end) is None]


def _stands_before(reading: Reading, count: Count, name: str) -> bool:
    return _P[name].search(reading.text, max(0, count.start - _NEAR), count.start) is not None
