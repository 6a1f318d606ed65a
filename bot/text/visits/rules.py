"""What visit a clause reports: rules in the order in which they decide.

The first that has something to say decides: it gives an event, or a refusal. `RULES` is the order. A new
kind of telling is a new rule; its name has a line in lexicon/explaining.toml.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.text.lexicon.patterns import patterns
from bot.text.notes import Account, Effect, Note
from bot.text.numbers import CountKind, read_numeral
from bot.text.visits.contact import gone_to
from bot.text.visits.counting import bare_count, sentence_of
from bot.text.visits.events import Event
from bot.text.visits.met import met
from bot.text.visits.people import is_bystander, reply_names
from bot.text.visits.refusing import (
    SIGNS,
    Refusal,
    asked_after,
    matter_refused,
    matter_taken_up,
    no_contact,
    not_done,
    of_the_visit,
    only_left_over,
    own_errand,
    own_family,
    own_kin,
)
from bot.text.visits.signs import list_follows, number_follows, reported_at_once, told_as_done
from bot.text.visits.telling import Telling

_P = patterns("visits")

Decision = Event | Refusal | None
Rule = Callable[[Telling], Decision]


def read_clause(telling: Telling, unheeded: frozenset[str] = frozenset()) -> Event | None:
    """The visit the clause reports, if any; how it was decided goes into the accounts of the reading.

    unheeded: rules whose refusals count for nothing, unless they are of the visit itself.
    """
    if not (telling.has(*SIGNS) or telling.called or _served_named(telling)):
        return None
    for rule in RULES:
        decision = rule(telling)
        if isinstance(decision, Refusal) and rule.__name__ in unheeded and not of_the_visit(telling, rule):
            continue
        if isinstance(decision, Refusal):
            note = Note(rule.__name__, Effect.DENIES, decision.words)
            telling.reading.accounts.append(Account("visit", telling.reading.text, [note]))
            return None
        if decision is not None:
            decision.rule = rule.__name__
            return decision
    return None


def _served_named(telling: Telling) -> bool:
    """老王家灯坏了,我拿新的换上了: what the speaker did for whom the message named."""
    return bool(telling.reading.names) and _P["went_there"].search(telling.text) is not None


# ------------------------------------------------------------------ what makes it one


def counted(telling: Telling) -> Decision:
    """走访了3户."""
    number = telling.number
    if number is None:
        return None
    place = (number.start, number.end)
    before = telling.reading.text[telling.clause.start : number.start]
    handed = _P["handed"].search(before) is not None and telling.done
    served = telling.has("visit_serve") and telling.done
    reached = _P["reached_after"].match(telling.reading.text, number.end) is not None
    if not (telling.strong or telling.contact or handed or served or reached) or number.value == 0:
        return Refusal((place,))
    event = telling.event()
    event.strong = True
    if number.kind is CountKind.TIMES:
        event.times = True
        event.words.append(place)
    elif number.value and _P["half"].match(telling.reading.text, number.end):
        event.take_number(number.value // 2, place)
    else:
        event.take_number(number.value, place)
        met(telling.reading, telling.clause, [event])
    return event


def doors_counted(telling: Telling) -> Decision:
    """走了仨门; 三个门都敲开了."""
    found = _P["doors"].search(telling.text)
    if found is None:
        return None
    event = telling.event()
    start = telling.clause.start
    number = found["n"] or found["n_before"]
    event.take_number(read_numeral(number), (start + found.start(), start + found.end()))
    return event


def that_household(telling: Telling) -> Decision:
    """东头那户我跑了一趟: one that is not named."""
    if telling.called or telling.number or not (telling.contact and telling.done):
        return None
    if telling.reading.message.reply_to is None and not telling.reading.likely("visit"):
        return None
    sentence = sentence_of(telling.reading, telling.clause)
    found = _P["that_household"].search(telling.reading.text, sentence.start, telling.clause.end)
    if found is None:
        return None
    event = telling.event()
    event.take_number(1, found.span())
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
    if not (telling.called and (telling.strong or gone_to(telling))):
        return None
    event = telling.event()
    event.names = telling.called
    return event


def at_home(telling: Telling) -> Decision:
    """在老王家呢; 刚从老王家出来."""
    text, clause = telling.reading.text, telling.clause
    if text.startswith("?", clause.end):
        return None
    for name in telling.called:
        before = _without_days(telling, text[clause.start : name.start])
        if _P["at_their_home"].match(before) and _P["their_home"].match(text, name.end, clause.end):
            event = telling.event()
            event.names = telling.called
            return event
    return None


def _without_days(telling: Telling, before: str) -> str:
    for day in telling.reading.days:
        before = before.replace(telling.reading.text[day.start : day.end], "")
    return before


def named_well(telling: Telling) -> Decision:
    """老王家,正常: a household, and how they are; a message that opens so reports what was met there."""
    text, clause = telling.reading.text, telling.clause
    if not telling.called or telling.called[0].start != clause.start:
        return None
    if not _P["only_their_home"].fullmatch(text, telling.called[-1].end, clause.end):
        return None
    opens = clause.start == 0 and text[clause.end - 1] == "家" and text[clause.end + 1 :]
    if not opens and not _P["well"].match(text, clause.end + 1):
        return None
    event = telling.event()
    event.names = telling.called
    return event


def in_order(telling: Telling) -> Decision:
    """第一家是老王,第二家是老李: as many as the last of them."""
    found = _P["ordinal_home"].search(telling.text)
    if found is None or telling.number or not (telling.called or telling.contact):
        return None
    event = telling.event()
    start = telling.clause.start
    event.take_number(read_numeral(found[1]), (start + found.start(), start + found.end()))
    return event


def named_before(telling: Telling) -> Decision:
    """老王腿摔了,我去看了: whom the sentence named."""
    reading, clause = telling.reading, telling.clause
    went = _P["went_there"].search(telling.text)
    if went is None or not (telling.done or told_as_done(reading, clause)):
        return None
    if _P["called_out"].search(reading.text):
        return None
    place = clause.start + went.start()
    earlier = [name for name in reading.names if name.end <= place and not is_bystander(reading, name)]
    if not earlier or earlier[-1].start < sentence_of(reading, clause).start:
        return None
    event = telling.event()
    event.names = earlier
    return event


def answered(telling: Telling) -> Decision:
    """我去过了, in reply to a message that names somebody or asks to have a look at them."""
    reply = telling.reading.message.reply_to
    said = telling.has("visited_reply") or _P["gone_in_answer"].match(telling.text)
    if not reply or not telling.done or not said:
        return None
    event = telling.event()
    event.strong = True
    if not reply_names(reply):
        if not _P["asked_to_go"].search(reply):
            return None
        event.take_number(1, (telling.clause.start, telling.clause.end))
    return event


def told(telling: Telling) -> Decision:
    """入户走访了,一切正常."""
    if not telling.strong:
        return None
    if telling.reading.has("act_party_day") or _P["settled"].search(telling.reading.text):
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
    at_home,
    no_contact,
    asked_after,
    not_done,
    own_kin,
    own_family,
    own_errand,
    matter_refused,
    matter_taken_up,
    in_order,
    counted,
    only_left_over,
    counted_bare,
    doors_counted,
    named,
    named_well,
    named_before,
    answered,
    that_household,
    told,
    all_of_them,
    listed_after,
    number_to_come,
)
