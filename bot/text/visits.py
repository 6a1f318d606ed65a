"""Reports of visits: who speaks, what was done, how many households, which, when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bot.domain.acts import Sureness, Visit, VisitMode
from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.forms import Form, read_form
from bot.text.names import Name, surnames
from bot.text.numbers import CountKind
from bot.text.reading import Reading
from bot.text.visit_counts import SELF_CORRECTING, bare_count, choose_count, role_of, sentence_of
from bot.text.visit_people import household_names, is_bystander, reply_names, service_codes, went_to
from bot.text.visit_signs import (
    PASTIME,
    QUESTION,
    is_denied,
    is_done,
    is_others,
    is_question,
    is_unvisited,
    list_follows,
    number_follows,
    reported_at_once,
    running_total,
    split_days,
)

_EVERY_DONE = re.compile(
    r"(?:一[个户家](?:没|不)[落拉]下?|没落下一[户家个]|都|全部?|挨个|挨家|挨户|逐户|逐一|各家|一家家|一户户|挨着|挨门)[^,。]{0,8}(?:走|"
    r"跑|转|去|看|访|问|联系|聊|打|通知|送|到|遍)"
)


_TALLY = re.compile(r"(?:^|[,、;:。\n ])([一-龥])[一-龥]{1,2}(?:同志)?[: ]?[0-9]{1,2}户(?=$|[,、;。\n ])")
_QUOTA = re.compile(
    r"(?:联系户|走访|入户|包户)[^,。0-9]{0,6}([0-9]{1,2})/([0-9]{1,2})[^0-9]{0,4}(?:完成|走完|走访|户)"
)
_PAIR_LIST = re.compile(r"[,。、;:]?(?:[日号]?)(?:上午|下午|晚上|走了|走访了?|入户|跑了|去了|:|是|,)*$")


@dataclass(slots=True)
class _Event:
    """A visit being put together."""

    start: int
    day: date
    mode: VisitMode
    count: int | None = None
    stated: bool = False
    cumulative: bool = False
    period: bool = False
    names: list[Name] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    strong: bool = False


def find_visits(reading: Reading) -> list[Visit]:
    """The visits reported; empty for residents."""
    if reading.by_resident:
        return []
    if _tally_of_several(reading):
        return []
    form = read_form(reading)
    if form is not None:
        return [_finish_form(reading, form)]
    events = _events(reading)
    return [_finish(reading, events, i) for i in range(len(events))]


def _tally_of_several(reading: Reading) -> bool:
    """王军5户,刘霞4户: what each member did, not what the speaker did."""
    return sum(m[1] in surnames() for m in _TALLY.finditer(reading.text)) >= 2 and not reading.has(
        "self_subject"
    )


def _quota_met(reading: Reading) -> list[_Event]:
    """联系户 5/5 完成."""
    found = _QUOTA.search(reading.text)
    if found is None or int(found[1]) > int(found[2]):
        return []
    return [
        _Event(0, reading.today, VisitMode.HOME, int(found[1]), stated=True, evidence=[found[0]], strong=True)
    ]


def _events(reading: Reading) -> list[_Event]:
    text, clauses = reading.text, reading.clauses.clauses
    events: list[_Event] = []
    day, period = reading.today, False
    blocked_sentence = -1
    for index, clause in enumerate(clauses):
        found = reading.past_days(clause)
        if found:
            day, period = found[-1].day, found[-1].span is Span.PERIOD
        piece = text[clause.start : clause.end]
        if clause.sentence == blocked_sentence and not reading.has("self_subject", clause):
            continue
        if is_others(reading, clause):
            blocked_sentence = clause.sentence
            continue
        split = split_days(reading, clause)
        for part, part_day in split:
            here, here_period = part_day or (day, period)
            event = _event_in(reading, part, here, index)
            if event is None:
                continue
            event.period = here_period
            event.cumulative = event.stated and (here_period or running_total(reading, clause, part))
            _join(reading, events, event, part)
        if split[-1][1] is not None:
            day, period = split[-1][1]
        if events and not reading.hits.any_within(clause.start, clause.end, "visit_plan"):
            _late_number(reading, events, clause, piece)
    kept = [e for e in events if e.count is not None or e.names or e.strong]
    return kept or _bare_list(reading) or _quota_met(reading)


def _bare_list(reading: Reading) -> list[_Event]:
    """Nothing but days and numbers: 5月3日2户、5月7日4户."""
    text = reading.text
    if len(text) > 60 or QUESTION.search(text) or reading.has("visit_social") or reading.has("visit_rule"):
        return []
    if any(
        is_others(reading, c) or is_question(reading, c) or is_unvisited(reading, c)
        for c in reading.clauses.clauses
    ):
        return []
    events: list[_Event] = []
    for i, day in enumerate(reading.days):
        limit = reading.days[i + 1].start if i + 1 < len(reading.days) else len(text)
        number = next(
            (c for c in reading.counts if day.end <= c.start < limit and c.kind is CountKind.HOUSEHOLDS), None
        )
        if day.span is Span.FUTURE or number is None or "户" not in number.unit:
            continue
        if number.value is None or not _PAIR_LIST.fullmatch(text[day.end : number.start]):
            continue
        clause = Clause(day.start, limit, 0)
        if role_of(reading, number, clause) != "visited":
            continue
        total = day.span is Span.PERIOD or reading.has("cumulative", clause)
        events.append(
            _Event(
                day.start, day.day, VisitMode.HOME, number.value, stated=True, cumulative=total, period=total
            )
        )
    if len(events) == 1 and len(text) > 16:
        return []
    return events


def _number_of_times_only(event: _Event) -> bool:
    return not event.stated and event.strong and not event.names


def _event_in(reading: Reading, clause: Clause, day: date, index: int) -> _Event | None:
    """What visit the clause reports, if any."""
    text, hits = reading.text, reading.hits
    piece = text[clause.start : clause.end]
    strong = [h for h in hits.within("visit_strong", clause.start, clause.end) if not is_denied(text, h[0])]
    move = [h for h in hits.within("visit_move", clause.start, clause.end) if not is_denied(text, h[0])]
    touch = hits.within("visit_touch", clause.start, clause.end)
    phone = hits.within("phone", clause.start, clause.end)
    online = hits.within("online", clause.start, clause.end)
    numbers = [c for c in reading.counts if clause.start <= c.start < clause.end]
    called = [
        n for n in reading.names if clause.start <= n.start < clause.end and not is_bystander(reading, n)
    ]
    if not (strong or move or touch or phone or online):
        return None
    if is_question(reading, clause):
        return None
    if is_unvisited(reading, clause):
        return None
    if hits.any_within(clause.start, clause.end, "own_family") and not called and not numbers:
        return None
    served = touch and called and not PASTIME.search(piece)
    if not strong and not served and (reading.has("visit_social", clause) or "亲戚" in piece):
        return None
    own = [c for c in numbers if role_of(reading, c, clause) == "visited"]
    chosen = choose_count(reading, own, clause)
    mode = VisitMode.PHONE if phone and not re.search("电话号码|没打电话", piece) else VisitMode.HOME
    if online and not phone:
        mode = VisitMode.ONLINE
    event = _Event(clause.start, day, mode)
    event.strong = bool(strong)
    event.evidence = [text[s:e] for s, e in (*strong[:1], *move[:1], *phone[:1], *online[:1])]
    if chosen is not None:
        event.count, event.stated = chosen.value, chosen.value is not None
        event.strong = True
        if chosen.kind is CountKind.TIMES:
            event.count, event.stated = None, False
        event.evidence.append(text[chosen.start : chosen.end])
        handed = re.search(
            r"(?:给|帮|替|陪|为|到|跟|和)(?:了|我|俺)?[^,。]{0,4}$", text[clause.start : chosen.start]
        )
        return event if strong or move or phone or online or (handed and is_done(reading, clause)) else None
    if (
        any(c.value is not None for c in numbers)
        and not strong
        and all(role_of(reading, c, clause) in ("left", "owned") for c in numbers)
    ):
        return None
    bare = bare_count(reading, clause, [*strong, *move])
    if bare is not None:
        event.count, event.stated = bare.value, True
        event.evidence.append(text[bare.start : bare.end])
        return event
    done = is_done(reading, clause)
    if called and (strong or went_to(reading, clause, called, phone, online)):
        event.names = called
        return event
    if (
        re.search(
            "上门|入户|登门|(?:去|到)(?:他|她)家|去看了|去了一趟|(?:过去|赶去|赶过去|跑过去|立马去)一?[看瞧帮给修]",
            piece,
        )
        and done
        and not called
    ):
        earlier = [n for n in reading.names if n.end <= clause.start and not is_bystander(reading, n)]
        if earlier and sentence_of(reading, clause).start <= earlier[-1].start:
            event.names = earlier
            return event
    if (
        done
        and reading.has("visited_reply", clause)
        and reading.message.reply_to
        and reply_names(reading.message.reply_to)
    ):
        event.strong = True
        return event
    if strong and (done or reported_at_once(reading, clause, index)):
        return event
    if (move or phone or online) and done and (_EVERY_DONE.search(piece) or list_follows(reading, clause)):
        if hits.any_within(clause.start, clause.end, "all_households"):
            event.strong = True
            return event
        if reading.names and list_follows(reading, clause):
            event.names = [n for n in reading.names if n.start >= clause.end]
            return event
    if (move or phone or online) and (done or "的" in piece) and number_follows(reading, clause, index):
        return event  # counts only if the number in the next clause turns out to be its own
    return None


def _join(reading: Reading, events: list[_Event], event: _Event, clause: Clause) -> None:
    """Add an event to the list, or make it part of the last one."""
    last = events[-1] if events else None
    piece = reading.text[clause.start : clause.end]
    if last is None:
        events.append(event)
        return
    same = last.day == event.day and last.cumulative == event.cumulative
    if not (last.stated or last.strong or last.names):
        if last.evidence and (event.stated or event.strong or event.names):
            events[-1] = event
        return
    if not event.stated and last.day == event.day:
        if (
            last.mode is VisitMode.HOME
            and not last.stated
            and event.mode is not VisitMode.HOME
            and not last.strong
        ):
            last.mode = event.mode
        return
    if not event.stated and not _own_day(reading, clause):
        return
    if not last.stated and (last.day == event.day or not last.names):
        last.count, last.stated, last.cumulative, last.period = (
            event.count,
            event.stated,
            event.cumulative,
            event.period,
        )
        last.day = event.day
        last.evidence += event.evidence
        if last.mode is VisitMode.HOME:
            last.mode = event.mode
        return
    if same and event.mode is last.mode:
        if SELF_CORRECTING.search(reading.text[last.start : clause.end]):
            last.count = event.count
        elif reading.hits.any_within(clause.start, clause.end, "total") and not re.search("其中", piece):
            if event.count is not None:
                last.count = event.count
        elif (
            event.count is not None
            and last.count is not None
            and reading.hits.any_within(clause.start, clause.end, "again")
            and event.count != last.count
        ) or (
            event.count is not None
            and last.count is not None
            and re.search("^(?:又|下午|晚上|后晌|另外|还)", piece)
        ):
            last.count = (last.count or 0) + (event.count or 0)
        elif event.count is not None and last.count is not None and event.count > last.count:
            last.count = event.count
        return
    events.append(event)


def _own_day(reading: Reading, clause: Clause) -> bool:
    return bool(reading.past_days(clause))


def _late_number(reading: Reading, events: list[_Event], clause: Clause, piece: str) -> None:
    """A clause that gives but the number of the visit before it (…, 共四家; 是11户; 3户)."""
    last = events[-1]
    if clause.start <= last.start:
        return
    numbers = [
        c
        for c in reading.counts
        if clause.start <= c.start < clause.end
        and (c.kind is CountKind.HOUSEHOLDS or (c.kind is CountKind.PEOPLE and c.unit in "位名"))
    ]
    if not numbers:
        return
    number = numbers[0]
    if number.kind is CountKind.PEOPLE and last.stated:
        return
    if number.kind is CountKind.HOUSEHOLDS and role_of(reading, number, clause) != "visited":
        return
    period = any(d.span is Span.PERIOD for d in reading.past_days(clause))
    day = reading.past_days(clause)[-1].day if period else reading.today
    another = not last.cumulative or (period and day != last.day)
    if last.stated and another and (period or reading.has("cumulative", clause)):
        if not any(e.start >= clause.start for e in events) and number.value is not None:
            events.append(
                _Event(clause.start, day, last.mode, number.value, stated=True, cumulative=True, period=True)
            )
        return
    own_day = [
        d for d in reading.past_days(clause) if d.span is Span.DAY and d.end <= number.start <= d.end + 2
    ]
    if (
        last.stated
        and own_day
        and own_day[-1].day not in {e.day for e in events}
        and number.value is not None
    ):
        events.append(_Event(clause.start, own_day[-1].day, last.mode, number.value, stated=True))
        return
    correcting = SELF_CORRECTING.search(reading.text[last.start : clause.end])
    total = reading.hits.any_within(clause.start, number.start, "total")
    if correcting and last.stated:
        if number.start > correcting.start() + last.start:
            last.count = numbers[-1].value
        return
    names_out = piece[: number.start - clause.start]
    for name in reading.names:
        if clause.start <= name.start < number.start:
            names_out = names_out.replace(name.text, "")
    names_out = re.sub("[、和家与跟及]|还有|以及", "", names_out)
    alone = re.fullmatch(r"[^,。]{0,3}?(?:一?共|总共|是|有|就|大概|大约|得有|[,:])*", names_out) is not None
    if not last.stated and (
        total or (alone and not re.match("的", reading.text[number.end : number.end + 1]))
    ):
        last.count, last.stated = number.value, number.value is not None
        last.cumulative = last.stated and (last.period or reading.has("cumulative"))
        last.evidence.append(reading.text[number.start : number.end])
    elif (
        not last.stated
        and _number_of_times_only(last)
        and reading.hits.any_within(clause.start, number.start, "visit_object")
    ):
        last.count, last.stated = number.value, number.value is not None
        last.cumulative = last.stated and (last.period or reading.has("cumulative"))
    elif total and number.value == sum(e.count or 0 for e in events) and len(events) > 1:
        return
    elif (
        total
        and last.stated
        and number.value is not None
        and not last.cumulative
        and not reading.past_days(clause)
    ):
        last.count = number.value


def _finish(reading: Reading, events: list[_Event], index: int) -> Visit:
    event = events[index]
    start = event.start if index else 0
    end = events[index + 1].start if index + 1 < len(events) else len(reading.text)
    called = [n for n in reading.names if start <= n.start < end and not is_bystander(reading, n)]
    households = household_names(reading, called)
    if not households and len(events) == 1 and reading.message.reply_to and reading.has("visited_reply"):
        households = reply_names(reading.message.reply_to)
    count = event.count if event.stated else (len(households) or None)
    if event.count is None and not event.stated and not households:
        count = None
    return Visit(
        count=count,
        households=households,
        date=event.day,
        mode=event.mode,
        cumulative=event.cumulative,
        services=service_codes(reading, start, end) if index == len(events) - 1 or len(events) == 1 else (),
        sureness=Sureness.SURE,
        evidence=tuple(dict.fromkeys(event.evidence)),
    )


def _finish_form(reading: Reading, form: Form) -> Visit:
    return Visit(
        count=form.count if form.count is not None else (len(form.households) or None),
        households=form.households,
        date=form.day,
        mode=form.mode,
        cumulative=form.cumulative,
        services=service_codes(reading, 0, len(reading.text)),
        evidence=form.evidence,
    )
