"""Time moves matters: warnings, steps up the ladder, and the calls of emergencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.ladder import Call, Climb, Decision, MatterFacts, Remain, Warn, decide, next_due
from bot.domain.ladder_times import Clock, Rung
from bot.domain.matters import MatterStatus, Move, Step, after
from bot.domain.preset import Preset
from bot.services.chat.strike_out import strike_out
from bot.services.matters.holders import alternates_for, on_leave, rung_of
from bot.services.matters.matter_messages import refresh_line
from bot.services.matters.matter_words import MatterWords, names_of
from bot.services.matters.tell_holders import (
    ALTERNATE,
    REMAIN,
    TELLING,
    TO_HOLDERS,
    about_matter,
    add_event,
    id_of,
    priority_of,
    put_on_rung,
    tell_holders,
    words_for,
)
from bot.services.notices.hold_routine import AFTER_THE_DIGEST
from bot.services.notices.tell import to_person
from bot.services.roster.parameters import for_units
from storage import outbox
from storage.queries.tellings import calls_made, people_told, running_matters
from storage.tables import Matter, Person

# Longer than any warning's lead, so that the query finds all matters that may need something.
_HORIZON = timedelta(days=8)


async def escalate(session: AsyncSession, *, now: datetime, limit: int = 50) -> int:
    """Do what time has brought about for matters that somebody has to act on.

    A matter takes one step at most; the rest of a backlog follows in the next cycles.

    Args:
        limit: how many matters are changed at most, those that are due longest first.

    Returns:
        How many matters were changed.
    """
    running = await running_matters(session, until=now + _HORIZON)
    presets = await for_units(session, {matter.branch_id for matter in running})
    changed = 0
    for matter in running:
        preset = presets[matter.branch_id]
        if not _may_be_due(matter, preset, now):
            continue
        changed += await _escalate_one(session, matter, preset, now)
        if changed >= limit:
            break
    return changed


async def next_escalation(session: AsyncSession, *, now: datetime) -> datetime | None:
    """The earliest moment later than `now` at which a matter may need something; null when none does.

    It takes every rung above for held by somebody: a moment too many is harmless, and this is quick.
    """
    running = await running_matters(session)
    presets = await for_units(session, {matter.branch_id for matter in running})
    moments = []
    for matter in running:
        for above in possible_above(matter):
            facts = facts_of(matter, above, calls=0)
            moments.append(next_due(facts, presets[matter.branch_id].ladder_for(matter.voices)))
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def _may_be_due(matter: Matter, preset: Preset, now: datetime) -> bool:
    """Whether it is worth looking up who answers for the rungs above."""
    moments = (
        next_due(facts_of(matter, above, calls=0), preset.ladder_for(matter.voices))
        for above in possible_above(matter)
    )
    return any(moment is not None and moment <= now for moment in moments)


def possible_above(matter: Matter) -> tuple[list[Rung], ...]:
    """What may be above a matter: anybody, the town alone, nobody. The first rung decides about times."""
    higher = list(Step)[list(Step).index(Step(matter.step)) + 1 :]
    town = [Rung(Step.TOWN)] if higher else []
    return [Rung(step) for step in higher], town, []


async def _escalate_one(session: AsyncSession, matter: Matter, preset: Preset, now: datetime) -> bool:
    words = await words_for(session, matter, preset, now)
    calls = 0
    if matter.next_call_at is not None and matter.id is not None:
        calls = await calls_made(session, matter.id)
    decisions = decide(facts_of(matter, words.above, calls=calls), preset.ladder_for(matter.voices), now)
    just_told: set[int | None] = set()
    for decision in decisions:
        just_told |= await _Applying(session, matter, words, now, frozenset(just_told)).apply(decision)
    if decisions:
        session.add(matter)
        await session.flush()
    return bool(decisions)


@dataclass(frozen=True, slots=True)
class _Applying:
    """Carries out decisions on one matter. `words` is of the matter before any of them."""

    session: AsyncSession
    matter: Matter
    words: MatterWords
    now: datetime
    just_told: frozenset[int | None]

    async def apply(self, decision: Decision) -> set[int | None]:
        """Carry out a decision; returns the ids of those whom it put the matter into the hands of."""
        match decision:
            case Warn():
                await self._warn(decision)
            case Climb():
                return await self._climb(decision)
            case Remain():
                await self._remain(decision)
            case Call():
                await self._call(decision)
        return set()

    async def _warn(self, warn: Warn) -> None:
        self.matter.warned_for = warn.deadline
        deadline = self.words.when(warn.step_at)
        text = self.words.say(f"warn_{warn.clock}", deadline=deadline, next=self.words.who(warn.next))
        holders = await self._holders()
        loud = self.matter.urgency == Urgency.URGENT and self.words.preset.quiet.is_quiet(warn.step_at)
        await self._tell(
            holders,
            "matter.warning",
            str(warn.clock),
            warn.deadline,
            text,
            expires_at=warn.step_at,
            breaks_quiet=loud,
        )
        until = self.words.when_for_history(warn.step_at)
        note = self.words.say("event_warn", to=names_of(holders), deadline=until)
        if warn.clock is Clock.ACKNOWLEDGE and (deputies := await self._deputies(holders)):
            await self._tell(
                deputies,
                ALTERNATE,
                self.matter.step,
                warn.deadline,
                self.words.telling("alternate", below=self.words.who_are(rung_of(self.matter), holders)),
                expires_at=warn.step_at,
                breaks_quiet=loud,
            )
            note = f"{note}；{self.words.say('event_alternates', to=names_of(deputies))}"
        add_event(self.session, self.matter, Move.WARN, note, self.now)

    async def _deputies(self, holders: Sequence[Person]) -> list[Person]:
        """Those who are told as well when nobody has acknowledged."""
        today = self.now.astimezone(self.words.preset.zone).date()
        rung = rung_of(self.matter)
        told = {person.id for person in holders} | set(self.matter.accused_ids)
        found = await alternates_for(self.session, self.matter, rung, today=today)
        return [person for person in found if person.id not in told]

    async def _climb(self, climb: Climb) -> set[int | None]:
        matter, below = self.matter, self.words
        calling = matter.next_call_at is not None and matter.status == MatterStatus.OPEN
        deadline = self._deadline(climb.clock)
        previous = await self._holders()
        from_rung = rung_of(matter)
        put_on_rung(matter, climb.to, below.held[climb.to])
        matter.acknowledge_by, matter.solve_by = climb.acknowledge_by, climb.solve_by
        matter.warned_for = None
        matter.status = after(Move.ESCALATE, MatterStatus(matter.status))
        if not calling:
            # While calls run, the buttons that people already have stay good: every second counts.
            matter.version += 1
            await self._cancel(TO_HOLDERS, by=f"escalated to {climb.to.step}")
        until = below.when_for_history(deadline)
        note = below.say(f"event_climb_{climb.clock}", deadline=until, to=below.who(climb.to))
        passed = [people for rung, people in below.away.items() if _is_below(rung, climb.to)]
        if away := [one for people in passed for one in people]:
            note = f"{note}{below.say('event_passed_over', names=names_of(away))}"
        add_event(self.session, matter, Move.ESCALATE, note, self.now)
        self.session.add(matter)
        await self.session.flush()
        await refresh_line(self.session, matter, preset=below.preset, now=self.now)
        await strike_out(self.session, matter, preset=below.preset, now=self.now)
        above = await words_for(self.session, matter, below.preset, self.now)
        if calling:
            told = await people_told(self.session, id_of(matter), TELLING)
            text = "\n".join([*above.heading(), above.say("climbed_emergency", told=names_of(told))])
        else:
            text = above.telling(f"climbed_{climb.clock}", below=below.who_are(from_rung, previous))
        about = about_matter(matter, "matter.escalated", _stage(climb.to), deadline)
        loud = matter.urgency != Urgency.NORMAL
        await tell_holders(self.session, above, about, text, rungs=[climb.to], breaks_quiet=loud)
        if not calling:
            text = above.say(f"gone_up_{climb.clock}", to=above.who(climb.to))
            await self._tell(previous, "matter.gone_up", _stage(climb.to), deadline, text, buttons=False)
        return {holder.person.id for holders in above.held.values() for holder in holders}

    async def _remain(self, remain: Remain) -> None:
        deadline = self._deadline(remain.clock)
        due, again = self.matter.remind_at or deadline, self.matter.remind_at is not None
        calling = self.matter.urgency == Urgency.EMERGENCY and remain.clock is Clock.ACKNOWLEDGE
        in_digest = again and not calling
        self.matter.remind_at = remain.remind_at
        holders = await self._holders()
        text = self.words.say(
            f"remain_{remain.clock}",
            deadline=self.words.when(deadline),
            again=self.words.when(remain.remind_at),
        )
        await self._cancel((REMAIN,), by="next reminder")
        due_at = self.now + AFTER_THE_DIGEST if in_digest else None
        await self._tell(holders, REMAIN, str(remain.clock), due, text, due_at=due_at)
        until = self.words.when_for_history(deadline)
        note = self.words.say("event_remain", deadline=until, to=names_of(holders))
        add_event(self.session, self.matter, Move.WARN, note, self.now)

    async def _call(self, call: Call) -> None:
        due = self.matter.next_call_at or self.now
        self.matter.next_call_at = call.next_call_at
        self.matter.remind_at = call.remind_at
        await self._cancel(("matter.call",), by=f"call {call.number}")
        told = await people_told(self.session, id_of(self.matter), TELLING)
        told = [person for person in told if person.id not in self.just_told]
        heading = [*self.words.heading(), *self.words.age()]
        text = "\n".join([*heading, self.words.say("call", count=call.number)])
        await self._tell(told, "matter.call", str(call.number), due, text)
        note = self.words.say("event_call", count=call.number)
        add_event(self.session, self.matter, Move.CALL, note, self.now)

    async def _tell(
        self,
        people: Sequence[Person],
        kind: str,
        stage: str,
        due: datetime,
        text: str,
        *,
        buttons: bool = True,
        expires_at: datetime | None = None,
        breaks_quiet: bool = False,
        due_at: datetime | None = None,
    ) -> None:
        """Tell people who can be reached; these are no tellings that put the matter into their hands."""
        for person in people:
            if person.telegram_id is None:
                continue
            await to_person(
                self.session,
                person,
                about_matter(self.matter, kind, stage, due),
                text,
                preset=self.words.preset,
                now=self.now,
                priority=priority_of(self.matter),
                buttons=self.words.buttons() if buttons else (),
                breaks_quiet=breaks_quiet or self.matter.urgency == Urgency.EMERGENCY,
                expires_at=expires_at,
                due_at=due_at,
            )

    async def _holders(self) -> list[Person]:
        """Who has to act now: whoever has taken it on, else all who answer for its step."""
        if self.matter.status != MatterStatus.OPEN and self.matter.assignee_id is not None:
            assignee = await self.session.get_one(Person, self.matter.assignee_id)
            if not on_leave(assignee, self.now.astimezone(self.words.preset.zone).date()):
                return [assignee]
        return [holder.person for holder in self.words.held.get(rung_of(self.matter), ())]

    def _deadline(self, clock: Clock) -> datetime:
        deadline = self.matter.acknowledge_by if clock is Clock.ACKNOWLEDGE else self.matter.solve_by
        return deadline or self.now

    async def _cancel(self, kinds: Sequence[str], *, by: str) -> None:
        await outbox.cancel(
            self.session,
            subject_kind="matter",
            subject_id=id_of(self.matter),
            kinds=kinds,
            by=by,
            now=self.now,
        )


def _stage(rung: Rung) -> str:
    """A rung in the key of a notice."""
    return f"{rung.step}{rung.level}" if rung.level else rung.step


def _is_below(rung: Rung, other: Rung) -> bool:
    order = list(Step)
    return (order.index(rung.step), rung.level) < (order.index(other.step), other.level)


def facts_of(matter: Matter, above: Sequence[Rung], *, calls: int) -> MatterFacts:
    return MatterFacts(
        urgency=Urgency(matter.urgency),
        status=MatterStatus(matter.status),
        above=above,
        acknowledge_by=matter.acknowledge_by,
        solve_by=matter.solve_by,
        warned_for=matter.warned_for,
        remind_at=matter.remind_at,
        next_call_at=matter.next_call_at,
        calls=calls,
    )
