"""Sentences added to votes: what is kept of them, and what is waited for.

Nothing here reads or writes a sentence together with who has added it.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import (
    BallotPaper,
    BallotWords,
    WordsToAdd,
)


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
