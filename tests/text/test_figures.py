"""How well messages are read must not fall below these floors."""

from __future__ import annotations

from tests.text.figures import measure
from tests.text.labelled import held_out, labelled


def test_messages_the_rules_were_tuned_on_are_read_right() -> None:
    figures = measure([each for each in labelled() if each.written_in == "own"])
    assert (figures.right or 0) >= 0.92
    assert (figures.false_alarms or 0) <= 0.04
    assert (figures.emergencies or 0) >= 0.97


def test_messages_nothing_was_learned_from_are_read_as_well_as_before() -> None:
    figures = measure(held_out())
    assert (figures.right or 0) >= 0.75
    assert (figures.false_alarms or 0) <= 0.10
    assert (figures.emergencies or 0) >= 0.60
