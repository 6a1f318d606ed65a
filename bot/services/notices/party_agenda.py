"""What the next theme Party day should talk about: the matters that keep coming back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from bot.services.matters.matter_texts import short, state_words
from bot.services.matters.recurrences import is_recurring
from bot.wording import say
from storage.queries import voices


async def agenda_lines(session: AsyncSession, branch_id: int, preset: Preset, *, now: datetime) -> list[str]:
    """The recurring matters of a branch, a line each under a heading; empty when there are none.

    Those raised within the days in which recurrences count. Private ones are nobody's to discuss.
    """
    since = now - timedelta(days=preset.recurrence_days)
    lines = []
    for matter in await voices.raised_since(session, branch_id, since=since):
        if not matter.private and is_recurring(matter, preset):
            state = await state_words(session, matter, preset)
            times, told = len(matter.recurs) + 1, short(matter.text)
            values = {"number": matter.number, "told": told, "times": times, "state": state}
            lines.append(say("party_day.agenda_line", preset.name, **values))
    return [say("party_day.agenda", preset.name, days=preset.recurrence_days), *lines] if lines else []
