"""The budget of what somebody is sent in a day: routine messages beyond it wait for the next digest.

What counts is every message that the bot sends them of its own accord; answers and emergencies don't. What
is held back is routine alone: it asks for nothing that has a clock. It goes into the next digest, which is
made for it if need be; where none is made (they are on leave), it is sent by itself some minutes later.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.roster.parameters import for_unit
from storage.outbox import Priority
from storage.queries.digests import told_of_own_accord
from storage.tables import Notice, Person

AFTER_THE_DIGEST = timedelta(minutes=10)
"""When what a digest may tell in its place is sent by itself."""


async def held_until(session: AsyncSession, notice: Notice, now: datetime) -> datetime | None:
    """Until when a message that is about to be sent has to wait for its reader's sake; null: not at all."""
    if notice.person_id is None or notice.priority != Priority.ROUTINE or notice.buttons:
        return None
    person = await session.get_one(Person, notice.person_id)
    preset = await for_unit(session, notice.branch_id or person.branch_id)
    local = now.astimezone(preset.zone)
    midnight = datetime.combine(local.date(), time.min, preset.zone)
    told = await told_of_own_accord(session, person, since=midnight)
    if told < preset.notices_a_day:
        return None
    days = int(local.time() >= preset.digest_at)
    digest_at = datetime.combine(local.date() + timedelta(days=days), preset.digest_at, preset.zone)
    return digest_at + AFTER_THE_DIGEST
