"""What a word means, and what a message is read as, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.acts import Act, Grievance, Sureness
from bot.domain.preset import Preset
from bot.domain.taught import Meaning, TaughtWord
from bot.services.chat.act_words import act_words
from bot.wording import say


def meaning_words(word: TaughtWord, preset: Preset) -> str:
    """What a taught word means."""
    if word.meaning is Meaning.TROUBLE:
        return say(
            "words.meaning_trouble",
            preset.name,
            category=say(f"console.category_{word.category}", preset.name),
            urgency=say(f"console.urgency_{word.urgency}", preset.name),
        )
    return say(f"words.meaning_{word.meaning}", preset.name, head=word.household)


def reading_words(acts: Sequence[Act], preset: Preset, *, today: date) -> str:
    """What a message makes, as somebody would say it on `today`."""
    if not acts:
        return say("words.read_nothing", preset.name)
    each = [_act(act, preset, today) for act in acts]
    return say("questions.and", preset.name).join(each)


def _act(act: Act, preset: Preset, today: date) -> str:
    words = act_words(act, preset, today=today)
    if isinstance(act, Grievance):
        category = say(f"console.category_{act.category}", preset.name)
        urgency = say(f"console.urgency_{act.urgency}", preset.name)
        sentence = "read_mended" if act.resolved else "read_matter_about" if act.about else "read_matter"
        words = say(f"words.{sentence}", preset.name, category=category, urgency=urgency, about=act.about)
    if act.sureness is Sureness.PROBABLY:
        return say("words.read_asked", preset.name, what=words)
    return words
