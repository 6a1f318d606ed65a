"""What a matter's moves cause to be told: to those who hold it, and to those who need not act any more.

Kinds (subject `matter`; keys as in `bot.services.notices.tell`): `matter.raised`, `matter.escalated`,
`matter.reopened` (to the holders), `matter.gone_up` (to those below), `matter.warning`, `matter.remain`
(nobody is above), `matter.call` (an emergency, again), `matter.yours` (taken on by word, with the buttons),
`matter.taken`, `matter.settled`, `matter.explained`, `matter.withdrawn` (no need to act).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Urgency
from bot.domain.ladder_times import Rung
from bot.domain.matters import Move, Step
from bot.domain.preset import Preset
from bot.domain.roster import Actor
from bot.services.matters.holders import ladder_of, on_leave, rung_of
from bot.services.matters.matter_words import MatterWords, names_of
from bot.services.matters.tell_holders import (
    TELLING,
    TO_HOLDERS,
    YOURS,
    about_matter,
    add_event,
    id_of,
    priority_of,
    put_on_rung,
    tell_holders,
    words_for,
)
from bot.services.matters.unnamed import seen_as
from bot.services.notices.tell import to_person
from bot.services.roster.parameters import for_unit
from storage import outbox
from storage.queries.tellings import people_told
from storage.tables import Matter, Person


class Ending(StrEnum):
    """How a matter that somebody may be busy with came to its end; a sentence of the escalation wording."""

    SETTLED = "settled"
    EXPLAINED = "explained"
    WITHDRAWN = "withdrawn"


async def matter_raised(
    session: AsyncSession, matter: Matter, *, now: datetime, extra: Sequence[str] = ()
) -> int:
    """Start a new matter's clocks and tell those who hold it.

    `matter` is stored, with the lowest step that has to act, and an assignee when one is known. When
    everybody there is on leave, or nobody is there, it starts on the next step that somebody answers
    for; the assignee becomes one of those who answer.

    extra: what they are told besides, a line each.

    Returns:
        How many notices were made.
    """
    preset = await for_unit(session, matter.branch_id)
    skipped = await _settle_rung(session, matter, now, preset)
    words = await words_for(session, matter, preset, now)
    _start_clocks(words)
    session.add(matter)
    if skipped:
        note = words.say("event_skip", names=names_of(skipped), to=words.who(words.own_rung))
        add_event(session, matter, Move.REASSIGN, note, now)
    away = [words.say("on_leave", names=names_of(skipped))] if skipped else []
    return await _tell_start(session, words, "raised", extra=[*extra, *away])


async def matter_reopened(session: AsyncSession, matter: Matter, *, by_name: str, now: datetime) -> int:
    """A matter said to be solved is not: it starts again one step higher (at the top: where it was).

    Call it when the status is `open` again. `by_name`: who says so.

    Returns:
        How many notices were made.
    """
    preset = await for_unit(session, matter.branch_id)
    await outbox.cancel(
        session, subject_kind="matter", subject_id=id_of(matter), kinds=TO_HOLDERS, by="reopened", now=now
    )
    today = now.astimezone(preset.zone).date()
    held = (await ladder_of(session, matter, today=today, since=rung_of(matter))).held
    above = [rung for rung in held if rung != rung_of(matter)]
    if above:
        put_on_rung(matter, above[0], held[above[0]])
    else:
        await _settle_rung(session, matter, now, preset)
    words = await words_for(session, matter, preset, now)
    _start_clocks(words)
    session.add(matter)
    return await _tell_start(session, words, "reopened", name=by_name)


async def matter_resumed(session: AsyncSession, matter: Matter, *, now: datetime) -> int:
    """A matter is back from the problem ledger: its clocks start again for those who answer for its rung.

    Returns:
        How many notices were made.
    """
    preset = await for_unit(session, matter.branch_id)
    await _settle_rung(session, matter, now, preset)
    words = await words_for(session, matter, preset, now)
    _start_clocks(words)
    matter.warned_for = None
    session.add(matter)
    words = await words_for(session, matter, preset, now)
    return await _tell_start(session, words, "resumed")


async def matter_acknowledged(session: AsyncSession, matter: Matter, by: Person, *, now: datetime) -> int:
    """Somebody has taken a matter on: stop the calls and the acknowledge clock, and tell who was told.

    `by` becomes the assignee; when they answer for a higher rung, the matter is on that one from now on, and
    an emergency, of which everybody has been told, on the rung of whoever takes it on.
    Of a matter that is no emergency, only those who had it or hold it together with `by` are told.

    Returns:
        How many notices were made.
    """
    preset = await for_unit(session, matter.branch_id)
    today = now.astimezone(preset.zone).date()
    emergency = matter.urgency == Urgency.EMERGENCY
    since = None if emergency else rung_of(matter)
    held = (await ladder_of(session, matter, today=today, since=since)).held
    beside = {matter.assignee_id, *(holder.person.id for holder in held.get(rung_of(matter), ()))}
    taken_at = [rung for rung, holders in held.items() if by.id in {one.person.id for one in holders}]
    if taken_at:
        matter.step, matter.step_level = taken_at[0].step, taken_at[0].level
    matter.assignee_id = by.id
    matter.acknowledge_by = matter.next_call_at = matter.remind_at = None
    session.add(matter)
    told = await _no_longer_needed(session, matter, by=f"acknowledged by {by.name}", now=now)
    told = [one for one in told if one.id != by.id and (emergency or one.id in beside)]
    words = await words_for(session, matter, preset, now)
    made = await _tell_yours(session, words, by)
    return made + await _tell_over(session, words, told, "taken", name=by.name)


async def matter_ended(
    session: AsyncSession,
    matter: Matter,
    *,
    by: str,
    now: datetime,
    ending: Ending | None = None,
    doer: Actor | None = None,
) -> int:
    """Nobody has to act on a matter any more (claimed solved, closed, withdrawn): stop calls and warnings.

    Of one that somebody may be busy with, whoever holds it is told; of an emergency that is still called
    out, and of one withdrawn, everybody who had been asked to act. Whoever did it need not be told.

    by: what ended it, for exports ("claimed solved", "withdrawn by 王建国").
    ending: what those are told who might still act; null: nobody is busy with it any more.
    doer: who ended it; null: time.

    Returns:
        How many notices were made.
    """
    everybody = matter.next_call_at is not None or ending is Ending.WITHDRAWN
    matter.acknowledge_by = matter.next_call_at = matter.remind_at = None
    session.add(matter)
    told = await _no_longer_needed(session, matter, by=by, now=now)
    if ending is None or doer is None:
        return 0
    told = [one for one in told if one.id != doer.person_id and (everybody or one.id == matter.assignee_id)]
    preset = await for_unit(session, matter.branch_id)
    words = await words_for(session, matter, preset, now)
    return await _tell_over(session, words, told, ending, name=seen_as(matter, doer).name)


async def _tell_start(
    session: AsyncSession, words: MatterWords, sentence: str, *, extra: Sequence[str] = (), **values: object
) -> int:
    matter = words.matter
    rungs, urgency = [words.own_rung], Urgency(matter.urgency)
    if urgency is Urgency.EMERGENCY:
        rungs += [rung for rung in words.above if rung.step is not Step.TOWN]
        text = _emergency_text(words, rungs)
    else:
        text = words.telling(sentence, **values)
    about = about_matter(matter, f"matter.{sentence}", f"{matter.step}.{matter.version}", words.now)
    loud = urgency is not Urgency.NORMAL
    return await tell_holders(
        session, words, about, "\n".join([text, *extra]), rungs=rungs, breaks_quiet=loud
    )


def _emergency_text(words: MatterWords, rungs: Sequence[Rung]) -> str:
    """What everybody is told at once: who else is told, and who should be but cannot be reached."""
    everybody = [holder for rung in rungs for holder in words.held.get(rung, ())]
    reached = [holder.person for holder in everybody if holder.reachable]
    missed = [holder.person for holder in everybody if not holder.reachable]
    if not reached:  # whoever stands in for them is told so
        return "\n".join([*words.heading(), *words.age(), words.say("raised_emergency_alone")])
    text = words.telling("raised_emergency", told=names_of(reached))
    text = "\n".join([text, *words.age()])
    return f"{text}\n{words.say('not_reached', names=names_of(missed))}" if missed else text


async def _tell_yours(session: AsyncSession, words: MatterWords, by: Person) -> int:
    """Whoever has taken a matter on without having been told of it gets it in hand, with its buttons."""
    told = await people_told(session, id_of(words.matter), TO_HOLDERS)
    if by.telegram_id is None or by.id in {person.id for person in told}:
        return 0
    notice = await to_person(
        session,
        by,
        about_matter(words.matter, YOURS, str(words.matter.version), words.now),
        "\n".join([*words.heading(), words.say("yours")]),
        preset=words.preset,
        now=words.now,
        priority=priority_of(words.matter),
        buttons=words.buttons_in_hand(),
        breaks_quiet=True,  # they have just spoken
    )
    return int(notice is not None)


async def _tell_over(
    session: AsyncSession, words: MatterWords, told: Sequence[Person], sentence: str, **values: object
) -> int:
    made = 0
    for person in told:
        notice = await to_person(
            session,
            person,
            about_matter(words.matter, f"matter.{sentence}", str(words.matter.version), words.now),
            words.say(sentence, **values),
            preset=words.preset,
            now=words.now,
            priority=priority_of(words.matter),
            breaks_quiet=words.matter.urgency == Urgency.EMERGENCY,
        )
        made += notice is not None
    return made


async def _no_longer_needed(session: AsyncSession, matter: Matter, *, by: str, now: datetime) -> list[Person]:
    """Cancel what still asks somebody to act; returns those who have been asked already."""
    await outbox.cancel(
        session, subject_kind="matter", subject_id=id_of(matter), kinds=TO_HOLDERS, by=by, now=now
    )
    return await people_told(session, id_of(matter), (*TELLING, YOURS))


async def _settle_rung(session: AsyncSession, matter: Matter, now: datetime, preset: Preset) -> list[Person]:
    """Put the matter on the lowest rung from its own that somebody answers for.

    Returns:
        Those who were passed over because they are on leave.
    """
    today = now.astimezone(preset.zone).date()
    ladder = await ladder_of(session, matter, today=today, since=rung_of(matter))
    assignee = None if matter.assignee_id is None else await session.get(Person, matter.assignee_id)
    if not ladder.held:
        return []
    rung, holders = next(iter(ladder.held.items()))
    away = [assignee] if assignee is not None and on_leave(assignee, today) else []
    if rung != rung_of(matter) or assignee is None or away:
        put_on_rung(matter, rung, holders)
    if matter.first_holder_id is None:
        matter.first_holder_id = matter.assignee_id
    return away


def _start_clocks(words: MatterWords) -> None:
    matter, ladder, now = words.matter, words.preset.ladder_for(words.matter.voices), words.now
    urgency = Urgency(matter.urgency)
    matter.next_call_at = now + ladder.call_every if urgency is Urgency.EMERGENCY else None
    matter.acknowledge_by = ladder.acknowledge_by(urgency, now, words.next_rung)
    matter.first_acknowledge_by = matter.first_acknowledge_by or matter.acknowledge_by
    matter.solve_by = matter.first_solve_by = ladder.solve_by(urgency, now)
    matter.warned_for = matter.remind_at = None
