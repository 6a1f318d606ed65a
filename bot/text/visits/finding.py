"""From the clauses of a message to the visits it reports."""

from __future__ import annotations

from datetime import date

from bot.domain.acts import Visit
from bot.text.clauses import Clause
from bot.text.dates import Day, Span
from bot.text.lexicon.patterns import patterns
from bot.text.names import Name
from bot.text.notes import Account, Effect, Note
from bot.text.reading import Reading
from bot.text.visits.by_means import calls_made, told_by_means
from bot.text.visits.counting import numbers_in
from bot.text.visits.day_by_day import (
    bare_by_days,
    in_turn,
    so_many_each_day,
    somebody_each_day,
    today_before_total,
    total_beside,
)
from bot.text.visits.days_after import take_day_after, take_period_asked
from bot.text.visits.days_told import past_days_told
from bot.text.visits.events import Event
from bot.text.visits.forms import Form, read_form
from bot.text.visits.joining import join
from bot.text.visits.late_numbers import take_late_number
from bot.text.visits.listed import listed
from bot.text.visits.met import take_met_after_all, take_reckoned
from bot.text.visits.ones_own import own_beside_others, own_in_answer
from bot.text.visits.others_visits import others
from bot.text.visits.people import household_names, is_bystander, reply_names
from bot.text.visits.refusing import overruled, refused
from bot.text.visits.rules import answered, read_clause
from bot.text.visits.services import service_codes
from bot.text.visits.signs import running_total
from bot.text.visits.sums import take_sum
from bot.text.visits.tallies import (
    bare_list,
    is_tally_of_several,
    number_alone,
    quota_met,
    told_by_days,
    total_by_days,
)
from bot.text.visits.telling import Telling
from bot.text.visits.unworded import told_without_words

_P = patterns("visits")
_KIND, _OTHERS = "visit", "others_visits"
_LONG = 14  # days; what was done in more of them is a running total


def find_visits(reading: Reading) -> list[Visit]:
    """The visits reported; none where the message as a whole is unlike a report."""
    if reading.visits_dismissed or is_tally_of_several(reading) or _only_supposed(reading):
        return []
    form = read_form(reading)
    if form is not None:
        visit = _from_form(reading, form)
        reading.accounts.append(Account(_KIND, reading.text, [Note("form", Effect.MAKES)], visit))
        return [visit]
    events = told_by_means(reading) or so_many_each_day(reading) or in_turn(reading) or told_by_days(reading)
    events = events or total_by_days(reading) or bare_by_days(reading) or somebody_each_day(reading)
    events = events or [event for event in _events(reading) if event.counts]
    firm = refused(reading.accounts)
    if not events and overruled(reading) & firm:
        events, firm = _all_the_same(reading)
    events = (
        events or bare_list(reading) or quota_met(reading) or number_alone(reading) or calls_made(reading)
    )
    events = events or own_beside_others(reading) or own_in_answer(reading)
    events = events or told_without_words(reading, firm)
    events = [event for event in events if event.count != 0 or not event.stated]  # 昨天2户,今天0户
    today_before_total(reading, events)
    total_beside(reading, events)
    take_sum(reading, events)
    take_met_after_all(reading, events)
    take_reckoned(reading, events)
    take_day_after(reading, events)
    take_period_asked(reading, events)
    return [_finish(reading, events, index) for index in range(len(events))]


def _only_supposed(reading: Reading) -> bool:
    """如果今天走访了3户: all of a message that opens so is supposed, planned, an example, or passed on.

    So is what is not to be counted: 给干娘锄了草,就不算走访了.
    """
    opening = _P["supposed"].match(reading.text)
    if opening is None or len(reading.clauses.sentences()) > 1:
        opening = None if reading.counts else _P["not_to_count"].search(reading.text)
    if opening is None:
        return False
    note = Note("only_supposed", Effect.DENIES, (opening.span(),))
    reading.accounts.append(Account(_KIND, reading.text, [note]))
    return True


def _all_the_same(reading: Reading) -> tuple[list[Event], frozenset[str]]:
    """听他讲入党那年的事 is no story: what is so like a report is one, unless the visit itself is refused.

    With the events the rules whose refusals stand.
    """
    told = len(reading.accounts)
    events = [event for event in _events(reading, overruled(reading)) if event.counts]
    firm = refused(reading.accounts[told:])
    if not events:
        del reading.accounts[told:]
    return events, firm


