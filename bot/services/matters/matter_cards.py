"""The buttons under what people are told of a matter, and the menus that open in their place.

A card is a message with buttons. Its menus show what this person can do with the matter as it stands;
each has a way back. All carry the version of the matter, so that what has passed changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.acts import Category, Urgency
from bot.domain.buttons import Verb, encode
from bot.domain.matters import MAY, TRANSITIONS, MatterStatus, Move, Part, Step
from bot.domain.preset import Preset
from bot.wording import say
from storage.tables import Matter, MatterOffer

Row = list[dict[str, Any]]
Rows = list[Row]

_PAGE = 8  # choices shown at a time


@dataclass(frozen=True, slots=True)
class _Option:
    """A button of the menu: shown to who may make the move, in the states in which it is possible.

    menu: the menu that it opens; null: it does it at once, or asks for words.
    only: the parts to which it is shown, where these are fewer than may make the move.
    """

    label: str
    verb: Verb
    move: Move
    menu: str | None = None
    only: frozenset[Part] = frozenset(Part)


_OPTIONS = (
    _Option("in_hand", Verb.IN_HAND, Move.TAKE_IN_HAND, only=frozenset((Part.HOLDER,))),
    _Option("cannot", Verb.CANNOT, Move.CLAIM_SOLVED, only=frozenset((Part.HOLDER,))),
    _Option("take_over", Verb.TAKE_OVER, Move.TAKE_OVER),
    _Option("assign", Verb.ASSIGN, Move.OFFER, menu="assign"),
    _Option("ledger", Verb.LEDGER, Move.PUT_ON_LEDGER),
    _Option("resume", Verb.RESUME, Move.RESUME),
    _Option("prolong", Verb.PROLONG, Move.PROLONG),
    _Option("branch", Verb.TO_BRANCH, Move.OFFER_OUT, menu="branch"),
    _Option("merge", Verb.MERGE, Move.MERGE, menu="merge", only=frozenset((Part.SECRETARY,))),
    _Option("split", Verb.SPLIT, Move.SPLIT),
    _Option("category", Verb.CATEGORY, Move.RECLASSIFY, menu="category"),
    _Option("urgency", Verb.URGENCY, Move.RECLASSIFY, menu="urgency"),
    _Option("withdraw", Verb.WITHDRAW, Move.WITHDRAW),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a menu's choices."""

    label: str
    choice: str


def open_card(matter: Matter, preset: Preset) -> Rows:
    """What those can press who are asked to take a matter on."""
    pairs = [(Verb.ACKNOWLEDGE, "escalation.button_take"), (Verb.SOLVED, "escalation.button_solved")]
    return [_row(matter, preset, pairs), _below(matter, preset)]


def held_card(matter: Matter, preset: Preset) -> Rows:
    """What whoever has taken it on can press."""
    pairs = [(Verb.SOLVED, "escalation.button_solved"), (Verb.CANNOT, "escalation.button_cannot")]
    return [_row(matter, preset, pairs), _below(matter, preset)]


def offer_buttons(matter: Matter, offer: MatterOffer, preset: Preset) -> Rows:
    """What whoever a matter is offered to can press."""
    pairs = [(Verb.ACCEPT, "moves.button_accept"), (Verb.DECLINE, "moves.button_decline")]
    return [[_button(matter, preset, verb, label, str(offer.id)) for verb, label in pairs]]


def more_menu(matter: Matter, preset: Preset, parts: frozenset[Part], *, held: bool) -> Rows:
    """Everything that somebody can do with a matter now, and the way back.

    held: it is assigned to them, so that they need not take it.
    """
    status = MatterStatus(matter.status)
    buttons = [
        _button(
            matter, preset, Verb.MENU if one.menu else one.verb, f"moves.button_{one.label}", one.menu or ""
        )
        for one in _OPTIONS
        if (one.move, status) in TRANSITIONS
        and parts & MAY[one.move] & one.only
        and not (held and one.move is Move.TAKE_OVER and status is not MatterStatus.ON_LEDGER)
    ]
    if Part.REPORTER in parts and matter.chat_id == matter.reporter_telegram_id and not matter.unnamed:
        buttons.append(_button(matter, preset, Verb.UNNAMED, "moves.button_unnamed"))
    return [*_in_rows(buttons, 2), [back(matter, preset)]]


def may_open(menu: str, parts: frozenset[Part]) -> bool:
    """Whether somebody may see the choices of a menu: they name people and other matters."""
    return any(one.menu == menu and parts & MAY[one.move] & one.only for one in _OPTIONS)


def choices_menu(
    matter: Matter, preset: Preset, verb: Verb, menu: str, choices: Sequence[Choice], page: int
) -> Rows:
    """A page of choices, each doing `verb`, with ways to the pages beside and back."""
    pages = max((len(choices) - 1) // _PAGE + 1, 1)
    page = min(max(page, 0), pages - 1)
    shown = choices[page * _PAGE : (page + 1) * _PAGE]
    rows = _in_rows(
        [
            {"text": one.label, "data": encode(verb, matter.id or 0, matter.version, one.choice)}
            for one in shown
        ],
        2,
    )
    turn = [
        _button(matter, preset, Verb.MENU, f"moves.button_{name}", f"{menu}.{to}")
        for name, to in (("before", page - 1), ("after", page + 1))
        if 0 <= to < pages
    ]
    return [*rows, *([turn] if turn else []), [back(matter, preset, to="more")]]


def categories(matter: Matter, preset: Preset) -> list[Choice]:
    """The categories that a matter is not of."""
    return [
        Choice(say(f"console.category_{one}", preset.name), one) for one in Category if one != matter.category
    ]


def urgencies(matter: Matter, preset: Preset) -> list[Choice]:
    """The urgencies that a matter does not have."""
    return [
        Choice(say(f"console.urgency_{one}", preset.name), one) for one in Urgency if one != matter.urgency
    ]


def back(matter: Matter, preset: Preset, *, to: str = "") -> dict[str, Any]:
    """The way back: to the menu `to`, or to the card."""
    return _button(matter, preset, Verb.MENU, "moves.button_back", to)


def more_button(matter: Matter, preset: Preset) -> dict[str, Any]:
    """Opens the menu."""
    return _button(matter, preset, Verb.MENU, "moves.button_more", "more")


def _below(matter: Matter, preset: Preset) -> Row:
    if matter.step == Step.TOWN:  # nobody is above
        return [more_button(matter, preset)]
    return [_button(matter, preset, Verb.HAND_UP, "moves.button_hand_up"), more_button(matter, preset)]


def _row(matter: Matter, preset: Preset, pairs: Iterable[tuple[Verb, str]]) -> Row:
    return [_button(matter, preset, verb, label) for verb, label in pairs]


def _button(matter: Matter, preset: Preset, verb: Verb, label: str, choice: str = "") -> dict[str, Any]:
    data = encode(verb, matter.id or 0, matter.version, choice)
    return {"text": say(label, preset.name), "data": data}


def _in_rows(buttons: Sequence[dict[str, Any]], width: int) -> Rows:
    return [list(buttons[at : at + width]) for at in range(0, len(buttons), width)]
