"""The number of a visit that is told in parts, one by one, or with its sum last of all."""

from __future__ import annotations

from collections.abc import Callable

from bot.text.clauses import Clause
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import Count, CountKind, read_numeral
from bot.text.reading import Reading
from bot.text.visits.counting import households_counted, is_visited, numbers_in
from bot.text.visits.events import Event
from bot.text.visits.ones_own import only_own
from bot.text.visits.people import is_bystander
from bot.text.visits.unworded import told_without_words

_P = patterns("visits")
_SEVERAL = 2
_SOON = 10  # characters


def take_sum(reading: Reading, events: list[Event]) -> None:
    """Gives the only visit told the number that all its parts come to, where that is more."""
    if only_own(reading, events) or len(events) != 1 or events[0].cumulative or events[0].times:
        return
    event = events[0]
    if _all_unnamed(reading, event):
        event.count, event.strong = None, True
        return
    for rule in RULES:
        value, place = rule(reading, event)
        if value > (event.count or 0):
            event.take_number(value, place)
            event.cumulative = event.cumulative or event.period
            return


Sum = tuple[int, tuple[int, int]]
_NONE: Sum = (0, (0, 0))


def _all_unnamed(reading: Reading, event: Event) -> bool:
    """后街的老人一个不落都瞧了: all of them, however many they are."""
    if event.rule != told_without_words.__name__ or _P["so_many"].search(reading.text):
        return False
    return event.count == 1 and not event.names and _P["all_of_several"].search(reading.text) is not None


def _sum(count: Count, value: int | None = None) -> Sum:
    return (count.value if value is None else value) or 0, (count.start, count.end)


def somebody(reading: Reading, event: Event) -> Sum:
    """看望了刚出院的老组长: one household, though nobody is named; 慰问特困人员6人: six."""
    if event.count is not None or event.names or reading.counts:
        return _NONE
    people = _P["people_called_on"].search(reading.text)
    if people is not None:
        return read_numeral(people["n"]) or 0, people.span()
    found = _P["somebody_called_on"].search(reading.text)
    return (1, found.span()) if found else _NONE


def field(reading: Reading, event: Event) -> Sum:
    """走访记录:户数5,均为监测户."""
    found = None if event.stated and event.count != 1 else _P["field_of_number"].search(reading.text)
    return (read_numeral(found["n"]) or 0, found.span()) if found else _NONE


def quota(reading: Reading, event: Event) -> Sum:
    """本月走访进度7/8."""
    found = None if event.stated else _P["quota"].search(reading.text)
    return (int(found[1]), found.span()) if found and int(found[1]) <= int(found[2]) else _NONE


def whole_before_part(reading: Reading, event: Event) -> Sum:
    """9月累计10户,其中新增走访2户."""
    found = _P["whole_before_part"].search(reading.text)
    if found is None or (event.stated and not _is_part(reading, event, found.end())):
        return _NONE
    return read_numeral(found["n"]) or 0, found.span()


def _is_part(reading: Reading, event: Event, place: int) -> bool:
    """The number taken stands soon behind the place, and tells nothing of whoever was not met."""
    soon = any(place < start < place + _SOON for start, _ in event.words)
    return soon and _P["away"].search(reading.text, place) is None


def told_alone(reading: Reading, event: Event) -> Sum:
    """8月份,18户,请审阅(走访); 第一趟,2户,给茅大爷捎了药: the only number, in a clause of its own."""
    counts = households_counted(reading)
    clause = reading.clause_at(counts[0].start) if len(counts) == 1 else None
    if event.stated or clause is None or not is_visited(reading, counts[0], clause):
        return _NONE
    if event.names and clause.start > event.start:
        return _NONE
    opens = max(
        [day.end for day in reading.days if clause.start <= day.start < counts[0].start] + [clause.start]
    )
    before = _P["before_sum"].fullmatch(reading.text, opens, counts[0].start)
    after = _P["after_sum"].fullmatch(reading.text, counts[0].end, clause.end)
    return _sum(counts[0]) if before and after else _NONE


def told_first(reading: Reading, event: Event) -> Sum:
    """今天3户,中间那户俞阿公叫我帮他取钱: one of them is told of."""
    found = _P["opens_with_number"].match(reading.text)
    if found is None or (event.stated and event.count != 1 and _taken_off(reading, found.end())):
        return _NONE
    return read_numeral(found["n"]) or 0, found.span()


def _taken_off(reading: Reading, place: int) -> bool:
    """4户,1户没人; 12户走了9户: what is told behind the number says that there were fewer."""
    return any(_P[name].search(reading.text, place - 1) for name in ("away", "fewer_told", "self_correcting"))


