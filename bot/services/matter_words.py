"""What holders of a matter are told, in the words of their preset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.acts import Urgency
from bot.domain.buttons import Verb, encode
from bot.domain.matters import Step
from bot.domain.preset import Preset
from bot.services.holders import Holder
from bot.services.times import full_moment_words, moment_words
from bot.wording import say
from storage.tables import Household, Matter, Person

_SHORT = 24  # characters of a matter's words that tell it from others


@dataclass(frozen=True, slots=True)
class MatterWords:
    """Sentences on one matter as it stands at `now`.

    household: the one it is about; null: none is known.
    held: who answers for it, by step, from its own step up.
    """

    matter: Matter
    preset: Preset
    household: Household | None
    held: Mapping[Step, Sequence[Holder]]
    now: datetime

    def telling(self, sentence: str, **values: object) -> str:
        """The matter in full, then `sentence` of the escalation wording, or its `_top` when none is above."""
        step = self.next_step
        top = "" if step is not None else "_top"
        values = {"next": "" if step is None else self.who(step), **values}
        return "\n".join([*self.heading(), self.say(f"{sentence}{top}", **values)])

    def heading(self) -> list[str]:
        """The lines with which every telling begins: what, where, by whom."""
        matter = self.matter
        urgency = Urgency(matter.urgency)
        head = "head" if urgency is Urgency.NORMAL else f"head_{urgency}"
        lines = [self.say(head, text=matter.text)]
        if self.household is not None:
            named = "household" if self.household.address else "household_short"
            lines.append(self.say(named, head=self.household.head, address=self.household.address))
        return [*lines, self.say("by", name=matter.reporter_name, at=self.when(matter.created_at))]

    def say(self, sentence: str, **values: object) -> str:
        """A sentence of the escalation wording with this matter's number, words and deadlines filled in."""
        matter = self.matter
        known = {
            "number": matter.number,
            "short": short_words(matter),
            "button": say("escalation.button_take", self.preset.name),
            "solved": say("escalation.button_solved", self.preset.name),
            "cannot": say("escalation.button_cannot", self.preset.name),
            "acknowledge_by": self.when(matter.acknowledge_by),
            "solve_by": self.when(matter.solve_by),
        }
        return say(f"escalation.{sentence}", self.preset.name, **{**known, **values})

    @property
    def next_step(self) -> Step | None:
        """The step that is told when nobody acts; null: there is none."""
        own = list(Step).index(Step(self.matter.step))
        above = [step for step in list(Step)[own + 1 :] if step in self.held]
        if self.matter.next_call_at is not None and above:
            # An emergency whose calls are running has told everybody up to the secretary already.
            return Step.TOWN if Step.TOWN in above else None
        return above[0] if above else None

    def who(self, step: Step) -> str:
        """Role and names of those who answer for a step."""
        return self.who_are(step, [holder.person for holder in self.held.get(step, ())])

    def who_are(self, step: Step, people: Sequence[Person]) -> str:
        """Role and names of people on a step."""
        return say(f"escalation.who_{step}", self.preset.name, names=names_of(people))

    def when(self, moment: datetime | None) -> str:
        """A moment in words; empty when there is none."""
        return "" if moment is None else moment_words(moment, now=self.now, zone=self.preset.zone)

    def when_for_history(self, moment: datetime) -> str:
        """A moment in words that stay true on the following days."""
        return full_moment_words(moment, now=self.now, zone=self.preset.zone)

    def buttons(self) -> tuple[tuple[dict[str, Any], ...], ...]:
        """What a holder can press: take it on, or say that it is solved."""
        matter = self.matter
        assert matter.id is not None  # a matter is stored before anybody is told
        take = encode(Verb.ACKNOWLEDGE, matter.id, matter.version)
        solved = encode(Verb.SOLVED, matter.id, matter.version)
        return (
            (
                {"text": self.say("button_take"), "data": take},
                {"text": self.say("button_solved"), "data": solved},
            ),
        )

    def buttons_in_hand(self) -> tuple[tuple[dict[str, Any], ...], ...]:
        """What whoever has taken it on can press: it is solved, or it can't be and that is explained."""
        matter = self.matter
        assert matter.id is not None  # a matter is stored before anybody is told
        solved = encode(Verb.SOLVED, matter.id, matter.version)
        cannot = encode(Verb.CANNOT, matter.id, matter.version)
        return (
            (
                {"text": self.say("button_solved"), "data": solved},
                {"text": self.say("button_cannot"), "data": cannot},
            ),
        )


def names_of(people: Sequence[Person]) -> str:
    """Names one after the other."""
    return say("escalation.and").join(person.name for person in people)


def short_words(matter: Matter) -> str:
    """As much of a matter's words as tells it from others."""
    words = " ".join(matter.text.split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
