"""Points are exchanged for goods: the secretary says for what, a member asks, another confirms.

Nothing is spent until it is confirmed, but what waits is kept back, so that two wishes can't use the same
points. Kinds (subject `exchange`): `points.exchange` to whoever confirms, `points.exchanged` to the member.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.points import ExchangeAnswer, Source
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.appraisal.keep_account import keep_account
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, Buttons, to_person
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import notices
from storage.queries import points as account
from storage.queries.roster import people_with_role
from storage.tables import AuditEntry, Person, PointEntry, PointExchange, PointGoods

EXCHANGE = "exchange"
YES, NO = "yes", "no"
_MOST_COST = 10_000
_MOST_BUTTONS = 24


async def set_goods(
    session: AsyncSession, name: str, cost: int | None, speaking: Speaking, *, now: datetime
) -> str:
    """The secretary says what something costs, or (cost null) that it is not to be had any more.

    Raises:
        NotEntitled: somebody else says so.
        NotPossible: it can't cost that.
        NotFound: there is nothing of the kind.
    """
    if not speaking.is_secretary:
        raise NotEntitled("points.secretary_only")
    preset, offered = speaking.preset, await account.goods_of(session, speaking.branch_id)
    goods = next((one for one in offered if one.name == name), None)
    if cost is None:
        if goods is None:
            raise _unknown(name, offered)
        goods.removed_at = now
        sentence, before = "goods_off", goods.cost
    elif not 0 < cost <= _MOST_COST:
        raise NotPossible("points.goods_cost", most=_MOST_COST)
    elif goods is None:
        goods = PointGoods(branch_id=speaking.branch_id, name=name, cost=cost)
        sentence, before = "goods_set", cost
    else:
        sentence, before = "goods_changed", goods.cost
        goods.cost = cost
    session.add(goods)
    detail = f"{name} {cost or '-'}"
    session.add(_audit(speaking, "points.goods", detail, now))
    return say(f"points.{sentence}", preset.name, goods=name, cost=cost, before=before)


async def show_goods(session: AsyncSession, speaking: Speaking, *, now: datetime) -> tuple[str, Buttons]:
    """What the speaker can exchange points for, with a button for each."""
    preset, offered = speaking.preset, await account.goods_of(session, speaking.branch_id)
    if not offered:
        sentence = "goods_none_secretary" if speaking.is_secretary else "goods_none"
        return say(f"points.{sentence}", preset.name), ()
    await keep_account(session, speaking.branch_id, preset, now=now)
    free = await free_points(session, speaking.actor.person_id or 0)
    lines = [say("points.goods_head", preset.name, balance=free)]
    lines += [say("points.goods_line", preset.name, goods=one.name, cost=one.cost) for one in offered]
    lines.append(say("points.goods_more", preset.name))
    if speaking.is_secretary:
        lines.append(say("points.goods_how_secretary", preset.name))
    buttons = tuple(
        (
            {
                "text": say("points.button_goods", preset.name, goods=one.name, cost=one.cost),
                "data": encode(Verb.GOODS, one.id or 0, one.cost),
            },
        )
        for one in offered[:_MOST_BUTTONS]
        if one.cost <= free
    )
    return "\n".join(lines), buttons


async def ask_exchange(session: AsyncSession, name: str, speaking: Speaking, *, now: datetime) -> str:
    """A member wants points exchanged for something named.

    Raises:
        NotFound: there is nothing of the kind.
        NotPossible: they have too few, have asked already, or nobody is there to confirm it.
    """
    offered = await account.goods_of(session, speaking.branch_id)
    goods = next((one for one in offered if one.name == name), None)
    if goods is None:
        raise _unknown(name, offered)
    return await _ask(session, goods, speaking, now=now)


async def press_goods(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """The same by a press; the button carries what it cost."""
    goods = await session.get(PointGoods, press.id)
    of_theirs = goods is not None and speaking.branch is not None and goods.branch_id == speaking.branch.id
    if goods is None or not of_theirs or goods.removed_at is not None or goods.cost != press.version:
        raise NotFound("questions.bad_button")
    return await _ask(session, goods, speaking, now=now)


async def press_exchange(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Somebody entitled confirms an exchange or refuses it; returns what is shown for a moment.

    Raises:
        NotFound: there is no such exchange.
        NotEntitled: it is not theirs to decide.
        NotPossible: it has been decided.
    """
    wish = await session.get(PointExchange, press.id)
    if wish is None or press.choice not in (YES, NO):
        raise NotFound("questions.bad_button")
    if wish.person_id == speaking.actor.person_id:
        raise NotEntitled("points.exchange_not_yours")
    if speaking.actor.person_id not in {one.id for one in await _deciders(session, wish)}:
        raise NotEntitled("points.secretary_only")
    if wish.answer is not None:
        raise NotPossible("points.exchange_answered")
    preset = await for_unit(session, wish.branch_id)
    person = await session.get_one(Person, wish.person_id)
    held = await account.balance(session, wish.person_id)
    enough = held >= wish.cost
    confirmed = press.choice == YES and enough
    wish.answer = ExchangeAnswer.CONFIRMED if confirmed else ExchangeAnswer.REFUSED
    wish.answered_at, wish.answered_by_id = now, speaking.actor.person_id
    session.add(wish)
    if confirmed:
        session.add(
            PointEntry(
                key=f"exchange:{wish.id}",
                branch_id=wish.branch_id,
                person_id=wish.person_id,
                day=now.astimezone(preset.zone).date(),
                points=-wish.cost,
                source=Source.EXCHANGE,
                why=say("points.why_exchange", preset.name, goods=wish.goods),
                made_at=now,
            )
        )
        held -= wish.cost
    session.add(_audit(speaking, "points.exchange", f"{person.name} {wish.goods} {wish.answer}", now))
    await session.flush()
    values = {"name": person.name, "goods": wish.goods, "cost": wish.cost, "balance": held}
    short = press.choice == YES and not enough
    sentence = "exchange_now_short" if short else f"exchange_{wish.answer}"
    text = say(f"points.{sentence}", preset.name, **values)
    for notice in await notices.about(session, subject_kind=EXCHANGE, subject_id=wish.id or 0):
        if notice.kind == "points.exchange":
            await answering.rewrite(session, notice, text, mark=str(wish.answer), now=now)
    about = About("points.exchanged", EXCHANGE, wish.id or 0, str(wish.answer), now, wish.branch_id)
    told = say(f"points.exchange_told_{wish.answer}", preset.name, **values)
    await to_person(session, person, about, told, preset=preset, now=now)
    return text


