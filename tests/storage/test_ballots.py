"""Ballots on both databases: a vote counts once, and closing hides which was the last."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database
from storage.queries import ballot_words, ballots
from storage.tables import AppraisalRound, BallotPaper, BallotWords, Household, Person, Unit

NOW = datetime(2026, 12, 20, 1, tzinfo=UTC)
CHOICES = ("content", "discontent")
HOMES = 3


async def _round(session: AsyncSession) -> int:
    """A round in which three households vote on one member."""
    branch = Unit(kind="branch", name="柳树村党支部")
    session.add(branch)
    await session.flush()
    homes = [Household(branch_id=branch.id or 0, head=f"户主{number}") for number in range(HOMES)]
    member = Person(branch_id=branch.id, name="王建国", created_at=NOW)
    held = AppraisalRound(
        branch_id=branch.id or 0,
        kind="residents",
        state="open",
        planned_for=NOW.date(),
        first=date(2026, 7, 1),
        last=date(2026, 12, 31),
        opens_on=NOW.date(),
    )
    session.add_all([*homes, member, held])
    await session.flush()
    votes = [(home.id or 0, member.id or 0) for home in homes]
    await ballots.hand_out(session, held.id or 0, votes, of_households=True, choices=CHOICES)
    return held.id or 0


async def test_votes_are_counted_and_papers_used(database: Database) -> None:
    async with database.transaction() as session:
        round_id = await _round(session)
    for choice in ("content", "discontent", "content"):
        async with database.transaction() as session:
            [paper, *_] = await ballots.papers(session, round_id, unused=True)
            await ballots.cast(session, paper, choice)
    async with database.reading() as session:
        assert list((await ballots.counts_of(session, round_id)).values()) == [
            {"content": 2, "discontent": 1}
        ]
        assert await ballots.voters(session, round_id) == ballots.Turnout(papers=HOMES, cast=3)
        assert list((await ballots.turnout(session, round_id)).values()) == [ballots.Turnout(HOMES, 3)]
        assert await ballots.papers(session, round_id, unused=True) == []
        assert await ballots.not_adding_up(session) == []


async def test_when_a_round_is_sealed_no_row_says_which_transaction_wrote_it(database: Database) -> None:
    async with database.transaction() as session:
        round_id = await _round(session)
    for choice in CHOICES:
        async with database.transaction() as session:
            [paper, *_] = await ballots.papers(session, round_id, unused=True)
            await ballots.cast(session, paper, choice)
            await ballot_words.add_words(session, paper, choice)
    async with database.transaction() as session:
        await ballots.seal(session, round_id)
    async with database.reading() as session:
        assert len(list(await session.exec(select(BallotPaper).where(BallotPaper.cast)))) == 2
        assert len(list(await session.exec(select(BallotWords)))) == 2
        if database.is_sqlite:
            return  # its rows don't keep who wrote them
        tables = ("ballot_paper", "ballot_count", "ballot_words")
        each = " UNION ".join(f"SELECT xmin::text FROM {table}" for table in tables)
        writers = (await (await session.connection()).execute(text(each))).all()
        assert len(writers) == 1


async def test_a_sentence_is_waited_for_once_and_not_for_ever(database: Database) -> None:
    later = datetime(2026, 12, 20, 2, tzinfo=UTC)
    async with database.transaction() as session:
        round_id = await _round(session)
        first, second, _ = await ballots.papers(session, round_id)
        await ballot_words.await_words(session, 7, first.id or 0, expires_at=later)
        await ballot_words.await_words(session, 7, second.id or 0, expires_at=later)
    async with database.transaction() as session:
        waiting = await ballot_words.words_to_add(session, 7, now=NOW)
        assert waiting is not None and waiting.paper_id == second.id
        assert await ballot_words.words_to_add(session, 7, now=later) is None
        await ballot_words.words_have_come(session, waiting, 99, until=later)
    async with database.transaction() as session:
        assert await ballot_words.words_to_add(session, 7, now=NOW) is None
        assert await ballot_words.were_words_of_vote(session, 7, 99)
        await ballot_words.forget_words_to_add(session, until=later)
    async with database.reading() as session:
        assert not await ballot_words.were_words_of_vote(session, 7, 99)
