"""What holders of a matter are told, in the words of their preset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.acts import Urgency
from bot.domain.ladder_times import Rung
from bot.domain.matters import MatterStatus, Step
from bot.domain.preset import Preset
from bot.services.matters.holders import Holder, rung_of
from bot.services.matters.matter_cards import held_card, open_card
from bot.services.notices.tell import Buttons
from bot.services.notices.times import full_moment_words, moment_words, span_words
from bot.wording import say
from storage.tables import Household, Matter, Person

_OLD = timedelta(hours=1)  # whoever is called out to an emergency expects one of now
_SHORT = 24  # characters of a matter's words that tell it from others


@dataclass(frozen=True, slots=True)
class MatterWords:
    """Sentences on one matter as it stands at `now`.

    household: the one it is about; null: none is known.
    held: who answers for it, by rung, from its own up.
    away: on rungs passed over, who would answer and is on leave.
    """

    matter: Matter
    preset: Preset
    household: Household | None
    held: Mapping[Rung, Sequence[Holder]]
    now: datetime
    away: Mapping[Rung, Sequence[Person]] = field(default_factory=dict)

    def telling(self, sentence: str, **values: object) -> str:
        """The matter in full, then `sentence` of the escalation wording, or its `_top` when none is above."""
        above = self.next_rung
        top = "" if above is not None else "_top"
        values = {"next": "" if above is None else self.who(above), **values}
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

    def age(self) -> list[str]:
        """A line that says how long ago it was told, when that is longer than anybody would expect."""
        since = self.now - self.matter.created_at
        return [] if since < _OLD else [self.say("told_long_ago", age=span_words(since))]

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
    def own_rung(self) -> Rung:
        """Where the matter stands."""
        return rung_of(self.matter)

    @property
    def above(self) -> list[Rung]:
        """The rungs above its own that somebody answers for, the nearest first."""
        return [rung for rung in self.held if rung != self.own_rung]

    @property
    def next_rung(self) -> Rung | None:
        """Who is told when nobody acts; null: there is nobody."""
        if self.matter.next_call_at is not None and self.above:
            # An emergency whose calls are running has told everybody up to the secretary already.
            town = Rung(Step.TOWN)
            return town if town in self.above else None
        return self.above[0] if self.above else None

    def who(self, rung: Rung) -> str:
        """Role and names of those who answer for a rung."""
        return self.who_are(rung, [holder.person for holder in self.held.get(rung, ())])

    def who_are(self, rung: Rung, people: Sequence[Person]) -> str:
        """Role and names of people on a rung."""
        upper = "_above" if rung.level else ""
        return say(f"escalation.who_{rung.step}{upper}", self.preset.name, names=names_of(people))

    def when(self, moment: datetime | None) -> str:
        """A moment in words; empty when there is none."""
        return "" if moment is None else moment_words(moment, now=self.now, zone=self.preset.zone)

    def when_for_history(self, moment: datetime) -> str:
        """A moment in words that stay true on the following days."""
        return full_moment_words(moment, now=self.now, zone=self.preset.zone)

    def buttons(self) -> Buttons:
        """What a holder can press: take it on, say that it is solved, hand it up, and more."""
        return tuple(tuple(row) for row in open_card(self.matter, self.preset))

    def buttons_in_hand(self) -> Buttons:
        """What whoever has taken it on can press: it is solved, it can't be, hand it up, and more."""
        return tuple(tuple(row) for row in held_card(self.matter, self.preset))

    def buttons_now(self) -> Buttons:
        """What a holder can press as the matter stands."""
        taken = self.matter.status in (MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
        return self.buttons_in_hand() if taken else self.buttons()


def names_of(people: Sequence[Person]) -> str:
    """Names one after the other."""
    return say("escalation.and").join(person.name for person in people)


def short_words(matter: Matter) -> str:
    """As much of a matter's words as tells it from others."""
    words = " ".join(matter.text.split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
