"""A matter's message now tells it in other words, or as more urgent."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Urgency
from bot.domain.inbound import Inbound
from bot.domain.matters import TAKEN, MatterStatus, Move, after
from bot.domain.preset import Preset
from bot.services.chat.speaker import Speaking
from bot.services.matters.accused import accused_in, is_accused
from bot.services.matters.claim_solved import claim_solved
from bot.services.matters.first_holder import first_holder
from bot.services.matters.matter_messages import refresh
from bot.services.matters.move_matter import move
from bot.services.matters.raise_matter import find_household, keeps_to_itself, seen_from_the_roster
from bot.services.matters.tell_holders import add_event
from bot.services.notices import notify
from bot.wording import say
from storage.queries import continuations
from storage.tables import Household, Matter

_HARDER = (Urgency.NORMAL, Urgency.URGENT, Urgency.EMERGENCY)


async def amend_matter(
    session: AsyncSession,
    matter: Matter,
    act: Grievance,
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
    place_told: bool = False,
) -> bool:
    """Bring an unfinished matter to what its message tells now. False when that is what it told before.

    A matter that has become more urgent is told anew to whoever has to act then, and its clocks start
    again; one that names another household goes to whoever answers for that, unless somebody has taken
    it on. A message that now says that it is dealt with claims so.

    Args:
        place_told: where it is has just been added; of an emergency everybody is told that.
    """
    text = (act.span.strip() or inbound.text) + await words_added(session, matter)
    act = await seen_from_the_roster(session, act, text, speaking)
    told = (matter.text, matter.category, matter.urgency, matter.about)
    if told == (text, act.category, act.urgency, act.about):
        if act.resolved and matter.status not in (MatterStatus.CLAIMED_SOLVED, MatterStatus.ON_LEDGER):
            await claim_solved(session, matter, speaking, now=now)
            return True
        return False
    harder = is_harder(act.urgency, Urgency(matter.urgency))
    elsewhere = act.about != matter.about or act.category != matter.category
    await move(session, matter, Move.AMEND, by=speaking.actor, now=now, note=text)
    matter.text, matter.category, matter.urgency, matter.about = text, act.category, act.urgency, act.about
    matter.private = matter.private or keeps_to_itself(act.category, act.about, text)
    elsewhere = await _accuses_others(session, matter, speaking, now) or elsewhere
    if is_accused(matter, matter.assignee_id) and matter.status in TAKEN:
        # Whoever has it in hand must not keep it: it is nobody's until somebody above takes it on.
        matter.status = after(Move.ESCALATE, MatterStatus(matter.status))
        note = say("matters.event_out_of_their_hands", speaking.preset.name)
        add_event(session, matter, Move.ESCALATE, note, now)
    moved = elsewhere and await assign_again(session, matter, act.category, speaking, now)
    needed_at_once = place_told and act.urgency is Urgency.EMERGENCY and matter.status == MatterStatus.OPEN
    if harder or moved or needed_at_once:
        await tell_again(session, matter, now)
    else:
        set_clocks(matter, speaking.preset)
    session.add(matter)
    await refresh(session, matter, preset=speaking.preset, amended=True, now=now)
    if act.resolved and matter.status != MatterStatus.CLAIMED_SOLVED:
        await claim_solved(session, matter, speaking, now=now)
    return True


async def words_added(session: AsyncSession, matter: Matter) -> str:
    """What later messages have added to a matter's words ("，就是三组那个路口")."""
    rows = await continuations.of_matter(session, matter.id or 0)
    return "".join(f"，{place}" for row in rows for place in row.names)


async def assign_again(
    session: AsyncSession, matter: Matter, category: Category, speaking: Speaking, now: datetime
) -> bool:
    """Look for the holder anew. False when the matter stays where it is."""
    household = await find_household(session, matter.about, speaking)
    if household is not None:
        matter.household_id = household.id
        matter.group_id = household.group_id or matter.group_id
    if matter.status != MatterStatus.OPEN:
        return False
    holder = await first_holder(
        session,
        speaking,
        category=category,
        text=matter.text,
        household=household,
        group_id=matter.group_id,
        today=speaking.day_of(now),
    )
    assignee_id = None if holder.person is None else holder.person.id
    if (assignee_id, holder.step) == (matter.assignee_id, matter.step):
        return False
    matter.assignee_id, matter.step = assignee_id, holder.step
    return True


async def _accuses_others(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> bool:
    """Whether a matter of conduct now accuses somebody whom it did not; they learn of it no more."""
    if matter.category != Category.DISCIPLINE:
        return False
    household = None if matter.household_id is None else await session.get(Household, matter.household_id)
    accused = await accused_in(
        session,
        matter.text,
        speaking,
        household=household,
        group_id=matter.group_id,
        today=speaking.day_of(now),
    )
    before = set(matter.accused_ids)
    matter.accused_ids = sorted({*before, *accused.ids})
    return not before.issuperset(accused.ids)


def is_harder(one: Urgency, other: Urgency) -> bool:
    """Whether one urgency presses more than another."""
    return _HARDER.index(one) > _HARDER.index(other)


async def tell_again(session: AsyncSession, matter: Matter, now: datetime) -> None:
    """Start the clocks of what presses more now, and tell whoever has to act then."""
    await notify.matter_ended(session, matter, by="amended", now=now)
    await notify.matter_raised(session, matter, now=now)
    if matter.status != MatterStatus.OPEN:  # somebody has it: they and those above know, nobody is called
        matter.acknowledge_by = matter.next_call_at = None


def set_clocks(matter: Matter, preset: Preset) -> None:
    """A matter that has become less urgent has the time of its new urgency, from when it was raised."""
    ladder, urgency = preset.ladder, Urgency(matter.urgency)
    if matter.solve_by is not None:
        matter.solve_by = max(matter.solve_by, ladder.solve_by(urgency, matter.created_at))
    if matter.acknowledge_by is not None:
        matter.acknowledge_by = max(matter.acknowledge_by, ladder.acknowledge_by(urgency, matter.created_at))
    if urgency is not Urgency.EMERGENCY:
        matter.next_call_at = None
