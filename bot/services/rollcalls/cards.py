"""The one message by which somebody is asked in a roll-call: whom it lists, and its buttons.

A button's choice is `s<household>.<state>`, `c<household>` (change what was said), `a.<state>` (all the
others), `h.<state>` (where they live), `p<page>`, or a word for what is done with the roll-call itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.buttons import Verb, encode
from bot.domain.roll_call import AskedAs, CallStatus, HouseholdState
from bot.services.rollcalls.standing import Row, Standing
from storage.tables import RollCallAsk

PER_PAGE = 8
_REPORTED = (
    HouseholdState.SAFE,
    HouseholdState.MOVED,
    HouseholdState.REFUSED,
    HouseholdState.UNREACHED,
)
_SEEN = (HouseholdState.SAFE, HouseholdState.MOVED)
_CHANGES_A_ROW = 4

Buttons = tuple[tuple[dict[str, Any], ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What a message says, and its buttons."""

    text: str
    buttons: Buttons = ()


def card(standing: Standing, ask: RollCallAsk, *, first: int = 1, changing: int | None = None) -> Card:
    """The message to somebody as it has to be now.

    Args:
        first: the number of their first household: whoever is asked twice has one count.
        changing: the household that they want to report anew; null: none.
    """
    if standing.call.status == CallStatus.WITHDRAWN:
        return Card(standing.say("card_withdrawn", head=standing.head))
    if ask.role == AskedAs.RESIDENT:
        return _home(standing, ask)
    return _List(standing, ask, first, changing).card()


@dataclass(frozen=True, slots=True)
class _List:
    """A list of households, eight a page, each with its buttons until it has been reported."""

    standing: Standing
    ask: RollCallAsk
    first: int
    changing: int | None

    def card(self) -> Card:
        rows = self.standing.within(self.ask.household_ids)
        pages = max(1, -(-len(rows) // PER_PAGE))
        page = min(self.ask.page, pages - 1)
        begin = page * PER_PAGE
        shown = list(enumerate(rows[begin : begin + PER_PAGE], start=self.first + begin))
        opened = [row for row in rows if row.state is HouseholdState.UNCHECKED]
        say = self.standing.say
        lines = [say(f"card_{self.ask.role}", head=self.standing.head, count=len(rows))]
        lines += [self._line(number, row) for number, row in shown]
        lines += self._closing(rows, opened)
        return Card("\n".join(lines), (*self._buttons(shown), *self._rest(opened), *self._pages(page, pages)))

    def _closing(self, rows: Sequence[Row], opened: Sequence[Row]) -> list[str]:
        say = self.standing.say
        if not self.standing.is_open:
            return [say("card_over")]
        if self.ask.role == AskedAs.NEIGHBOUR or not rows:
            return []
        return [say("card_how", example=rows[0].head) if opened else say("card_done")]

    def _line(self, number: int, row: Row) -> str:
        say, about = self.standing.say, []
        if row.known.residents is not None:
            about.append(say("row_people", people=row.known.residents))
        if row.household.address:
            about.append(row.household.address)
        if self.ask.role == AskedAs.GROUP and (names := self.standing.members_of(row.id)):
            about.append(say("row_instead", names=names))
        return say(
            "row",
            number=number,
            household=row.head,
            about=say("row_about", what="，".join(about)) if about else "",
            state=self._state(row),
        )

    def _state(self, row: Row) -> str:
        if self.ask.role != AskedAs.NEIGHBOUR:
            return state_words(self.standing, row)
        # Neighbours see no more than what they are asked.
        if row.state is HouseholdState.MOVED and not row.known.confirmed:
            return self.standing.say("row_moved_says")
        return self.standing.say("row_no_word" if row.state.is_missing else f"state_{row.state}")

    def _buttons(self, shown: Sequence[tuple[int, Row]]) -> Buttons:
        rows, changes = [], []
        states = _SEEN if self.ask.role == AskedAs.NEIGHBOUR else _REPORTED
        for number, row in shown:
            if self._is_asked(row):
                rows.append(
                    tuple(
                        self._button(f"button_{state}", f"s{row.id}.{state}", number=number)
                        for state in states
                    )
                )
            elif self.ask.role != AskedAs.NEIGHBOUR:
                changes.append(self._button("button_change", f"c{row.id}", number=number))
        grouped = [tuple(changes[i : i + _CHANGES_A_ROW]) for i in range(0, len(changes), _CHANGES_A_ROW)]
        return (*rows, *grouped)

    def _is_asked(self, row: Row) -> bool:
        if self.ask.role == AskedAs.NEIGHBOUR:
            return row.state.is_missing or (row.state is HouseholdState.MOVED and not row.known.confirmed)
        return row.id == self.changing or row.state is HouseholdState.UNCHECKED

    def _rest(self, opened: Sequence[Row]) -> Buttons:
        if len(opened) < 2 or self.ask.role == AskedAs.NEIGHBOUR:
            return ()
        return tuple(
            (self._button(f"button_rest_{state}", f"a.{state}", count=len(opened)),) for state in _SEEN
        )

    def _pages(self, page: int, pages: int) -> Buttons:
        turns = []
        if page > 0:
            turns.append(self._button("button_before", f"p{page - 1}"))
        if page + 1 < pages:
            turns.append(self._button("button_after", f"p{page + 1}"))
        return (tuple(turns),) if turns else ()

    def _button(self, sentence: str, choice: str, **values: object) -> dict[str, Any]:
        return button(self.standing, sentence, choice, **values)


def _home(standing: Standing, ask: RollCallAsk) -> Card:
    """The question to somebody about where they live."""
    rows = standing.within(ask.household_ids)
    lines = [standing.say("card_resident", head=standing.head, household=rows[0].head if rows else "")]
    for row in rows:
        if row.state is not HouseholdState.UNCHECKED:
            state = state_words(standing, row)
            lines.append(standing.say("own_home", state=state, by=row.known.by_name or ""))
    if not standing.is_open:
        lines.append(standing.say("card_over"))
    choices = tuple(button(standing, f"button_home_{state}", f"h.{state}") for state in _SEEN)
    return Card("\n".join(lines), (choices,))


def button(standing: Standing, sentence: str, choice: str, **values: object) -> dict[str, Any]:
    """A button of the roll-call."""
    text = standing.say(sentence, **values)
    return {"text": text, "data": encode(Verb.ROLL_CALL, standing.id, choice=choice)}


def state_words(standing: Standing, row: Row) -> str:
    """How a household is, in words for those who may know."""
    say, known, counted = standing.say, row.known, row.counted
    words = say(f"state_{row.state}")
    if counted.is_short:
        short = (known.residents or 0) - (known.people or 0)
        words = say("state_short", state=words, people=known.people, short=short)
    elif known.people is not None and not row.state.is_missing:
        words = say("state_people", state=words, people=known.people)
    if row.state is HouseholdState.MOVED and known.confirmed:
        words = say("state_confirmed", state=words)
    return say("state_disputed", state=words) if known.disputed else words
