"""The table of moves, and what is drawn from it."""

from __future__ import annotations

import pytest

from bot.domain.matters import (
    MAY,
    TRANSITIONS,
    UNFINISHED,
    MatterStatus,
    Move,
    MoveRefused,
    after,
    status_told_by,
)
from tests.domain.draw_matters import PAGE, PICTURE, page, picture


def test_the_page_and_the_picture_are_in_step_with_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make docs"
    assert PICTURE.read_text(encoding="utf-8") == picture(), "run: make docs"


def test_every_move_is_somebodys_and_possible_somewhere() -> None:
    assert set(MAY) == set(Move)
    assert {move for move, _ in TRANSITIONS} == set(Move) - {Move.RAISE}


def test_what_is_unfinished_can_always_come_to_an_end() -> None:
    for status in UNFINISHED:
        reached, new = {status}, {status}
        while new:
            new = {end for (_, start), end in TRANSITIONS.items() if start in new} - reached
            reached |= new
        assert MatterStatus.CLOSED in reached, status


def test_what_is_over_stays_over_unless_it_is_opened_again() -> None:
    leaving = {(move, start) for (move, start), end in TRANSITIONS.items() if start not in UNFINISHED}
    assert leaving == {(Move.REOPEN, MatterStatus.CLOSED)}


def test_events_tell_the_state_that_they_lead_to() -> None:
    told = [Move.RAISE, Move.ACKNOWLEDGE, Move.OFFER, Move.ACCEPT, Move.PUT_ON_LEDGER, Move.RESUME]
    assert status_told_by(told) is MatterStatus.OPEN


def test_a_broken_list_of_events_is_found() -> None:
    with pytest.raises(MoveRefused):
        status_told_by([Move.RAISE, Move.WITHDRAW, Move.ACKNOWLEDGE])
    with pytest.raises(ValueError, match="raised"):
        status_told_by([Move.ACKNOWLEDGE])


def test_a_refused_move_says_from_where() -> None:
    with pytest.raises(MoveRefused) as refused:
        after(Move.PROLONG, MatterStatus.ON_LEDGER)
    assert (refused.value.move, refused.value.status) == (Move.PROLONG, MatterStatus.ON_LEDGER)