def last_of_all(reading: Reading, event: Event) -> Sum:
    """从谈老师家出来,第四户,也是今天最后一户: as many as that."""
    found = _P["last_of_all"].search(reading.text)
    return (read_numeral(found["n"] or found["n_counted"]) or 0, found.span()) if found else _NONE


def people_called_on(reading: Reading, event: Event) -> Sum:
    """给四个独居的包了饺子送去; 那两位独居老人都打了电话: each has a home, where nobody else is counted."""
    if event.count not in (None, 1) or len(event.names) > 1 or households_counted(reading):
        return _NONE
    for found in _P["people_told"].finditer(reading.text):
        if _P["one_party"].search(reading.text, 0, found.start()):
            continue
        if _P["people_seen_before"].search(reading.text, 0, found.start()) or _P["people_seen_after"].match(
            reading.text, found.end()
        ):
            return read_numeral(found["n"]) or 0, found.span()
    return _NONE


def calls_counted(reading: Reading, event: Event) -> Sum:
    """打了四个电话,都是在外打工的: a household a call."""
    found = None if event.names or event.count not in (None, 1) else _P["calls"].search(reading.text)
    if found is None or _P["calls_to_offices"].search(reading.text):
        return _NONE
    made = found["n"] or found["n_after"] or found["n_reached"] or found["n_opens"]
    missed = _P["calls_unanswered"].search(reading.text, found.end())
    return (read_numeral(made) or 0) - (read_numeral(missed["n"]) or 0 if missed else 0), found.span()


def others_besides(reading: Reading, event: Event) -> Sum:
    """走访了肖永红家,又看了同层的两户: those named and those counted."""
    found = _P["others_besides"].search(reading.text)
    number = read_numeral(found["n"] or found["n_well"]) if found else None
    named = {
        name.text
        for name in reading.names
        if found and name.end <= found.start() and not is_bystander(reading, name)
    }
    if found is None or not named or event.count not in (number, None):
        return _NONE
    return len(named) + (number or 0), found.span()


def told_last(reading: Reading, event: Event) -> Sum:
    """一沟两户,六户: a clause that is nothing but a number, after others or after names."""
    for clause in reversed(reading.clauses.clauses):
        if clause.start <= event.start:
            break
        numbers = numbers_in(reading, clause)
        if len(numbers) != 1 or numbers[0].kind is not CountKind.HOUSEHOLDS or not numbers[0].value:
            continue
        if _stands_alone(reading, numbers[0], clause) and (event.stated or event.names):
            return _NONE if _fewer_met(reading, numbers[0]) else _sum(numbers[0])
    return _NONE


def _fewer_met(reading: Reading, whole: Count) -> bool:
    """四户,一户关门,实到三户: the number says how many were gone to, not how many were met."""
    behind = reading.text[whole.end :]
    return _P["away"].search(behind) is not None and _P["fewer_met"].search(behind) is not None


def _stands_alone(reading: Reading, count: Count, clause: Clause) -> bool:
    before = _P["before_sum"].fullmatch(reading.text, clause.start, count.start)
    return before is not None and _P["after_sum"].fullmatch(reading.text, count.end, clause.end) is not None


def parts_make_it(reading: Reading, event: Event) -> Sum:
    """五户,头三户骑车去的,后两户走着去的: the first number, or the last, is what the others come to."""
    counts = households_counted(reading)
    if len(counts) <= _SEVERAL or _P["away"].search(reading.text):
        return _NONE
    if _P["self_correcting"].search(reading.text, counts[0].end):
        return _NONE
    for whole, rest in ((counts[0], counts[1:]), (counts[-1], counts[:-1])):
        if whole.value == sum(count.value or 0 for count in rest):
            return _NONE if any(_told_apart(reading, count) for count in rest) else _sum(whole)
    return _NONE


def _told_apart(reading: Reading, part: Count) -> bool:
    """十二户走了九户,三户…: the part is what was visited, or what is left."""
    return _P["before_part_visited"].search(reading.text, 0, part.start) is not None or bool(
        _P["after_part_visited"].match(reading.text, part.end)
    )


def in_order(reading: Reading, event: Event) -> Sum:
    """头一户老卫,第二户老暴,第三户老毛: as many as the last of them."""
    found = list(_P["ordinal"].finditer(reading.text))
    if len(found) < _SEVERAL or any((count.value or 0) > 1 for count in households_counted(reading)):
        return _NONE
    told = [read_numeral(match["n"] or match["first"]) for match in found]
    if sorted({each or 0 for each in told}) != list(range(1, len(set(told)) + 1)):
        return _NONE
    absent = sum(bool(_P["away"].search(reading.text, m.end(), _clause_end(reading, m.end()))) for m in found)
    return len(set(told)) - absent, found[-1].span()


