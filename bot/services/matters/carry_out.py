"""Carries out what the ladder has decided on a matter: warnings, steps up, reminders at the top, calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.ladder import Call, Climb, Decision, Remain, Warn
from bot.domain.ladder_times import Clock, Rung
from bot.domain.matters import MatterStatus, Move, Step, after
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
from storage import outbox
from storage.queries.tellings import people_told
from storage.tables import Matter, Person


@dataclass(frozen=True, slots=True)
class CarryingOut:
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
