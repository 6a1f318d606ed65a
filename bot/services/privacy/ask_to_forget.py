"""`/forget`: what would be erased and what stays is told once, and a press does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotPossible
from bot.domain.matters import UNFINISHED
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short
from bot.services.privacy.forget_person import OpenMatters, forget_person
from bot.services.privacy.retain import FORGOTTEN
from bot.wording import say
from storage.queries import privacy

_NO = "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, with its buttons."""

    text: str
    buttons: list[list[dict[str, Any]]]


async def ask_to_forget(session: AsyncSession, speaking: Speaking, *, in_group: bool) -> Asked:
    """What is asked before anything is erased.

    Raises:
        NotPossible: in a group it is not asked; or nobody knows who asks.
    """
    preset = speaking.preset.name
    if in_group:
        raise NotPossible("privacy.private_only")
    lines = [say(f"privacy.{'ask_member' if speaking.actor.roles else 'ask'}", preset)]
    told = await privacy.told_by(session, speaking.actor.telegram_id, speaking.actor.person_id)
    unfinished = [one for one in told if one.status in UNFINISHED]
    choices: list[str] = [OpenMatters.KEEP]
    if unfinished:
        lines.append(say("privacy.ask_open", preset, count=len(unfinished)))
        lines += [
            say("privacy.open_matter", preset, number=one.number, told=short(one.text)) for one in unfinished
        ]
        choices = list(OpenMatters)
    buttons = [
        [
            {
                "text": say(f"privacy.button_{one}{'_open' if unfinished else ''}", preset),
                "data": encode(Verb.FORGET, 0, 0, one),
            }
        ]
        for one in choices
    ]
    buttons.append([{"text": say("privacy.button_no", preset), "data": encode(Verb.FORGET, 0, 0, _NO)}])
    return Asked("\n".join(lines), buttons)


async def press_forget(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Erase, or leave all as it is; returns the sentence that says so."""
    preset, user_id = speaking.preset.name, speaking.actor.telegram_id
    if press.choice not in set(OpenMatters) or user_id is None:
        return say("privacy.left", preset)
    erased = await forget_person(session, speaking, OpenMatters(press.choice), by=speaking.actor, now=now)
    sentence = "done_member" if erased.on_roster else "done"
    await answering.tell_user(
        session,
        user_id,
        "",
        say(f"privacy.{sentence}", preset),
        key=f"forgotten:{erased.entry_id}",
        kind=FORGOTTEN,
        now=now,
    )
    return say("privacy.done_short", preset)
