"""The accounts of points follow the records: what is new is entered, what no longer stands is taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.leave import Days
from bot.domain.periods import Period, first_day
from bot.domain.points import Held, Posting, Source, capped, postings
from bot.domain.preset import Preset
from bot.services.appraisal.gather_duties import earned_of, gather
from bot.wording import say
from storage.queries import points as account
from storage.queries.points import EARNED
from storage.tables import PointEntry

_LOOKED_BACK = timedelta(days=31)


def looked_at(today: date) -> Days:
    """The days whose entries still follow the records: this month's and the last's. Older ones stay."""
    return Days(first_day(Period.MONTH, first_day(Period.MONTH, today) - _LOOKED_BACK), today)


async def keep_account(session: AsyncSession, branch_id: int, preset: Preset, *, now: datetime) -> int:
    """Bring the accounts of a branch up to date. Running it again adds nothing.

    Returns:
        How many entries were added.
    """
    if not preset.points.on:
        return 0
    days = looked_at(now.astimezone(preset.zone).date())
    earned = capped(earned_of(await gather(session, branch_id, preset, days)), preset.points.daily_cap)
    entered: dict[str, Held] = {}
    for entry in await account.entries(session, branch_id, first=days.first, last=days.last, sources=EARNED):
        event = entry.key.rpartition("#")[0]
        before = entered.get(event)
        entered[event] = Held(
            entry.person_id,
            entry.day,
            1 if before is None else before.times + 1,
            entry.points + (0 if before is None else before.sum),
            Source(entry.source),
            entry.why if before is None else before.why,
        )
    added = postings(earned, entered)
    session.add_all([_entry(posting, branch_id, preset, now) for posting in added])
    await session.flush()
    return len(added)


def _entry(posting: Posting, branch_id: int, preset: Preset, now: datetime) -> PointEntry:
    sentence = "why_back" if posting.back else f"why_{posting.source}"
    return PointEntry(
        key=posting.key,
        branch_id=branch_id,
        person_id=posting.person_id,
        day=posting.day,
        points=posting.points,
        source=posting.source,
        why=say(f"points.{sentence}", preset.name, about=posting.about),
        made_at=now,
    )
