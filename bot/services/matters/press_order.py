"""A press on a card of a matter: a menu opens in the message itself, or an order is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Urgency
from bot.domain.buttons import Press, Verb
from bot.domain.errors import NotEntitled, NotFound
from bot.domain.inbound import Inbound
from bot.domain.matters import Part
from bot.domain.preset import Preset
from bot.services.chat import answering
from bot.services.chat.await_words import await_words, may_await
from bot.services.chat.speaker import Speaking
from bot.services.chat.strike_out import DIGEST
from bot.services.matters.answer_offer import accept_offer, decline_offer
from bot.services.matters.matter_cards import (
    Choice,
    Rows,
    categories,
    choices_menu,
    may_open,
    more_menu,
    urgencies,
)
from bot.services.matters.matter_messages import card_again, card_of_its_own
from bot.services.matters.matter_texts import short
from bot.services.matters.move_matter import check_version
from bot.services.matters.obey_order import Told, obey
from bot.services.matters.offer_matter import offer_to_branch, offer_to_person
from bot.services.matters.parts import parts_of
from bot.services.matters.unnamed import hide_reporter
from bot.services.roster.find_person import branches_to_choose, people_to_choose
from bot.services.roster.parameters import for_unit
from bot.text.orders import Order, OrderKind
from bot.wording import say
from storage import outbox
from storage.queries import matters as matter_rows
from storage.tables import Matter, Notice, Person, Unit

_ORDERS = {
    Verb.IN_HAND: OrderKind.IN_HAND,
    Verb.HAND_UP: OrderKind.HAND_UP,
    Verb.TAKE_OVER: OrderKind.TAKE,
    Verb.RESUME: OrderKind.RESUME,
    Verb.WITHDRAW: OrderKind.WITHDRAW,
}
_IN_WORDS = (Verb.LEDGER, Verb.PROLONG, Verb.SPLIT)
ORDERED_BY = frozenset(
    (
        *_ORDERS,
        *_IN_WORDS,
        Verb.MENU,
        Verb.ASSIGN,
        Verb.TO_BRANCH,
        Verb.ACCEPT,
        Verb.DECLINE,
        Verb.MERGE,
        Verb.CATEGORY,
        Verb.URGENCY,
        Verb.UNNAMED,
    )
)
"""The verbs that are dealt with here."""


@dataclass(frozen=True, slots=True)
class PressedOn:
    """The message whose button was pressed, and what tells this press from others."""

    chat_id: int
    message_id: int
    press_id: str


async def press_order(
    session: AsyncSession, matter: Matter, press: Press, speaking: Speaking, on: PressedOn, *, now: datetime
) -> str:
    """Do what the button says, and show the card as it stands then.

    Returns:
        The sentence that says what was done; empty for a menu, which speaks for itself.

    Raises:
        ExpectedError: as the use cases; nothing was changed.
    """
    parts = await parts_of(session, matter, speaking, now=now)
    if not parts and press.verb not in (Verb.ACCEPT, Verb.DECLINE):  # an offer says itself whose it was
        raise NotEntitled("matters.not_yours", number=matter.number)
    card = await outbox.notice_of_message(session, on.chat_id, on.message_id)
    if card is not None and card.kind.startswith(DIGEST):
        # It tells of other matters too: it is brought up to date by itself, and no menu opens in it.
        opens = press.verb is Verb.MENU
        card = await card_of_its_own(session, matter, speaking, key=on.press_id, now=now) if opens else None
    if press.verb is Verb.MENU:
        await _open_menu(session, matter, press, parts, card, on, now)
        return ""
    if press.verb in _IN_WORDS:
        check_version(matter, press.version)
        if not may_await(matter, press.verb, parts):
            raise NotEntitled("moves.not_yours_to_decide", number=matter.number)
        text = await await_words(session, matter, press.verb, speaking, version=press.version, now=now)
    else:
        text = await _do(session, matter, press, speaking, on, now)
    if card is not None:
        await card_again(session, card, matter, mark=on.press_id, now=now)
    return text


async def _do(
    session: AsyncSession, matter: Matter, press: Press, speaking: Speaking, on: PressedOn, now: datetime
) -> str:
    name, number, version = speaking.preset.name, matter.number, press.version
    match press.verb:
        case Verb.ACCEPT:
            await accept_offer(session, matter, speaking, offer_id=_key(press), now=now)
            return say("matters.taken_thanks", name, number=matter.number)
        case Verb.DECLINE:
            await decline_offer(session, matter, speaking, offer_id=_key(press), now=now)
            return say("moves.done_decline", name, number=number)
        case Verb.ASSIGN:
            person = await session.get_one(Person, _key(press))
            await offer_to_person(session, matter, person, speaking, version=version, now=now)
            return say("moves.done_assign", name, number=number, to=person.name)
        case Verb.TO_BRANCH:
            branch = await session.get_one(Unit, _key(press))
            await offer_to_branch(session, matter, branch, speaking, version=version, now=now)
            return say("moves.done_assign", name, number=number, to=branch.name)
        case Verb.UNNAMED:
            return await hide_reporter(session, matter, speaking, now=now)
    told = Told(speaking, _as_inbound(speaking, on, now), version)
    return await obey(session, matter, _order(press), told, now=now)


def _order(press: Press) -> Order:
    match press.verb:
        case Verb.MERGE:
            return Order(OrderKind.MERGE, other=_key(press))
        case Verb.CATEGORY if press.choice in set(Category):
            return Order(OrderKind.CATEGORY, category=Category(press.choice))
        case Verb.URGENCY if press.choice in set(Urgency):
            return Order(OrderKind.URGENCY, urgency=Urgency(press.choice))
        case verb if verb in _ORDERS:
            return Order(_ORDERS[verb])
    raise NotFound("questions.bad_button")


async def _open_menu(
    session: AsyncSession,
    matter: Matter,
    press: Press,
    parts: frozenset[Part],
    card: Notice | None,
    on: PressedOn,
    now: datetime,
) -> None:
    if card is None:
        raise NotFound("questions.bad_button")
    menu, _, page = press.choice.partition(".")
    if not menu:  # the way back always leads to the card as it stands now
        await card_again(session, card, matter, mark=on.press_id, now=now)
        return
    check_version(matter, press.version)
    if menu != "more" and not may_open(menu, parts):
        raise NotEntitled("moves.not_yours_to_decide", number=matter.number)
    preset = await for_unit(session, matter.branch_id)
    rows = (
        more_menu(matter, preset, parts, held=card.person_id == matter.assignee_id)
        if menu == "more"
        else await _choices(session, matter, menu, int(page) if page.isdecimal() else 0, preset)
    )
    text = f"{card.text}\n\n{say(f'moves.menu_{menu}', preset.name, number=matter.number)}"
    await answering.rewrite(session, card, text, mark=on.press_id, buttons=rows, now=now)


async def _choices(session: AsyncSession, matter: Matter, menu: str, page: int, preset: Preset) -> Rows:
    match menu:
        case "assign":
            people = [one for one in await people_to_choose(session, matter) if one.telegram_id is not None]
            choices = [Choice(one.name, str(one.id)) for one in people if one.id != matter.assignee_id]
            return choices_menu(matter, preset, Verb.ASSIGN, menu, choices, page)
        case "branch":
            choices = [Choice(one.name, str(one.id)) for one in await branches_to_choose(session, matter)]
            return choices_menu(matter, preset, Verb.TO_BRANCH, menu, choices, page)
        case "merge":
            others = await matter_rows.unfinished_in_branch(session, matter.branch_id)
            choices = [
                Choice(f"#{one.number} {short(one.text)}", str(one.number))
                for one in others
                if one.id != matter.id and one.private == matter.private
            ]
            return choices_menu(matter, preset, Verb.MERGE, menu, choices, page)
        case "category":
            return choices_menu(matter, preset, Verb.CATEGORY, menu, categories(matter, preset), page)
        case "urgency":
            return choices_menu(matter, preset, Verb.URGENCY, menu, urgencies(matter, preset), page)
    raise NotFound("questions.bad_button")


def _key(press: Press) -> int:
    if not press.choice.isdecimal():
        raise NotFound("questions.bad_button")
    return int(press.choice)


def _as_inbound(speaking: Speaking, on: PressedOn, now: datetime) -> Inbound:
    """The press as the message that an order would have come in."""
    return Inbound(
        chat_id=on.chat_id,
        message_id=on.message_id,
        sent_at=now,
        text="",
        user_id=speaking.actor.telegram_id,
        user_name=speaking.actor.name,
        private=on.chat_id == speaking.actor.telegram_id,
    )
