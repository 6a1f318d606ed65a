"""What a lesson says of a word: what can be read from it, and what has to be asked for."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Urgency
from bot.domain.errors import NotFound, NotPossible
from bot.domain.taught import Meaning, TaughtWord
from bot.services.chat.speaker import Speaking, resolve_household
from bot.services.matters.matter_texts import short
from bot.services.words.reading_words import meaning_words
from bot.text import Message, Speaker
from bot.text.lessons import LONGEST, SHORTEST, Lesson, head_meant, trouble_like
from storage.tables import Household


def check_word(word: str) -> None:
    """See that a word can be taught.

    Raises:
        NotFound: there is none.
        NotPossible: it is too short, too long, or has no letters.
    """
    if not word:
        raise NotFound("words.usage")
    if not re.search(r"[^\W\d_]", word):
        raise NotPossible("words.word_plain", word=short(word))
    if len(word) < SHORTEST:
        raise NotPossible("words.word_short", word=word)
    if len(word) > LONGEST:
        raise NotPossible("words.word_long", word=short(word), longest=LONGEST)


async def what_is_said(
    session: AsyncSession, lesson: Lesson, speaking: Speaking, at: datetime
) -> dict[str, Any]:
    """What a lesson says, as JSON can keep it; null for what it does not say.

    `word`, `meaning`, `category`, `urgency` and `household` (the key of the one that a nickname means).

    Raises:
        NotFound: what it says is neither a household nor a kind of trouble.
        NotPossible: several households are called so, or the word means just that already.
    """
    said: dict[str, Any] = {
        "word": lesson.word,
        "meaning": lesson.meaning,
        "category": lesson.category,
        "urgency": lesson.urgency,
        "household": None,
    }
    if lesson.meaning is None and lesson.rest:
        head = head_meant(lesson.rest)
        found = await resolve_household(session, head, speaking)
        if found.household_id is not None:
            said |= {"meaning": Meaning.NICKNAME, "household": found.household_id}
        elif found.ambiguous:
            raise NotPossible("words.which_household", rest=short(head), word=lesson.word)
        else:
            message = Message(f"{lesson.rest}了，没人管", at, Speaker.RESIDENT)
            like = trouble_like(lesson.rest, message)
            if like is None:
                raise NotFound("words.no_household", rest=short(lesson.rest), word=lesson.word)
            said |= {"meaning": Meaning.TROUBLE, "category": like[0], "urgency": lesson.urgency or like[1]}
    known = {one.word: one for one in (speaking.taught.words if speaking.taught else ())}.get(lesson.word)
    if known is not None and _same(known, said):
        meaning = meaning_words(known, speaking.preset)
        raise NotPossible("words.known_already", word=known.word, meaning=meaning)
    return said


async def taught_by(session: AsyncSession, said: dict[str, Any]) -> TaughtWord:
    """The word as a lesson that says everything teaches it."""
    meaning = Meaning(said["meaning"])
    trouble = meaning is Meaning.TROUBLE
    return TaughtWord(
        said["word"],
        meaning,
        await _head(session, said["household"]),
        said["household"],
        Category(said["category"]) if trouble else None,
        Urgency(said["urgency"]) if trouble else None,
    )


async def _head(session: AsyncSession, household_id: int | None) -> str | None:
    return None if household_id is None else (await session.get_one(Household, household_id)).head


def _same(known: TaughtWord, said: dict[str, Any]) -> bool:
    if said["meaning"] is None or known.meaning != said["meaning"] or known.household_id != said["household"]:
        return False
    return (known.category, known.urgency) == (said["category"], said["urgency"])
