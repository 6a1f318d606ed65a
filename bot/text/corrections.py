"""Corrections of an earlier report of visits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.acts import Correction, Sureness
from bot.text.gist import LONGEST
from bot.text.lexicon.patterns import patterns
from bot.text.normalise import normalise
from bot.text.notes import Account, Effect, Note
from bot.text.numbers import Count, CountKind, bare_numbers, counts, read_numeral
from bot.text.once import once
from bot.text.reading import Reading
from bot.text.replies import takes_back_plainly

_P = patterns("corrections")
_SPOKEN = ("take_back", "wrong", "amends", "not_but")


class _Words:
    """What in the message speaks of correcting."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.back = _P["take_back"].search(self.text)
        self.wrong = _P["wrong"].search(self.text)

    @once
    def not_but(self) -> re.Match[str] | None:
        return _P["not_but"].search(self.text)

    @once
    def so_many_not(self) -> re.Match[str] | None:
        """9户,不是6户."""
        return _P["so_many_not"].search(self.text)

    @once
    def earlier(self) -> bool:
        """An earlier report is spoken of."""
        return self.has("earlier")

    @once
    def reply(self) -> str:
        """The message replied to, in plain spelling."""
        return normalise(self.reading.message.reply_to or "").text

    @once
    def kinds(self) -> set[CountKind]:
        """What may be counted: people too, where the report tells how many of them were called on."""
        told = counts(self.reply) if self.answers_report else []
        called_on = (_P["called_on"].search(self.reply, 0, count.start) for count in told)
        if {count.kind for count in told} == {CountKind.PEOPLE} and any(called_on):
            return {CountKind.HOUSEHOLDS, CountKind.PEOPLE}
        return {CountKind.HOUSEHOLDS}

    @once
    def answers_report(self) -> bool:
        return _P["report"].search(self.reading.message.reply_to or "", 0, LONGEST) is not None

    @property
    def found(self) -> list[re.Match[str]]:
        return [match for match in (self.back, self.wrong, self.not_but) if match]

    def has(self, pattern: str) -> bool:
        return _P[pattern].search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Corrected:
    """The correction, and where in the text it ends: a new report may follow."""

    act: Correction
    end: int


def may_correct(reading: Reading) -> bool:
    """Whether a word of correcting stands in the message; residents make no corrections."""
    text = reading.text
    if reading.by_resident:
        return False
    if takes_back_plainly(text) or reading.likely("correction"):
        return True
    return not reading.unlikely("correction") and any(_P[name].search(text) for name in _SPOKEN)


def find_correction(reading: Reading) -> Corrected | None:
    """The correction that the message makes, if any; residents make none."""
    if reading.by_resident:
        return None
    text = reading.text
    if takes_back_plainly(text):
        act = Correction(None, withdraw=True, evidence=(text.strip(),))
        return _noted(reading, "taken_back_whole", ((0, len(text)),), Corrected(act, len(text)))
    words = _Words(reading)
    corrects = _corrects(words) and not reading.unlikely("correction")
    if not corrects and not _is_like_one(words):
        return None
    said = words.wrong or words.back or words.not_but
    ends = [found.end() for found in (said, words.so_many_not) if found]
    fresh = _P["next_report"].search(text, max(ends, default=0))
    end = fresh.start() if fresh else len(text)
    number = _another(words, _right_number(words, end), end)
    changed = words.wrong or words.not_but or _number_at_last(text, end) is not None
    withdraw = words.back is not None and not (number and changed and not _said_before(words))
    act = Correction(
        None if withdraw else number,
        withdraw=withdraw,
        sureness=Sureness.SURE if corrects else Sureness.PROBABLY,
        evidence=tuple(match[0] for match in words.found),
    )
    rule = "taken_back" if withdraw else "corrected"
    if not corrects:
        rule = "second_opinion"
    return _noted(reading, rule, tuple(match.span() for match in words.found), Corrected(act, end))


def _is_like_one(words: _Words) -> bool:
    """The message as a whole is like a correction, though no word says so."""
    reading = words.reading
    if not reading.likely("correction"):
        return False
    if any(map(words.has, ("warning", "compares", "told_anew", "holds"))) or _slip_in_one_breath(words):
        return False
    return words.earlier or not (words.has("just_told") or words.has("thinks_again"))


def _noted(
    reading: Reading, rule: str, words: tuple[tuple[int, int], ...], corrected: Corrected
) -> Corrected:
    note = Note(rule, Effect.MAKES, words)
    reading.accounts.append(Account("correction", reading.text, [note], corrected.act))
    return corrected


def _corrects(words: _Words) -> bool:
    """Something is said to be wrong or taken back, and it is an earlier report."""
    if words.has("compares"):
        return False
    if words.has("put_for") and not words.has("warning"):
        return True
    if _contradicts_reply(words) or _counts_anew(words) or _puts_number_right(words):
        return True
    if not (words.back or words.wrong or _amends(words)):
        return False
    if not words.back and (words.has("warning") or _slip_in_one_breath(words)):
        return False
    return words.answers_report or _of_earlier_report(words)


