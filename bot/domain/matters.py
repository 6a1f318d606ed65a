"""The life of a matter (事项): its states, its steps on the ladder, the moves and who may make them.

`docs/事项的一生.md` is drawn from the tables below.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    HAND_UP = "hand_up"
    OFFER = "offer"
    OFFER_OUT = "offer_out"
    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    TAKE_OVER = "take_over"
    HAND_OVER = "hand_over"
    PUT_ON_LEDGER = "put_on_ledger"
    RESUME = "resume"
    PROLONG = "prolong"
    RECLASSIFY = "reclassify"
    MERGE = "merge"
    JOIN = "join"
    SPLIT = "split"
    CALL = "call"
    WARN = "warn"
    REASSIGN = "reassign"
    AMEND = "amend"
    NOTE = "note"


class Part(StrEnum):
    """What somebody is to a matter; one person may be several."""

    REPORTER = "reporter"  # who raised it or has joined, lives in its household, or is asked in their place
    HOLDER = "holder"  # it is assigned to them, or they answer for the step that it is on
    MEMBER = "member"  # any other member of its branch; of a private matter nobody is
    ABOVE = "above"  # they answer for a higher step, or have been told to act
    SECRETARY = "secretary"  # of its branch, or an officer of the town
    ADDRESSEE = "addressee"  # it has been offered to them
    TIME = "time"  # nobody: the clock


class MoveRefused(Exception):
    """The move is not possible from the matter's present state; `status` says which that is."""

    def __init__(self, move: Move, status: MatterStatus) -> None:
        super().__init__(f"{move} is not possible while the matter is {status}")
        self.move = move
        self.status = status


