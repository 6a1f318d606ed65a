"""The names by which a household goes besides its head's, as a roster's notes tell them ("小名二孬")."""

from __future__ import annotations

import re
from functools import cache

from bot.text.lexicon import load
from bot.text.names import compound_surnames, surnames
from bot.text.normalise import normalise

_MARK = r"[,，。;；、!！?？\s()（）“”\"'‘’【】\[\]0-9]"


def nicknames_in(note: str) -> tuple[str, ...]:
    """Nicknames and the names of family in a note, in order; empty when it tells none."""
    found: list[tuple[int, str]] = []
    text = normalise(note).text
    for pattern in _patterns():
        for m in pattern.finditer(text):
            if not _no_name().match(m["name"]):
                found.append((m.start(), m["name"]))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    notes = load("households")["notes"]
    names, family = (_one_of(notes[key]) for key in ("names", "family"))
    between = f"(?:{_one_of(notes['between'])})*"
    surname = f"(?:{'|'.join(compound_surnames())}|[{''.join(sorted(surnames()))}])"
    return (
        re.compile(rf"(?:{names}){between}(?P<name>[一-龥]{{2,4}})(?=$|{_MARK})"),
        re.compile(rf"(?:{family}){between}(?P<name>{surname}[一-龥]{{1,2}})(?=$|在|{_MARK})"),
        re.compile(rf"(?:{family}){between}(?P<name>[一-龥]{{2}})(?=$|{_MARK})"),
    )


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(_one_of(load("households")["notes"]["no_names"]))


def _one_of(words: str) -> str:
    return "|".join(map(re.escape, sorted(words.split(), key=len, reverse=True)))
