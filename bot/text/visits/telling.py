"""A clause, with everything in it that can tell of a visit."""

from __future__ import annotations

from datetime import date

from bot.domain.acts import VisitMode
from bot.text.clauses import Clause
from bot.text.lexicon.patterns import patterns
from bot.text.names import Name
from bot.text.notes import Place
from bot.text.numbers import Count
from bot.text.once import once
from bot.text.reading import Reading
from bot.text.visits.counting import choose_count, is_denied, is_visited, numbers_in
from bot.text.visits.events import Event
from bot.text.visits.people import is_bystander
from bot.text.visits.signs import is_done

_P = patterns("visits")


class Telling:
    """One clause (or a part of it with a day of its own); what is asked for is looked up once.

    index: which clause of the message it is. day: the day told last.
    """

    def __init__(self, reading: Reading, clause: Clause, index: int, day: date) -> None:
        self.reading = reading
        self.clause = clause
        self.index = index
        self.day = day
        self.text = reading.text[clause.start : clause.end]

    def words(self, name: str) -> list[Place]:
        """The words of a class in the clause."""
        return self.reading.hits.within(name, self.clause.start, self.clause.end)

    def has(self, *names: str) -> bool:
        return self.reading.hits.any_within(self.clause.start, self.clause.end, *names)

    def event(self) -> Event:
        """A visit on the day told last, with nothing known of it but how the household was contacted."""
        event = Event(self.clause.start, self.day, self.mode, strong=bool(self.strong))
        event.words = [*self.strong[:1], *self.move[:1], *self.phone[:1], *self.online[:1]]
        return event

    @once
    def strong(self) -> list[Place]:
        """Verbs of what one does only with linked households."""
        return self._undenied("visit_strong")

    @once
    def move(self) -> list[Place]:
        """Verbs that tell of a visit with a household counted or named."""
        return self._undenied("visit_move")

    def _undenied(self, name: str) -> list[Place]:
        return [place for place in self.words(name) if not is_denied(self.reading.text, place[0])]

    @once
    def phone(self) -> list[Place]:
        return self.words("phone")

    @once
    def online(self) -> list[Place]:
        return self.words("online")

    @property
    def contact(self) -> bool:
        """Somebody was gone to, called or written to."""
        return bool(self.move or self.phone or self.online)

    @once
    def mode(self) -> VisitMode:
        if self.phone and not _P["number_wanted"].search(self.text):
            return VisitMode.PHONE
        return VisitMode.ONLINE if self.online and not self.phone else VisitMode.HOME

    @once
    def numbers(self) -> list[Count]:
        return numbers_in(self.reading, self.clause)

    @once
    def number(self) -> Count | None:
        """The number of households visited."""
        own = [
            count
            for count in self.numbers
            if is_visited(self.reading, count, self.clause) and not self._of_the_last(count)
        ]
        return choose_count(self.reading, own, self.clause)

    def _of_the_last(self, count: Count) -> bool:
        """给孙大爷、徐老太太一家端了一碗: not one, but the family of the last of several named."""
        named = any(name.end == count.start for name in self.called[1:])
        return count.value == 1 and count.unit == "家" and named

    @once
    def called(self) -> list[Name]:
        """Those named who are households."""
        reading, clause = self.reading, self.clause
        return [
            name
            for name in reading.names
            if clause.start <= name.start < clause.end and not is_bystander(reading, name)
        ]

    @once
    def done(self) -> bool:
        return is_done(self.reading, self.clause)
