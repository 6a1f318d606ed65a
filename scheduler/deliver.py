"""Drains the outbox: the most urgent first, one message at a time in each chat, several chats at once.

A turn is one transaction: it writes down how finished attempts ended and starts the next ones. Each
message leaves after its start is committed; so after a crash the attempts under way are known, and
those that could have arrived are repeated once, marked as such.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.domain.delivery import DeliveryError, Method, Outgoing, Permanent
from bot.domain.quiet import QuietHours
from scheduler.outcomes import Outcome, Stop, record
from scheduler.pacing import Pacer
from scheduler.prepare import HeldUntil, QuietFor, prepare, send_again
from storage import outbox
from storage.database import Database
from storage.heartbeats import beat
from storage.mishaps import is_passing
from storage.outbox import Priority
from storage.tables import Notice

log = logging.getLogger(__name__)

_AT_ONCE = 8
_KEPT_FOR_EMERGENCIES = 2  # of these
_TAKEN = 20  # notices looked at in one query
_MOST_A_TURN = 200  # notices ended or held in one transaction
_LOOK_EVERY = 30.0  # seconds; also the longest time to oversleep a notice that falls due
_STOP_SECONDS = 10.0


_INTERRUPTED = "the program ended during the attempt"

T = TypeVar("T")


@dataclass(slots=True)
class Plan:
    """What one turn has decided.

    paced: seconds until the pacer lets the next waiting message go; null: it holds none back.
    look_again: seconds after which something may have fallen due.
    """

    started: list[tuple[int, Outgoing]] = field(default_factory=list)
    paced: float | None = None
    look_again: float = _LOOK_EVERY


class Sender(Protocol):
    """Carries one message out; see `bot.telegram.sender.TelegramSender`."""

    async def deliver(self, outgoing: Outgoing) -> int | None: ...


async def never_quiet(_session: AsyncSession, _branch_id: int | None) -> QuietHours | None:
    """No quiet hours anywhere."""
    return None


async def never_held(_session: AsyncSession, _notice: Notice, _now: datetime) -> datetime | None:
    """Nobody is told too much."""
    return None


class Delivery:
    """The one that sends. Only one may run on a database at a time."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        *,
        clock: Clock,
        pacer: Pacer | None = None,
        quiet_for: QuietFor = never_quiet,
        held_until: HeldUntil = never_held,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`pause` waits for the pacer and for a database out of reach."""
        self._database = database
        self._sender = sender
        self._clock = clock
        self._pacer = pacer or Pacer()
        self._quiet_for = quiet_for
        self._held_until = held_until
        self._pause = pause
        self._sending: dict[int, asyncio.Task[None]] = {}  # by chat
        self._finished: list[Outcome] = []
        self._stops: dict[int | None, Stop] = {}
        self._something = asyncio.Event()
        self._changed = asyncio.Condition()
        self._looks_asked = 0
        self._looks_done = 0
        self._stopping = False

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._looks_asked += 1
        self._something.set()

    async def settled(self) -> None:
        """Return once nothing that is due now waits or is on its way.

        What the platform or a failure has put off is due later, so it is not waited for.
        """
        self.wake()
        asked = self._looks_asked
        async with self._changed:
            await self._changed.wait_for(lambda: self._looks_done >= asked)

    async def run(self) -> None:
        """Send until `stop`; return when what is on its way has ended, or after some seconds."""
        await self._persist(self._take_up_interrupted)
        async with asyncio.TaskGroup() as tasks:
            while not (self._stopping and not self._sending and not self._finished):
                await self._turn(tasks)

    async def stop(self) -> None:
        """Start nothing more, and cut short what has not ended after some seconds."""
        self._stopping = True
        self._something.set()
        asyncio.get_running_loop().call_later(_STOP_SECONDS, self._cut_short)

    def _cut_short(self) -> None:
        # What is cut short counts as interrupted when the program starts again.
        for task in self._sending.values():
            task.cancel()

    async def _turn(self, tasks: asyncio.TaskGroup) -> None:
        self._something.clear()
        asked = self._looks_asked
        finished, self._finished = self._finished, []
        plan = await self._persist(lambda session: self._record_and_start(session, finished))
        for notice_id, outgoing in plan.started:
            self._sending[outgoing.chat_id] = tasks.create_task(self._send(notice_id, outgoing))
        if not self._sending and not self._finished and plan.paced is None:
            async with self._changed:
                self._looks_done = asked
                self._changed.notify_all()
        if not self._stopping or self._sending:
            await self._wait(plan)

    async def _wait(self, plan: Plan) -> None:
        """Wait for something new, but no longer than the pacer wants or until a notice falls due."""
        if plan.paced is None:
            # not wait_for: that of Python 3.11 loses a cancellation that comes with what is waited for
            with suppress(TimeoutError):
                async with asyncio.timeout(plan.look_again):
                    await self._something.wait()
            return
        both = (
            asyncio.ensure_future(self._something.wait()),
            asyncio.ensure_future(self._pause(plan.paced)),
        )
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in both:
                each.cancel()

    async def _send(self, notice_id: int, outgoing: Outgoing) -> None:
        message_id: int | None = None
        error: DeliveryError | None = None
        try:
            message_id = await self._sender.deliver(outgoing)
        except DeliveryError as raised:
            error = raised
        except Exception as raised:
            log.exception("notice %s could not be made into a request", notice_id)
            error = Permanent(repr(raised))
        finally:
            del self._sending[outgoing.chat_id]
            self._something.set()
        self._finished.append(Outcome(notice_id, outgoing, message_id, error))

    async def _record_and_start(self, session: AsyncSession, finished: list[Outcome]) -> Plan:
        now = self._clock.now()
        for outcome in finished:
            if (stop := await record(session, outcome, now=now)) is not None:
                self._stops[stop.chat_id] = stop
        if finished:
            await beat(session, "deliver", now)
        self._stops = {chat_id: stop for chat_id, stop in self._stops.items() if stop.until > now}
        await outbox.expire(session, now=now)
        plan = Plan()
        if not self._stopping and None not in self._stops:
            await self._start_due(session, plan, now=now)
        if not plan.started and not self._sending and plan.paced is None:
            next_due = await outbox.next_due(session, after=now)
            if next_due is not None:
                plan.look_again = max(0.05, min((next_due - now).total_seconds(), _LOOK_EVERY))
        return plan

    async def _start_due(self, session: AsyncSession, plan: Plan, *, now: datetime) -> None:
        closed = set(self._sending)  # chats that get nothing more in this turn
        closed |= {
            chat_id for chat_id, stop in self._stops.items() if chat_id is not None and stop.by_platform
        }
        free, dealt_with = _AT_ONCE - len(self._sending), 0
        quiet_for = _remembering(self._quiet_for)
        while batch := await outbox.take_due(session, now, _TAKEN, closed):
            for notice in batch:
                urgent = notice.priority == Priority.EMERGENCY
                if free <= (0 if urgent else _KEPT_FOR_EMERGENCIES):
                    return
                if notice.chat_id is not None:
                    if notice.chat_id in closed:
                        continue
                    closed.add(notice.chat_id)
                    if not self._may_leave(notice.chat_id, plan, urgent=urgent, method=notice.method):
                        continue
                outgoing = await prepare(
                    session, notice, now=now, quiet_for=quiet_for, held_until=self._held_until
                )
                if outgoing is None:
                    closed.discard(notice.chat_id or 0)  # ended or held: its chat's next one may go
                    dealt_with += 1
                    if dealt_with == _MOST_A_TURN:
                        plan.paced = 0.0  # the rest in the next turn: others want to write as well
                        return
                    continue
                if outgoing.chat_id in self._sending:
                    continue  # what it edits has moved to a chat that is busy
                await outbox.start_attempt(session, notice, now)
                self._pacer.leaves(outgoing.chat_id, reaction=outgoing.method is Method.REACT)
                closed.add(outgoing.chat_id)
                plan.started.append((_id(notice), outgoing))
                free -= 1

    def _may_leave(self, chat_id: int, plan: Plan, *, urgent: bool, method: str) -> bool:
        if chat_id in self._stops and not urgent:
            return False
        wait = self._pacer.wait(chat_id, urgent=urgent, reaction=method == Method.REACT)
        if wait > 0:
            plan.paced = wait if plan.paced is None else min(wait, plan.paced)
        return wait <= 0

    async def _take_up_interrupted(self, session: AsyncSession) -> None:
        now = self._clock.now()
        for notice in await outbox.interrupted(session):
            log.warning("notice %s (%s) was being sent when the program ended", notice.id, notice.key)
            if Method(notice.method).repeatable:
                await outbox.postpone(session, _id(notice), now, _INTERRUPTED)
            else:
                await send_again(session, notice, error=_INTERRUPTED, now=now)

    async def _persist(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Do `work` in a transaction, however long the database is out of reach."""
        backoff = 1.0
        while True:
            try:
                async with self._database.transaction() as session:
                    return await work(session)
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("the database is out of reach, delivery waits: %s", error)
            await self._pause(backoff)
            backoff = min(backoff * 2, 30.0)


def _remembering(quiet_for: QuietFor) -> QuietFor:
    """The same, asking once for each branch."""
    known: dict[int | None, QuietHours | None] = {}

    async def ask(session: AsyncSession, branch_id: int | None) -> QuietHours | None:
        if branch_id not in known:
            known[branch_id] = await quiet_for(session, branch_id)
        return known[branch_id]

    return ask


def _id(notice: Notice) -> int:
    assert notice.id is not None  # it comes from the outbox
    return notice.id
