"""What stands in a digest: a matter to decide with its buttons, households overdue, a week in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.buttons import Verb, encode
from bot.domain.digest import Item, Section, Subject
from bot.domain.matters import MatterStatus, Step
from bot.domain.preset import Preset
from bot.services.matters.matter_words import short_words
from bot.services.notices.times import day_words, moment_words
from bot.services.visits.coverage import Covered
from bot.wording import say
from storage.queries.figures import Done
from storage.tables import Matter, MatterOffer, Promise, Unit

Row = tuple[dict[str, Any], ...]

_LABELS = {
    Verb.ACKNOWLEDGE: "escalation.button_take",
    Verb.SOLVED: "escalation.button_solved",
    Verb.CANNOT: "escalation.button_cannot",
    Verb.HAND_UP: "moves.button_hand_up",
    Verb.TAKE_OVER: "moves.button_take_over",
    Verb.LEDGER: "moves.button_ledger",
    Verb.PROLONG: "moves.button_prolong",
    Verb.ACCEPT: "moves.button_accept",
    Verb.DECLINE: "moves.button_decline",
}


@dataclass(frozen=True, slots=True)
class DigestWords:
    """The lines of one unit's digest.

    branches: of a town, by key: their names stand in the lines; null: the unit is the branch itself.
    """

    preset: Preset
    now: datetime
    branches: dict[int, Unit] | None = None

    @property
    def you(self) -> str:
        """How the reader is spoken to."""
        return self._say("you")

    def section(self, name: str, items: Sequence[Item]) -> Section:
        """The section `name` of the digest wording."""
        return Section(say(f"digest.{name}", self.preset.name), items)

    def open(self, matter: Matter) -> Item:
        """Nobody has taken it on: take it, give it to somebody, pass it up."""
        late = matter.acknowledge_by is None or matter.acknowledge_by <= self.now
        state = self._say(
            "state_open_late" if late else "state_open", deadline=self.when(matter.acknowledge_by)
        )
        buttons: Row = (
            self._button(matter, Verb.ACKNOWLEDGE),
            self._menu(matter, "assign", "moves.button_assign"),
        )
        if matter.step != Step.TOWN:  # above the town is nobody
            buttons += (self._button(matter, Verb.HAND_UP),)
        return self._item(matter, state, buttons)

    def late(self, matter: Matter, holder: str | None) -> Item:
        """Somebody has it in hand, and its time has passed."""
        name = holder or self._say("nobody")
        state = self._say("state_in_hand_late", holder=name)
        buttons = (
            self._button(matter, Verb.SOLVED),
            self._button(matter, Verb.PROLONG),
            self._menu(matter, "more", "moves.button_more"),
        )
        return self._item(matter, state, buttons)

    def prolong(self, matter: Matter, holder: str | None) -> Item:
        """It is due soon; the secretary may give it more time, or put it on the problem ledger."""
        buttons = (self._button(matter, Verb.PROLONG), self._button(matter, Verb.LEDGER))
        return self._item(matter, self._in_hand(matter, holder), buttons)

    def offered(self, matter: Matter, offer: MatterOffer) -> Item:
        """It has been offered to them."""
        state = self._say("state_offered", by=offer.by_name, until=self.when(offer.answer_by))
        buttons = tuple(self._button(matter, verb, str(offer.id)) for verb in (Verb.ACCEPT, Verb.DECLINE))
        return self._item(matter, state, buttons, extra=f"offer {offer.id}")

    def reviewed(self, matter: Matter, holder: str | None) -> Item:
        """It is back from the problem ledger."""
        state = self._say("state_reviewed", holder=holder or self._say("nobody"))
        buttons = (
            self._button(matter, Verb.LEDGER),
            self._button(matter, Verb.ACKNOWLEDGE),
            self._menu(matter, "assign", "moves.button_assign"),
        )
        return self._item(matter, state, buttons)

    def broken(self, matter: Matter, promise: Promise, name: str) -> Item:
        """Somebody had given their word on it."""
        today = self.now.astimezone(self.preset.zone).date()
        state = self._say("state_broken", name=name, day=day_words(promise.due, today=today))
        buttons = (
            self._button(matter, Verb.TAKE_OVER),
            self._button(matter, Verb.PROLONG),
            self._menu(matter, "assign", "moves.button_assign"),
        )
        return self._item(matter, state, buttons)

    def promised(self, matter: Matter, promise: Promise) -> Item:
        """They have given their word on it for tomorrow."""
        state = self._say("state_promised", words=promise.words)
        return self._item(matter, state, (self._button(matter, Verb.SOLVED),))

    def own(self, matter: Matter, holder: str | None) -> Item:
        """It is in their own hands, with its next deadline."""
        if matter.status == MatterStatus.OPEN:
            return self.open(matter)
        buttons = (self._button(matter, Verb.SOLVED), self._button(matter, Verb.CANNOT))
        return self._item(matter, self._in_hand(matter, holder), buttons)

    def when(self, moment: datetime | None) -> str:
        """A moment in words; empty when there is none."""
        return "" if moment is None else moment_words(moment, now=self.now, zone=self.preset.zone)

    def _in_hand(self, matter: Matter, holder: str | None) -> str:
        late = matter.solve_by is None or matter.solve_by <= self.now
        sentence = "state_in_hand_late" if late else "state_in_hand"
        name = holder or self._say("nobody")
        return self._say(sentence, holder=name, deadline=self.when(matter.solve_by))

    def _item(self, matter: Matter, state: str, buttons: Row, *, extra: str = "") -> Item:
        values = {"number": matter.number, "short": short_words(matter), "state": state}
        if self.branches is None:
            text = self._say("line", **values)
        else:
            text = self._say("line_of_branch", branch=self.branches[matter.branch_id].name, **values)
        told = extra or state_of(matter)
        return Item(text, (buttons,), Subject("matter", matter.id or 0, matter.version, told))

    def _button(self, matter: Matter, verb: Verb, choice: str = "") -> dict[str, Any]:
        return self._labelled(matter, verb, _LABELS[verb], choice)

    def _menu(self, matter: Matter, menu: str, label: str) -> dict[str, Any]:
        return self._labelled(matter, Verb.MENU, label, menu)

    def _labelled(self, matter: Matter, verb: Verb, label: str, choice: str) -> dict[str, Any]:
        text = self._say("button", number=matter.number, label=say(label, self.preset.name))
        return {"text": text, "data": encode(verb, matter.id or 0, matter.version, choice)}

    def _say(self, sentence: str, **values: object) -> str:
        return say(f"digest.{sentence}", self.preset.name, **values)


def state_of(matter: Matter) -> str:
    """What of a matter has to change for a line on it to be decided: not its words, or who else tells it."""
    until = "" if matter.solve_by is None else matter.solve_by.isoformat()
    return f"{matter.status} {matter.step}{matter.step_level} {matter.assignee_id} {until}"


def overdue_section(overdue: Sequence[Covered], preset: Preset) -> Section:
    """How many households of each member are overdue, in the order of the roster."""
    names: Counter[str] = Counter()
    for covered in overdue:
        names.update(member.name for member in covered.members)
    lines = [say("digest.line_overdue", preset.name, name=name, count=n) for name, n in names.items()]
    return _plain(say("digest.overdue", preset.name), *lines)


def week_sections(done: Done, preset: Preset, *, overdue: int, unclaimed: int) -> list[Section]:
    """A branch's week; `overdue`: households overdue now; `unclaimed`: members who cannot be told."""
    matters = say(
        "digest.weekly_line_matters",
        preset.name,
        raised=done.raised,
        closed=done.closed,
        running=done.running,
    )
    visits = [
        say(
            "digest.weekly_line_visits",
            preset.name,
            households=done.households,
            members=done.members,
        )
    ]
    if overdue:
        visits.append(say("digest.weekly_line_overdue", preset.name, count=overdue))
    if unclaimed:
        visits.append(say("digest.weekly_line_unclaimed", preset.name, count=unclaimed))
    return [
        _plain(say("digest.weekly_matters", preset.name), matters),
        _plain(say("digest.weekly_visits", preset.name), *visits),
    ]


def branches_section(done: Sequence[tuple[Unit, Done]], preset: Preset) -> Section:
    """The week of each branch of a town in a line."""
    lines = [
        say(
            "digest.weekly_line_branch",
            preset.name,
            branch=branch.name,
            raised=figures.raised,
            closed=figures.closed,
            running=figures.running,
            households=figures.households,
        )
        for branch, figures in done
        if not figures.is_nothing
    ]
    return _plain(say("digest.weekly_branches", preset.name), *lines)


def _plain(heading: str, *lines: str) -> Section:
    return Section(heading, [Item(line) for line in lines])
