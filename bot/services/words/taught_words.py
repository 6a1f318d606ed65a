"""A branch's own words, loaded once for as long as they stay the same."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Urgency
from bot.domain.taught import Meaning, Taught, TaughtWord
from storage.queries.words import words_of_branch
from storage.tables import Unit, VillageWord

_MOST = 2000  # branches whose words are kept at hand
# By what they are, not by whose: a mark stands for the same words in every process and database.
_loaded: dict[str, Taught] = {}


async def taught_words(session: AsyncSession, branch: Unit | None) -> Taught | None:
    """The words of a branch as its messages are read with them; null when it has taught none."""
    if branch is None or branch.id is None or not branch.words_mark:
        return None
    known = _loaded.get(branch.words_mark)
    if known is None:
        if len(_loaded) >= _MOST:
            _loaded.clear()
        known = _loaded[branch.words_mark] = await load_words(session, branch.id)
    return known


async def load_words(session: AsyncSession, branch_id: int) -> Taught:
    """The words of a branch as they stand in the tables."""
    return Taught(tuple(as_taught(row, head) for row, head in await words_of_branch(session, branch_id)))


def as_taught(row: VillageWord, head: str | None) -> TaughtWord:
    """A row as the reader knows it; `head`: of the household that a nickname means."""
    return TaughtWord(
        row.word,
        Meaning(row.meaning),
        head,
        row.household_id,
        None if row.category is None else Category(row.category),
        None if row.urgency is None else Urgency(row.urgency),
    )


async def words_changed(session: AsyncSession, branch_id: int) -> None:
    """Let every process see that a branch's words are others now."""
    branch = await session.get_one(Unit, branch_id)
    branch.words_mark = (await load_words(session, branch_id)).mark
    session.add(branch)
    await session.flush()
