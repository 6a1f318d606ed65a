"""What calls for a visit, as people tell it in passing, and what only sounds like it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.domain.occasions import OccasionKind
from bot.text.occasions import read_occasions

SENTENCES = tomllib.loads(Path(__file__).with_name("occasions.toml").read_text("utf-8"))
ROSTER = SENTENCES["roster"]


def told(part: str) -> list[tuple[str, str, str]]:
    return [(kind, text, name) for kind, lines in SENTENCES[part].items() for text, name in lines]


@pytest.mark.parametrize(("kind", "text", "name"), [*told("told"), *told("unseen_told")])
def test_it_is_read_what_has_happened_and_where(kind: str, text: str, name: str) -> None:
    found = [(one.kind, one.name or "") for one in read_occasions(text, ROSTER)]
    assert (OccasionKind(kind), name) in found


QUIET = [*SENTENCES["quiet"]["sentences"], *SENTENCES["unseen_quiet"]["sentences"]]


@pytest.mark.parametrize("text", QUIET)
def test_chatter_tells_of_nothing(text: str) -> None:
    assert read_occasions(text, ROSTER) == ()


def test_there_are_enough_of_both() -> None:
    assert len([*told("told"), *told("unseen_told")]) + len(told("unseen_told")) >= 80
    assert len(QUIET) >= 80
