"""A visit while it is put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.domain.acts import Sureness, VisitMode
from bot.text.names import Name
from bot.text.notes import Place


@dataclass(slots=True)
class Event:
    """What one clause, or several, tell of a visit.

    start: where in the text it begins. count: households, null when no number was read.
    stated: `count` comes from a number. times: visits, not households, were counted. cumulative: the number
    is a running total. period: the day stands for a period. strong: a visit even without a number or a name.
    rule: what made it, see `rules`. words: where the words stand that made it.
    """

    start: int
    day: date
    mode: VisitMode = VisitMode.HOME
    count: int | None = None
    stated: bool = False
    times: bool = False
    cumulative: bool = False
    period: bool = False
    strong: bool = False
    rule: str = ""
    sureness: Sureness = Sureness.SURE
    names: list[Name] = field(default_factory=list)
    words: list[Place] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Whether it is enough of a visit to be reported as one."""
        return self.count is not None or bool(self.names) or self.strong

    def take_number(self, value: int | None, place: Place) -> None:
        """Make the number that of this visit."""
        self.count, self.stated = value, value is not None
        self.words.append(place)
