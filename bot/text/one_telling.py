"""From one telling, a message or what one tells by itself, to its acts."""

from __future__ import annotations

from bot.domain.acts import Act, Activity, ActivityKind, Category, Grievance, Visit
from bot.text.activities import find_activity, settles_quarrel
from bot.text.corrections import find_correction
from bot.text.echoes import find_echo
from bot.text.gate import (
    may_tell_anything,
    may_tell_event,
    may_tell_mending,
    may_tell_visit,
)
from bot.text.grievances import LIKELY, find_grievances
from bot.text.grievances.one_after_another import told_apart
from bot.text.messages import Context, Message, Understanding
from bot.text.reading import Reading, read
from bot.text.resolutions import find_resolution
from bot.text.second_opinion import matter_without_words, reconsidered
from bot.text.village_words import mark, places, silenced, with_taught_trouble
from bot.text.visits import find_visits

_NOTHING = Understanding()


def read_telling(reading: Reading, context: Context) -> Understanding:
    """Say what acts it makes.

    The order of judging matters: a correction hides the visit whose numbers it repeats, a visit keeps
    services from being activities, trouble told keeps its mending from being a resolution. The model is asked
    before the rules of trouble, which cost more, and once more when nothing at all was found.
    """
    message = reading.message
    standing = places(reading.text, context.taught)
    if not standing and not may_tell_anything(reading):
        return _NOTHING
    mark(reading, standing)
    acts: list[tuple[Act, bool]] = []
    visits: list[Visit] = []
    correction = find_correction(reading)
    if correction is not None:
        acts.append((correction.act, True))
        rest = reading.plain.text[correction.end :]
        if rest.strip():
            later = read(Message(rest, message.at, message.speaker), context)
            visits = find_visits(later) if may_tell_visit(later) else []
    else:
        visits = find_visits(reading) if may_tell_visit(reading) and not settles_quarrel(reading) else []
    acts += [(visit, True) for visit in visits]
    activity = None
    if correction is None and may_tell_event(reading):
        activity = find_activity(reading, visits=bool(visits))
    if activity is not None:
        acts.append((activity, True))
    troubles = []
    if correction is None and (visits or not reading.dismissed):
        troubles = find_grievances(reading, visits=bool(visits))
    troubles = reconsidered(reading, troubles, visits=bool(visits) or activity is not None)
    if troubles and activity is None:
        troubles = told_apart(reading, troubles, visits=bool(visits))
    if standing and not correction:
        troubles = with_taught_trouble(reading, standing, troubles)
    troubled = any(score >= LIKELY for _, score in troubles)
    if activity is not None:
        troubles = [t for t in troubles if _beside_event(reading, activity, t[0])]
        troubled = bool(troubles)
    resolution = None
    if correction is None and activity is None and may_tell_mending(reading):
        resolution = find_resolution(reading, troubled=troubled, visits=bool(visits))
    if resolution is not None:
        acts.append((resolution, True))
        troubles = []
    elif message.reply_to and not reading.idle and not visits and correction is None and len(troubles) <= 1:
        echo = find_echo(reading)
        if echo is not None and (not troubled or troubles[0][0].category is Category.OTHER):
            troubles = [echo]
    if not acts and not troubles and not silenced(standing):
        unlisted = matter_without_words(reading)
        troubles = [unlisted] if unlisted else []
    acts += [(grievance, score >= LIKELY) for grievance, score in troubles]
    return Understanding(
        tuple(act for act, _ in acts), tuple(reading.accounts), tuple(likely for _, likely in acts)
    )


def _beside_event(reading: Reading, activity: Activity, grievance: Grievance) -> bool:
    """Whether trouble told with an event is a matter by itself: what people said there, not what was done."""
    if activity.activity is ActivityKind.MEDIATION and grievance.category is Category.DISPUTE:
        return False
    return not grievance.resolved and reading.has("raised_there")
