"""Does again, in turned time, what people did: each recorded act through the use case that did it first.

What time did is left out: time does it again. An act that is not possible any more (a matter that was
closed earlier, somebody else has it) is passed over, as it would have been refused then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import ExpectedError
from bot.domain.matters import MatterStatus, Move, Outcome, Step
from bot.domain.promises import PromiseState
from bot.services.chat.speaker import Speaking, who_is
from bot.services.matters.acknowledge_matter import acknowledge_matter
from bot.services.matters.answer_offer import accept_offer, decline_offer
from bot.services.matters.claim_solved import claim_solved
from bot.services.matters.confirm_outcome import confirm_outcome
from bot.services.matters.hand_up import hand_up
from bot.services.matters.offer_matter import offer_to_branch, offer_to_person
from bot.services.matters.problem_ledger import put_on_ledger, resume
from bot.services.matters.prolong_matter import prolong_matter
from bot.services.matters.take_over import take_in_hand, take_over
from bot.services.matters.withdraw import withdraw_matter
from bot.services.notices import notify
from bot.services.visits.remind_visits import answered_by
from bot.wording import say
from storage.queries.history import Recorded
from storage.tables import Leave, Matter, MatterEvent, MatterOffer, Person, Promise, Report, Unit, Visit

_RAISED = "matter.raised:matter:"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that people did at a moment. order: among those of the same moment."""

    at: datetime
    order: int
    do: Callable[[AsyncSession], Awaitable[None]]


def acts_of(recorded: Recorded) -> list[Act]:
    """Everything that people did, in its order."""
    found = [*_reports(recorded), *_matters(recorded)]
    for leave in recorded.leaves:
        found.append(Act(leave.asked_at, 0, _Row(_leave_again(leave)).put))
    for promise in recorded.promises:
        standing = Promise(**{**promise.model_dump(), "state": PromiseState.STANDING, **_NOT_ENDED})
        found.append(Act(promise.made_at, 1 << 60, _Row(standing).put))
    return sorted(found, key=lambda act: (act.at, act.order))


_NOT_ENDED = {"reminded_at": None, "ended_at": None}


