"""Three hundred chats talk at once, and each chat's order holds."""

from __future__ import annotations

from sqlmodel import select

from bot.playground import people
from storage.tables import InboxUpdate
from tests.stories.telling import Tale

CHATS = 300
WORDS = ("/start", "帮助", "我的")


async def test_each_of_300_chats_is_answered_in_its_order(village: Tale) -> None:
    here = village.village
    users = [here.world.add_user(f"住户{number}") for number in range(CHATS)]
    asked: dict[int, list[int]] = {user.id: [] for user in users}
    for words in WORDS:
        for user in users:
            asked[user.id].append(people.say(here.world, "private", user.id, words).id)
    await here.settle()
    for user in users:
        answered = [message.reply_to_id for message in village.from_bot(user.id)]
        assert answered == asked[user.id]
    async with here.app.database.reading() as session:
        assert set(await session.exec(select(InboxUpdate.state))) == {"done"}
