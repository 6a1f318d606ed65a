"""A refusal is said, and leaves nothing of what was begun before it."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery, TelegramObject

from bot.domain.errors import NotPossible
from handlers.aftermath import Aftermath
from handlers.errors import AnswerExpected
from storage.tables import Matter
from tests.handlers.conversation import MORNING, Conversation
from tests.services.acts.village import WANG, XIAOMEI


async def test_what_was_changed_before_a_refusal_is_undone(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    aftermath = Aftermath()

    async def begin_and_refuse(_event: TelegramObject, data: dict[str, Any]) -> None:
        session = data["session"]
        matter = await session.get_one(Matter, 1)
        matter.status = "withdrawn"
        session.add(matter)
        await session.flush()
        data["aftermath"].answer("7", "好，已经撤回。")
        raise NotPossible("moves.nobody_above", number=1)

    pressed = CallbackQuery.model_validate(
        {
            "id": "7",
            "from": {"id": WANG, "is_bot": False, "first_name": "王建国"},
            "chat_instance": "1",
            "data": "up:1:1:",
        }
    )
    async with talk.database.transaction() as session:
        data = {"session": session, "now": MORNING, "aftermath": aftermath}
        await AnswerExpected()(begin_and_refuse, pressed, data)
    (matter,) = await talk.rows(Matter)
    assert matter.status == "open"
    (answer,) = aftermath.answers
    assert answer.alert and "#1 上面没有别人可以交了" in answer.text
