"""The answer, in their own words, to the question whether a trouble is settled ("好了谢谢", "还漏呢")."""

from __future__ import annotations

import re
from functools import cache

from bot.domain.matters import Outcome
from bot.text.lexicon import load
from bot.text.normalise import normalise


def read_outcome(text: str, *, explained: bool) -> Outcome | None:
    """What a short answer says; null when it is none, is a question itself, or is too long.

    explained: they were told why it can't be solved, and are asked whether they have understood.
    """
    plain = normalise(text).text.strip()
    if not plain or len(plain) > load("outcomes")["longest"] or _pattern("question").search(plain):
        return None
    if explained:
        kinds = {"not_agreed": Outcome.NOT_SOLVED, "agreed": Outcome.CANNOT_EXPLAINED}
    else:
        kinds = {
            "not_solved": Outcome.NOT_SOLVED,
            "partly": Outcome.PARTLY,
            "satisfied": Outcome.SATISFIED,
        }
    return next((outcome for kind, outcome in kinds.items() if _pattern(kind).search(plain)), None)


def gives_reason(text: str) -> bool:
    """Whether an answer says more than how it stands ("没好，水龙头那儿还在滴")."""
    bare: int = load("outcomes")["bare"]
    return len(normalise(text).text.strip(" 。!！.，,\n")) > bare


def gives_explanation(text: str) -> bool:
    """Whether it says more than that something can't be solved ("修不了，要等自来水公司换主管")."""
    plain = normalise(text).text
    rest = re.sub(load("outcomes")["only_cannot"], "", plain)
    least: int = load("outcomes")["least_reason"]
    return len(rest) >= least


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in load("outcomes")[kind]))
