"""A vote is cast by a press, and a sentence may follow. What was voted stands nowhere but in the counts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Activity, Grievance, Sureness, Urgency, Visit
from bot.domain.appraisal import CHOICES, RoundKind, RoundState, has_ended
from bot.domain.buttons import Press
from bot.domain.errors import ExpectedError, NotEntitled, NotFound, NotPossible
from bot.domain.inbound import Inbound
from bot.services.appraisal.appraisal_words import SKIP, WORDS, period_words, words_button
from bot.services.appraisal.hand_out_ballots import BALLOT, MEMBERS_BALLOT, member_page
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage import outbox
from storage.mishaps import is_passing
from storage.queries import ballot_words, ballots, notices
from storage.tables import AppraisalRound, BallotPaper, Person

log = logging.getLogger(__name__)

_WORDS_WAIT = timedelta(minutes=30)
_MAY_EDIT = timedelta(hours=49)  # an hour longer than the platform lets people edit
_MOST_WORDS = 200  # characters


async def press_ballot(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Cast a vote, ask to add a sentence, or pass somebody over; returns what is shown for a moment.

    Raises:
        NotFound: there is no such paper.
        NotEntitled: it is somebody else's.
        NotPossible: it has been used, or the round is not open.
    """
    try:
        return await _press(session, press, speaking, now=now)
    except ExpectedError:
        raise
    except Exception as error:
        if is_passing(error):
            raise
        # Set aside, the press would stay with what was voted, and its error might say it.
        log.error("a press on a ballot failed: %s", type(error).__name__)
        raise NotPossible("appraisal.not_counted") from None


