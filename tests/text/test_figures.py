"""How well messages are read must not fall below these floors."""

from __future__ import annotations

from pathlib import Path

from tests.text.figures import measure

OWN = Path(__file__).with_name("own.jsonl")


def test_our_own_messages_are_read_right() -> None:
    figures = measure(OWN)
    assert figures.right >= 0.92
    assert figures.false_alarms <= 0.04
    assert figures.emergencies >= 0.97
