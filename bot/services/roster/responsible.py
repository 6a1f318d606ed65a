"""Who answered for a household on any day: whoever was linked to it, or stood in for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.services.chat.speaker import Speaking
from bot.services.notices.times import full_day_words
from bot.services.roster.decide_claim import leads
from bot.services.roster.order_links import home_called
from bot.wording import say
from storage.queries import leaves, roster
from storage.tables import Household


async def responsible_words(
    session: AsyncSession, household: Household, day: date, *, today: date, preset: str
) -> str:
    """Who answered for a household on a day, in a sentence."""
    names = []
    linked = await roster.members_linked(session, household.id or 0, day)
    responsible = await leaves.responsible_on(session, household.id or 0, day)
    away = [one for one in linked if one.id not in {each.id for each in responsible}]
    for one in responsible:
        lent = await leaves.stood_in_for(session, one.id or 0, [other.id or 0 for other in away], day)
        former = "、".join(other.name for other in away if other.id in lent)
        names.append(
            say("linking.responsible_cover", preset, name=one.name, former=former) if former else one.name
        )
    when = say("linking.responsible_today", preset) if day == today else full_day_words(day, today=today)
    values = {"day": when, "head": household.head, "address": household.address or "—"}
    if not names:
        return say("linking.responsible_none", preset, **values)
    return say("linking.responsible", preset, names="、".join(names), **values)


async def ask_responsible(
    session: AsyncSession, name: str, day: date | None, speaking: Speaking, *, now: datetime
) -> str:
    """Somebody asks who answers for a household: who leads the branch of any, others of their own.

    day: null: today.

    Raises:
        NotFound: no household, or more than one, is called so.
        NotEntitled: it is neither theirs nor theirs to know.
    """
    household = await home_called(session, name, speaking)
    person = speaking.person
    if person is None or person.id is None:
        raise NotEntitled("linking.responsible_secretary")
    own = person.household_id == household.id or household.id in {one.id for one in speaking.linked}
    if not own and not await leads(session, person.id, speaking.branch_id):
        raise NotEntitled("linking.responsible_secretary")
    today = speaking.day_of(now)
    return await responsible_words(session, household, day or today, today=today, preset=speaking.preset.name)
