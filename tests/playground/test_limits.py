"""The platform's rate limits, on the playground's clock."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground import ApiError, Playground, members
from bot.playground.chats import Chat
from bot.playground.limits import RateLimits
from bot.playground.users import User
from tests.playground.conftest import Api


def test_a_chat_takes_a_short_burst_then_one_a_second() -> None:
    limits = RateLimits()
    for _ in range(3):
        limits.spend(1, 0.0, is_group=False)
    with pytest.raises(ApiError, match="retry after 3"):
        limits.spend(1, 0.5, is_group=False)
    limits.spend(2, 0.5, is_group=False)
    for second in (3.0, 4.0, 5.0, 6.0):
        limits.spend(1, second, is_group=False)


def test_a_group_takes_twenty_a_minute() -> None:
    limits = RateLimits()
    for second in range(20):
        limits.spend(-1, float(second), is_group=True)
    with pytest.raises(ApiError) as refused:
        limits.spend(-1, 21.0, is_group=True)
    assert refused.value.parameters == {"retry_after": 39}
    limits.spend(-1, 60.0, is_group=True)


def test_thirty_a_second_overall() -> None:
    limits = RateLimits()
    for chat in range(30):
        limits.spend(chat, 0.0, is_group=False)
    with pytest.raises(ApiError, match="retry after 1"):
        limits.spend(31, 0.9, is_group=False)
    limits.spend(31, 1.0, is_group=False)


async def test_edits_count_and_obeying_helps(api: Api, playground: Playground, group: Chat) -> None:
    await api.control("faults", rate_limits="clock")
    sent = await api.ok("sendMessage", chat_id=group.id, text="板")
    target: dict[str, Any] = {"chat_id": group.id, "message_id": sent["message_id"]}
    for number in range(19):
        playground.clock.turn_by(seconds=1)
        await api.ok("editMessageText", **target, text=str(number))
    playground.clock.turn_by(seconds=1)
    answer = await api.call("editMessageText", **target, text="超了")
    assert answer["error_code"] == 429
    assert group.messages[sent["message_id"]].text == "18"
    playground.clock.turn_by(seconds=answer["parameters"]["retry_after"])
    await api.ok("editMessageText", **target, text="超了")


async def test_what_is_refused_for_another_reason_does_not_count(
    api: Api, playground: Playground, li: User
) -> None:
    chat = members.add_chat(playground.world, "private", members=[li.id])
    await api.control("faults", rate_limits="clock")
    for _ in range(10):
        assert (await api.error("sendMessage", chat_id=chat.id, text=""))[0] == 400
    await api.ok("sendMessage", chat_id=chat.id, text="好")
