"""Strikes out in people's digests what has been decided: the line says how, and its buttons go.

It is the message itself that is edited, for everybody who has the item in their latest digest. What has
changed without being decided (its words, who else tells it) keeps its line, and its buttons go on working.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, decode, encode
from bot.domain.digest import Item, Placed, as_text
from bot.domain.matters import MatterStatus
from bot.domain.preset import Preset
from bot.services.chat import answering
from bot.services.matters.matter_texts import holder_name, is_conduct, state_words
from bot.services.matters.matter_words import short_words
from bot.services.notices.digest_words import state_of
from bot.services.notices.times import moment_words
from bot.wording import say
from storage.queries import digests, offers
from storage.tables import DigestItem, Matter, MatterOffer, Notice, Person, Unit

DIGEST = "digest."
"""How the kinds of all digests begin."""
_IN_HAND = (MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
_OFFER = "offer "


async def strike_out(session: AsyncSession, matter: Matter, *, preset: Preset, now: datetime) -> None:
    """Bring every digest in which a matter waits up to date."""
    if matter.id is None:
        raise ValueError("the matter has not been stored yet")
    changed: dict[int, str] = {}
    waiting = await digests.waiting_about(session, "matter", matter.id)
    offer = await offers.open_offer(session, matter.id) if waiting else None
    for item in waiting:
        outcome = await _outcome(session, item, matter, offer, preset, now)
        if outcome is not None:
            item.decided = say(
                "digest.done", preset.name, number=matter.number, short=short_words(matter), outcome=outcome
            )
        elif item.version != matter.version:
            item.buttons = _for_version(item, matter.version)
            item.version = matter.version
        else:
            continue
        session.add(item)
        changed[item.notice_id] = f"m{matter.id}v{matter.version} {now.isoformat()}"
    await _show(session, changed, now)


async def strike_out_visits(
    session: AsyncSession, household_ids: Collection[int], *, preset: Preset, now: datetime
) -> None:
    """Households have been visited: whoever was to go there sees that it is done."""
    changed: dict[int, str] = {}
    for household_id in household_ids:
        for item in await digests.waiting_about(session, "household", household_id):
            item.decided = say("digest.done_visited", preset.name, line=item.text.removeprefix("· "))
            session.add(item)
            changed[item.notice_id] = f"h{household_id} {now.isoformat()}"
    await _show(session, changed, now)


async def _outcome(
    session: AsyncSession,
    item: DigestItem,
    matter: Matter,
    offer: MatterOffer | None,
    preset: Preset,
    now: datetime,
) -> str | None:
    """What became of it, in a few words; null: it waits. Of a matter of conduct nobody is named.

    offer: the one that waits for an answer.
    """
    offered = item.state.startswith(_OFFER)
    if offered and offer is not None and item.state == f"{_OFFER}{offer.id}":
        return None
    if not offered and item.state == state_of(matter):
        made_here = offer is not None and offer.made_at >= item.made_at
        return await _offered(session, offer, preset) if offer is not None and made_here else None
    name = None if is_conduct(matter) else await holder_name(session, matter)
    if matter.status in _IN_HAND and name is not None and not (offered and item.version == matter.version):
        was = item.state.split(" ")
        if was[0] in _IN_HAND and was[2] == str(matter.assignee_id) and matter.solve_by is not None:
            deadline = moment_words(matter.solve_by, now=now, zone=preset.zone)
            return say("digest.done_prolonged", preset.name, deadline=deadline)
        return say("digest.done_taken", preset.name, name=name)
    if offered and item.version == matter.version:
        return say("digest.done_declined", preset.name)
    if matter.status == MatterStatus.OPEN and name is not None:
        return say("digest.done_with", preset.name, name=name)
    return await state_words(session, matter, preset)


async def _offered(session: AsyncSession, offer: MatterOffer, preset: Preset) -> str:
    if offer.to_person_id is not None:
        name = (await session.get_one(Person, offer.to_person_id)).name
    else:
        name = (await session.get_one(Unit, offer.to_branch_id)).name
    return say("digest.done_offered", preset.name, name=name)


def _for_version(item: DigestItem, version: int) -> list[list[dict[str, str]]]:
    rows = []
    for row in item.buttons:
        presses = [(button["text"], decode(button["data"])) for button in row]
        rows.append(
            [
                {"text": text, "data": encode(Verb(press.verb), press.id, version, press.choice)}
                for text, press in presses
            ]
        )
    return rows


def _shown(item: DigestItem) -> str:
    return item.text if item.decided is None or item.decided == digests.LATER else item.decided


async def _show(session: AsyncSession, changed: dict[int, str], now: datetime) -> None:
    """Edit the messages; `changed`: by notice, what tells this change from others."""
    await session.flush()
    for notice_id, mark in changed.items():
        notice = await session.get_one(Notice, notice_id)
        items = await digests.items_of(session, notice_id)
        placed = [Placed(item.heading, Item(_shown(item))) for item in items]
        text = as_text(notice.text.split("\n", 1)[0], placed)
        rows = [row for item in items if item.decided in (None, digests.LATER) for row in item.buttons]
        await answering.rewrite(
            session, notice, text, mark=mark, buttons=tuple(tuple(row) for row in rows), now=now
        )