async def free_points(session: AsyncSession, person_id: int) -> int:
    """What a member can still spend: the account without what waits to be confirmed."""
    waiting = sum(wish.cost for wish in await account.waiting_exchanges(session, person_id))
    return await account.balance(session, person_id) - waiting


async def _ask(session: AsyncSession, goods: PointGoods, speaking: Speaking, *, now: datetime) -> str:
    preset, person_id = speaking.preset, speaking.actor.person_id or 0
    if not preset.points.on:
        raise NotPossible("points.off")
    if not speaking.actor.is_member:
        raise NotEntitled("points.members_only")
    await keep_account(session, goods.branch_id, preset, now=now)
    waiting = await account.waiting_exchanges(session, person_id)
    if any(wish.goods == goods.name for wish in waiting):
        raise NotPossible("points.exchange_twice", goods=goods.name)
    free = await free_points(session, person_id)
    if free < goods.cost:
        raise NotPossible(
            "points.exchange_short",
            goods=goods.name,
            cost=goods.cost,
            balance=free,
            missing=goods.cost - free,
        )
    wish = PointExchange(
        branch_id=goods.branch_id, person_id=person_id, goods=goods.name, cost=goods.cost, asked_at=now
    )
    session.add(wish)
    await session.flush()
    await _ask_deciders(session, wish, speaking, preset, now=now)
    return say("points.exchange_asked", preset.name, goods=goods.name, cost=goods.cost)


async def _ask_deciders(
    session: AsyncSession, wish: PointExchange, speaking: Speaking, preset: Preset, *, now: datetime
) -> None:
    deciders = [one for one in await _deciders(session, wish) if one.telegram_id is not None]
    if not deciders:
        raise NotPossible("points.exchange_nobody")
    balance = await account.balance(session, wish.person_id)
    text = say(
        "points.exchange_ask",
        preset.name,
        name=speaking.actor.name,
        goods=wish.goods,
        cost=wish.cost,
        balance=balance,
    )
    row = tuple(
        {
            "text": say(f"points.button_{name}", preset.name),
            "data": encode(Verb.EXCHANGE, wish.id or 0, choice=choice),
        }
        for name, choice in (("confirm", YES), ("refuse", NO))
    )
    about = About("points.exchange", EXCHANGE, wish.id or 0, "ask", now, wish.branch_id)
    for one in deciders:
        await to_person(session, one, about, text, preset=preset, now=now, buttons=(row,))


async def _deciders(session: AsyncSession, wish: PointExchange) -> list[Person]:
    """Who may confirm it: the secretary; of the secretary's own a deputy."""
    found = [
        person
        for role in (Role.SECRETARY, Role.DEPUTY)
        for person in await people_with_role(session, wish.branch_id, role)
        if person.id != wish.person_id
    ]
    return list({person.id: person for person in found}.values())


def _unknown(name: str, offered: list[PointGoods]) -> NotFound | NotPossible:
    if not offered:
        return NotPossible("points.goods_none")
    return NotFound("points.goods_unknown", goods=name, known="、".join(one.name for one in offered))


def _audit(speaking: Speaking, action: str, detail: str, now: datetime) -> AuditEntry:
    return AuditEntry(
        at=now,
        by_person_id=speaking.actor.person_id,
        by_name=speaking.actor.name,
        action=action,
        detail=detail,
    )
