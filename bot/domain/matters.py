"""The life of a matter (事项): its states, its steps on the ladder, and the moves between states."""

from __future__ import annotations

from enum import StrEnum


class MatterStatus(StrEnum):
    """Where a matter stands. The first four and `on_ledger` are open: somebody still has to act."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    IN_HAND = "in_hand"
    CLAIMED_SOLVED = "claimed_solved"
    CLOSED = "closed"
    ON_LEDGER = "on_ledger"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Step(StrEnum):
    """Who has to act, from below. Escalation (升级) moves up one step at a time."""

    MEMBER = "member"
    GROUP = "group"
    SECRETARY = "secretary"
    TOWN = "town"


class Outcome(StrEnum):
    """How a matter ended, in the words of the one who raised it; `silent` when they never said."""

    SATISFIED = "satisfied"
    PARTLY = "partly"
    NOT_SOLVED = "not_solved"
    CANNOT_EXPLAINED = "cannot_explained"
    SILENT = "silent"


class Move(StrEnum):
    """What people or time do to a matter; each leaves an event of the same name."""

    RAISE = "raise"
    ACKNOWLEDGE = "acknowledge"
    TAKE_IN_HAND = "take_in_hand"
    CLAIM_SOLVED = "claim_solved"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    ESCALATE = "escalate"
    CALL = "call"
    WARN = "warn"
    REASSIGN = "reassign"
    PUT_ON_LEDGER = "put_on_ledger"
    AMEND = "amend"
    NOTE = "note"


class MoveRefused(Exception):
    """The move is not possible from the matter's present state; `status` says which that is."""

    def __init__(self, move: Move, status: MatterStatus) -> None:
        super().__init__(f"{move} is not possible while the matter is {status}")
        self.move = move
        self.status = status


_OPEN = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)

# (move, from) -> to. What is not here is refused. Moves that leave the state as it is (call, warn,
# reassign, amend, note) are possible while a matter is unfinished. A matter that goes up is open
# again: nobody on its new step has taken it on yet.
TRANSITIONS: dict[tuple[Move, MatterStatus], MatterStatus] = {
    (Move.ACKNOWLEDGE, MatterStatus.OPEN): MatterStatus.ACKNOWLEDGED,
    (Move.TAKE_IN_HAND, MatterStatus.OPEN): MatterStatus.IN_HAND,
    (Move.TAKE_IN_HAND, MatterStatus.ACKNOWLEDGED): MatterStatus.IN_HAND,
    **{(Move.CLAIM_SOLVED, held): MatterStatus.CLAIMED_SOLVED for held in (*_OPEN, MatterStatus.ON_LEDGER)},
    **{(Move.CONFIRM, held): MatterStatus.CLOSED for held in (*_OPEN, MatterStatus.CLAIMED_SOLVED)},
    (Move.REOPEN, MatterStatus.CLAIMED_SOLVED): MatterStatus.OPEN,
    (Move.REOPEN, MatterStatus.CLOSED): MatterStatus.OPEN,
    **{(Move.WITHDRAW, held): MatterStatus.WITHDRAWN for held in (*_OPEN, MatterStatus.CLAIMED_SOLVED)},
    **{(Move.ESCALATE, held): MatterStatus.OPEN for held in _OPEN},
    **{(Move.PUT_ON_LEDGER, held): MatterStatus.ON_LEDGER for held in _OPEN},
}
_STAYING = (Move.CALL, Move.WARN, Move.REASSIGN, Move.AMEND, Move.NOTE)
UNFINISHED = frozenset((*_OPEN, MatterStatus.CLAIMED_SOLVED, MatterStatus.ON_LEDGER))


def after(move: Move, status: MatterStatus) -> MatterStatus:
    """The state a matter is in after `move`.

    Raises:
        MoveRefused: when the move is not possible from `status`.
    """
    if move in _STAYING and status in UNFINISHED:
        return status
    try:
        return TRANSITIONS[move, status]
    except KeyError:
        raise MoveRefused(move, status) from None