_OPEN = MatterStatus.OPEN
_TAKEN = (MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
_RUNNING = (_OPEN, *_TAKEN)
TAKEN = frozenset(_TAKEN)
_CLAIMED, _LEDGER = MatterStatus.CLAIMED_SOLVED, MatterStatus.ON_LEDGER
_ANY = (*_RUNNING, _CLAIMED, _LEDGER)
UNFINISHED = frozenset(_ANY)

# What leads to another state: the move, the states it is possible from, the state it leads to. A matter
# that goes up, is opened again or comes back from the ledger is open: nobody has taken it on yet. One
# that somebody has agreed to take is acknowledged by that.
_LEADING: tuple[tuple[Move, tuple[MatterStatus, ...], MatterStatus], ...] = (
    (Move.ACKNOWLEDGE, (_OPEN,), MatterStatus.ACKNOWLEDGED),
    (Move.TAKE_IN_HAND, (_OPEN, MatterStatus.ACKNOWLEDGED), MatterStatus.IN_HAND),
    (Move.CLAIM_SOLVED, (*_RUNNING, _LEDGER), _CLAIMED),
    (Move.CONFIRM, (*_RUNNING, _CLAIMED), MatterStatus.CLOSED),
    (Move.REOPEN, (_CLAIMED, MatterStatus.CLOSED), _OPEN),
    (Move.WITHDRAW, _ANY, MatterStatus.WITHDRAWN),
    (Move.ESCALATE, _RUNNING, _OPEN),
    (Move.HAND_UP, _RUNNING, _OPEN),
    (Move.ACCEPT, _RUNNING, MatterStatus.ACKNOWLEDGED),
    (Move.TAKE_OVER, (*_TAKEN, _LEDGER), MatterStatus.ACKNOWLEDGED),
    (Move.HAND_OVER, _RUNNING, MatterStatus.ACKNOWLEDGED),
    (Move.PUT_ON_LEDGER, _RUNNING, _LEDGER),
    (Move.RESUME, (_LEDGER,), _OPEN),
    (Move.MERGE, (*_RUNNING, _LEDGER), MatterStatus.MERGED),
)
# What leaves the state as it is, and the states it is possible in.
_STAYING: tuple[tuple[Move, tuple[MatterStatus, ...]], ...] = (
    (Move.OFFER, _RUNNING),
    (Move.OFFER_OUT, _RUNNING),
    (Move.DECLINE, _ANY),
    (Move.LAPSE, _ANY),
    (Move.PROLONG, _RUNNING),
    (Move.RECLASSIFY, _RUNNING),
    (Move.SPLIT, (*_RUNNING, _LEDGER)),
    (Move.JOIN, _ANY),
    *((move, _ANY) for move in (Move.CALL, Move.WARN, Move.REASSIGN, Move.AMEND, Move.NOTE)),
)

TRANSITIONS: dict[tuple[Move, MatterStatus], MatterStatus] = {
    **{(move, start): end for move, starts, end in _LEADING for start in starts},
    **{(move, start): start for move, starts in _STAYING for start in starts},
}
"""(move, from) -> to. What is not here is refused; `raise` alone has no state before it."""

UNSEEN_MOVES = frozenset((Move.NOTE, Move.JOIN, Move.OFFER, Move.OFFER_OUT, Move.DECLINE, Move.LAPSE))
"""Moves that change nothing that a button was shown for: the buttons of before stay good."""

MAY: dict[Move, frozenset[Part]] = {
    Move.RAISE: frozenset((Part.REPORTER,)),
    Move.ACKNOWLEDGE: frozenset((Part.HOLDER, Part.ABOVE, Part.MEMBER)),
    Move.TAKE_IN_HAND: frozenset((Part.HOLDER, Part.ABOVE, Part.MEMBER)),
    Move.CLAIM_SOLVED: frozenset((Part.HOLDER, Part.ABOVE, Part.MEMBER)),
    Move.CONFIRM: frozenset((Part.REPORTER, Part.TIME)),
    Move.REOPEN: frozenset((Part.REPORTER,)),
    Move.WITHDRAW: frozenset((Part.REPORTER,)),
    Move.ESCALATE: frozenset((Part.TIME,)),
    Move.HAND_UP: frozenset((Part.HOLDER, Part.ABOVE, Part.SECRETARY)),
    Move.OFFER: frozenset((Part.ABOVE, Part.SECRETARY)),
    Move.OFFER_OUT: frozenset((Part.SECRETARY,)),
    Move.ACCEPT: frozenset((Part.ADDRESSEE,)),
    Move.DECLINE: frozenset((Part.ADDRESSEE,)),
    Move.LAPSE: frozenset((Part.TIME,)),
    Move.TAKE_OVER: frozenset((Part.ABOVE, Part.SECRETARY)),
    Move.HAND_OVER: frozenset((Part.ADDRESSEE,)),
    Move.PUT_ON_LEDGER: frozenset((Part.SECRETARY,)),
    Move.RESUME: frozenset((Part.SECRETARY, Part.TIME)),
    Move.PROLONG: frozenset((Part.SECRETARY,)),
    Move.RECLASSIFY: frozenset((Part.SECRETARY,)),
    Move.MERGE: frozenset((Part.REPORTER, Part.SECRETARY)),
    Move.JOIN: frozenset((Part.REPORTER,)),
    Move.SPLIT: frozenset((Part.SECRETARY,)),
    Move.CALL: frozenset((Part.TIME,)),
    Move.WARN: frozenset((Part.TIME,)),
    Move.REASSIGN: frozenset((Part.TIME,)),
    Move.AMEND: frozenset((Part.REPORTER,)),
    Move.NOTE: frozenset((Part.REPORTER, Part.HOLDER, Part.ABOVE, Part.SECRETARY)),
}
"""Who may make each move."""


def after(move: Move, status: MatterStatus) -> MatterStatus:
    """The state a matter is in after `move`.

    Raises:
        MoveRefused: when the move is not possible from `status`.
    """
    try:
        return TRANSITIONS[move, status]
    except KeyError:
        raise MoveRefused(move, status) from None


def status_told_by(moves: Iterable[Move]) -> MatterStatus:
    """The state to which a matter's events lead, from the first.

    Raises:
        MoveRefused: when one of them was not possible where it stands: the list is broken.
        ValueError: when they do not begin with `raise`.
    """
    told = iter(moves)
    if next(told, None) is not Move.RAISE:
        raise ValueError("the first event of a matter is not that it was raised")
    status = MatterStatus.OPEN
    for move in told:
        status = after(move, status)
    return status
