"""The words that a village has taught."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.services.chat.speaker import Speaking
from bot.services.words.keep_word import may_teach
from bot.services.words.reading_words import meaning_words
from bot.services.words.taught_words import load_words
from bot.wording import say


async def list_words(session: AsyncSession, speaking: Speaking) -> str:
    """The branch's words with what they mean.

    Raises:
        NotEntitled: they are neither secretary nor town officer.
        NotFound: nobody knows for which branch.
    """
    name, branch_id = speaking.preset.name, speaking.branch_id
    if not await may_teach(session, speaking):
        raise NotEntitled("words.not_yours")
    words = (await load_words(session, branch_id)).words
    if not words:
        return say("words.list_none", name, usage=say("words.usage", name))
    lines = [
        say("words.list_word", name, word=one.word, meaning=meaning_words(one, speaking.preset))
        for one in words
    ]
    head, foot = say("words.list_head", name, count=len(words)), say("words.list_foot", name)
    return "\n".join([head, *lines, foot])
