"""A visit told without a word of visiting, where somebody is named or households are counted."""

from __future__ import annotations

from datetime import date

from bot.domain.acts import Sureness
from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.homes import in_passing
from bot.text.lexicon.patterns import patterns
from bot.text.names import Name, NameKind
from bot.text.notes import Place
from bot.text.numbers import Count, CountKind, read_numeral
from bot.text.reading import Reading
from bot.text.visits.counting import Role, role_of
from bot.text.visits.days_told import days_told, past_days_told
from bot.text.visits.events import Event
from bot.text.visits.lots import lots_told
from bot.text.visits.met import met
from bot.text.visits.people import is_bystander
from bot.text.visits.refusing import only_left_over, overruled
from bot.text.visits.signs import told_of_period
from bot.text.visits.telling import Telling

_P = patterns("visits")
# refusals that hold whatever the whole is like
_FOR_GOOD = frozenset(("not_done", "others_visits", "asked_after", "own_kin"))
_NEAR = 12  # characters between a period and the number of it
_MOST = 60  # households that one message tells of in passing


def told_without_words(reading: Reading, firm: frozenset[str]) -> list[Event]:
    """刚从老秦屋里出来,桌上还是昨天的剩饭: the message as a whole is very like a report.

    A bare list of names goes with what it follows. firm: rules whose refusals stand.
    """
    if not reading.likely("visit") or firm & _FOR_GOOD or _P["reckons"].search(reading.text):
        return []
    if _P["only_names"].fullmatch(_without_names(reading)) or _only_a_number(reading):
        return []
    several = lots_told(reading, lambda count, clause: _counted(reading, count, clause))
    if several:
        return [_unsure(event) for event in several]
    day = reading.today
    for index, clause in enumerate(reading.clauses.clauses):
        past = [one.day for one in past_days_told(reading, clause) if one.span is not Span.PERIOD]
        day = min(past[-1], reading.today) if past else day
        telling = Telling(reading, clause, index, day)
        counts = [count for count in telling.numbers if _counted(reading, count, clause)]
        called = telling.called or _in_passing(reading, telling)
        if not (called or counts) or _somebody_elses(telling) or _only_left(telling):
            continue
        event = _unsure(telling.event())
        if counts:
            event.take_number(_summed(reading, counts), (counts[-1].start, counts[-1].end))
            event.cumulative = event.period = _of_a_period(reading, clause, counts[-1].start)
            named = _only_period(reading, counts[-1].start)
            if named is not None:
                event.day, event.cumulative, event.period = named, True, True
            for each in reading.clauses.clauses[index:]:
                met(reading, each, [event])
        else:
            event.names = called
        return [event]
    return _one_household(reading, day)


def _one_household(reading: Reading, day: date) -> list[Event]:
    """药给送去了, 去看望了那位五保户: very like a report indeed, of somebody who is not named.

    走访留守妇女小蝉 is enough of one; 今天入户走访 says that there may be several.
    """
    if reading.counts and not _P["all_of_several"].search(reading.text):
        return []
    if _P["was_away"].search(reading.text):
        return []
    if not _P["calls_on_somebody"].search(reading.text):
        if not reading.likely("visit_unnamed"):
            return []
        if reading.has("visit_strong") and not _P["calls_on"].search(reading.text):
            return []
    event = _unsure(Event(0, day, rule=told_without_words.__name__))
    event.take_number(*_called_on(reading))
    for clause in reading.clauses.clauses:
        met(reading, clause, [event])
    return [event]


def _called_on(reading: Reading) -> tuple[int, Place]:
    """六个独居的都看了: as many as are called on, where they are counted; else one."""
    for found in _P["called_on_without_unit"].finditer(reading.text):
        value = read_numeral(found["n"]) or 0
        if 1 < value <= _MOST and not _P["one_party"].search(reading.text, 0, found.start()):
            return value, found.span()
    return 1, (0, len(reading.text))


def _of_a_period(reading: Reading, clause: Clause, number: int) -> bool:
    """本月目前8户, 截至今天累计11户."""
    days = past_days_told(reading, clause)
    of_today = any(day.span is Span.DAY and day.day == reading.today and day.end <= number for day in days)
    if reading.hits.any_within(clause.start, number, "cumulative") or (
        told_of_period(reading) and not of_today  # 月底收官,今天最后两户
    ):
        return True
    return any(day.span is Span.PERIOD and day.end <= number for day in past_days_told(reading, clause))


def _only_period(reading: Reading, number: int) -> date | None:
    """八月就这些,13户: the last day of the period told just before, where no day is told."""
    days = [day for day in days_told(reading) if day.span is not Span.FUTURE]
    if (
        len(days) != 1
        or days[0].span is not Span.PERIOD
        or _P["in_that_season"].match(reading.text, days[0].end)
    ):
        return None
    return days[0].day if 0 <= number - days[0].end <= _NEAR else None


def _unsure(event: Event) -> Event:
    event.rule, event.sureness = told_without_words.__name__, Sureness.PROBABLY
    return event


def _only_left(telling: Telling) -> bool:
    """还剩老王一家没去: whoever is counted was not visited."""
    roles = [role_of(telling.reading, count, telling.clause) for count in telling.numbers]
    return Role.LEFT in roles and Role.VISITED not in roles


def _somebody_elses(telling: Telling) -> bool:
    """老王今天去了李大娘家: whoever is named first is who went."""
    if not telling.called or telling.called[0].start != telling.clause.start:
        return False
    return _P["went_themselves"].match(telling.reading.text, telling.called[0].end) is not None


def _in_passing(reading: Reading, telling: Telling) -> list[Name]:
    """The first who is spoken of in the clause, though nothing but the whole shows that it is a household."""
    start, end = telling.clause.start, telling.clause.end
    places = [place for place in in_passing(reading.text) if start <= place[0] and place[1] <= end]
    if not places:
        return []
    first = min(places, key=lambda place: (place[0], -place[1]))
    kind = NameKind.ADDRESS if reading.text[first[0]].isdigit() else NameKind.PERSON
    name = Name(*first, reading.text[first[0] : first[1]], kind)
    return [] if is_bystander(reading, name) else [name]


def _without_names(reading: Reading) -> str:
    left = reading.text
    for name in reversed(reading.names):
        left = left[: name.start] + left[name.end :]
    return left


def _only_a_number(reading: Reading) -> bool:
    """4户, in answer to chatter: what is counted nobody knows."""
    if reading.message.reply_to is None:
        return False
    said = reading.text.strip()
    return any(reading.text[count.start : count.end] == said for count in reading.counts)


def _counted(reading: Reading, count: Count, clause: Clause) -> bool:
    """Households counted as visited, or people called on one by one."""
    if not 0 < (count.value or 0) <= _MOST or count.kind is CountKind.TIMES:
        return False
    if _P["comrades"].search(count.unit) and _P["came"].search(reading.text, clause.start, count.start):
        return False  # 去了六个党员
    roles = {Role.VISITED, Role.PEOPLE}
    if len(reading.counts) == 1 and only_left_over.__name__ in overruled(reading):
        roles.add(Role.OWNED)
    return role_of(reading, count, clause) in roles


def _summed(reading: Reading, counts: list[Count]) -> int:
    """前晌两户后晌三户 is five, 7个老人7家 seven; the last of those beside a word for all of them."""
    for count in reversed(counts):
        if reading.hits.any_within(max(0, count.start - 3), count.start, "total"):
            return count.value or 0
    households = [count for count in counts if count.kind is CountKind.HOUSEHOLDS] or counts
    return sum(count.value or 0 for count in households)
