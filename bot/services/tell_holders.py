"""Telling those who answer for a matter's step; when none can be reached, the next step up is told too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.matters import Move, Step
from bot.domain.preset import Preset
from bot.services.holders import Holder, held_steps
from bot.services.matter_words import MatterWords, names_of
from bot.services.tell import About, to_person
from bot.wording import say
from storage.outbox import Priority
from storage.tables import Household, Matter, MatterEvent

TELLING = ("matter.raised", "matter.escalated", "matter.reopened")
"""Kinds that put a matter into somebody's hands."""
YOURS = "matter.yours"
"""Tells of a matter those who have taken it on by a word."""
TO_HOLDERS = (*TELLING, YOURS, "matter.warning", "matter.remain", "matter.call")
"""Kinds that ask somebody to act on a matter, and are pointless when it has been taken on or is over."""


async def tell_holders(
    session: AsyncSession,
    words: MatterWords,
    about: About,
    text: str,
    *,
    steps: Collection[Step],
    breaks_quiet: bool,
) -> int:
    """Tell those who answer for `steps`. When none of them can be reached, the next step up is told too.

    Returns:
        How many notices were made.
    """
    told = [holder for step in steps for holder in words.held.get(step, ())]
    texts = {holder.person.id: text for holder in told}
    if told and not any(holder.reachable for holder in told):
        in_place = next(iter(_reachable_above(words, max(steps, key=list(Step).index))), None)
        why = words.say("in_place_of", names=names_of([holder.person for holder in told]))
        for holder in () if in_place is None else words.held[in_place]:
            texts[holder.person.id] = f"{text}\n{why}"
            told.append(holder)
    made = 0
    for holder in told:
        notice = await to_person(
            session,
            holder.person,
            about,
            texts[holder.person.id],
            preset=words.preset,
            now=words.now,
            priority=priority_of(words.matter),
            buttons=words.buttons(),
            breaks_quiet=breaks_quiet,
        )
        made += notice is not None
    return made


async def words_for(session: AsyncSession, matter: Matter, preset: Preset, now: datetime) -> MatterWords:
    """The sentences on a matter as it stands, with who answers for it from its step up."""
    today = now.astimezone(preset.zone).date()
    household = None if matter.household_id is None else await session.get(Household, matter.household_id)
    held = await held_steps(session, matter, today=today, ladder=steps_from(Step(matter.step)))
    return MatterWords(matter, preset, household, held, now)


def about_matter(matter: Matter, kind: str, stage: str, due: datetime) -> About:
    """What a notice of `kind` on a matter is about."""
    return About(kind, "matter", id_of(matter), stage, due, matter.branch_id)


def put_on_step(matter: Matter, step: Step, holders: Sequence[Holder]) -> None:
    """The matter is on `step` now, assigned to the first who can be reached there, else the first."""
    matter.step = step
    reachable = [holder for holder in holders if holder.reachable]
    matter.assignee_id = next(iter([*reachable, *holders])).person.id


def priority_of(matter: Matter) -> Priority:
    """How soon what concerns a matter is sent."""
    return Priority.EMERGENCY if matter.urgency == Urgency.EMERGENCY else Priority.MATTER


def add_event(session: AsyncSession, matter: Matter, move: Move, note: str, now: datetime) -> None:
    """Write what time has done to a matter into its history."""
    by = say("escalation.by_system")
    session.add(MatterEvent(matter_id=id_of(matter), at=now, kind=move, by_name=by, note=note))


def _reachable_above(words: MatterWords, step: Step) -> list[Step]:
    above = list(Step)[list(Step).index(step) + 1 :]
    return [one for one in above if any(holder.reachable for holder in words.held.get(one, ()))]


def steps_from(step: Step) -> Sequence[Step]:
    """A step and those above it."""
    return list(Step)[list(Step).index(step) :]


def id_of(matter: Matter) -> int:
    """The key of a matter that has been stored."""
    if matter.id is None:
        raise ValueError("the matter has not been stored yet")
    return matter.id
