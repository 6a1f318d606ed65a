"""What single cells of a roster say: names, phones, words of a list; and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from bot.services.roster.roster_file import RosterRow
from bot.text.roster_words import says_nothing, word_meant
from bot.wording import say

_PHONE = re.compile(r"1\d{10}|0\d{2,3}\d{7,8}")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_MASKED = re.compile(r"1\d{2}\*+\d{4}")
_ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}\s?(?:19|20)\d{2}[01]\d[0-3]\d\s?\d{3}[\dXx](?!\d)")
_BETWEEN_WORDS = re.compile(r"[、,，/;；\s]+")
_SEVERAL = re.compile(r"[、,，/;；&＆|]")
_LONGEST, _LONGEST_NAME = 200, 30  # characters
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RowFault:
    """Something wrong with a row. `row` as the spreadsheet shows it; `column` is empty for the whole row."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        if not self.column:
            return say("roster.fault_row", row=self.row, problem=self.problem)
        return say("roster.fault", row=self.row, column=self.column, problem=self.problem)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row; what is wrong with them gathers in `faults`."""

    row: RosterRow
    faults: list[RowFault] = field(default_factory=list)

    def wrong(self, column: str, key: str, **values: object) -> None:
        """Note that a cell is wrong, in the sentence `roster.fault_<key>`."""
        problem = say(f"roster.fault_{key}", None, **values)
        self.faults.append(RowFault(self.row.number, column, problem))

    def text(self, column: str) -> str:
        """As written."""
        return self.row.cells[column]

    def see_that_all_are_text(self) -> None:
        """No dates, formulas and the like, nothing too long, and no identity number anywhere."""
        for column, what in self.row.wrong.items():
            if what != "date" or column != "备注":
                self.wrong(column, what, value=self.text(column))
        for column, text in self.row.cells.items():
            if len(text) > _LONGEST:
                self.wrong(column, "too_long", length=len(text), most=_LONGEST)
            if _ID_NUMBER.search(unicodedata.normalize("NFKC", text)):
                self.wrong(column, "id_number")

    def name(self, column: str) -> str:
        """One person's name, without spaces; empty when there is none."""
        name = plain(self.text(column))
        if not name or column in self.row.wrong or _ID_NUMBER.search(name):
            return name
        odd = next((char for char in name if unicodedata.category(char) in ("So", "Cs", "Co", "Cn")), None)
        if says_nothing(name):
            self.wrong(column, f"nothing_{_WHO[column]}", value=self.text(column))
        elif odd is not None:
            self.wrong(column, "symbol", value=odd)
        elif _SEVERAL.search(name):
            self.wrong(column, f"several_{_WHO[column]}", value=self.text(column))
        elif re.search(r"\d{7}", name):
            self.wrong(column, "number_in_name")
        elif not any(char.isalpha() for char in name):
            self.wrong(column, "no_name", value=self.text(column))
        elif len(name) > _LONGEST_NAME and len(name) <= _LONGEST:
            self.wrong(column, "too_long", length=len(name), most=_LONGEST_NAME)
        return name

    def phone(self, column: str) -> str | None:
        """The digits of a phone; null when none is given, or it is wrong."""
        written = self.text(column)
        digits = re.sub(r"[\s\-()—]", "", unicodedata.normalize("NFKC", written)).removeprefix("+86")
        if len(digits) == 13 and digits.startswith("861"):
            digits = digits.removeprefix("86")
        if not digits or _PHONE.fullmatch(digits):
            return digits or None
        if column in self.row.wrong:
            return None
        if _SCIENTIFIC.fullmatch(digits):
            self.wrong(column, "phone_scientific", value=written)
        elif _MASKED.fullmatch(digits):
            self.wrong(column, "phone_masked", value=written)
        elif digits.isdecimal() and digits.startswith("1"):
            self.wrong(column, "phone_length", value=mask(digits), length=len(digits))
        else:
            self.wrong(column, "phone", value=mask(written))
        return None

    def words(self, column: str, known: Mapping[str, Word], kind: str) -> tuple[Word, ...]:
        """Words of a list. kind: `role` or `kind`; the table of it in lexicon/roster.toml helps to guess."""
        found: list[Word] = []
        if column in self.row.wrong:
            return ()
        for word in filter(None, _BETWEEN_WORDS.split(unicodedata.normalize("NFKC", self.text(column)))):
            if word in known:
                found.append(known[word])
                continue
            right = word_meant(word, known, table=f"{kind}s")
            hint = "" if right is None else say("roster.fault_hint", right=right)
            self.wrong(column, kind, value=word, known="、".join(known), hint=hint)
        return tuple(dict.fromkeys(found))


_WHO = {"党员": "member", "户主": "head"}


def plain(text: str) -> str:
    """Without spaces, in half width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def mask(number: str) -> str:
    """A number that is shown without all of it: `138****12`."""
    return number if len(number) < 8 else f"{number[:3]}****{number[7:]}"
