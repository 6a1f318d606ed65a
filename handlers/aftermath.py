"""What is done once an update's transaction is committed: answering the press of a button, best effort."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiogram import Bot

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

    def answer(self, callback_query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Have a press answered; without an answer the button keeps spinning."""
        self.answers.append(Answer(callback_query_id, text[:_LONGEST], alert))

    async def run(self, bot: Bot) -> None:
        """Do it. An answer that comes too late is refused by the platform, and no harm is done."""
        for one in self.answers:
            await bot.answer_callback_query(
                one.callback_query_id, text=one.text or None, show_alert=one.alert
            )
