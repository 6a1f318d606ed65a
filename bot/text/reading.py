"""All that is found in a message before acts are read from it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from bot.text.clauses import Clause, Clauses, cut
from bot.text.dates import Day, Span, days
from bot.text.lexicon import Hits, lexicon
from bot.text.messages import Context, Message, Speaker
from bot.text.names import Name, names
from bot.text.normalise import Plain, normalise
from bot.text.numbers import Count, counts


@dataclass(slots=True)
class Reading:
    """One message with what the grammars found in it; `notes` collects the explanation."""

    message: Message
    plain: Plain
    clauses: Clauses
    hits: Hits
    days: list[Day]
    names: list[Name]
    counts: list[Count]
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.plain.text

    @property
    def today(self) -> date:
        return self.message.at.date()

    @property
    def by_resident(self) -> bool:
        return self.message.speaker is Speaker.RESIDENT

    def clause_at(self, place: int) -> Clause | None:
        """The clause that `place` lies in; null between clauses."""
        clauses = self.clauses.clauses
        at = bisect_right(clauses, place, key=lambda c: c.start) - 1
        return clauses[at] if at >= 0 and place < clauses[at].end else None

    def has(self, name: str, clause: Clause | None = None) -> bool:
        """Whether a word of class `name` stands in the message (or in one clause of it)."""
        if clause is None:
            return name in self.hits
        return self.hits.any_within(clause.start, clause.end, name)

    def word(self, name: str, clause: Clause) -> str | None:
        """The first word of the class in the clause."""
        found = self.hits.within(name, clause.start, clause.end)
        return self.text[found[0][0] : found[0][1]] if found else None

    def written(self, name: Name) -> str:
        """The name as the speaker wrote it."""
        return self.plain.written(name.start, name.end)

    def past_days(self, clause: Clause) -> list[Day]:
        return [
            d
            for d in self.days
            if d.span is not Span.FUTURE and clause.start <= d.start and d.end <= clause.end
        ]


def read(message: Message, context: Context) -> Reading:
    """Find words, days, names and numbers."""
    plain = normalise(message.text)
    text = plain.text
    return Reading(
        message=message,
        plain=plain,
        clauses=cut(text),
        hits=lexicon().scanner.scan(text),
        days=days(text, message.at.date()),
        names=names(text, context.households),
        counts=counts(text),
    )
