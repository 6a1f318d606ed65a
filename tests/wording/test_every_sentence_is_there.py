"""Every sentence that the code asks for stands in the phrase book: a missing one would stop an update."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.acts import ActivityKind, VisitMode
from bot.domain.matters import MatterStatus, Move, Outcome, Step
from bot.domain.meetings import Presence
from bot.domain.papers import LedgerPart, PaperKind
from bot.domain.promises import PromiseState
from bot.wording import say, sentences

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "scheduler")
SUBJECTS = sorted(path.stem for path in (ROOT / "bot" / "wording").glob("*.toml"))
# Said, or given to an error that is answered with it; "a" if … else "b" counts as both.
_ASKED = r"(?:say|ExpectedError|NotFound|NotPossible|NotEntitled|Stale)\(\s*"
_KEY = rf'"((?:{"|".join(SUBJECTS)})\.[a-z][a-z0-9_]*)"'
_LITERAL = re.compile(rf"{_ASKED}{_KEY}(?: if [^,\n]* else {_KEY})?")
_OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.SILENT]


def _named() -> list[str]:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    found = (keys for path in files for keys in _LITERAL.findall(path.read_text("utf-8")))
    return sorted({key for keys in found for key in keys if key})


@pytest.mark.parametrize(
    "key",
    [
        *(f"matters.status_{status}" for status in MatterStatus),
        *(f"matters.refused_{status}" for status in MatterStatus),
        *(f"matters.outcome_{outcome}" for outcome in Outcome),
        *(f"{page}.event_{move}" for page in ("matters", "console") for move in Move),
        *(f"console.status_{status}" for status in MatterStatus),
        *(f"console.outcome_{outcome}" for outcome in Outcome),
        *(f"console.step_{step}" for step in Step),
        *(f"claims.{what}_{outcome}" for what in ("button", "thanks") for outcome in _OUTCOMES),
        *(f"papers.{what}_{kind}" for what in ("kind", "hint") for kind in PaperKind),
        *(f"papers.part_{part}" for part in LedgerPart),
        *(f"papers.presence_{presence}" for presence in Presence),
        *(f"papers.promise_{state}" for state in PromiseState),
        *(f"visits.mode_{mode}" for mode in VisitMode),
        *(f"visits.activity_{kind}" for kind in ActivityKind),
    ],
)
def test_one_for_each_of_a_kind(key: str) -> None:
    assert key in sentences()


def test_all_that_are_named_in_the_code() -> None:
    found = _named()
    assert len(found) > 50
    assert [key for key in found if key not in sentences()] == []


def test_a_presets_own_words_are_used() -> None:
    assert say("terms.member", "huozhou") == "联户党员"
