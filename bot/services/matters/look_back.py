"""Long after a matter was closed, a part of those who raised one are asked whether it has lasted.

Which ones is drawn by their number, so that it is the same however often it is looked at. They are asked
once, privately, at the hour of the digest; what has broken again is raised anew, as another occurrence.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Urgency
from bot.domain.buttons import Verb, encode
from bot.domain.errors import NotEntitled, Stale
from bot.domain.inbound import Inbound
from bot.domain.matters import Outcome
from bot.domain.preset import Preset
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_messages import register
from bot.services.matters.matter_texts import short
from bot.services.matters.raise_matter import raise_matter
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.text.things import settled_words
from bot.wording import say
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats, notices, voices
from storage.tables import Matter

KIND, ROUND = "matter.lasting", "look-back"
GOOD, BAD = "good", "bad"
_PARTS = 1 << 32


async def look_back(session: AsyncSession, *, now: datetime) -> int:
    """Ask about the matters that were closed so many days ago; of days missed, about those as well.

    Returns:
        How many were asked.
    """
    made = 0
    for due in await rounds_due(session, ROUND, at=lambda preset: preset.digest_at, now=now):
        if due.preset.quiet.is_quiet(now):
            continue
        made += await _of_branch(session, due, now)
        await mark_made(session, due, now=now)
    return made


def is_drawn(matter: Matter, share: float) -> bool:
    """Whether a matter is among the part that is asked about: by its key, as evenly as chance."""
    drawn = hashlib.sha256(f"look back at {matter.branch_id}:{matter.number}".encode()).digest()
    return int.from_bytes(drawn[:4]) < share * _PARTS


async def answer_look_back(
    session: AsyncSession, matter: Matter, choice: str, speaking: Speaking, *, now: datetime
) -> str:
    """The reporter says whether it has lasted; returns the sentence that says what follows.

    Raises:
        NotEntitled: they were not asked.
        Stale: they have answered.
    """
    name, number = speaking.preset.name, matter.number
    asked = await notices.by_key(session, _key(matter))
    if asked is None or asked.chat_id is None or asked.chat_id != speaking.actor.telegram_id:
        raise NotEntitled("claims.not_yours", number=number)
    if matter.lasted is not None:
        raise Stale("questions.answered")
    matter.lasted = choice == GOOD
    session.add(matter)
    verdict = say("claims.lasted" if matter.lasted else "claims.not_lasted", name, number=number)
    await answering.rewrite(session, asked, f"{asked.text}\n{verdict}", mark="answered", now=now)
    if matter.lasted:
        return verdict
    # The press stands for the words of the matter, said where the question stands.
    inbound = Inbound(
        chat_id=asked.chat_id,
        message_id=asked.message_id or -(asked.id or 0),
        sent_at=now,
        text=matter.text,
        user_id=speaking.actor.telegram_id,
        user_name=speaking.actor.name,
        private=True,
    )
    act = Grievance(
        Category(matter.category), Urgency(matter.urgency), matter.about, resolved=False, span=matter.text
    )
    raised = (await raise_matter(session, act, speaking, inbound, index=0, now=now, again=matter)).matter
    await register(session, [raised], inbound, preset=speaking.preset, now=now)
    return say("claims.raised_again", name, number=raised.number)


async def _of_branch(session: AsyncSession, due: Round, now: datetime) -> int:
    last = datetime.combine(due.today, time.max, due.preset.zone) - timedelta(days=due.preset.look_back_days)
    first = last - timedelta(days=(due.today - due.after).days)
    made = 0
    for matter in await voices.closed_between(session, due.unit_id, first, last):
        if not is_drawn(matter, due.preset.look_back_share) or matter.outcome == Outcome.CANNOT_EXPLAINED:
            continue
        if not await chats.private_chat_open(session, matter.reporter_telegram_id):
            continue
        matter.looked_back_at = now
        session.add(matter)
        made += await outbox.put(session, _draft(matter, due.preset, now), now=now) is not None
    return made


def _draft(matter: Matter, preset: Preset, now: datetime) -> Draft:
    text = say(
        "claims.ask_lasting",
        preset.name,
        name=matter.reporter_name,
        settled=settled_words(matter.text, Category(matter.category)),
        number=matter.number,
        told=short(matter.text),
    )
    return Draft(
        key=_key(matter),
        kind=KIND,
        priority=Priority.ROUTINE,
        text=text,
        chat_id=matter.reporter_telegram_id,
        recipient=matter.reporter_name,
        buttons=(
            tuple(
                {
                    "text": say(f"claims.button_{choice}", preset.name),
                    "data": encode(Verb.LASTING, matter.id or 0, 0, choice),
                }
                for choice in (GOOD, BAD)
            ),
        ),
        subject_kind="matter",
        subject_id=matter.id,
        branch_id=matter.branch_id,
        due_at=preset.quiet.after_quiet(now),
    )


def _key(matter: Matter) -> str:
    return f"{KIND}:matter:{matter.id}"
