"""All that is found in a message before acts are read from it."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import islice, takewhile
from operator import attrgetter

from bot.text.answered import answered
from bot.text.clauses import Clause, Clauses, cut
from bot.text.counted_in_parts import with_parts_joined
from bot.text.dates import Day, Span, days
from bot.text.gist import gist
from bot.text.lexicon import Hits, lexicon, load
from bot.text.lexicon.frames import Match
from bot.text.messages import Context, Message, Speaker
from bot.text.names import Name, names
from bot.text.normalise import Plain, normalise
from bot.text.notes import Account
from bot.text.numbers import Count, counts
from bot.text.once import once
from bot.text.opinion import Opinion, Told
from bot.text.signs import Beside
from bot.text.watched import may_endanger, reports_plainly, visiting

_OPINION: dict[str, float] = load("weighing")["opinion"]
_UNLIKELY: dict[str, float] = load("weighing")["unlikely"]
_LIKELY: dict[str, float] = load("weighing")["likely"]
_TOLD_AT_ONCE = 100  # characters; a longer message may tell a tale before it tells a matter


class Reading:
    """One message with what the grammars find in it; `accounts` say how it was decided.

    Only the spelling is put in order at once. Listed words, clauses, days, names and numbers are looked for
    when first asked for: most messages of a chat are dismissed before.
    """

    def __init__(self, message: Message, plain: Plain, households: tuple[str, ...]) -> None:
        self.message = message
        self.plain = plain
        self.accounts: list[Account] = []
        self._households = households

    @once
    def hits(self) -> Hits:
        return lexicon().scanner.scan(self.text)

    @once
    def clauses(self) -> Clauses:
        return cut(self.text)

    @once
    def matches(self) -> list[Match]:
        """The frames of trouble that hold."""
        return lexicon().matches(self.hits, self.clauses.breaks)

    @once
    def opinion(self) -> Opinion:
        """What the model holds of the message; of a long one, of the sentence most like a matter."""
        if len(self._opinions) == 1:
            return self._opinions[0]
        return max(self._opinions, key=lambda each: each.told.matter)

    @once
    def told(self) -> Told:
        """What the model holds the message to tell; of a long one, for each act the sentence most like it."""
        if len(self._opinions) == 1:
            return self._opinions[0].told
        return Told(*map(max, zip(*(each.told for each in self._opinions), strict=True)))

    @once
    def idle(self) -> bool:
        """Whether the message tells nothing by all the model sees: most of a chat does not.

        A member's word for visiting is never idle, nor what is like a visit: 今天入户走访 is short, and yet a
        report.
        """
        least = _OPINION["idle" if self.message.reply_to is None else "idle_answer"]
        if max([each.anything for each in self._opinions]) >= least:
            return False
        if self.by_resident:
            return True
        if reports_plainly(self.text):
            return False
        return self.told.visit < _LIKELY["visit"] and not visiting().found(self.text)

    @once
    def _opinions(self) -> list[Opinion]:
        if len(self.text) <= _TOLD_AT_ONCE:
            return [Opinion(self.text, self._beside)]
        sentences = [self.text[start:end] for start, end in self.clauses.sentences()] or [self.text]
        return [Opinion(each, self._beside) for each in sentences]

    @once
    def _beside(self) -> Beside:
        return Beside(self.message.speaker, answered(self.message.reply_to))

    @once
    def dismissed(self) -> bool:
        """The message as a whole is so unlike a matter that its words of trouble need no looking into.

        Danger to life or limb is never dismissed.
        """
        least = _OPINION["dismissed" if self.by_resident else "dismissed_of_member"]
        if not self.idle and self.told.matter >= least:
            return False
        return not self.endangered

    @once
    def endangered(self) -> bool:
        """Whether there stands what tells of danger to life or limb."""
        return may_endanger(self.text) and lexicon().endangers(self.hits)

    @once
    def visits_dismissed(self) -> bool:
        """Nobody has reported a visit: a resident speaks, or the whole, no answer, is so unlike a report."""
        if self.by_resident or self.unlikely("visit"):
            return True
        return self.unlikely("visit_unspoken") and not visiting().found(self.text)

    def unlikely(self, act: str) -> bool:
        """Whether the message is so unlike such an act that no word makes it one.

        Answers are short and say little by themselves, so the model is trusted less of them.
        """
        if self.idle:
            return True
        name = act.partition("_")[0]
        if name == "visit" and reports_plainly(self.text):
            return False
        least = _UNLIKELY[act]
        if self.message.reply_to is not None:
            least -= _UNLIKELY["answering"]
        unlike: float = getattr(self.told, name)
        return unlike < least and all(getattr(each.told, name) < least for each in self._sentences)

    @once
    def _sentences(self) -> list[Opinion]:
        """What the model holds of each sentence: of several told in one breath each may be an act."""
        if len(self._opinions) > 1:
            return self._opinions
        bounds = self.clauses.sentences()
        if len(bounds) < 2:
            return []
        return [Opinion(self.text[start:end], self._beside) for start, end in bounds]

    def likely(self, act: str) -> bool:
        """Whether the message is so like such an act that it needs no word to be one, probably."""
        if self.idle:
            return False
        like: float = getattr(self.told, act.partition("_")[0])
        return like >= _LIKELY[act]

    @once
    def days(self) -> list[Day]:
        return days(self.text, self.today)

    @once
    def names(self) -> list[Name]:
        return names(self.text, self._households)

    @once
    def counts(self) -> list[Count]:
        return with_parts_joined(self.text, counts(self.text))

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
        return self.clauses.at(place)

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
        first = bisect_left(self.days, clause.start, key=attrgetter("start"))
        inside = takewhile(lambda day: day.end <= clause.end, islice(self.days, first, None))
        return [day for day in inside if day.span is not Span.FUTURE]


def read(message: Message, context: Context) -> Reading:
    """The message in plain spelling; the rest is found when asked for."""
    return Reading(message, gist(normalise(message.text)), context.households)
