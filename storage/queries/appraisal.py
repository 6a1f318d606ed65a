"""Rounds of appraisal, who may vote in them, what was voted, and verdicts.

Nothing here reads or writes a vote together with who has cast it.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import RoundKind, RoundState
from bot.domain.leave import Days
from storage.queries.roster import link_stands
from storage.tables import (
    AppraisalRound,
    BallotCount,
    BallotPaper,
    BallotWords,
    Household,
    Leave,
    Link,
    Notice,
    Person,
    Verdict,
    WordsToAdd,
)

_ROWS_A_STATEMENT = 5000


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that stands, with where the member lives. home: null when that is not known."""

    household_id: int
    person_id: int
    since: date
    reason: str
    home: int | None


async def round_planned(
    session: AsyncSession, branch_id: int, kind: RoundKind, planned_for: date
) -> AppraisalRound | None:
    """The round of a branch that was planned for a day."""
    planned = select(AppraisalRound).where(
        AppraisalRound.branch_id == branch_id,
        AppraisalRound.kind == kind,
        AppraisalRound.planned_for == planned_for,
    )
    return (await session.exec(planned)).first()


async def rounds_of(
    session: AsyncSession, branch_id: int, *, kind: RoundKind | None = None, states: Collection[RoundState]
) -> list[AppraisalRound]:
    """The rounds of a branch in these states, the earliest first."""
    found = select(AppraisalRound).where(
        AppraisalRound.branch_id == branch_id, col(AppraisalRound.state).in_(states)
    )
    if kind is not None:
        found = found.where(AppraisalRound.kind == kind)
    return list(await session.exec(found.order_by(col(AppraisalRound.opens_on), col(AppraisalRound.id))))


async def closed_between(
    session: AsyncSession, branch_id: int, first: date, last: date
) -> list[AppraisalRound]:
    """The rounds that were closed and appraise days that end from `first` to `last`, the earliest first."""
    closed = select(AppraisalRound).where(
        AppraisalRound.branch_id == branch_id,
        AppraisalRound.state == RoundState.CLOSED,
        AppraisalRound.last >= first,
        AppraisalRound.last <= last,
    )
    return list(await session.exec(closed.order_by(col(AppraisalRound.last), col(AppraisalRound.id))))


async def links_of_branch(session: AsyncSession, branch_id: int, day: date) -> list[Linked]:
    """The links of a branch that stand on a day, removed households left out."""
    standing = (
        select(Link, Person)
        .join(Household, col(Household.id) == col(Link.household_id))
        .join(Person, col(Person.id) == col(Link.person_id))
        .where(Household.branch_id == branch_id, col(Household.removed_on).is_(None), *link_stands(day))
        .order_by(col(Link.household_id), col(Link.id))
    )
    return [
        Linked(link.household_id, link.person_id, link.since, link.reason, person.household_id)
        for link, person in await session.exec(standing)
    ]


async def leave_days(
    session: AsyncSession, person_ids: Collection[int], first: date, last: date
) -> dict[int, list[Days]]:
    """The days of leave that people have had from `first` to `last`; those who had none are left out."""
    taken = select(Leave).where(
        col(Leave.person_id).in_(person_ids),
        col(Leave.begun_at).is_not(None),
        Leave.first <= last,
        Leave.last >= first,
    )
    found: dict[int, list[Days]] = defaultdict(list)
    for leave in await session.exec(taken.order_by(col(Leave.first))):
        found[leave.person_id].append(Days(leave.first, leave.last))
    return dict(found)


async def hand_out(
    session: AsyncSession,
    round_id: int,
    votes: Sequence[tuple[int, int]],
    *,
    of_households: bool,
    choices: Sequence[str],
) -> None:
    """Give out the papers of a round: who votes on whom; and make the counts, all at nothing."""
    voter = "household_id" if of_households else "voter_id"
    papers: list[dict[str, Any]] = [
        {"round_id": round_id, voter: by, "subject_id": on, "cast": False} for by, on in votes
    ]
    counts: list[dict[str, Any]] = [
        {"round_id": round_id, "subject_id": on, "choice": choice, "votes": 0}
        for on in sorted({on for _, on in votes})
        for choice in choices
    ]
    for table, rows in ((BallotPaper, papers), (BallotCount, counts)):
        for start in range(0, len(rows), _ROWS_A_STATEMENT):
            await session.exec(insert(table), params=rows[start : start + _ROWS_A_STATEMENT])