async def _press(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    paper = await session.get(BallotPaper, press.id)
    if paper is None:
        raise NotFound("questions.bad_button")
    held = await session.get_one(AppraisalRound, paper.round_id)
    _see_whose(paper, speaking.person)
    if held.state == RoundState.CLOSED or has_ended(held.closes_at, now):
        raise NotPossible("appraisal.over")
    if paper.household_id is None:
        return await _member_votes(session, held, paper, press.choice, speaking, now=now)
    if press.choice == WORDS:
        return await _ask_words(session, paper, speaking, now=now)
    if paper.cast:
        raise NotPossible("appraisal.already")
    # A plate can be scanned by anybody who passes: nobody goes from door to door and votes.
    if await ballots.has_voted_elsewhere(session, speaking.actor.person_id or 0, paper, kind=BALLOT):
        raise NotPossible("appraisal.voted_elsewhere")
    await ballots.cast(session, paper, _choice(held, press.choice))
    await _show_done(session, held, paper, speaking, now=now)
    return say("appraisal.thanks", speaking.preset.name)


async def words_are_awaited(
    session: AsyncSession, acts: Sequence[Act], inbound: Inbound, *, now: datetime
) -> bool:
    """Whether a private message is the sentence that its writer was about to add to their vote.

    Args:
        acts: read from it. What plainly tells of something else is not taken for the sentence.
    """
    if not inbound.private or inbound.user_id is None or not inbound.text.strip():
        return False
    if await ballot_words.words_to_add(session, inbound.user_id, now=now) is None:
        return False
    return not any(_is_else(act) for act in acts)


async def keep_words(session: AsyncSession, inbound: Inbound, *, now: datetime) -> None:
    """Keep the sentence, and nothing for good that says whose it is.

    Raises:
        NotPossible: it is too long, or the round is over.
    """
    waiting = await ballot_words.words_to_add(session, inbound.user_id or 0, now=now)
    if waiting is None:
        return
    words = " ".join(inbound.text.split())
    if len(words) > _MOST_WORDS:
        raise NotPossible("appraisal.words_too_long", most=_MOST_WORDS)
    paper = await session.get_one(BallotPaper, waiting.paper_id)
    held = await session.get_one(AppraisalRound, paper.round_id)
    if held.state != RoundState.OPEN or has_ended(held.closes_at, now):
        raise NotPossible("appraisal.over")
    await ballot_words.add_words(session, paper, words)
    await ballot_words.words_have_come(session, waiting, inbound.message_id, until=now + _MAY_EDIT)


async def edits_words(session: AsyncSession, inbound: Inbound) -> bool:
    """Whether an edited message was the sentence added to a vote. Its new words are nobody's to see."""
    if not inbound.private or inbound.user_id is None:
        return False
    return await ballot_words.were_words_of_vote(session, inbound.user_id, inbound.message_id)


def _see_whose(paper: BallotPaper, person: Person | None) -> None:
    if paper.household_id is None:
        if person is None or person.id != paper.voter_id:
            raise NotEntitled("appraisal.not_yours_member")
    elif person is None or person.household_id != paper.household_id:
        raise NotEntitled("appraisal.not_yours")
    elif person.id == paper.subject_id:
        raise NotEntitled("appraisal.own_ballot")


def _choice(held: AppraisalRound, choice: str) -> str:
    if choice not in CHOICES[RoundKind(held.kind)]:
        raise NotFound("questions.bad_button")
    return choice


def _is_else(act: Act) -> bool:
    if isinstance(act, Grievance):
        return act.urgency is Urgency.EMERGENCY  # any other may well be what they want to say
    return isinstance(act, (Visit, Activity)) and act.sureness is Sureness.SURE


async def _ask_words(session: AsyncSession, paper: BallotPaper, speaking: Speaking, *, now: datetime) -> str:
    if not paper.cast:
        raise NotPossible("appraisal.vote_first")
    user_id = speaking.actor.telegram_id or 0
    await ballot_words.await_words(session, user_id, paper.id or 0, expires_at=now + _WORDS_WAIT)
    return say("appraisal.thanks_words", speaking.preset.name)


async def _show_done(
    session: AsyncSession, held: AppraisalRound, paper: BallotPaper, speaking: Speaking, *, now: datetime
) -> None:
    """Let all ballots of the household say that it has voted; whoever has may still add a sentence."""
    # What has not been sent yet need not be any more.
    await outbox.cancel(
        session, subject_kind="ballot_paper", subject_id=paper.id or 0, by="the household has voted", now=now
    )
    preset = await for_unit(session, held.branch_id)
    subject = await session.get_one(Person, paper.subject_id)
    for notice in await notices.about(session, subject_kind="ballot_paper", subject_id=paper.id or 0):
        own = notice.person_id == speaking.actor.person_id
        sentence = "ballot_done_own" if own else "ballot_done"
        text = say(f"appraisal.{sentence}", preset.name, period=period_words(held), name=subject.name)
        buttons = words_button(paper, preset) if own else ()
        await answering.rewrite(session, notice, text, mark="cast", buttons=buttons, now=now)


async def _member_votes(
    session: AsyncSession,
    held: AppraisalRound,
    paper: BallotPaper,
    choice: str,
    speaking: Speaking,
    *,
    now: datetime,
) -> str:
    if paper.cast:
        raise NotPossible("appraisal.already_member")
    if choice != SKIP:
        await ballots.cast(session, paper, _choice(held, choice))
    await session.flush()
    papers = await ballots.papers(session, held.id or 0, voter_id=paper.voter_id)
    at = [one.id for one in papers].index(paper.id)
    unused = [one for one in (*papers[at + 1 :], *papers[: at + 1]) if not one.cast]
    preset = await for_unit(session, held.branch_id)
    if unused:
        text, buttons = await member_page(session, held, papers, unused[0], preset=preset, now=now)
    else:
        text, buttons = say("appraisal.member_done", preset.name, all=len(papers)), ()
    for notice in await notices.about(session, subject_kind="appraisal_round", subject_id=held.id or 0):
        if notice.kind == MEMBERS_BALLOT and notice.person_id == paper.voter_id:
            mark = f"{at}:{len(unused)}:{now.isoformat()}"
            await answering.rewrite(session, notice, text, mark=mark, buttons=buttons, now=now)
    return say(f"appraisal.{'member_skipped' if choice == SKIP else 'member_thanks'}", preset.name)
