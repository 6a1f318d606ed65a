"""Keeps what has been said about a matter true: the line in the chat where it was raised, and the
messages with buttons that its holders have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, decode, encode
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus
from bot.domain.preset import Preset
from bot.services import answering
from bot.services.ask_outcome import KIND as CONFIRM
from bot.services.fix_buttons import under_matters
from bot.services.matter_texts import holder_name, public_line, state_words, status_words
from bot.services.tell_holders import TO_HOLDERS
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import notices
from storage.tables import Matter, Notice

_LABELS = {
    Verb.ACKNOWLEDGE: "escalation.button_take",
    Verb.SOLVED: "escalation.button_solved",
    Verb.CANNOT: "escalation.button_cannot",
}
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
    latest: dict[int | None, Notice] = {}
    for notice in await notices.about(
        session, subject_kind="matter", subject_id=matter.id or 0, with_buttons=True
    ):
        if notice.kind in TO_HOLDERS:
            latest[notice.person_id] = notice
        elif notice.kind == CONFIRM and matter.status != MatterStatus.CLAIMED_SOLVED:
            # Once answered it stays as it is, whatever becomes of the matter later.
            text = f"{notice.text}\n{_verdict(matter, preset)}"
            await answering.rewrite(session, notice, text, mark="answered", now=now)
    for notice in latest.values():
        if _shows(notice, matter):
            continue
        text = f"{notice.text}\n\n{await _state_line(session, matter, preset, amended=amended)}"
        buttons = _buttons(matter, preset, notice, amended=amended)
        await answering.rewrite(session, notice, text, mark=f"v{matter.version}", buttons=buttons, now=now)


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


async def _state_line(session: AsyncSession, matter: Matter, preset: Preset, *, amended: bool) -> str:
    if amended:
        return say("matters.amended", preset.name, text=matter.text)
    if matter.status in _IN_HAND:
        return say("matters.in_hand_of", preset.name, name=await holder_name(session, matter))
    name = await holder_name(session, matter)
    if matter.status == MatterStatus.OPEN and name is not None:
        return say("matters.now_with", preset.name, name=name)
    return await state_words(session, matter, preset)


def _verdict(matter: Matter, preset: Preset) -> str:
    """What became of the question whether a matter is settled."""
    if matter.status == MatterStatus.OPEN:
        return say("matters.outcome_not_solved", preset.name)
    return status_words(matter, preset)


def _shows(notice: Notice, matter: Matter) -> bool:
    """Whether a notice shows the matter as it is now: it was made for this version."""
    presses = [decode(button["data"]) for row in notice.buttons for button in row if "data" in button]
    return any(press.version == matter.version for press in presses)


def _buttons(matter: Matter, preset: Preset, notice: Notice, *, amended: bool) -> list[list[dict[str, Any]]]:
    """What a holder can still press.

    Once somebody has taken it on, only they, until it is solved; before that the same as they were shown,
    for the matter's new version, when nothing but its words has changed.
    """
    if matter.status in _IN_HAND and notice.person_id == matter.assignee_id:
        verbs = [Verb.SOLVED, Verb.CANNOT]
    elif matter.status == MatterStatus.OPEN and amended:
        verbs = [Verb.ACKNOWLEDGE, Verb.SOLVED]
    else:
        return []
    return [
        [
            {
                "text": say(_LABELS[verb], preset.name),
                "data": encode(verb, matter.id or 0, matter.version),
            }
            for verb in verbs
        ]
    ]