def one_by_one(reading: Reading, event: Event) -> Sum:
    """一户在家,一户在厂里,两户下地: all of those told of, without who was not there."""
    counts = households_counted(reading)
    if len(counts) < _SEVERAL or counts[0].value != 1:
        return _NONE
    if not all(_opens(reading, count) for count in counts):
        return _NONE
    total = 0
    for count in counts:
        end = _clause_end(reading, count.end)
        if end - count.end < _SEVERAL:
            return _NONE
        total += 0 if _P["away"].search(reading.text, count.end, end) else count.value or 0
    return _sum(counts[0], total)


def _opens(reading: Reading, count: Count) -> bool:
    clause = reading.clause_at(count.start)
    if clause is None or not is_visited(reading, count, clause):
        return False
    before = reading.text[clause.start : count.start]
    return _P["before_each"].fullmatch(before) is not None


def _clause_end(reading: Reading, place: int) -> int:
    clause = reading.clause_at(place)
    return clause.end if clause else place


def side_by_side(reading: Reading, event: Event) -> Sum:
    """前街两户没事,后街两户也没事; 早上一户,擦黑一户: the sum, less who was not there."""
    counts = households_counted(reading)
    if len(counts) < _SEVERAL or counts[0].value != event.count:
        return _NONE
    values = [count.value or 0 for count in counts]
    if len(values) > _SEVERAL and sum(values) in (2 * values[0], 2 * values[-1]):
        return _NONE
    sides: list[str] = []
    total, end = 0, 0
    for count in counts:
        side = _P["side"].search(reading.text, end, count.start)
        clause = reading.clause_at(count.start)
        if side is None or clause is None or not is_visited(reading, count, clause):
            return _NONE
        if _P["said_once_more"].search(reading.text, clause.start, count.start):
            return _NONE
        end = count.end
        sides.append(side["of"] or side["time"])
        gone = _P["away"].search(reading.text, end, _clause_end(reading, end))
        total += 0 if gone else count.value or 0
    return _sum(counts[0], total) if _alike(sides) else _NONE


def _alike(sides: list[str]) -> bool:
    """上河, 下河: places that share the beginning or the end of their names, or more than two of them; or all
    are times of the day.
    """
    if len(set(sides)) < len(sides):
        return False
    if all(_P["time_of_day"].search(side) for side in sides):
        return True
    same = len({side[0] for side in sides}) == 1 or len({side[-1] for side in sides}) == 1
    return same or len(sides) > _SEVERAL


def so_many_each(reading: Reading, event: Event) -> Sum:
    """小湾、大湾各两户; 三楼四楼五楼,每层两家: the number of every one of the places."""
    found = _P["each_place"].search(reading.text)
    if found is None:
        return _NONE
    if any(not found.start() <= count.start < found.end() for count in households_counted(reading)):
        return _NONE
    if any(found.start() <= day.start < found.end() for day in reading.days):
        return _NONE
    number = read_numeral(found["n"]) or 0
    if found["places"]:
        return number * (read_numeral(found["places"]) or 0), found.span()
    apart = _P["place_apart"].split(found["list"])
    told = [_P[name].findall(found["list"]) for name in ("floor", "times_of_day")]
    told.append([place for place in apart if place])
    places = next((each for each in told if len(each) >= _SEVERAL), [])
    return (number * len(places), found.span()) if places else _NONE


def kind_by_kind(reading: Reading, event: Event) -> Sum:
    """走了两户低保、两户五保、一户残疾: the sum of all kinds, where they are households."""
    found = _P["kinds_listed"].search(reading.text)
    if found is None or ("户" not in found[0] and event.count is None):
        return _NONE
    apart = [c for c in households_counted(reading) if not found.start() <= c.start < found.end()]
    if any((count.value or 0) > 1 for count in apart) or _P["away"].search(found[0]):
        return _NONE
    return sum(read_numeral(each["n"]) or 0 for each in _P["each_kind"].finditer(found[0])), found.span()


RULES: tuple[Callable[[Reading, Event], Sum], ...] = (
    quota,
    field,
    told_first,
    whole_before_part,
    told_alone,
    told_last,
    last_of_all,
    people_called_on,
    calls_counted,
    others_besides,
    parts_make_it,
    in_order,
    one_by_one,
    side_by_side,
    so_many_each,
    kind_by_kind,
    somebody,
)