def _events(reading: Reading, unheeded: frozenset[str] = frozenset()) -> list[Event]:
    """Clause by clause; a day told holds until the next one is.

    unheeded: rules whose refusals count for nothing, unless they are of the visit itself.
    """
    events: list[Event] = []
    day, period = reading.today, False
    others_sentence, ruled = -1, False
    for index, clause in enumerate(reading.clauses.clauses):
        past = past_days_told(reading, clause)
        if past:
            day, period = min(past[-1].day, reading.today), _of_period(reading, past[-1])
            if _P["until_now"].match(reading.text, past[-1].end):
                period = period or (reading.today - day).days > _LONG
                day = reading.today
        own = reading.has("self_subject", clause) or (ruled and _done_today(reading, clause))
        if clause.sentence == others_sentence and not own:
            continue
        theirs = others(reading, clause, in_passing=_OTHERS not in unheeded)
        if theirs is not None:
            reading.accounts.append(Account(_KIND, reading.text, [Note(_OTHERS, Effect.DENIES, theirs)]))
            others_sentence = clause.sentence
            ruled = reading.has("visit_rule", clause)
            continue
        if _gone_again(reading, clause):
            continue
        for part, part_day in _parts(reading, clause):
            if part_day is not None and not _P["until_now"].search(reading.text, part.start, part.end):
                day, period = part_day
            event = read_clause(Telling(reading, part, index, day), unheeded)
            if event is not None:
                event.period = period
                event.cumulative = (event.stated or event.times) and (
                    period or running_total(reading, clause, part)
                )
                join(reading, events, event, part)
        take_late_number(reading, events, clause)
    return events


def _of_period(reading: Reading, day: Day) -> bool:
    """It stands for a period, or says of one that was told until when: 一月份连今天, 上周(16日至22日)."""
    before = [each for each in reading.days if each.end <= day.start]
    if day.span is Span.PERIOD or not before or before[-1].span is not Span.PERIOD:
        return day.span is Span.PERIOD
    between = reading.text[before[-1].end : day.start]
    if day.span is Span.DAYS:
        return _P["spelled_out"].fullmatch(between) is not None
    return _P["with_today"].fullmatch(between) is not None


def _done_today(reading: Reading, clause: Clause) -> bool:
    """小年前抓紧跑,今天入户9户: a number of today, whatever was said of what is to be done."""
    today = any(day.day == reading.today for day in past_days_told(reading, clause))
    return today and bool(numbers_in(reading, clause))


def _gone_again(reading: Reading, clause: Clause) -> bool:
    """上周三走访的钱家,今天又去了一趟: the earlier visit only says which household."""
    if "的" not in reading.text or not _P["visited_before"].search(reading.text, clause.start, clause.end):
        return False
    return _P["visited_again"].match(reading.text, clause.end + 1) is not None


def _parts(reading: Reading, clause: Clause) -> list[tuple[Clause, tuple[date, bool] | None]]:
    """Unpunctuated dictation: each day expression with a number after it opens a part of its own.

    With each part its day, and whether that stands for a period; null when it has none of its own.
    """
    inside = past_days_told(reading, clause)
    numbers = numbers_in(reading, clause)
    opening = [day for day in inside if any(count.start >= day.end for count in numbers)]
    if len(inside) < 2 or len(numbers) < 2 or not opening:
        last = inside[-1] if inside else None
        return [(clause, (last.day, _of_period(reading, last)) if last else None)]
    starts = [clause.start, *(day.start for day in opening[1:])]
    ends = [*starts[1:], clause.end]
    return [
        (Clause(start, end, clause.sentence), (day.day, day.span is Span.PERIOD))
        for day, start, end in zip(opening, starts, ends, strict=True)
    ]


def _finish(reading: Reading, events: list[Event], index: int) -> Visit:
    """The visit of one event; names and services are those told until the next one begins.

    昨天去了芮奶奶家,今天又去了一趟: to the same household once more.
    """
    event, alone = events[index], len(events) == 1
    start, end = _stretch(reading, events, index)
    called = _called_on(reading, events, index)
    households = household_names(reading, called)
    reply = reading.message.reply_to
    if not households and alone and reply and event.rule == answered.__name__:
        households = reply_names(reply)
    named = listed(reading, start, end, called, len(households))
    count = event.count if event.stated else (named or None)
    if count is None and index and _P["again"].search(reading.text, event.start, end):
        households = household_names(reading, _called_on(reading, events, index - 1))
        count = events[index - 1].count or len(households) or None
    visit = Visit(
        count=count,
        households=households,
        date=event.day,
        mode=event.mode,
        cumulative=event.cumulative,
        services=service_codes(reading, start, end) if index == len(events) - 1 else (),
        sureness=event.sureness,
        evidence=tuple(dict.fromkeys(reading.text[a:b] for a, b in event.words)),
    )
    places = ((name.start, name.end) for name in event.names)
    note = Note(event.rule, Effect.MAKES, (*event.words, *places))
    reading.accounts.append(Account(_KIND, reading.text, [note], visit))
    return visit


def _stretch(reading: Reading, events: list[Event], index: int) -> tuple[int, int]:
    """From where a visit is told to where the next one begins."""
    start = events[index].start if index else 0
    return start, events[index + 1].start if index + 1 < len(events) else len(reading.text)


def _called_on(reading: Reading, events: list[Event], index: int) -> list[Name]:
    """The names of households in the stretch that tells of a visit."""
    start, end = _stretch(reading, events, index)
    called = [n for n in reading.names if start <= n.start < end and not is_bystander(reading, n)]
    if events[index].rule == told_without_words.__name__:
        return called or events[index].names
    return called


def _from_form(reading: Reading, form: Form) -> Visit:
    return Visit(
        count=form.count if form.count is not None else (len(form.households) or None),
        households=form.households,
        date=form.day,
        mode=form.mode,
        cumulative=form.cumulative,
        services=service_codes(reading, 0, len(reading.text)),
        evidence=form.evidence,
    )
