"""What is done once an update's transaction is committed, best effort: answering the press of a button, and
reacting to what must leave no notice behind."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiogram import Bot
from aiogram.types import ReactionTypeEmoji

from bot.services.chat.answering import TAKEN_NOTE

_LONGEST = 200  # characters, the platform's


@dataclass(frozen=True, slots=True)
class Answer:
    """What the one who pressed a button sees. alert: in a window that has to be closed."""

    callback_query_id: str
    text: str
    alert: bool = False


@dataclass(slots=True)
class Aftermath:
    """Collects what one update leaves behind."""

    answers: list[Answer] = field(default_factory=list)
    reactions: list[tuple[int, int]] = field(default_factory=list)  # chat, message

    def answer(self, callback_query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Have a press answered; without an answer the button keeps spinning."""
        self.answers.append(Answer(callback_query_id, text[:_LONGEST], alert))

    def react(self, chat_id: int, message_id: int) -> None:
        """Have a message reacted to, without a row of the outbox that says so."""
        self.reactions.append((chat_id, message_id))

    async def run(self, bot: Bot) -> None:
        """Do it. An answer that comes too late is refused by the platform, and no harm is done."""
        for one in self.answers:
            await bot.answer_callback_query(
                one.callback_query_id, text=one.text or None, show_alert=one.alert
            )
        for chat_id, message_id in self.reactions:
            noted = ReactionTypeEmoji(emoji=TAKEN_NOTE)
            await bot.set_message_reaction(chat_id, message_id, reaction=[noted])
