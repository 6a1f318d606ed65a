"""What visit a clause reports: rules in the order in which they decide.

The first that has something to say decides: it gives an event, or a refusal. `RULES` is the order. A new
kind of telling is a new rule; its name has a line in lexicon/explaining.toml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.text.lexicon.patterns import patterns
from bot.text.notes import Account, Effect, Note, Place
from bot.text.numbers import CountKind
from bot.text.visits.contact import gone_to
from bot.text.visits.counting import Role, bare_count, role_of, sentence_of
from bot.text.visits.events import Event
from bot.text.visits.people import is_bystander, reply_names
from bot.text.visits.signs import asked, list_follows, number_follows, reported_at_once, unvisited
from bot.text.visits.telling import Telling

_P = patterns("visits")
SIGNS = ("visit_strong", "visit_move", "visit_touch", "phone", "online")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The clause reports no visit. words: where the words stand that say so."""

    words: tuple[Place, ...] = ()


Decision = Event | Refusal | None
Rule = Callable[[Telling], Decision]


def read_clause(telling: Telling) -> Event | None:
    """The visit the clause reports, if any; how it was decided goes into the accounts of the reading."""
    if not telling.has(*SIGNS):
        return None
    for rule in RULES:
        decision = rule(telling)
        if isinstance(decision, Refusal):
            note = Note(rule.__name__, Effect.DENIES, decision.words)
            telling.reading.accounts.append(Account("visit", telling.reading.text, [note]))
            return None
        if decision is not None:
            decision.rule = rule.__name__
            return decision
    return None


# ------------------------------------------------------------------ what makes it none


def no_contact(telling: Telling) -> Decision:
    """The only verb is denied: 没走访."""
    found = telling.strong or telling.contact or telling.has("visit_touch")
    return None if found else Refusal(tuple(telling.words("visit_strong") + telling.words("visit_move")))


def asked_after(telling: Telling) -> Decision:
    """今天走访了几户?"""
    words = asked(telling.reading, telling.clause)
    return None if words is None else Refusal(words)


def not_done(telling: Telling) -> Decision:
    """明天走访, 没顾上走访, 去了两户都没人."""
    words = unvisited(telling.reading, telling.clause)
    return None if words is None else Refusal(words)


def own_family(telling: Telling) -> Decision:
    """去了丈母娘家."""
    words = telling.words("own_family")
    return Refusal(tuple(words)) if words and not telling.called and not telling.numbers else None


def own_errand(telling: Telling) -> Decision:
    """去了3家店, 走亲戚: and nobody was helped."""
    if telling.strong:
        return None
    words = telling.words("visit_social")
    if not words and "亲戚" not in telling.text:
        return None
    served = telling.has("visit_touch") and telling.called and not _P["pastime"].search(telling.text)
    return None if served else Refusal(tuple(words))


def only_left_over(telling: Telling) -> Decision:
    """还差2户, 包了3户: all that is counted was not visited."""
    if telling.strong or not any(count.value is not None for count in telling.numbers):
        return None
    roles = (role_of(telling.reading, count, telling.clause) for count in telling.numbers)
    if not all(role in (Role.LEFT, Role.OWNED) for role in roles):
        return None
    return Refusal(tuple((count.start, count.end) for count in telling.numbers))


def matter_refused(telling: Telling) -> Decision:
    """1号办不了,已跟老王说明了: how a matter was dealt with, unless a visit is told in so many words."""
    if telling.strong or not _P["explained"].search(telling.text):
        return None
    sentence = sentence_of(telling.reading, telling.clause)
    found = _P["cannot"].search(telling.reading.text, sentence.start, sentence.end)
    return Refusal((found.span(),)) if found else None


# ------------------------------------------------------------------ what makes it one


def counted(telling: Telling) -> Decision:
    """走访了3户."""
    number = telling.number
    if number is None:
        return None
    place = (number.start, number.end)
    before = telling.reading.text[telling.clause.start : number.start]
    handed = _P["handed"].search(before) is not None and telling.done
    if not (telling.strong or telling.contact or handed):
        return Refusal((place,))
    event = telling.event()
    event.strong = True
    if number.kind is CountKind.TIMES:
        event.words.append(place)
    else:
        event.take_number(number.value, place)
    return event


def counted_bare(telling: Telling) -> Decision:
    """走了仨."""
    number = bare_count(telling.reading, telling.clause, [*telling.strong, *telling.move])
    if number is None:
        return None
    event = telling.event()
    event.take_number(number.value, (number.start, number.end))
    return event


def named(telling: Telling) -> Decision:
    """去了老王家."""
    if not telling.called or not (telling.strong or gone_to(telling)):
        return None
    event = telling.event()
    event.names = telling.called
    return event


def named_before(telling: Telling) -> Decision:
    """老王腿摔了,我去看了: whom the sentence named."""
    reading, clause = telling.reading, telling.clause
    if telling.called or not telling.done or not _P["went_there"].search(telling.text):
        return None
    earlier = [name for name in reading.names if name.end <= clause.start and not is_bystander(reading, name)]
    if not earlier or earlier[-1].start < sentence_of(reading, clause).start:
        return None
    event = telling.event()
    event.names = earlier
    return event


def answered(telling: Telling) -> Decision:
    """我去过了, in reply to a message that names somebody."""
    reply = telling.reading.message.reply_to
    if not reply or not telling.done or not telling.has("visited_reply") or not reply_names(reply):
        return None
    event = telling.event()
    event.strong = True
    return event


def told(telling: Telling) -> Decision:
    """入户走访了,一切正常."""
    if not telling.strong:
        return None
    reported = telling.done or reported_at_once(telling.reading, telling.clause, telling.index)
    return telling.event() if reported else None


def all_of_them(telling: Telling) -> Decision:
    """联系户都走了一遍."""
    if not (telling.contact and telling.done and telling.has("all_households")):
        return None
    if not _P["each_of_them"].search(telling.text) and not list_follows(telling.reading, telling.clause):
        return None
    event = telling.event()
    event.strong = True
    return event


def listed_after(telling: Telling) -> Decision:
    """转了几家:老王、老李."""
    if not (telling.contact and telling.done and list_follows(telling.reading, telling.clause)):
        return None
    event = telling.event()
    event.names = [name for name in telling.reading.names if name.start >= telling.clause.end]
    return event


def number_to_come(telling: Telling) -> Decision:
    """A visit only if the number in one of the next clauses turns out to be its own."""
    if not telling.contact or not (telling.done or "的" in telling.text):
        return None
    return telling.event() if number_follows(telling.reading, telling.index) else None


RULES: tuple[Rule, ...] = (
    no_contact,
    asked_after,
    not_done,
    own_family,
    own_errand,
    matter_refused,
    counted,
    only_left_over,
    counted_bare,
    named,
    named_before,
    answered,
    told,
    all_of_them,
    listed_after,
    number_to_come,
)
