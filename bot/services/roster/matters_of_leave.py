"""What becomes of the open matters of whoever is on leave: lent, taken back, or handed up.

Kinds: `matter.lent`, `matter.escalated` (subject `matter`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.matters import MatterStatus, Move, after
from bot.domain.preset import Preset
from bot.services.matters.holders import rung_of
from bot.services.matters.matter_messages import refresh
from bot.services.matters.tell_holders import (
    LENT,
    TO_HOLDERS,
    about_matter,
    add_event,
    id_of,
    priority_of,
    put_on_rung,
    tell_holders,
    words_for,
)
from bot.services.notices.tell import to_person
from bot.services.notices.times import full_day_words
from bot.wording import say
from storage import outbox
from storage.queries import leaves
from storage.queries.tellings import RUNNING
from storage.tables import Leave, LentMatter, Matter, Person

_TAKEN_BACK = (*RUNNING, MatterStatus.CLAIMED_SOLVED, MatterStatus.ON_LEDGER)


@dataclass(frozen=True, slots=True)
class MattersOfLeave:
    """Moves the matters of a leave. person: whoever is away."""

    session: AsyncSession
    leave: Leave
    person: Person
    preset: Preset
    now: datetime

    async def lend(self, matter: Matter, substitute: Person) -> None:
        """The substitute has it for as long as the leave lasts."""
        self.session.add(LentMatter(leave_id=self.leave.id or 0, matter_id=id_of(matter)))
        values = {"name": self.person.name, "last": self._last}
        note = say("leave.event_lent", self.preset.name, substitute=substitute.name, **values)
        await self._reassign(matter, substitute, note)
        await self._tell_whose(matter, substitute, say("leave.lent", self.preset.name, **values))

    async def take_back(self, substitute: Person) -> int:
        """What is lent, still with the substitute and unfinished, is theirs again; returns how many."""
        returned = 0
        for lent, matter in await leaves.lent_now(self.session, self.leave.id or 0):
            lent.returned_at = self.now
            self.session.add(lent)
            if matter.assignee_id == substitute.id and matter.status in _TAKEN_BACK:
                note = say("leave.event_returned", self.preset.name, name=self.person.name)
                await self._reassign(matter, self.person, note)
                await self._tell_whose(matter, self.person, say("leave.yours_again", self.preset.name))
                returned += 1
        return returned

    async def hand_up(self, matter: Matter) -> None:
        """The next who answers for it has it, with all their time."""
        if matter.status not in RUNNING:
            return
        words = await words_for(self.session, matter, self.preset, self.now)
        if not words.held:
            return
        rung, holders = next(iter(words.held.items()))
        name, to = self.person.name, words.who(rung)
        note = say("leave.event_handed_up", self.preset.name, name=name, to=to)
        matter.status = after(Move.ESCALATE, MatterStatus(matter.status))
        put_on_rung(matter, rung, holders)
        matter.version += 1
        matter.warned_for = None
        above = [one for one in words.held if one != rung]
        urgency, ladder = Urgency(matter.urgency), self.preset.ladder
        matter.acknowledge_by = ladder.acknowledge_by(urgency, self.now, above[0] if above else None)
        spare = ladder.spans[urgency].warn_solve or timedelta()
        matter.solve_by = max(matter.solve_by or matter.acknowledge_by, matter.acknowledge_by + spare)
        self.session.add(matter)
        add_event(self.session, matter, Move.ESCALATE, note, self.now)
        await self._cancel_what_was_told(matter)
        await self.session.flush()
        words = await words_for(self.session, matter, self.preset, self.now)
        above_now = words.next_rung
        told = say(
            "leave.handed_up" if above_now is not None else "leave.handed_up_top",
            self.preset.name,
            name=name,
            last=self._last,
            button=say("escalation.button_take", self.preset.name),
            acknowledge_by=words.when(matter.acknowledge_by),
            next="" if above_now is None else words.who(above_now),
        )
        about = about_matter(matter, "matter.escalated", f"leave{self.leave.id}", self.now)
        loud = urgency is not Urgency.NORMAL
        text = "\n".join([*words.heading(), told])
        await tell_holders(self.session, words, about, text, rungs=[rung_of(matter)], breaks_quiet=loud)
        await refresh(self.session, matter, preset=self.preset, now=self.now)

    @property
    def _last(self) -> str:
        """The last day of the leave, in words."""
        return full_day_words(self.leave.last, today=self.now.astimezone(self.preset.zone).date())

    async def _reassign(self, matter: Matter, to: Person, note: str) -> None:
        matter.assignee_id = to.id
        matter.version += 1
        self.session.add(matter)
        add_event(self.session, matter, Move.REASSIGN, note, self.now)
        await self._cancel_what_was_told(matter)
        await refresh(self.session, matter, preset=self.preset, now=self.now)

    async def _cancel_what_was_told(self, matter: Matter) -> None:
        await outbox.cancel(
            self.session,
            subject_kind="matter",
            subject_id=id_of(matter),
            kinds=TO_HOLDERS,
            by="leave",
            now=self.now,
        )

    async def _tell_whose(self, matter: Matter, person: Person, sentence: str) -> None:
        """Whoever has it now is told, while there is something to do."""
        if matter.status not in RUNNING:
            return
        words = await words_for(self.session, matter, self.preset, self.now)
        await to_person(
            self.session,
            person,
            about_matter(matter, LENT, str(matter.version), self.now),
            "\n".join([*words.heading(), sentence]),
            preset=self.preset,
            now=self.now,
            priority=priority_of(matter),
            buttons=words.buttons_now(),
            breaks_quiet=matter.urgency == Urgency.EMERGENCY,
        )
