"""What a button carries: a verb, what it is about, and the version it was shown for.

A button may be pressed long after the world has moved on. The version tells: when it is no longer the
subject's own, the press is stale, changes nothing, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_LIMIT = 64  # bytes, the platform's


class Verb(StrEnum):
    """What a press asks for. `id` and `choice` mean what is written here."""

    ACKNOWLEDGE = "ack"  # matter: I have seen it and take it
    SOLVED = "sol"  # matter: dealt with, say those who hold it
    CANNOT = "cant"  # matter: cannot be solved and that has been explained, say those who hold it
    OUTCOME = "out"  # matter: how it ended; choice is a domain.matters.Outcome
    SHOW = "show"  # matter: show it in full
    LASTING = "last"  # matter, long closed: has it lasted? choice is `good` or `bad`
    ANSWER = "ans"  # question: choice is `yes`, `no` or the number of what was chosen
    TEACH = "teach"  # question: a lesson's next step; version is the step, choice what was chosen
    FIX_MATTER = "fixm"  # matter: it was read wrongly; choice as in services.correct_matter
    FIX_REPORT = "fixr"  # report: it was read wrongly; choice as in services.correct_visit
    MENU = "menu"  # matter: show the choices named by choice (`assign.2`: third page) in the message
    IN_HAND = "hand"  # matter: work on it has begun
    HAND_UP = "up"  # matter: to whoever is above
    TAKE_OVER = "over"  # matter: I take it from whoever has it
    ASSIGN = "asg"  # matter: offer it to the person whose key is choice
    TO_BRANCH = "brn"  # matter: offer it to the branch whose key is choice
    ACCEPT = "acc"  # matter: I take what was offered to me; choice is the offer's key
    DECLINE = "dec"  # matter: I can't take it; choice is the offer's key
    LEDGER = "ledg"  # matter: put it on the problem ledger; asks for words
    RESUME = "res"  # matter: take it from the problem ledger
    PROLONG = "long"  # matter: give it more time; asks for words
    MERGE = "mrg"  # matter: it is the one whose number is choice
    SPLIT = "spl"  # matter: it is two; asks for words
    CATEGORY = "cat"  # matter: it is of the category choice
    URGENCY = "urg"  # matter: it is as urgent as choice
    WITHDRAW = "wdr"  # matter: take it back
    UNNAMED = "anon"  # matter: keep its reporter's name from everybody
    COVER = "cov"  # leave: I stand in for its days; choice is `yes` or `no`
    LINK = "link"  # link proposal: the secretary's `agree`, `other`, `later`, the member's `yes`, `no`
    CLAIM = "name"  # claim to a name: choice is `yes` or `no`; version is how many wait for that name
    DROP = "drop"  # awaited words: forget it
    ROLL_CALL = "rc"  # roll-call: choice as in services.rollcalls.cards
    PHONE = "tel"  # person: show their phone number; choice is the roll-call for which it is needed
    MEETING = "meet"  # session: prepare it; choice as in services.meetings.prepare_session
    SIGN_IN = "sign"  # session: I am there
    ABSENCE = "abs"  # attendance: why I was not there, or that I was; choice is a sentence of absence
    DUES = "dues"  # person: I have paid; choice is the month
    BALLOT = "bal"  # ballot paper: choice is a vote, `words` or `skip` (services.appraisal.cast_ballot)
    GOODS = "good"  # goods: I want this for my points; version is what it cost
    EXCHANGE = "exch"  # exchange of points: choice is `yes` or `no`
    BULLETIN = "bull"  # bulletin: choice is `post` or `keep`
    ROUND = "rnd"  # appraisal round: choice is a domain.appraisal.RoundMove
    REPORT_IN = "rep"  # unit: report in as drafted, or in words; choice is the month, and `.words`
    WHY = "why"  # unit (0: all of theirs): open a figure; version is the page, choice its key and days
    AWAY = "away"  # household away: it is not so
    OCCASION = "occ"  # occasion: it is not so
    SPOT_CHECK = "spot"  # spot check: choice is a domain.spot_checks.Answer
    PICK = "pick"  # question which households were visited: choice is a household's key, `done` or `none`
    FORGET = "forg"  # erase what is kept of whoever presses; choice as in services.privacy.ask_to_forget


class BadButton(ValueError):
    """The data is not one of our buttons."""


@dataclass(frozen=True, slots=True)
class Press:
    """A decoded button. `version` is 0 where the subject has none."""

    verb: Verb
    id: int
    version: int
    choice: str = ""


def encode(verb: Verb, id: int, version: int = 0, choice: str = "") -> str:
    """The callback data of a button: at most 64 bytes, ASCII.

    Raises:
        ValueError: it would be longer.
    """
    data = f"{verb}:{id}:{version}:{choice}"
    if len(data.encode()) > _LIMIT:
        raise ValueError(f"a button's data is longer than {_LIMIT} bytes: {data!r}")
    return data


def decode(data: str) -> Press:
    """The press that `encode` made `data` for.

    Raises:
        BadButton: it is none of ours.
    """
    parts = data.split(":", 3)
    try:
        verb, subject, version, choice = parts
        return Press(Verb(verb), int(subject), int(version), choice)
    except ValueError:
        raise BadButton(data) from None
