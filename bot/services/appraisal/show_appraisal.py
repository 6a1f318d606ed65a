"""What somebody sees who asks about appraisal: their ballots, how a round stands, results."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import RoundKind, RoundMove, RoundState
from bot.domain.errors import NotPossible
from bot.domain.leave import Days
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.appraisal.appraisal_words import (
    choice_words,
    closing_words,
    period_words,
    result_words,
    round_buttons,
)
from bot.services.appraisal.close_round import Counted, count_round
from bot.services.appraisal.hand_out_ballots import offer_ballots, open_rounds, send_member_ballot
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import Buttons
from bot.services.notices.times import full_day_words
from bot.wording import say
from storage.queries import appraisal, ballots
from storage.queries.roster import members_linked
from storage.queries.units import members_of
from storage.tables import AppraisalRound, Person


async def show_appraisal(
    session: AsyncSession, speaking: Speaking, *, now: datetime
) -> tuple[str | None, Buttons]:
    """Ballots that wait for the speaker are sent to them; a member is told how things stand besides.

    Returns:
        The text, null when the ballots are answer enough; and the buttons under it.

    Raises:
        NotFound: nobody knows yet to which branch they belong.
    """
    branch_id, preset, person = speaking.branch_id, speaking.preset, speaking.person
    sent = 0 if person is None else await offer_ballots(session, person, now=now)
    if person is None or not (speaking.actor.is_member or oversees(speaking)):
        return (None if sent else await _nothing_waits(session, speaking, person, now=now)), ()
    lines: list[str] = []
    buttons: Buttons = ()
    for held in await open_rounds(session, branch_id, RoundKind.MEMBERS, now=now):
        sent += await send_member_ballot(session, held, person, preset=preset, now=now, asked=True)
        lines.append(await _running(session, held, preset, now=now))
        if speaking.is_secretary:
            buttons = round_buttons(held, preset, RoundMove.CLOSE)
    for held in await open_rounds(session, branch_id, RoundKind.RESIDENTS, now=now):
        lines.append(await _running(session, held, preset, now=now))
    for held in await appraisal.rounds_of(
        session, branch_id, kind=RoundKind.RESIDENTS, states=[RoundState.PLANNED]
    ):
        lines.append(_next(held.opens_on, period_words(held), preset, today=speaking.day_of(now)))
        if speaking.is_secretary:
            buttons = round_buttons(held, preset, RoundMove.START, RoundMove.POSTPONE, RoundMove.CANCEL)
    if not lines:
        lines.append(_planned(preset, today=speaking.day_of(now)))
    if speaking.is_secretary:
        lines.append(say("appraisal.how_members", preset.name))
    return "\n".join(lines), buttons


async def show_results(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """The results of the latest year that has any: of everybody to the secretary and the town, to others
    their own.

    Raises:
        NotPossible: there are none.
        NotFound: nobody knows yet to which branch they belong.
    """
    branch_id, preset, today = speaking.branch_id, speaking.preset, speaking.day_of(now)
    closed = await appraisal.closed_between(session, branch_id, date(2000, 1, 1), date(today.year, 12, 31))
    verdicts = await appraisal.verdicts_of(session, branch_id)
    years = [held.last.year for held in closed] + [verdict.year for verdict in verdicts]
    members = await members_of(session, branch_id)
    own = [one for one in members if oversees(speaking) or one.id == speaking.actor.person_id]
    if not years or not own:
        raise NotPossible("appraisal.no_results")
    year = max(years)
    counted = await latest_counted(session, branch_id, preset, Days(date(year, 1, 1), date(year, 12, 31)))
    graded = {verdict.person_id: verdict.grade for verdict in verdicts if verdict.year == year}
    lines = [say("appraisal.results_head", preset.name, year=year)]
    for person in own:
        parts = [_part(counted.get(kind), kind, person, preset) for kind in RoundKind]
        if person.id in graded:
            grade = choice_words(graded[person.id])
            parts.append(say("appraisal.results_verdict", preset.name, grade=grade))
        lines.append(say("appraisal.results_line", preset.name, name=person.name, parts="；".join(parts)))
    return "\n".join(lines)


def oversees(speaking: Speaking) -> bool:
    """Whether the results of all members are theirs to see: the secretary's, and the town's."""
    return bool(speaking.actor.roles & {Role.SECRETARY, Role.TOWN_OFFICER})


async def latest_counted(
    session: AsyncSession, branch_id: int, preset: Preset, days: Days
) -> dict[RoundKind, Counted]:
    """Of each kind the latest closed round that appraises time ending in these days, counted."""
    closed = await appraisal.closed_between(session, branch_id, days.first, days.last)
    latest = {RoundKind(held.kind): held for held in closed}
    return {kind: await count_round(session, held, preset) for kind, held in latest.items()}


def _part(counted: Counted | None, kind: RoundKind, person: Person, preset: Preset) -> str:
    found = None if counted is None else counted.each.get(person.id or 0)
    if found is None:
        result = say("appraisal.results_none", preset.name)
    else:
        result = result_words(found[1], kind, preset)
    return say(f"appraisal.results_{kind}", preset.name, result=result)


async def _nothing_waits(
    session: AsyncSession, speaking: Speaking, person: Person | None, *, now: datetime
) -> str:
    """What somebody is told for whom no ballot waits."""
    preset, home = speaking.preset, None if person is None else person.household_id
    running = await open_rounds(session, speaking.branch_id, RoundKind.RESIDENTS, now=now)
    if not running or home is None:
        return say("appraisal.resident_none", preset.name)
    for held in running:
        if await ballots.papers(session, held.id or 0, household_id=home):
            return say("appraisal.resident_done", preset.name)
    linked = await members_linked(session, home, speaking.day_of(now))
    return say(f"appraisal.{'resident_none' if linked else 'resident_no_member'}", preset.name)


async def _running(session: AsyncSession, held: AppraisalRound, preset: Preset, *, now: datetime) -> str:
    voted = await ballots.voters(session, held.id or 0)
    return say(
        "appraisal.running" if held.kind == RoundKind.RESIDENTS else "appraisal.running_members",
        preset.name,
        period=period_words(held),
        closes=closing_words(held, preset, now=now),
        households=voted.papers,
        voted=voted.cast,
    )


def _planned(preset: Preset, *, today: date) -> str:
    rules = preset.appraisal
    coming = rules.planned_between(today, today + timedelta(days=366))
    if not coming:
        return say("appraisal.none_planned", preset.name)
    return _next(coming[0], period_words(rules.appraised(coming[0])), preset, today=today)


def _next(opens: date, period: str, preset: Preset, *, today: date) -> str:
    words = full_day_words(opens, today=today)
    return say("appraisal.next_round", preset.name, opens=words, period=period)
