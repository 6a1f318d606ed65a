"""The secretary starts, puts off, cancels or closes a round; the members' round is opened so."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import LEAST_BALLOTS, MOVES, RoundKind, RoundMove, RoundState, whole
from bot.domain.buttons import Press
from bot.domain.errors import NotEntitled, NotFound, NotPossible, Stale
from bot.domain.periods import Period
from bot.domain.preset import Preset
from bot.services.appraisal.appraisal_words import closing_words, period_words, round_buttons
from bot.services.appraisal.close_round import close_round
from bot.services.appraisal.hand_out_ballots import open_round
from bot.services.appraisal.run_appraisals import PLAN, notice_text
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import Buttons
from bot.services.notices.times import full_day_words
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import appraisal, notices
from storage.queries.units import members_of
from storage.tables import AppraisalRound, AuditEntry, BallotPaper


async def ask_members_round(
    session: AsyncSession, speaking: Speaking, *, now: datetime
) -> tuple[str, Buttons, int]:
    """Prepare a members' round; returns what the secretary is asked, with the buttons, and the round.

    Raises:
        NotEntitled: somebody else asks.
        NotPossible: one is open, or there are too few members for a secret vote.
    """
    if not speaking.is_secretary:
        raise NotEntitled("appraisal.round_secretary")
    branch_id, preset = speaking.branch_id, speaking.preset
    members = await members_of(session, branch_id)
    if len(members) <= max(preset.appraisal.least, LEAST_BALLOTS):
        raise NotPossible("appraisal.members_too_few", least=max(preset.appraisal.least, LEAST_BALLOTS) + 1)
    kind, today = RoundKind.MEMBERS, speaking.day_of(now)
    running = await appraisal.rounds_of(session, branch_id, kind=kind, states=[RoundState.OPEN])
    if running:
        raise NotPossible("appraisal.round_running", closes=closing_words(running[0], preset, now=now))
    held = await appraisal.round_planned(session, branch_id, kind, today)
    if held is not None and held.state == RoundState.CLOSED:
        raise NotPossible("appraisal.round_once_a_day")
    if held is None:
        year = whole(Period.YEAR, today)
        held = AppraisalRound(
            branch_id=branch_id,
            kind=kind,
            state=RoundState.PLANNED,
            planned_for=today,
            first=year.first,
            last=year.last,
            opens_on=today,
        )
    held.state, held.ended_at = RoundState.PLANNED, None
    session.add(held)
    await session.flush()
    closes = today + timedelta(days=preset.appraisal.members_open_days)
    text = say(
        "appraisal.members_ask",
        preset.name,
        members=len(members),
        closes=full_day_words(closes, today=today),
    )
    return text, round_buttons(held, preset, RoundMove.START, RoundMove.CANCEL), held.id or 0


async def press_round(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Do with a round what was pressed; returns what is shown for a moment.

    Raises:
        NotFound: there is no such round.
        NotEntitled: the presser is not the branch's secretary.
        Stale: it is not any more as it was when the button was shown.
    """
    held = await session.get(AppraisalRound, press.id)
    if held is None or press.choice not in list(RoundMove):
        raise NotFound("questions.bad_button")
    branch = speaking.branch
    if not speaking.is_secretary or branch is None or branch.id != held.branch_id:
        raise NotEntitled("appraisal.round_secretary")
    move = RoundMove(press.choice)
    if move not in MOVES[RoundState(held.state)] or press.version != held.version:
        raise Stale("appraisal.round_stale")
    preset = await for_unit(session, held.branch_id)
    text, buttons = await _move(session, held, move, preset, speaking, now=now)
    session.add(
        AuditEntry(
            at=now,
            by_person_id=speaking.actor.person_id,
            by_name=speaking.actor.name,
            action=f"appraisal.{move}",
            subject=f"{held.kind} {held.planned_for.isoformat()}",
        )
    )
    for notice in await notices.about(session, subject_kind=PLAN, subject_id=held.id or 0):
        mark = f"{held.version}:{move}"
        await answering.rewrite(session, notice, text, mark=mark, buttons=buttons, now=now)
    return text


async def _move(
    session: AsyncSession,
    held: AppraisalRound,
    move: RoundMove,
    preset: Preset,
    speaking: Speaking,
    *,
    now: datetime,
) -> tuple[str, Buttons]:
    residents = held.kind == RoundKind.RESIDENTS
    if move is RoundMove.START:
        papers = await open_round(session, held, preset=preset, now=now)
        if residents:
            return await _started(session, held, papers, preset, now=now), ()
        text = await _members_started(session, held, preset, now=now)
        return text, round_buttons(held, preset, RoundMove.CLOSE)
    if move is RoundMove.CLOSE:
        await close_round(session, held, preset=preset, now=now, by=speaking.actor.name)
        return say("appraisal.member_over", preset.name), ()
    held.version += 1
    session.add(held)
    if move is RoundMove.CANCEL:
        held.state, held.ended_at, held.ended_by = RoundState.CANCELLED, now, speaking.actor.name
        sentence = "cancelled" if residents else "cancelled_members"
        return say(f"appraisal.{sentence}", preset.name, period=period_words(held)), ()
    held.opens_on += timedelta(days=preset.appraisal.postpone_days)
    while preset.calendar.pauses(held.opens_on):
        held.opens_on += timedelta(days=1)
    opens = full_day_words(held.opens_on, today=speaking.day_of(now))
    moves = (RoundMove.START, RoundMove.POSTPONE, RoundMove.CANCEL)
    text = say("appraisal.postponed", preset.name, period=period_words(held), opens=opens)
    return "\n".join([text, notice_text(held, preset, now=now)]), round_buttons(held, preset, *moves)


async def _started(
    session: AsyncSession,
    held: AppraisalRound,
    papers: list[BallotPaper],
    preset: Preset,
    *,
    now: datetime,
) -> str:
    sent = 0
    for paper in papers:
        sent += bool(await notices.about(session, subject_kind="ballot_paper", subject_id=paper.id or 0))
    sentence = "started" if sent else "started_none" if papers else "no_votes"
    closes = closing_words(held, preset, now=now)
    return say(f"appraisal.{sentence}", preset.name, period=period_words(held), papers=sent, closes=closes)


async def _members_started(
    session: AsyncSession, held: AppraisalRound, preset: Preset, *, now: datetime
) -> str:
    members = await members_of(session, held.branch_id)
    missed = [one.name for one in members if one.telegram_id is None]
    names = say("appraisal.members_missed", preset.name, names="、".join(missed)) if missed else ""
    return say(
        "appraisal.members_started",
        preset.name,
        reached=len(members) - len(missed),
        closes=closing_words(held, preset, now=now),
        missed=names,
    )
