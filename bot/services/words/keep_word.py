"""Who may teach words, and how a word is kept."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role
from bot.domain.taught import TaughtWord
from bot.services.chat.speaker import Speaking
from bot.services.words.reading_words import meaning_words
from bot.services.words.taught_words import words_changed
from bot.wording import say
from storage.queries import roster, words
from storage.tables import AuditEntry, VillageWord


async def may_teach(session: AsyncSession, speaking: Speaking) -> bool:
    """Whether the speaker is a secretary of the branch, or an officer of its town."""
    person_id = speaking.actor.person_id
    if person_id is None or speaking.branch is None:
        return False
    if Role.TOWN_OFFICER in speaking.actor.roles:
        theirs = await roster.branches_of_officer(session, person_id)
        if speaking.branch_id in {one.id for one in theirs}:
            return True
    secretaries = await roster.people_with_role(session, speaking.branch_id, Role.SECRETARY)
    return person_id in {one.id for one in secretaries}


async def keep_word(session: AsyncSession, word: TaughtWord, speaking: Speaking, *, now: datetime) -> str:
    """Keep a word from now on; returns the sentence that says so."""
    branch_id = speaking.branch_id
    row = await words.word_row(session, branch_id, word.word)
    if row is None:
        row = VillageWord(
            branch_id=branch_id, word=word.word, meaning=word.meaning, taught_at=now, taught_by=""
        )
    row.meaning, row.category, row.urgency = word.meaning, word.category, word.urgency
    row.household_id = word.household_id
    row.taught_at, row.forgotten_at = now, None
    row.taught_by_id, row.taught_by = speaking.actor.person_id, speaking.actor.name
    session.add(row)
    meaning = meaning_words(word, speaking.preset)
    note_word(session, "word.teach", row, meaning, speaking, now)
    await session.flush()
    await words_changed(session, branch_id)
    return say("words.kept", speaking.preset.name, word=word.word, meaning=meaning)


def note_word(
    session: AsyncSession, action: str, row: VillageWord, meaning: str, speaking: Speaking, now: datetime
) -> None:
    """Write down who has taught or taken back a word."""
    session.add(
        AuditEntry(
            at=now,
            by_person_id=speaking.actor.person_id,
            by_name=speaking.actor.name,
            action=action,
            subject=row.word,
            detail=meaning,
        )
    )
