"""How a matter ended, in the words of those whose it is; when it has not for one of them, it is open again.

Each says so for their own side. It closes when all have; with the least content of their answers.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.matters import MatterStatus, Move, Outcome
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.matters.acknowledge_matter import stands_above
from bot.services.matters.ask_outcome import KIND, ask_outcome
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import check_version, move
from bot.services.matters.unnamed import seen_as
from bot.services.matters.whom_to_ask import Side, sides_of, verdict, whom_to_ask
from bot.services.notices import notify
from bot.wording import say
from storage.queries import notices
from storage.queries.co_reporters import co_reporter_of, co_reporters_of
from storage.tables import Matter


async def confirm_outcome(
    session: AsyncSession,
    matter: Matter,
    outcome: Outcome,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Take down what one side says; close the matter when all have, open it again when one says it is not.

    Args:
        version: of the button pressed; null: said in words.

    Raises:
        Stale: the button was shown for an earlier state.
        NotEntitled: it is not theirs to say.
        NotPossible: it is over already.
    """
    if not await may_confirm(session, matter, speaking):
        raise NotEntitled("claims.not_yours", number=matter.number)
    check_version(matter, version)
    if outcome is Outcome.NOT_SOLVED:
        await _reopen(session, matter, speaking, now)
        await refresh(session, matter, preset=speaking.preset, now=now)
        return
    waiting = await _take_down(session, matter, outcome, speaking, now)
    if waiting:
        await _wait_for(session, matter, outcome, speaking, now)
    else:
        await _close(session, matter, outcome, speaking, now)
    await refresh(session, matter, preset=speaking.preset, now=now)


async def may_confirm(session: AsyncSession, matter: Matter, speaking: Speaking) -> bool:
    """Whether it is theirs to say: who raised or joined it, lives in its household, or is asked for them."""
    user_id = speaking.actor.telegram_id
    if user_id is None:
        return False
    if await co_reporter_of(session, matter.id or 0, user_id) is not None:
        return True
    return await is_reporters_side(session, matter, speaking)


async def is_reporters_side(session: AsyncSession, matter: Matter, speaking: Speaking) -> bool:
    """Whether they speak for the one who raised it."""
    user_id = speaking.actor.telegram_id
    if user_id is None:
        return False
    if user_id == matter.reporter_telegram_id:
        return True
    person = speaking.person
    if person is not None and person.household_id is not None and person.household_id == matter.household_id:
        return True
    asked = await whom_to_ask(session, matter, today=matter.created_at.date())
    if asked is not None and asked.telegram_id == user_id:
        return True
    return matter.reporter_telegram_id is None and await stands_above(session, matter, speaking)


async def _take_down(
    session: AsyncSession, matter: Matter, outcome: Outcome, speaking: Speaking, now: datetime
) -> list[Side]:
    """Keep what the speaker says for their side; returns the sides that have not said anything."""
    own = await co_reporter_of(session, matter.id or 0, speaking.actor.telegram_id or 0)
    if own is not None:
        own.said, own.said_at = outcome, now
        session.add(own)
    if own is None or await is_reporters_side(session, matter, speaking):
        matter.reporter_said = outcome
        session.add(matter)
    if outcome is Outcome.CANNOT_EXPLAINED:
        matter.explained_at = now
    await session.flush()
    sides = await sides_of(session, matter, today=speaking.day_of(now))
    return [side for side in sides if side.said is None]


async def _wait_for(
    session: AsyncSession, matter: Matter, outcome: Outcome, speaking: Speaking, now: datetime
) -> None:
    """Others have not said yet: they are asked, unless they have been."""
    note = say(f"matters.outcome_{outcome}", speaking.preset.name)
    if matter.status == MatterStatus.CLAIMED_SOLVED:
        await move(session, matter, Move.NOTE, by=speaking.actor, now=now, note=note)
        for notice in await notices.about(
            session, subject_kind="matter", subject_id=matter.id or 0, with_buttons=True
        ):
            if notice.kind == KIND and notice.recipient == speaking.actor.name:
                text = f"{notice.text}\n{say('claims.waits_for_others', speaking.preset.name)}"
                await answering.rewrite(session, notice, text, mark="side", now=now)
        return
    await move(session, matter, Move.CLAIM_SOLVED, by=speaking.actor, now=now)
    matter.solved_at = now
    await notify.matter_ended(
        session,
        matter,
        by=f"claimed solved by {seen_as(matter, speaking.actor).name}",
        ending=notify.Ending.SETTLED,
        doer=speaking.actor,
        now=now,
    )
    await ask_outcome(session, matter, preset=speaking.preset, now=now)


async def _close(
    session: AsyncSession, matter: Matter, outcome: Outcome, speaking: Speaking, now: datetime
) -> None:
    joined = await co_reporters_of(session, matter.id or 0)
    said = [one.said for one in joined if one.said is not None]
    if matter.reporter_said is not None:
        said.append(matter.reporter_said)
    together = verdict(said) if joined else outcome
    # Of what they have claimed solved themselves, the holders need not hear once more.
    ending = None if matter.status == MatterStatus.CLAIMED_SOLVED else notify.Ending.SETTLED
    await move(session, matter, Move.CONFIRM, by=speaking.actor, now=now, note=together)
    matter.outcome, matter.closed_at = together, now
    matter.solved_at = matter.solved_at or now
    by = f"confirmed by {seen_as(matter, speaking.actor).name}"
    await notify.matter_ended(session, matter, by=by, ending=ending, doer=speaking.actor, now=now)


async def _reopen(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> None:
    await move(session, matter, Move.REOPEN, by=speaking.actor, now=now, note=Outcome.NOT_SOLVED)
    matter.outcome = matter.closed_at = matter.solved_at = None
    matter.acknowledged_at = matter.confirm_asked_at = matter.confirm_reminded_at = None
    matter.reporter_said = matter.explanation = matter.explained_at = None
    for one in await co_reporters_of(session, matter.id or 0):
        one.said = one.said_at = None
        session.add(one)
    await notify.matter_reopened(session, matter, by_name=seen_as(matter, speaking.actor).name, now=now)