async def papers(
    session: AsyncSession,
    round_id: int,
    *,
    household_id: int | None = None,
    voter_id: int | None = None,
    unused: bool = False,
) -> list[BallotPaper]:
    """The papers of a round, in a fixed order.

    Args:
        household_id, voter_id: only theirs; null: everybody's. unused: only those not cast yet.
    """
    found = select(BallotPaper).where(BallotPaper.round_id == round_id)
    if household_id is not None:
        found = found.where(BallotPaper.household_id == household_id)
    if voter_id is not None:
        found = found.where(BallotPaper.voter_id == voter_id)
    if unused:
        found = found.where(col(BallotPaper.cast).is_(False))
    return list(await session.exec(found.order_by(col(BallotPaper.id))))


async def ballots_sent(
    session: AsyncSession, round_id: int, *, kind: str
) -> list[tuple[Notice, BallotPaper]]:
    """The messages of a kind that were sent with a paper of a round, with the paper."""
    made = (
        select(Notice, BallotPaper)
        .join(BallotPaper, col(BallotPaper.id) == col(Notice.subject_id))
        .where(
            BallotPaper.round_id == round_id,
            Notice.subject_kind == "ballot_paper",
            Notice.kind == kind,
            Notice.method == "send",
        )
        .order_by(col(Notice.id))
    )
    return [(notice, paper) for notice, paper in await session.exec(made)]


async def has_voted_elsewhere(
    session: AsyncSession, person_id: int, paper: BallotPaper, *, kind: str
) -> bool:
    """Whether somebody was sent the ballot of another household in the same round, and it has been used.

    kind: of the notices that are ballots.
    """
    used = (
        select(BallotPaper.id)
        .join(Notice, col(Notice.subject_id) == col(BallotPaper.id))
        .where(
            Notice.subject_kind == "ballot_paper",
            Notice.kind == kind,
            Notice.person_id == person_id,
            BallotPaper.round_id == paper.round_id,
            BallotPaper.household_id != paper.household_id,
            col(BallotPaper.cast).is_(True),
        )
    )
    return (await session.exec(used)).first() is not None


async def cast(session: AsyncSession, paper: BallotPaper, choice: str) -> None:
    """Use a paper: one vote more for a choice, and no more for this paper. The two are not tied."""
    paper.cast = True
    session.add(paper)
    one_more = update(BallotCount).where(
        col(BallotCount.round_id) == paper.round_id,
        col(BallotCount.subject_id) == paper.subject_id,
        col(BallotCount.choice) == choice,
    )
    await session.exec(one_more.values(votes=BallotCount.votes + 1))


