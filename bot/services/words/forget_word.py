"""A secretary takes back a word that was taught."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled, NotFound
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short
from bot.services.words.keep_word import may_teach, note_word
from bot.services.words.reading_words import meaning_words
from bot.services.words.taught_words import as_taught, words_changed
from bot.wording import say
from storage.queries import words
from storage.tables import Household


async def forget_word(session: AsyncSession, word: str, speaking: Speaking, *, now: datetime) -> str:
    """Forget a word of the speaker's branch; returns the sentence that says so.

    Raises:
        NotEntitled: they are neither secretary nor town officer.
        NotFound: no such word has been taught.
    """
    branch_id = speaking.branch_id
    if not await may_teach(session, speaking):
        raise NotEntitled("words.not_yours")
    if not word:
        raise NotFound("words.forget_usage")
    row = await words.word_row(session, branch_id, word)
    if row is None or row.forgotten_at is not None:
        raise NotFound("words.forget_unknown", word=short(word))
    household = None if row.household_id is None else await session.get_one(Household, row.household_id)
    head = None if household is None else household.head
    meaning = meaning_words(as_taught(row, head), speaking.preset)
    row.forgotten_at = now
    session.add(row)
    note_word(session, "word.forget", row, meaning, speaking, now)
    await session.flush()
    await words_changed(session, branch_id)
    return say("words.forgotten", speaking.preset.name, word=row.word, meaning=meaning)
