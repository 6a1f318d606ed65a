"""Telling those who answer for a matter's step; when none can be reached, the next step up is told too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.ladder_times import Rung
from bot.domain.matters import Move
from bot.domain.preset import Preset
from bot.services.matters.holders import Holder, ladder_of, rung_of
from bot.services.matters.matter_words import MatterWords, names_of
from bot.services.notices.tell import About, to_person
from bot.wording import say
from storage.outbox import Priority
from storage.tables import Household, Matter, MatterEvent

TELLING = ("matter.raised", "matter.escalated", "matter.reopened", "matter.resumed")
"""Kinds that put a matter into somebody's hands."""
YOURS = "matter.yours"
"""Tells of a matter those who have taken it on by a word."""
LENT = "matter.lent"
"""Tells of a matter whoever stands in for its holder, and the holder when they are back."""
REMAIN = "matter.remain"
"""Reminds those at the top of what is late."""
ALTERNATE = "matter.alternate"
"""Asks those who act in the holder's place when nobody has taken it on."""
ASKING = (*TELLING, ALTERNATE)
"""Kinds that ask somebody to take a matter on, who may then, whatever else they are to it."""
TO_HOLDERS = (*TELLING, YOURS, LENT, "matter.warning", ALTERNATE, REMAIN, "matter.call")
"""Kinds that ask somebody to act on a matter, and are pointless when it has been taken on or is over."""


async def tell_holders(
    session: AsyncSession,
    words: MatterWords,
    about: About,
    text: str,
    *,
    rungs: Collection[Rung],
    breaks_quiet: bool,
) -> int:
    """Tell those who answer for `rungs`. When none of them can be reached, the next above is told too.

    That is written into the matter's history.

    Returns:
        How many notices were made.
    """
    told = [holder for rung in rungs for holder in words.held.get(rung, ())]
    texts = {holder.person.id: text for holder in told}
    if told and not any(holder.reachable for holder in told):
        in_place = next(iter(_reachable_above(words, rungs)), None)
        names = names_of([holder.person for holder in told])
        for holder in () if in_place is None else words.held[in_place]:
            texts[holder.person.id] = f"{text}\n{words.say('in_place_of', names=names)}"
            told.append(holder)
        if in_place is not None:
            note = words.say("event_unreached", names=names, to=words.who(in_place))
            add_event(session, words.matter, Move.WARN, note, words.now)
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
            buttons=words.buttons_now(),
            breaks_quiet=breaks_quiet,
        )
        made += notice is not None
    return made


async def words_for(session: AsyncSession, matter: Matter, preset: Preset, now: datetime) -> MatterWords:
    """The sentences on a matter as it stands, with who answers for it from its step up."""
    today = now.astimezone(preset.zone).date()
    household = None if matter.household_id is None else await session.get(Household, matter.household_id)
    ladder = await ladder_of(session, matter, today=today, since=rung_of(matter))
    return MatterWords(matter, preset, household, ladder.held, now, ladder.away)


def about_matter(matter: Matter, kind: str, stage: str, due: datetime) -> About:
    """What a notice of `kind` on a matter is about."""
    return About(kind, "matter", id_of(matter), stage, due, matter.branch_id)


def put_on_rung(matter: Matter, rung: Rung, holders: Sequence[Holder]) -> None:
    """The matter is on `rung` now, assigned to the first who can be reached there, else the first."""
    matter.step, matter.step_level = rung.step, rung.level
    matter.remind_at = None
    reachable = [holder for holder in holders if holder.reachable]
    matter.assignee_id = next(iter([*reachable, *holders])).person.id


def priority_of(matter: Matter) -> Priority:
    """How soon what concerns a matter is sent."""
    return Priority.EMERGENCY if matter.urgency == Urgency.EMERGENCY else Priority.MATTER


def add_event(session: AsyncSession, matter: Matter, move: Move, note: str, now: datetime) -> None:
    """Write what time has done to a matter into its history."""
    by = say("escalation.by_system")
    session.add(MatterEvent(matter_id=id_of(matter), at=now, kind=move, by_name=by, note=note))


def _reachable_above(words: MatterWords, rungs: Collection[Rung]) -> list[Rung]:
    held = list(words.held)
    highest = max((held.index(rung) for rung in rungs if rung in held), default=-1)
    return [rung for rung in held[highest + 1 :] if any(holder.reachable for holder in words.held[rung])]


def id_of(matter: Matter) -> int:
    """The key of a matter that has been stored."""
    if matter.id is None:
        raise ValueError("the matter has not been stored yet")
    return matter.id
