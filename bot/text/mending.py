"""What in a message tells of mending: the words for it, the numbers of matters, what it answers."""

from __future__ import annotations

import re

from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Place
from bot.text.numbers import read_numeral
from bot.text.once import once
from bot.text.reading import Reading

NEEDED: dict[str, float] = load("resolved")["needed"]
"""How like a resolution, or trouble, the model must hold a message to be."""

_P = patterns("resolutions")
_AROUND = " \n。!,~"  # marks and blanks around the whole message
_MOST = 40  # words of mending looked at in one message


class Mending:
    """What in a message tells of mending.

    troubled: the message tells trouble of its own. visits: it reports a visit.
    """

    def __init__(self, reading: Reading, *, troubled: bool, visits: bool) -> None:
        self.reading = reading
        self.text = reading.text
        self.troubled = troubled
        self.visits = visits

    @once
    def fixed(self) -> list[Place]:
        """Words of mending that are neither asked for, planned nor denied; faint ones where they will do."""
        told = self.told("fixed")
        if self.spoken_of or self.numbers or self.like("faint"):
            return told
        weak = set(self.reading.hits["fixed_weak"])
        return [place for place in told if place not in weak or self._at_last(place)]

    def _at_last(self, place: Place) -> bool:
        """总算拆了: a faint word told as what was waited for."""
        start, _ = place
        return _P["at_last"].search(self.text, max(0, start - 8), start) is not None

    def like(self, needed: str) -> bool:
        """Whether the model holds the message to be as like a resolution as is needed."""
        return self.reading.told.resolution >= NEEDED[needed]

    @once
    def faint(self) -> list[Place]:
        """Words that tell of mending only in answer to a matter or beside its number."""
        return self.told("fixed_reply")

    def told(self, name: str) -> list[Place]:
        """The words of a class of mending that are neither asked for, planned nor denied."""
        return [
            place
            for place in self.reading.hits[name][:_MOST]
            if not _P["not_before"].search(self.text, max(0, place[0] - 10), place[0])
            and (
                not _P["denied_after" if self.answers else "goes_on"].match(self.text, place[1])
                or _P["counted"].match(self.text, place[0])
            )
        ]

    @once
    def numbers(self) -> list[int]:
        """The numbers of the matters."""
        leading = _P["leading"].match(self.text)
        if leading is not None:
            return _numerals(leading["numbers"])
        settled, pending = _listed(self.text)
        if _P["number_of_matter"].search(self.text):
            for m in _P["number"].finditer(self.text):
                number = read_numeral(m[1] or m[2] or m[3])
                if number is not None:
                    settled.setdefault(number, m.start())
        return sorted(settled.keys() - pending, key=settled.__getitem__)

    @property
    def answers(self) -> bool:
        """It replies to a message."""
        return self.reading.message.reply_to is not None

    @once
    def spoken_of(self) -> bool:
        """A message is answered, or a matter told before is named."""
        return self.answers or self.has("matter_word")

    @once
    def asked(self) -> bool:
        """It asks whether something is mended."""
        return _P["asks"].search(self.text) is not None

    def has(self, name: str) -> bool:
        """Whether words of this class stand in the message."""
        return self.reading.has(name)

    @once
    def bare(self) -> re.Match[str] | None:
        """The whole message, when it is nothing but numbers and a word of mending (12号修好了)."""
        return bare_number_in(self.text)

    @property
    def bare_numbers(self) -> list[int]:
        """The numbers in it."""
        return _numerals(self.bare["numbers"]) if self.bare else []


def bare_number_in(text: str) -> re.Match[str] | None:
    """A text that is nothing but numbers and a word of mending."""
    return _P["bare_number"].fullmatch(text.strip(_AROUND))


def listed_numbers(text: str) -> bool:
    """Whether numbers of matters that are dealt with stand in a text."""
    return bool(_listed(text)[0])


def _listed(text: str) -> tuple[dict[int, int], set[int]]:
    """#16、#21已处理,#22等镇里批复: numbers of matters with their places, and those still waited for."""
    settled: dict[int, int] = {}
    waiting: set[int] = set()
    for run in _P["run"].finditer(text):
        numbered = "#" in run[0]
        headed = "、" in run[0] and _P["heads_numbers"].search(text, 0, run.start()) is not None
        these = _P["these"].match(text, run.end()) is not None
        if not (numbered or headed or these or "号" in run[0]) or _P["no_matter"].match(text, run.end()):
            continue
        if _P["pending"].match(text, run.end()):
            waiting.update(_numerals(run[0]))
            continue
        before = _P["of_matter_before"].search(text, 0, run.start())
        if numbered or headed or before or _P["of_matter"].match(text, run.end()):
            for place, number in enumerate(_numerals(run[0]), run.start()):
                settled.setdefault(number, place)
    return settled, waiting


def _numerals(listed: str) -> list[int]:
    found = (read_numeral(numeral) for numeral in _P["each_number"].findall(listed))
    return list(dict.fromkeys(number for number in found if number is not None))
