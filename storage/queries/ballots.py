"""The papers of a round, who has used theirs, and what was voted.

Nothing here reads or writes a vote together with who has cast it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import (
    AppraisalRound,
    BallotCount,
    BallotPaper,
    BallotWords,
    Notice,
)

_ROWS_A_STATEMENT = 5000


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
