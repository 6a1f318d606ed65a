"""Who was visited, and who only came along, was spoken to or thanked."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from bot.text.lexicon.patterns import patterns
from bot.text.names import Name, NameKind, names
from bot.text.normalise import normalise
from bot.text.reading import Reading

_P = patterns("visits")
_FULL = 3  # characters of a full name
_COUPLE = 2


def is_bystander(reading: Reading, name: Name) -> bool:
    """A name that is no household visited; one known beforehand always is."""
    return not name.known and any(rule(reading, name) for rule in BYSTANDERS)


def _before(reading: Reading, name: Name) -> str:
    return reading.text[max(0, name.start - 8) : name.start]


def _after(reading: Reading, name: Name) -> str:
    return reading.text[name.end : name.end + 12]


def one_of_the_crew(reading: Reading, name: Name) -> bool:
    """我和小李、小王三个人."""
    near = (max(0, name.start - 20), name.end + 16)
    if not _P["crew"].search(reading.text, *near):
        return False
    return any(crew.start() <= name.start < crew.end() for crew in _P["crew"].finditer(reading.text))


def companion(reading: Reading, name: Name) -> bool:
    """和小李一起走访, but not 和小李聊了聊."""
    after = _after(reading, name)
    if _P["companion"].search(_before(reading, name)) and _P["together_soon"].match(after):
        return not after.startswith("家") and not _P["contacted"].search(after[:6])
    return False


def companion_of_a_list(reading: Reading, name: Name) -> bool:
    """带着小李、小王一起."""
    after = reading.text[name.end : name.end + 20]
    return bool(_P["companion_close"].search(_before(reading, name)) and _P["together"].match(after))


def addressed(reading: Reading, name: Name) -> bool:
    """李书记,今天走访了3户."""
    opening = not reading.text[: name.start].strip(" @,") or reading.text[name.start - 1] in "\n@"
    if not opening:
        return False
    if _P["title"].search(name.text):
        return True
    after = _after(reading, name)
    return bool(_P["addressed"].match(after) and _P["addressed_report"].match(after))


def office(reading: Reading, name: Name) -> bool:
    """A secretary is no household, unless their home is told of."""
    at_home = _after(reading, name).startswith(("家", "那", "屋"))
    return _P["secretary"].search(name.text) is not None and not at_home


def thanked_or_self(reading: Reading, name: Name) -> bool:
    """谢谢老王; 我是老王."""
    before = _before(reading, name)
    return bool(_P["thanked_or_self"].search(before)) and not _after(reading, name).startswith("家")


def neighbour(reading: Reading, name: Name) -> bool:
    """老邢隔壁的蒋三爷: only says where the next one lives."""
    beside = _P["beside"].match(reading.text, name.end)
    return beside is not None and any(other.start == beside.end() for other in reading.names)


def away(reading: Reading, name: Name) -> bool:
    """去了老庞家,老庞家没人; 101、201开门了,102、302没应."""
    door = name.kind is NameKind.ADDRESS
    if not any(word in reading.text for word in ("没", "锁", *(("不在",) if door else ()))):
        return False
    places = (name.start, *(other.start for other in reading.names if other.text == name.text))
    ends = [start + len(name.text) for start in places]
    if door:
        ends = [found.end() for end in ends if (found := _P["with_doors"].match(reading.text, end))]
    return any(_P["was_away"].match(reading.text, end) for end in ends)


def came_along(reading: Reading, name: Name) -> bool:
    """陪驻村队老周去了趟老霍家: whoever the speaker went with."""
    if not _P["went_with"].search(reading.text, 0, name.start):
        return False
    gone = _P["to_somebody"].match(reading.text, name.end)
    return gone is not None and any(other.start >= gone.end() for other in reading.names)


def season(reading: Reading, name: Name) -> bool:
    """白露,看了三户: a day that is called like somebody."""
    return any(day.start <= name.start and name.end <= day.end for day in reading.days)


def to_be_called_on(reading: Reading, name: Name) -> bool:
    """上午去的范老三家,下午要去苏老师家."""
    planned = _P["to_be_called_on"].search(reading.text, 0, name.start)
    return planned is not None and any(other.end <= planned.start() for other in reading.names)


def told_of(reading: Reading, name: Name) -> bool:
    """去老邓家,他讲钱老板还没给钱: of whom those visited spoke."""
    clause = reading.clause_at(name.start)
    if clause is None or reading.text.startswith("家", name.end):
        return False
    return _P["they_spoke"].match(reading.text, clause.start, name.start) is not None


def of_their_home(reading: Reading, name: Name) -> bool:
    """老关家二姐: one of the home named right before."""
    if not (_P["called_by_kin"].match(name.text) and reading.text.startswith("家", name.start - 1)):
        return False
    return any(other.end == name.start - 1 and other.kind is NameKind.PERSON for other in reading.names)


BYSTANDERS: tuple[Callable[[Reading, Name], bool], ...] = (
    one_of_the_crew,
    companion,
    companion_of_a_list,
    addressed,
    office,
    thanked_or_self,
    neighbour,
    away,
    came_along,
    season,
    to_be_called_on,
    told_of,
    of_their_home,
)


def household_names(reading: Reading, called: list[Name]) -> tuple[str, ...]:
    """As written, without repeats; an address that only says where the next person lives is left out."""
    pairs = list(zip_longest(called, called[1:]))
    doors = {name.text for name, after in pairs if _home_of(reading, name, after)} | _door_again(called)
    if len(called) == _COUPLE and _door_of_the_one(reading, *called):
        doors |= {name.text for name in called if name.kind is NameKind.ADDRESS}
    kept = [name for name, after in pairs if name.text not in doors and not _couple(reading, name, after)]
    apart = (name for at, name in enumerate(kept) if not _one_of_theirs(reading, name, kept[:at]))
    written = tuple(dict.fromkeys(reading.written(name) for name in apart))
    return tuple(one for one in written if not _named_again(one, written))


def _couple(reading: Reading, name: Name, following: Name | None) -> bool:
    """崔二爷、崔二奶两口子: one household."""
    if following is None or name.text[:1] != following.text[:1]:
        return False
    if _P["couple"].match(reading.text, following.end):
        return True
    return _P["couple_named"].search(_before(reading, name)) is not None


def _named_again(surname: str, written: tuple[str, ...]) -> bool:
    """去丁家,教会了丁大妈,老丁高兴: the house by its surname, and then who lives there."""
    return len(surname) == 1 and any(
        len(other) > 1 and (other.startswith(surname) or other.startswith(surname, 1)) for other in written
    )


def _one_of_theirs(reading: Reading, name: Name, earlier: list[Name]) -> bool:
    """黑妞家,黑妞婆婆说; 郝存仁家,存仁婆姨说: of a family named before; 臧二爷,二爷说: the same one."""
    called, listed = name.text, _P["in_list"].search(reading.text, 0, name.start)
    if listed or len(called) < 2:
        return False
    return any(
        _of_the_family(called, other.text) or (len(other.text) > len(called) and other.text.endswith(called))
        for other in earlier
        if len(other.text) > 1
    )


def _of_the_family(called: str, head: str) -> bool:
    """Called after somebody, by the whole name or by the given name alone."""
    heads = (head, head[1:]) if len(head) == _FULL else (head,)
    behind = (len(each) for each in heads if called.startswith(each))
    return any(_P["of_the_family"].fullmatch(called, place) for place in behind)


def _door_again(called: list[Name]) -> set[str]:
    """2单元302,302室的热水器: the same door, called by less."""
    doors = [name.text for name in called if name.kind is NameKind.ADDRESS]
    return {
        door
        for place, door in enumerate(doors)
        if any(earlier != door and earlier.endswith(door.removesuffix("室")) for earlier in doors[:place])
    }


def _door_of_the_one(reading: Reading, first: Name, second: Name) -> bool:
    """3号楼802,王老师,血糖高; 沈老师(4-502)家: the only door, and who lives there."""
    if {first.kind, second.kind} != {NameKind.ADDRESS, NameKind.PERSON}:
        return False
    return _P["beside_door"].fullmatch(reading.text, first.end, second.start) is not None


def _home_of(reading: Reading, name: Name, following: Name | None) -> bool:
    if following is None or name.kind is not NameKind.ADDRESS or following.kind is not NameKind.PERSON:
        return False
    between = reading.text[name.end : following.start]
    return len(between) <= 8 and not _P["apart"].search(between)


def reply_names(reply: str) -> tuple[str, ...]:
    """Names of households in the message replied to."""
    plain = normalise(reply)
    found = (
        name
        for name in names(plain.text)
        if name.kind is NameKind.PERSON and not _P["called_to"].match(plain.text[name.end :], 0)
    )
    return tuple(dict.fromkeys(plain.written(name.start, name.end) for name in found))
