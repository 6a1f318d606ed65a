"""Emergencies told in words of every day are seen, and talk that only sounds like one is not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.domain.acts import Grievance, Sureness, Urgency
from bot.text import Message, Speaker, understand
from tests.text.reading_aids import WEDNESDAY, acts_of

_KINDS = tomllib.loads(Path(__file__).with_name("emergencies.toml").read_text("utf-8"))


def _sentences(key: str) -> list[object]:
    return [
        pytest.param(text, id=f"{kind}-{number}")
        for kind, lists in _KINDS.items()
        for number, text in enumerate(lists[key], 1)
    ]


def _is_emergency(text: str) -> bool:
    acts = acts_of(text, "resident")
    return any(isinstance(act, Grievance) and act.urgency is Urgency.EMERGENCY for act in acts)


@pytest.mark.parametrize("text", _sentences("happening"))
def test_what_happens_is_an_emergency(text: str) -> None:
    assert _is_emergency(text)


@pytest.mark.parametrize("text", _sentences("not_happening"))
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    assert not _is_emergency(text)


def test_danger_told_of_elsewhere_is_asked_about_and_not_reported() -> None:
    told = understand(Message("巴黎那座大教堂着火了，心碎", WEDNESDAY, Speaker.RESIDENT))
    assert [act.sureness for act in told.acts] == [Sureness.PROBABLY]
    assert told.likely == (False,)