async def counts_of(session: AsyncSession, round_id: int) -> dict[int, dict[str, int]]:
    """The votes of a round by the member and the choice."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    counted = select(BallotCount).where(BallotCount.round_id == round_id)
    for row in await session.exec(counted.order_by(col(BallotCount.subject_id), col(BallotCount.choice))):
        found[row.subject_id][row.choice] = row.votes
    return dict(found)


@dataclass(frozen=True, slots=True)
class Turnout:
    """Papers given out, and of these used."""

    papers: int
    cast: int


async def turnout(session: AsyncSession, round_id: int) -> dict[int, Turnout]:
    """How many papers there are on each member, and how many are used."""
    used = func.sum(case((col(BallotPaper.cast), 1), else_=0))
    found = (
        select(BallotPaper.subject_id, func.count(), used)
        .where(BallotPaper.round_id == round_id)
        .group_by(col(BallotPaper.subject_id))
    )
    return {subject: Turnout(given, used) for subject, given, used in await session.exec(found)}


async def voters(session: AsyncSession, round_id: int) -> Turnout:
    """How many households or members could vote, and how many have voted at least once."""
    voter = func.coalesce(BallotPaper.household_id, BallotPaper.voter_id)
    of_round = col(BallotPaper.round_id) == round_id
    return Turnout(
        await _distinct(session, voter, of_round),
        await _distinct(session, voter, of_round, col(BallotPaper.cast).is_(True)),
    )


async def _distinct(session: AsyncSession, what: Any, *where: ColumnElement[bool]) -> int:
    return (await session.exec(select(func.count(func.distinct(what))).where(*where))).one()


async def not_adding_up(session: AsyncSession) -> list[AppraisalRound]:
    """The rounds in which there are not as many votes as papers that have been used."""
    used = (
        select(func.count())
        .where(BallotPaper.round_id == AppraisalRound.id, col(BallotPaper.cast).is_(True))
        .scalar_subquery()
    )
    votes = (
        select(func.coalesce(func.sum(BallotCount.votes), 0))
        .where(BallotCount.round_id == AppraisalRound.id)
        .scalar_subquery()
    )
    return list(await session.exec(select(AppraisalRound).where(used != votes)))


async def seal(session: AsyncSession, round_id: int) -> None:
    """Write all papers, counts and words of a round once more, together.

    On PostgreSQL each row remembers the transaction that wrote it last, which would tie the last votes to
    their papers.
    """
    for table, change in (
        (BallotPaper, {"cast": BallotPaper.cast}),
        (BallotCount, {"votes": BallotCount.votes}),
        (BallotWords, {"words": BallotWords.words}),
    ):
        await session.exec(update(table).where(col(table.round_id) == round_id).values(**change))


# Words added to a vote


async def add_words(session: AsyncSession, paper: BallotPaper, words: str) -> None:
    """Keep a sentence on the member of a paper, and nothing that leads back to the paper."""
    key = secrets.randbelow(1 << 62) + 1
    session.add(BallotWords(id=key, round_id=paper.round_id, subject_id=paper.subject_id, words=words))
    await session.flush()


async def words_of(session: AsyncSession, round_id: int) -> dict[int, list[str]]:
    """The sentences of a round by the member, sorted as texts are: their order says nothing of when."""
    found: dict[int, list[str]] = defaultdict(list)
    kept = select(BallotWords).where(BallotWords.round_id == round_id).order_by(col(BallotWords.words))
    for row in await session.exec(kept):
        found[row.subject_id].append(row.words)
    return dict(found)


async def words_to_add(session: AsyncSession, user_id: int, *, now: datetime) -> WordsToAdd | None:
    """What a user is about to add a sentence to."""
    waiting = select(WordsToAdd).where(
        WordsToAdd.user_id == user_id, col(WordsToAdd.message_id).is_(None), WordsToAdd.expires_at > now
    )
    return (await session.exec(waiting)).first()


async def await_words(session: AsyncSession, user_id: int, paper_id: int, *, expires_at: datetime) -> None:
    """The next words of a user belong to this paper, and to no other."""
    others = delete(WordsToAdd).where(
        col(WordsToAdd.user_id) == user_id, col(WordsToAdd.message_id).is_(None)
    )
    await session.exec(others)
    await session.merge(WordsToAdd(user_id=user_id, paper_id=paper_id, expires_at=expires_at))


async def words_have_come(
    session: AsyncSession, waiting: WordsToAdd, message_id: int, *, until: datetime
) -> None:
    """The sentence has come with a message, which may be edited until a moment."""
    waiting.message_id, waiting.expires_at = message_id, until
    session.add(waiting)
    await session.flush()


async def were_words_of_vote(session: AsyncSession, user_id: int, message_id: int) -> bool:
    """Whether a message was a sentence added to a vote."""
    came = select(WordsToAdd).where(WordsToAdd.user_id == user_id, WordsToAdd.message_id == message_id)
    return (await session.exec(came)).first() is not None


async def forget_words_to_add(session: AsyncSession, *, until: datetime) -> None:
    """Forget what is not waited for any more, and what can't be edited any more."""
    await session.exec(delete(WordsToAdd).where(col(WordsToAdd.expires_at) <= until))


# Verdicts


async def verdict_on(session: AsyncSession, person_id: int, year: int) -> Verdict | None:
    """The verdict on a member for a year."""
    found = select(Verdict).where(Verdict.person_id == person_id, Verdict.year == year)
    return (await session.exec(found)).first()


async def verdicts_of(
    session: AsyncSession, branch_id: int, *, first: int | None = None, last: int | None = None
) -> list[Verdict]:
    """The verdicts of a branch for the years from `first` to `last`; null: open."""
    found = select(Verdict).where(Verdict.branch_id == branch_id)
    if first is not None:
        found = found.where(Verdict.year >= first)
    if last is not None:
        found = found.where(Verdict.year <= last)
    return list(await session.exec(found.order_by(col(Verdict.year), col(Verdict.person_id))))