def _leave_again(leave: Leave) -> Leave:
    return Leave(**{**leave.model_dump(), "begun_at": None, "ended_at": None})


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that stands by itself."""

    row: Leave | Promise

    async def put(self, session: AsyncSession) -> None:
        session.add(self.row)
        await session.flush()


def _reports(recorded: Recorded) -> Iterator[Act]:
    visits: dict[int, list[dict[str, Any]]] = {}
    for visit in recorded.visits:
        visits.setdefault(visit.report_id, []).append(visit.model_dump())
    for report in recorded.reports:
        again = _ReportAgain(report.model_dump(), visits.get(report.id or 0, []))
        yield Act(report.reported_at, 0, again.do)


@dataclass(frozen=True, slots=True)
class _ReportAgain:
    report: dict[str, Any]
    visits: list[dict[str, Any]]

    async def do(self, session: AsyncSession) -> None:
        report = Report(**self.report)
        session.add(report)
        await session.flush()
        session.add_all([Visit(**visit) for visit in self.visits])
        await session.flush()
        await answered_by(session, report, now=report.reported_at)


def _matters(recorded: Recorded) -> Iterator[Act]:
    steps = _first_steps(recorded)
    events: dict[int, list[MatterEvent]] = {}
    for event in recorded.events:
        events.setdefault(event.matter_id, []).append(event)
    offers: dict[int, list[MatterOffer]] = {}
    for offer in recorded.offers:
        offers.setdefault(offer.matter_id, []).append(offer)
    for matter in recorded.matters:
        if matter.id is None:
            continue
        own = _MatterAgain(matter, steps.get(matter.id), events.get(matter.id, []), offers.get(matter.id, []))
        for event in own.events:
            if event.kind == Move.RAISE:
                yield Act(event.at, event.id or 0, own.raise_again)
            elif event.by_name != say("escalation.by_system"):
                yield Act(event.at, event.id or 0, _EventAgain(own, event).do)


def _first_steps(recorded: Recorded) -> dict[int, Step]:
    """On which step each matter was told first, by the keys of the messages that told it."""
    found: dict[int, Step] = {}
    for notice in recorded.notices:
        if notice.key.startswith(_RAISED):
            matter_id, stage = notice.key.removeprefix(_RAISED).split(":")[:2]
            step = stage.partition(".")[0]  # the version of the matter follows
            found.setdefault(int(matter_id), Step(step))
    return found


@dataclass(frozen=True, slots=True)
class _MatterAgain:
    """A matter as it is recorded. step: on which it began; null: nobody was told of it."""

    matter: Matter
    step: Step | None
    events: list[MatterEvent]
    offers: list[MatterOffer]

    async def raise_again(self, session: AsyncSession) -> None:
        was = self.matter
        again = Matter(
            id=was.id,
            branch_id=was.branch_id,
            group_id=was.group_id,
            number=was.number,
            category=was.category,
            urgency=was.urgency,
            text=was.text,
            about=was.about,
            household_id=was.household_id,
            reporter_person_id=was.reporter_person_id,
            reporter_telegram_id=was.reporter_telegram_id,
            reporter_name=was.reporter_name,
            on_behalf_of=was.on_behalf_of,
            unnamed=was.unnamed,
            assignee_id=was.first_holder_id,
            first_holder_id=was.first_holder_id,
            step=self.step or Step.MEMBER,
            status=MatterStatus.OPEN,
            private=was.private,
            created_at=was.created_at,
            chat_id=was.chat_id,
            message_id=was.message_id,
            act_index=was.act_index,
            recurs=list(was.recurs),
            accused_ids=list(was.accused_ids),
        )
        session.add(again)
        first = self.events[0]
        session.add(MatterEvent(**{**first.model_dump(), "id": None}))
        await session.flush()
        if self.step is not None:
            await notify.matter_raised(session, again, now=first.at)

    def review_day(self, event: MatterEvent) -> date:
        """The day until which a matter was put on the problem ledger by this event."""
        later = [one for one in self.events if (one.id or 0) > (event.id or 0)]
        back = next((one.at for one in later if one.kind == Move.RESUME), None)
        return (self.matter.review_at or back or event.at).date()

    def offer_of(self, event: MatterEvent) -> MatterOffer | None:
        """The offer that this event made."""
        return next((one for one in self.offers if one.made_at == event.at), None)


@dataclass(frozen=True, slots=True)
class _EventAgain:
    own: _MatterAgain
    event: MatterEvent

    async def do(self, session: AsyncSession) -> None:
        matter = await session.get(Matter, self.event.matter_id)
        if matter is None:
            return
        speaking = await self._speaking(session)
        try:
            async with session.begin_nested():
                await self._move(session, matter, speaking)
        except ExpectedError:
            await session.refresh(matter)

    async def _speaking(self, session: AsyncSession) -> Speaking:
        """Who did it; whoever is nobody on the roster is the one who raised the matter."""
        telegram_id = self.own.matter.reporter_telegram_id
        if self.event.by_person_id is not None:
            telegram_id = (await session.get_one(Person, self.event.by_person_id)).telegram_id
        return await who_is(session, telegram_id, self.event.by_name, chat=None, at=self.event.at)

    async def _move(self, session: AsyncSession, matter: Matter, speaking: Speaking) -> None:
        now, note = self.event.at, self.event.note
        match Move(self.event.kind):
            case Move.ACKNOWLEDGE:
                await acknowledge_matter(session, matter, speaking, now=now)
            case Move.TAKE_IN_HAND:
                await take_in_hand(session, matter, speaking, now=now)
            case Move.TAKE_OVER:
                await take_over(session, matter, speaking, now=now)
            case Move.CLAIM_SOLVED:
                explained = note == Outcome.CANNOT_EXPLAINED
                why = (self.own.matter.explanation or note) if explained else None
                await claim_solved(session, matter, speaking, explanation=why, now=now)
            case Move.CONFIRM if note in set(Outcome):
                await confirm_outcome(session, matter, Outcome(note), speaking, now=now)
            case Move.REOPEN:
                await confirm_outcome(session, matter, Outcome.NOT_SOLVED, speaking, now=now)
            case Move.WITHDRAW:
                await withdraw_matter(session, matter, speaking, now=now)
            case Move.HAND_UP:
                await hand_up(session, matter, speaking, now=now)
            case Move.PUT_ON_LEDGER:
                day = self.own.review_day(self.event)
                await put_on_ledger(session, matter, speaking, until=day, reason=note, now=now)
            case Move.RESUME:
                await resume(session, matter, speaking, now=now)
            case Move.PROLONG:
                await prolong_matter(session, matter, speaking, until=None, reason=note, now=now)
            case Move.OFFER | Move.OFFER_OUT:
                await self._offer(session, matter, speaking)
            case Move.ACCEPT | Move.HAND_OVER:
                await accept_offer(session, matter, speaking, now=now)
            case Move.DECLINE:
                await decline_offer(session, matter, speaking, now=now)
            case Move.MERGE:
                matter.status = MatterStatus.MERGED
                await notify.matter_ended(session, matter, by="merged", now=now)

    async def _offer(self, session: AsyncSession, matter: Matter, speaking: Speaking) -> None:
        offer, now = self.own.offer_of(self.event), self.event.at
        if offer is not None and offer.to_person_id is not None:
            to = await session.get_one(Person, offer.to_person_id)
            await offer_to_person(session, matter, to, speaking, now=now)
        elif offer is not None:
            branch = await session.get_one(Unit, offer.to_branch_id)
            await offer_to_branch(session, matter, branch, speaking, now=now)
