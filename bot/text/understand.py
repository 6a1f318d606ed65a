"""From a message to its acts."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.acts import Act, Grievance, Resolution, Urgency
from bot.text import segmenter
from bot.text.hearing import aloud, as_written, heard
from bot.text.lexicon import lexicon, load
from bot.text.messages import Context, Message, Understanding
from bot.text.normalise import normalise
from bot.text.notes import Account
from bot.text.one_telling import read_telling
from bot.text.opinion import shipped
from bot.text.reading import Reading
from bot.text.tellings import Telling, tellings
from bot.text.village_words import knowing

_NO_CONTEXT = Context()
_ANOTHER: float = load("weighing")["tellings"]["another"]


def warm() -> None:
    """Load the dictionaries now rather than with the first message."""
    shipped()  # first: what its automaton is built from is needed no more when the rest is loaded
    segmenter.warm()
    lexicon()
    normalise("走訪")


def understand(message: Message, context: Context = _NO_CONTEXT) -> Understanding:
    """Read `message` and say what acts it makes.

    `acts` holds what is worth asking about too; `likely` marks the acts to take as read: `parse` prints
    those. A `probably` act is likely when, on labelled messages, its kind of evidence was right more
    often than wrong (weight of at least `grievances.LIKELY`), since then printing it raises the score.

    What is told one after another is read as if each had been sent alone.
    """
    context = knowing(context)
    written = as_written(message, context)
    reading = aloud(written, context)
    if reading is None:
        return _in_order(written, context)
    found = _in_order(reading, context)
    if written.by_resident and not found.acts:  # it was told in one breath after all
        return read_telling(written, context)
    return found


def _in_order(reading: Reading, context: Context) -> Understanding:
    """What is told one after another."""
    told = tellings(reading)
    if len(told) == 1:
        return read_telling(reading, context)
    apart = _together(reading.message, told, context)
    if not (reading.by_resident or reading.endangered):
        return apart
    whole = read_telling(reading, context)
    return whole if _tells_more(whole, apart, by_resident=reading.by_resident) else apart


def _tells_more(whole: Understanding, apart: Understanding, *, by_resident: bool) -> bool:
    """Danger told bit by bit (他躺着呢。叫不应。快来人！), or a matter in parts too short to tell it.

    Of matters residents alone: of a member's report the whole takes what stands beside the visits for some.
    """
    if _tells_danger(whole) is not _tells_danger(apart):
        return _tells_danger(whole)
    return by_resident and sum(whole.likely) > sum(apart.likely)


def _together(message: Message, told: list[Telling], context: Context) -> Understanding:
    """What is told one after another, each by itself; the first answers what the message answers."""
    acts: list[Act] = []
    likely: list[bool] = []
    accounts: list[Account] = []
    answered = message.reply_to
    for one in told:
        found = read_telling(heard(replace(message, text=one.text, reply_to=answered), context), context)
        more = bool(acts and found.acts) and one.apart < _ANOTHER
        known = int(more and _goes_on(acts[-1], found.acts[0]))
        acts += found.acts[known:]
        likely += found.likely[known:]
        accounts += found.accounts
        answered = None
    return Understanding(tuple(acts), tuple(accounts), tuple(likely))


def _tells_danger(found: Understanding) -> bool:
    return any(isinstance(act, Grievance) and act.urgency is Urgency.EMERGENCY for act in found.acts)


def _goes_on(before: Act, act: Act) -> bool:
    """Danger told on is one danger (煤气味好大！谁家漏气了), and what is mended is told at length."""
    if isinstance(before, Grievance) and isinstance(act, Grievance):
        alike = act.urgency is Urgency.EMERGENCY or act.category is before.category
        return alike and before.urgency is Urgency.EMERGENCY
    return isinstance(before, Resolution) and isinstance(act, Resolution) and not act.refers
