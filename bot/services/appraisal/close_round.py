"""A round is over: it is counted, and each is told what is theirs to know.

Kinds (subject `appraisal_round`): `appraisal.result` to each member about themselves, `appraisal.closed` to
the secretary and the town.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Result, RoundKind, RoundState, result_of, total_of
from bot.domain.preset import Preset
from bot.domain.roster import Role, UnitKind
from bot.services.appraisal.appraisal_words import day_of_round, period_words, result_words
from bot.services.appraisal.hand_out_ballots import BALLOT, MEMBERS_BALLOT
from bot.services.chat import answering
from bot.services.notices.tell import About, to_person
from bot.wording import say
from storage import outbox
from storage.queries import appraisal, ballot_words, ballots, notices
from storage.queries.roster import people_with_role, unit_above
from storage.tables import AppraisalRound, Person, Unit

RESULT, CLOSED = "appraisal.result", "appraisal.closed"
_LOW = 0.6  # below this share a member is told that it need not stay so


@dataclass(frozen=True, slots=True)
class Counted:
    """What a round says: of each member, by name, and of all together."""

    each: Mapping[int, tuple[Person, Result]]
    total: Result


async def count_round(session: AsyncSession, held: AppraisalRound, preset: Preset) -> Counted:
    """Count a round that is closed."""
    counts = await ballots.counts_of(session, held.id or 0)
    given = await ballots.turnout(session, held.id or 0)
    least = preset.appraisal.least
    each = {
        key: (await session.get_one(Person, key), result_of(counts[key], given[key].papers, least=least))
        for key in counts
    }
    entitled = sum(one.papers for one in given.values())
    ordered = dict(sorted(each.items(), key=lambda item: (item[1][0].name, item[0])))
    return Counted(ordered, total_of(list(counts.values()), entitled, least=least))


async def close_round(
    session: AsyncSession, held: AppraisalRound, *, preset: Preset, now: datetime, by: str = ""
) -> None:
    """Close an open round, and tell its results. by: who closed it; empty: its time was over."""
    held.state, held.version = RoundState.CLOSED, held.version + 1
    held.ended_at, held.ended_by = now, by
    session.add(held)
    await ballots.seal(session, held.id or 0)
    await _end_ballots(session, held, preset, now=now)
    counted = await count_round(session, held, preset)
    for person, result in counted.each.values():
        await _tell_own(session, held, person, result, preset, now=now)
    await _tell_heads(session, held, counted, preset, now=now)


async def _end_ballots(session: AsyncSession, held: AppraisalRound, preset: Preset, *, now: datetime) -> None:
    """No ballot offers anything any more; those that wait to be sent expire, or are cancelled here."""
    if held.kind == RoundKind.RESIDENTS:
        for notice, paper in await ballots.ballots_sent(session, held.id or 0, kind=BALLOT):
            name = (await session.get_one(Person, paper.subject_id)).name
            sentence = "ballot_done" if paper.cast else "ballot_over"
            text = say(f"appraisal.{sentence}", preset.name, period=period_words(held), name=name)
            await answering.rewrite(session, notice, text, mark="over", now=now)
        return
    subject = held.id or 0
    await outbox.cancel(
        session,
        subject_kind="appraisal_round",
        subject_id=subject,
        kinds=[MEMBERS_BALLOT],
        by="closed",
        now=now,
    )
    for notice in await notices.about(session, subject_kind="appraisal_round", subject_id=subject):
        if notice.kind == MEMBERS_BALLOT:
            text = say("appraisal.member_over", preset.name)
            await answering.rewrite(session, notice, text, mark="over", now=now)


async def _tell_own(
    session: AsyncSession,
    held: AppraisalRound,
    person: Person,
    result: Result,
    preset: Preset,
    *,
    now: datetime,
) -> None:
    if person.telegram_id is None:
        return
    kind = RoundKind(held.kind)
    sentence = "own_result" if kind is RoundKind.RESIDENTS else "own_result_members"
    text = say(
        f"appraisal.{sentence}{'' if result.told else '_few'}",
        preset.name,
        period=period_words(held),
        day=day_of_round(held, preset, now=now),
        cast=result.cast,
        papers=result.entitled,
        result=result_words(result, kind, preset),
    )
    if result.good is not None and (result.good.value or 0.0) < _LOW:
        text = "\n".join([text, say("appraisal.low_share_next", preset.name)])
    about = About(RESULT, "appraisal_round", held.id or 0, "own", now, held.branch_id)
    await to_person(session, person, about, text, preset=preset, now=now)


async def _tell_heads(
    session: AsyncSession, held: AppraisalRound, counted: Counted, preset: Preset, *, now: datetime
) -> None:
    kind = RoundKind(held.kind)
    voted = await ballots.voters(session, held.id or 0)
    branch = await session.get_one(Unit, held.branch_id)
    values = {
        "period": period_words(held),
        "day": day_of_round(held, preset, now=now),
        "households": voted.papers,
        "voted": voted.cast,
        "branch": branch.name,
        "result": result_words(counted.total, kind, preset),
    }
    sentence = "closed" if kind is RoundKind.RESIDENTS else "closed_members"
    head = say(f"appraisal.{sentence}", preset.name, **values)
    lines = [
        say("appraisal.closed_line", preset.name, name=one.name, result=result_words(result, kind, preset))
        for one, result in counted.each.values()
    ]
    if kind is RoundKind.MEMBERS:
        lines += await _what_next(session, held, counted, preset)
    secretaries = await people_with_role(session, held.branch_id, Role.SECRETARY)
    said = await _words_for(session, held, counted, secretaries, branch, preset)
    texts = {one.id: (one, [head, *lines]) for one in secretaries}
    if kind is RoundKind.RESIDENTS:
        for one in await _town(session, branch):
            texts.setdefault(one.id, (one, [say("appraisal.closed_town", preset.name, **values)]))
    for reader, words in said.values():
        _, own = texts.setdefault(reader.id, (reader, [head]))
        own += [say("appraisal.closed_words", preset.name), *words]
    about = About(CLOSED, "appraisal_round", held.id or 0, "heads", now, held.branch_id)
    for reader, own in texts.values():
        await to_person(session, reader, about, "\n".join(own), preset=preset, now=now)


async def _what_next(
    session: AsyncSession, held: AppraisalRound, counted: Counted, preset: Preset
) -> list[str]:
    """How a verdict is entered, when there are members without one."""
    year = held.last.year
    graded = {
        one.person_id for one in await appraisal.verdicts_of(session, held.branch_id, first=year, last=year)
    }
    missing = [person.name for key, (person, _) in counted.each.items() if key not in graded]
    if not missing:
        return []
    return [say("appraisal.closed_next", preset.name, name=missing[0], missing=len(missing))]


async def _words_for(
    session: AsyncSession,
    held: AppraisalRound,
    counted: Counted,
    secretaries: list[Person],
    branch: Unit,
    preset: Preset,
) -> dict[int, tuple[Person, list[str]]]:
    """Who reads which sentences: the secretary; of the secretary themselves a deputy, else the town.

    What was said of members whose result is not told is read by nobody.
    """
    above = [*await people_with_role(session, held.branch_id, Role.DEPUTY), *await _town(session, branch)]
    found: dict[int, tuple[Person, list[str]]] = {}
    for subject_id, sentences in (await ballot_words.words_of(session, held.id or 0)).items():
        person, result = counted.each[subject_id]
        readers = [one for one in secretaries if one.id != subject_id]
        readers = readers or [one for one in above if one.id != subject_id][:1]
        for reader in readers if result.told else ():
            _, lines = found.setdefault(reader.id or 0, (reader, []))
            lines += [
                say("appraisal.closed_words_line", preset.name, name=person.name, words=words)
                for words in sentences
            ]
    return found


async def _town(session: AsyncSession, branch: Unit) -> list[Person]:
    town = await unit_above(session, branch, UnitKind.TOWN)
    return [] if town is None else await people_with_role(session, town.id or 0, Role.TOWN_OFFICER)
