"""Numbers told part by part, place by place or kind by kind (七栋3户八栋2户), taken as one."""

from __future__ import annotations

from bot.text.lexicon.patterns import patterns
from bot.text.numbers import Count, CountKind, read_numeral

_P = patterns("visits")
_UNITS = "户家名位"
_FEWEST = 2  # numbers; a single one is no list of parts


def with_parts_joined(text: str, counts: list[Count]) -> list[Count]:
    """The counts of the text, those of a list of parts as one that stands for the sum.

    Where their sum is told beside them (5户,一组3户,二组2户), the parts say nothing new and are left out.
    """
    if not counts or sum(map(text.count, _UNITS)) < _FEWEST:
        return counts
    for found in _P["parts"].finditer(text):
        values = [read_numeral(part["n"]) or 0 for part in _P["each_part"].finditer(found[0])]
        start, end = found.span()
        apart = [count for count in counts if not start <= count.start < end]
        if any(count.value == sum(values) for count in apart):
            counts = apart
            continue
        households = _P["part_of_households"].search(found[0]) is not None
        kind = CountKind.HOUSEHOLDS if households else CountKind.PEOPLE
        whole = Count(start, end, sum(values), kind, "户" if households else "位")
        counts = sorted([*apart, whole], key=lambda count: count.start)
    return counts
