"""What a word would change, as the one who teaches it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.taught import TaughtWord
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short
from bot.services.notices.times import plain_day_words
from bot.services.words.changed_readings import Changed
from bot.services.words.reading_words import meaning_words, reading_words
from bot.wording import say

_EXAMPLES = 5


def preview_words(
    word: TaughtWord, changed: Sequence[Changed], speaking: Speaking, group: int | None, now: datetime
) -> str:
    """What a word would change. In a group (its chat's id) only what was said there is quoted."""
    preset = speaking.preset
    meaning = meaning_words(word, preset)
    if not changed:
        return say("words.preview_none", preset.name, word=word.word, meaning=meaning)
    lines = [say("words.preview", preset.name, word=word.word, meaning=meaning, count=len(changed))]
    quotable = [one for one in changed if group is None or (one.heard.chat_id == group and not one.hidden)]
    for one in quotable[:_EXAMPLES]:
        day = speaking.day_of(one.heard.sent_at)
        told = say("words.hidden", preset.name) if one.hidden else short(one.heard.text)
        before = reading_words(one.before, preset, today=speaking.day_of(now))
        after = reading_words(one.after, preset, today=speaking.day_of(now))
        lines.append(
            say(
                "words.example",
                preset.name,
                day=plain_day_words(day),
                name=one.heard.name,
                told=told,
                before=before,
                after=after,
            )
        )
    rest = len(changed) - len(quotable[:_EXAMPLES])
    if rest:
        sentence = "words.more" if quotable else "words.more_only"
        lines.append(say(sentence, preset.name, count=rest))
    return "\n".join(lines)