def _counts_anew(words: _Words) -> bool:
    """漏了一家,六户, in answer to a report with its number."""
    return words.answers_report and words.has("counted_wrong") and _number_at_last(words.text) is not None


def _puts_number_right(words: _Words) -> bool:
    """9户,不是6户: by itself it can only be about what was reported."""
    return words.so_many_not is not None and words.has("opens_so_many_not")


def _contradicts_reply(words: _Words) -> bool:
    """不是王二,是王三, where the message replied to speaks of 王二."""
    if not words.reply:
        return False
    found = _P["contradicts"].search(words.text)
    wrong = (found["wrong"] or found["wrong_after"]) if found else None
    return wrong is not None and wrong in words.reply


def _amends(words: _Words) -> bool:
    """写的4户应该是3户; in answer to a report also 不是4户,是3户."""
    if words.has("amends"):
        return True
    return words.not_but is not None and words.answers_report and words.has("changes")


def _of_earlier_report(words: _Words) -> bool:
    if words.reading.message.reply_to and not (words.earlier and words.has("of_visits")):
        return False
    return (words.earlier or words.has("opens_correction")) and words.has("report_words")


def _slip_in_one_breath(words: _Words) -> bool:
    """A slip mended in the breath that made it (走访12户,说错了,11户) is but the visit."""
    if words.wrong is None or words.answers_report:
        return False
    before = words.text[: words.wrong.start()]
    return _P["just_told"].search(before) is not None and not _P["earlier"].search(before)


# ------------------------------------------------------------------ the number that holds now


def _right_number(words: _Words, end: int) -> int | None:
    """Null when what changes is no number of households."""
    text = words.text
    if words.has("number_stands"):
        return None
    if words.so_many_not is not None and words.so_many_not.start() < end:
        return read_numeral(words.so_many_not["n"])
    own = [c for c in counts(text) if c.start < end and c.kind in words.kinds]
    totals = _totals(words.reading, own)
    for name in ("met_of", "not_but_so_many", "arrow"):
        if totals and totals[-1].value:
            break
        outright = _P[name].search(text, 0, end)
        if outright is not None:
            return read_numeral(outright["n"])
    last = _number_at_last(text, end)
    if last is not None:
        return last
    if not own:
        return _bare(text, end) if words.has("number_spoken_of") or "户" in words.reply else None
    right = totals or [count for count in own if not _is_wrong(text, count)]
    later = [count for count in right if words.wrong and count.start >= words.wrong.end()]
    said = [count for count in later or right if _is_said_right(text, count)]
    chosen = said or later or right
    return chosen[-1].value if chosen else None


def _another(words: _Words, number: int | None, end: int) -> int | None:
    """七户是昨天走的, in answer to 今日走访七户: the number told stands, and no number is what was wrong.

    Where another is told beside it (12户是全组的,我自己6户), that is the right one.
    """
    reported = {count.value for count in counts(words.reply) if count.kind in words.kinds}
    if number is None or not words.answers_report or reported != {number}:
        return number
    told = [count.value for count in counts(words.text) if count.start < end]
    others = [value for value in told if value and value != number]
    if others:
        return others[-1]
    return None if words.has("something_else") and not words.has("number_kept") else number


def _number_at_last(text: str, end: int | None = None) -> int | None:
    """昨天那六户有一户重了,五户: the second number told, which the message ends with; 改16: said outright."""
    told = text[:end].rstrip("。!~ ")
    outright = list(_P["said_outright"].finditer(told))
    found = outright[-1] if outright else _P["right_at_last"].search(told)
    if found is None:
        return None
    if not (
        _P["some_number"].search(told[: found.start("n")]) or _P["wrong"].search(told[: found.start("n")])
    ):
        return None
    return read_numeral(found["n"])


def _said_before(words: _Words) -> bool:
    """我刚才那个3户是上礼拜的,作废: the only number is that of the report taken back."""
    if words.back is None or not _P["the_one_reported"].search(words.text[: words.back.start()]):
        return False
    told = counts(words.text)
    if _number_at_last(words.text) not in (None, *(count.value for count in told)):
        return False
    return len(told) == 1 and told[0].start < words.back.start()


def _totals(reading: Reading, own: list[Count]) -> list[Count]:
    return [
        count
        for count in own
        if reading.hits.any_within(max(0, count.start - 3), count.start, "total")
        and not _is_wrong(reading.text, count)
    ]


def _is_wrong(text: str, count: Count) -> bool:
    if _P["mistaken_for"].match(text, count.end):
        return False
    if _P["wrong_behind"].match(text, count.end):
        return True
    return _P["wrong_number"].search(text, max(0, count.start - 6), count.start) is not None


def _is_said_right(text: str, count: Count) -> bool:
    if _P["mistaken_for"].match(text, count.end):
        return True
    return _P["right_number"].search(text[max(0, count.start - 4) : count.start]) is not None


def _bare(text: str, end: int) -> int | None:
    """应该是4, in answer to a report in 户."""
    found = _P["bare_number"].search(text[:end])
    if found and not _P["not"].search(text[: found.start()]):
        return int(found[1])
    alone = bare_numbers(text, 0, end)
    return alone[0].value if len(alone) == 1 and _P["correcting"].search(text) else None
