"""When a matter is said to be solved, the one whose matter it is has the last word.

Somebody who lives in the household is asked when they can be reached; else the one who raised it, for
the household when it is not their own (a member confirms for residents without Telegram); else, of an
anonymous post, the branch's secretary.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, encode
from bot.domain.matters import Outcome
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.matter_texts import is_claimed_impossible, short
from bot.wording import say
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats, roster
from storage.tables import Matter, Notice, Person

KIND = "matter.confirm"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked. on_behalf: they speak for a household that is not theirs."""

    telegram_id: int
    name: str
    on_behalf: bool = False


async def ask_outcome(
    session: AsyncSession, matter: Matter, *, preset: Preset, now: datetime, again: bool = False
) -> Notice | None:
    """Ask whether a matter that is claimed solved really is, with a button for each answer.

    Privately where the bot may write privately, else in the group under their message, where a private
    matter is called by its number alone.

    Args:
        again: as a reminder.

    Returns:
        The question; null when nobody can be asked, or it has been asked before.
    """
    if matter.id is None:
        raise ValueError("the matter has not been stored yet")
    if not again:
        matter.confirm_asked_at = now
        session.add(matter)
    asked = await whom_to_ask(session, matter)
    if asked is None:
        return None
    cannot = await is_claimed_impossible(session, matter)
    privately = await chats.private_chat_open(session, asked.telegram_id)
    chat_id = await chats.living_chat_id(session, matter.chat_id)
    in_own_group = not privately and asked.telegram_id == matter.reporter_telegram_id
    question = _text(matter, asked, preset, cannot=cannot, public=in_own_group)
    draft = Draft(
        key=f"{KIND}:{matter.id}:v{matter.version}:{'again' if again else 'first'}",
        kind=KIND,
        priority=Priority.MATTER,
        text=say("claims.again", preset.name, question=question) if again else question,
        chat_id=chat_id if in_own_group else asked.telegram_id,
        topic_id=matter.topic_id if in_own_group else None,
        recipient=asked.name,
        buttons=outcome_buttons(matter, preset, cannot=cannot),
        reply_to=matter.message_id if in_own_group and chat_id == matter.chat_id else None,
        subject_kind="matter",
        subject_id=matter.id,
        branch_id=matter.branch_id,
        due_at=preset.quiet.after_quiet(now),
    )
    return await outbox.put(session, draft, now=now)


async def whom_to_ask(session: AsyncSession, matter: Matter) -> Asked | None:
    """The one who has the last word on a matter; null when nobody can be asked."""
    resident = await resident_to_ask(session, matter)
    if resident is not None and resident.telegram_id is not None:
        return Asked(resident.telegram_id, resident.name)
    if matter.reporter_telegram_id is not None:
        return Asked(
            matter.reporter_telegram_id, matter.reporter_name, on_behalf=await _for_another(session, matter)
        )
    for secretary in await roster.people_with_role(session, matter.branch_id, Role.SECRETARY):
        if (
            await chats.private_chat_open(session, secretary.telegram_id)
            and secretary.telegram_id is not None
        ):
            return Asked(secretary.telegram_id, secretary.name, on_behalf=True)
    return None


async def resident_to_ask(session: AsyncSession, matter: Matter) -> Person | None:
    """Somebody of the household whose private chat with the bot is open; the reporter before others."""
    if matter.household_id is None:
        return None
    living = (await roster.residents_of(session, [matter.household_id])).get(matter.household_id, [])
    for person in sorted(living, key=lambda one: one.telegram_id != matter.reporter_telegram_id):
        if await chats.private_chat_open(session, person.telegram_id):
            return person
    return None


def outcome_buttons(
    matter: Matter, preset: Preset, *, cannot: bool
) -> tuple[tuple[dict[str, Any], ...], ...]:
    """A button for each outcome that can be given; `cannot`: the holder has said that it can't be solved."""
    outcomes = [Outcome.CANNOT_EXPLAINED] if cannot else [Outcome.SATISFIED, Outcome.PARTLY]
    return tuple(
        (
            {
                "text": say(f"claims.button_{outcome}", preset.name),
                "data": encode(Verb.OUTCOME, matter.id or 0, matter.version, outcome),
            },
        )
        for outcome in (*outcomes, Outcome.NOT_SOLVED)
    )


async def _for_another(session: AsyncSession, matter: Matter) -> bool:
    reporter = None
    if matter.reporter_person_id is not None:
        reporter = await session.get(Person, matter.reporter_person_id)
    own = None if reporter is None else reporter.household_id
    return matter.about is not None and (matter.household_id is None or matter.household_id != own)


def _text(matter: Matter, asked: Asked, preset: Preset, *, cannot: bool, public: bool) -> str:
    told = (
        say("claims.the_matter", preset.name, number=matter.number)
        if public and matter.private
        else short(matter.text)
    )
    name = "cannot" if cannot else "solved"
    if asked.on_behalf:
        about = matter.about or asked.name
        return say(
            f"claims.ask_{name}_for",
            preset.name,
            name=asked.name,
            about=about,
            number=matter.number,
            told=told,
        )
    return say(f"claims.ask_{name}", preset.name, name=asked.name, number=matter.number, told=told)
