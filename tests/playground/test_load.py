"""Hundreds of chats at once: nothing lost, each chat in order, and no wait."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict

from bot.playground import Playground, members, people
from tests.playground.conftest import Api


async def test_three_hundred_chats_talk_at_once(api: Api, playground: Playground) -> None:
    world = playground.world
    chats = []
    for number in range(300):
        person = world.add_user(f"户{number}")
        chats.append(
            (members.add_chat(world, "supergroup", f"群{number}", members=[person.id, world.bot.id]), person)
        )
    world.updates.drop_pending()
    began = time.perf_counter()
    for number in range(10):
        for chat, person in chats:
            people.say(world, chat.id, person.id, str(number))
    heard = defaultdict(list)
    offset = 0
    while updates := await api.ok("getUpdates", offset=offset):
        offset = updates[-1]["update_id"] + 1
        for each in updates:
            heard[each["message"]["chat"]["id"]].append(each["message"]["text"])
    assert len(heard) == 300
    assert all(texts == [str(each) for each in range(10)] for texts in heard.values())
    sent = await asyncio.gather(*(api.ok("sendMessage", chat_id=chat.id, text="收到") for chat, _ in chats))
    assert len(sent) == 300
    # Generous, a twentieth is usual: what must not creep in is work for a chat that grows with all others.
    assert time.perf_counter() - began < 30
