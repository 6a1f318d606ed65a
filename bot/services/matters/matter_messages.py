"""Keeps what has been said about a matter true: the line in the chat where it was raised, and the
messages with buttons that its holders have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, decode
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED, MatterStatus, Step
from bot.domain.preset import Preset
from bot.services.chat import answering
from bot.services.chat.open_offer import OFFERED
from bot.services.chat.speaker import Speaking
from bot.services.chat.strike_out import strike_out
from bot.services.matters.ask_outcome import KIND as CONFIRM
from bot.services.matters.holders import holders_for
from bot.services.matters.matter_cards import Rows, held_card, more_button, offer_buttons, open_card
from bot.services.matters.matter_texts import holder_name, public_line, state_words, status_words
from bot.services.matters.tell_holders import TO_HOLDERS, words_for
from bot.services.notices.times import full_moment_words
from bot.services.roster.parameters import for_unit
from bot.services.words.fix_buttons import under_matters
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import notices, offers
from storage.tables import Matter, MatterOffer, Notice

LOOKED_UP = "reply.matter"
"""Somebody has asked to see a matter."""
FROM_DIGEST = "matter.from_digest"
"""The card of a matter whose menu somebody has opened under their digest."""
_CARDS = (*TO_HOLDERS, OFFERED, FROM_DIGEST)
_IN_HAND = (MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)


async def register(
    session: AsyncSession, matters: Sequence[Matter], inbound: Inbound, *, preset: Preset, now: datetime
) -> None:
    """Say once, under the message, which numbers its matters have got and who sees to them."""
    lines = [await public_line(session, one, preset, privately=inbound.private) for one in matters]
    first = matters[0]
    await answering.reply(
        session,
        inbound,
        "\n".join(lines),
        what=answering.REGISTERED,
        buttons=under_matters(matters, preset),
        subject=("matter", first.id or 0),
        branch_id=first.branch_id,
        now=now,
    )


async def refresh(
    session: AsyncSession, matter: Matter, *, preset: Preset, now: datetime, amended: bool = False
) -> None:
    """Bring what has been said about a matter up to date, by editing it.

    amended: its words have changed.
    """
    await session.flush()
    await refresh_line(session, matter, preset=preset, now=now, amended=amended)
    await strike_out(session, matter, preset=preset, now=now)
    offer = await offers.open_offer(session, matter.id or 0)
    latest: dict[int | None, Notice] = {}
    for notice in await notices.about(
        session, subject_kind="matter", subject_id=matter.id or 0, with_buttons=True
    ):
        if notice.kind in TO_HOLDERS:
            latest[notice.person_id] = notice
        elif notice.kind == OFFERED and not _waits(notice, offer):
            text = f"{notice.text}\n\n{await _state_line(session, matter, preset, now)}"
            await answering.rewrite(session, notice, text, mark="over", now=now)
        elif notice.kind == CONFIRM and matter.status != MatterStatus.CLAIMED_SOLVED:
            # Once answered it stays as it is, whatever becomes of the matter later.
            text = f"{notice.text}\n{_verdict(matter, preset)}"
            await answering.rewrite(session, notice, text, mark="answered", now=now)
    asked = await _asked(session, matter, preset, now)
    for notice in latest.values():
        if _shows(notice, matter):
            continue
        line = await _state_line(session, matter, preset, now, amended=amended, asked=asked, card=notice)
        text = f"{notice.text}\n\n{line}"
        buttons = await _buttons(session, matter, preset, notice, asked)
        await answering.rewrite(session, notice, text, mark=f"v{matter.version}", buttons=buttons, now=now)


async def card_again(
    session: AsyncSession, card: Notice, matter: Matter, *, mark: str, now: datetime
) -> None:
    """Show a card as its matter stands now, in place of the menu that stood there.

    mark: what tells this from other times that the same card was shown.
    """
    preset = await for_unit(session, matter.branch_id)
    asked = await _asked(session, matter, preset, now)
    text = card.text
    if not _shows(card, matter) and card.kind in _CARDS:
        text = f"{card.text}\n\n{await _state_line(session, matter, preset, now, asked=asked, card=card)}"
    buttons = await _buttons(session, matter, preset, card, asked)
    await answering.rewrite(session, card, text, mark=mark, buttons=buttons, now=now)


async def card_of_its_own(
    session: AsyncSession, matter: Matter, speaking: Speaking, *, key: str, now: datetime
) -> Notice | None:
    """A card for a menu that was opened under a message on several matters; null when it is there already."""
    preset = await for_unit(session, matter.branch_id)
    words = await words_for(session, matter, preset, now)
    return await answering.tell_user(
        session,
        speaking.actor.telegram_id or 0,
        speaking.actor.name,
        "\n".join(words.heading()),
        key=f"{FROM_DIGEST}:{key}",
        kind=FROM_DIGEST,
        subject=("matter", matter.id or 0),
        buttons=[[more_button(matter, preset)]],
        branch_id=matter.branch_id,
        now=now,
    )


async def refresh_line(
    session: AsyncSession, matter: Matter, *, preset: Preset, now: datetime, amended: bool = False
) -> None:
    """Bring the line under the message that raised a matter up to date: its state, and who has it.

    amended: its kind or urgency may have changed, which its words don't show and its buttons do.
    """
    key = f"reply:{matter.chat_id}:{matter.message_id}:{answering.REGISTERED}"
    said = await notices.by_key(session, key)
    if said is None:
        return
    siblings = await matter_rows.matters_of_message(session, matter.chat_id, matter.message_id)
    privately = matter.chat_id == matter.reporter_telegram_id
    lines = [await public_line(session, one, preset, privately=privately) for one in siblings]
    if (text := "\n".join(lines)) != said.text or amended:
        mark = "v" + "-".join(str(one.version) for one in siblings)
        buttons = under_matters(siblings, preset)
        await answering.rewrite(session, said, text, mark=mark, buttons=buttons, now=now)


async def _state_line(
    session: AsyncSession,
    matter: Matter,
    preset: Preset,
    now: datetime,
    *,
    amended: bool = False,
    asked: Collection[int | None] = (),
    card: Notice | None = None,
) -> str:
    """How a matter stands now, for below what was said of it before.

    asked: those who are asked to take it on.
    card: what it stands below, when that tells somebody by when to act; its times may have passed.
    """
    name = await holder_name(session, matter)
    running = matter.status == MatterStatus.OPEN or matter.status in _IN_HAND
    theirs = card is not None and card.person_id in {matter.assignee_id, *asked}
    if amended:
        line = say("matters.amended", preset.name, text=matter.text)
    elif not running or name is None:
        line = await state_words(session, matter, preset)
    elif matter.status in _IN_HAND:
        line = say("matters.in_hand_of", preset.name, name=name)
    elif theirs:
        line = say("matters.still_open", preset.name)
    else:
        line = say("matters.now_with", preset.name, name=name)
    if card is None or not (running and theirs) or matter.solve_by is None:
        return line
    by = full_moment_words(matter.solve_by, now=now, zone=preset.zone)
    return line if by in card.text else line + say("matters.solve_by_now", preset.name, solve_by=by)


def _verdict(matter: Matter, preset: Preset) -> str:
    """What became of the question whether a matter is settled."""
    if matter.status == MatterStatus.OPEN:
        return say("claims.verdict_not_solved", preset.name)
    return status_words(matter, preset)


def _waits(notice: Notice, offer: MatterOffer | None) -> bool:
    """Whether what a notice offers still waits for an answer: `offer` is the open one."""
    return offer is not None and f":{offer.id}:" in notice.key


def _shows(notice: Notice, matter: Matter) -> bool:
    """Whether a notice shows the matter as it is now: it was made for this version."""
    presses = [decode(button["data"]) for row in notice.buttons for button in row if "data" in button]
    return any(press.version == matter.version for press in presses)


async def _asked(session: AsyncSession, matter: Matter, preset: Preset, now: datetime) -> set[int | None]:
    """Those who are asked to take an open matter on, and whoever has it until somebody does."""
    if matter.status != MatterStatus.OPEN:
        return set()
    today = now.astimezone(preset.zone).date()
    holders = await holders_for(session, matter, Step(matter.step), today=today)
    return {matter.assignee_id, *(holder.person.id for holder in holders)} - {None}


async def _buttons(
    session: AsyncSession, matter: Matter, preset: Preset, notice: Notice, asked: set[int | None]
) -> Rows:
    """What somebody can still press: of an open matter those who are asked, of one in hand whoever has it.

    Under an offer, its own two while it waits; under what somebody has looked up, the way to the menu.
    """
    if notice.kind == OFFERED:
        offer = await offers.open_offer(session, matter.id or 0)
        return [] if offer is None or not _waits(notice, offer) else offer_buttons(matter, offer, preset)
    if matter.status not in UNFINISHED:
        return []
    if notice.kind == FROM_DIGEST:
        return [[more_button(matter, preset)]]
    if notice.kind == LOOKED_UP:
        above = [row for row in notice.buttons if decode(row[0]["data"]).verb is not Verb.MENU]
        return [*above, [more_button(matter, preset)]]
    if matter.status in _IN_HAND and notice.person_id == matter.assignee_id:
        return held_card(matter, preset)
    return open_card(matter, preset) if notice.person_id in asked else []
