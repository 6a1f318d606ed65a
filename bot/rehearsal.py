"""Recorded history once more under other parameters: the program itself runs on a copy, in turned time.

The copy is in memory (`storage.copies`); people do what they did (`bot.services.chat.replay_acts`), time does
what it does (`bot.steps`), and what delivery would send is taken down instead. So a rehearsal can't differ
from the real thing but by what people would have done otherwise. Nothing is written or sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.quiet import QuietHours
from bot.secrets import mask_numbers_in
from bot.services.chat.replay_acts import Act, acts_of
from bot.services.notices.hold_routine import held_until
from bot.services.notices.next_due import next_due
from bot.services.roster.parameters import for_unit
from bot.steps import CYCLE
from scheduler.prepare import prepare
from storage import outbox
from storage.copies import copy_in_memory
from storage.database import Database
from storage.outbox import Priority
from storage.queries.history import first_moment, take_out
from storage.queries.units import all_units
from storage.tables import Matter, Notice

_MOST_BATCHES = 1000  # of one step at one moment: more would be a step that never ends


@dataclass(frozen=True, slots=True)
class Told:
    """A message of the bot's own accord. at: in the zone of the branch. about: of what, as `matter 12`."""

    at: datetime
    to: str
    kind: str
    about: str
    text: str
    branch_id: int | None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What was really sent, and what would have been."""

    really: list[Told]
    rehearsed: list[Told]


async def rehearse(
    database: Database,
    changes: Mapping[str, Any],
    *,
    since: datetime,
    until: datetime,
    branch_id: int | None = None,
) -> Rehearsal:
    """Replay from the beginning of the history, and give what falls between `since` and before `until`.

    Args:
        changes: parameters by name, for the branch (null: for all units) instead of its own.
    """
    async with copy_in_memory(database) as session:
        start = await first_moment(session)
        recorded = await take_out(session)
        really = [
            await _told(session, notice, {matter.id or 0: matter for matter in recorded.matters})
            for notice in recorded.notices
            if notice.state == outbox.SENT and _counts(notice)
        ]
        for unit in await all_units(session):
            if branch_id in (None, unit.id):
                unit.overrides = {**unit.overrides, **changes}
        await session.commit()
        replay = _Replay(session, acts_of(recorded))
        if start is not None:
            await replay.run(start, until)
    return Rehearsal(_within(really, since, until, branch_id), _within(replay.told, since, until, branch_id))


class _Replay:
    """Turns the time of a copy from one moment at which something happens to the next."""

    def __init__(self, session: AsyncSession, acts: list[Act]) -> None:
        self._session = session
        self._acts = acts
        self._messages = 0
        self.told: list[Told] = []

    async def run(self, start: datetime, until: datetime) -> None:
        now, done = start, 0
        while now < until:
            while done < len(self._acts) and self._acts[done].at <= now:
                await self._acts[done].do(self._session)
                done += 1
                await self._deliver(now)
            await self._tick(now)
            moments = [await next_due(self._session, now=now)]
            moments += [act.at for act in self._acts[done : done + 1]]
            following = [moment for moment in moments if moment is not None]
            if not following:
                return
            now = max(min(following), now)

    async def _tick(self, now: datetime) -> None:
        for step in CYCLE:
            for _ in range(_MOST_BATCHES):
                if not await step.work(self._session, now=now):
                    break
        await self._deliver(now)

    async def _deliver(self, now: datetime) -> None:
        """Take down what delivery would send, in its order."""
        await self._session.flush()
        await outbox.expire(self._session, now=now)
        while due := await outbox.take_due(self._session, now, 100):
            for notice in due:
                sending = await prepare(
                    self._session, notice, now=now, quiet_for=_quiet_hours, held_until=held_until
                )
                if sending is None or notice.id is None:
                    continue
                self._messages += 1
                await outbox.mark_sent(self._session, notice.id, self._messages, now)
                if _counts(notice):
                    self.told.append(await _told(self._session, notice, {}))
            await self._session.flush()
        await self._session.commit()


def _counts(notice: Notice) -> bool:
    """Whether a message is sent of the bot's own accord; what people say is not read again."""
    return notice.method == "send" and notice.priority != Priority.ANSWER


async def _told(session: AsyncSession, notice: Notice, matters: Mapping[int, Matter]) -> Told:
    about = f"{notice.subject_kind} {notice.subject_id}"
    if notice.subject_kind == "matter" and notice.subject_id is not None:
        matter = matters.get(notice.subject_id) or await session.get(Matter, notice.subject_id)
        about = f"matter {notice.subject_id if matter is None else matter.number}"
    zone = (await for_unit(session, notice.branch_id)).zone
    at = (notice.sent_at or notice.due_at).astimezone(zone)
    text = mask_numbers_in(notice.text)
    return Told(at, notice.recipient, notice.kind, about, text, notice.branch_id)


def _within(told: list[Told], since: datetime, until: datetime, branch_id: int | None) -> list[Told]:
    kept = [
        one for one in told if since <= one.at < until and (branch_id is None or one.branch_id == branch_id)
    ]
    return sorted(kept, key=lambda one: (one.at, one.to, one.kind, one.about))


async def _quiet_hours(session: AsyncSession, branch_id: int | None) -> QuietHours | None:
    return (await for_unit(session, branch_id)).quiet
