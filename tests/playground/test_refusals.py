"""What the server refuses, in its own words and codes."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.playground import Playground, members, people
from bot.playground.chats import Chat
from bot.playground.users import User
from tests.playground.conftest import Api

BUTTON_TOO_LONG = {"inline_keyboard": [[{"text": "是", "callback_data": "户" * 22}]]}
BUTTON_NOWHERE = {"inline_keyboard": [[{"text": "看", "url": "http://localhost:8080/"}]]}
BUTTON_BARE = {"inline_keyboard": [[{"text": "看"}]]}

# What is sent to the group, and what the server says of it.
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "message text is empty"),
    ("sendMessage", {"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"text": "好" * 4097}, "message is too long"),
    ("sendMessage", {"text": "🎉" * 2049}, "message is too long"),
    (
        "sendMessage",
        {"text": "a <x>b</x>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "x" at byte offset 2',
    ),
    (
        "sendMessage",
        {"text": "<b>户", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "sendMessage",
        {"text": "户</b>", "parse_mode": "HTML"},
        "can't parse entities: Unexpected end tag at byte offset 3",
    ),
    (
        "sendMessage",
        {"text": "<b><i>户</b></i>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 9, expected "</i>", found "</b>"',
    ),
    ("sendMessage", {"text": "a", "parse_mode": "Markup"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "a", "reply_markup": BUTTON_TOO_LONG}, "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {"text": "a", "reply_markup": BUTTON_NOWHERE},
        "inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        {"text": "a", "reply_markup": BUTTON_BARE},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ("sendMessage", {"text": "a", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    (
        "sendMessage",
        {"text": "a", "reply_parameters": {"message_id": 999}},
        "message to be replied not found",
    ),
    ("sendMessage", {"text": "a", "message_thread_id": 77}, "message thread not found"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "nothing"}, "wrong file identifier/HTTP URL specified"),
    (
        "sendPhoto",
        {"photo": "https://example.org/a.png", "caption": "好" * 1025},
        "message caption is too long",
    ),
    ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}]}, "album must have from 2 to 10 items"),
    ("sendPoll", {"question": "几点？", "options": ["八点"]}, "poll must have at least 2 options"),
    ("editMessageText", {"message_id": 999, "text": "a"}, "message to edit not found"),
    ("editMessageText", {"text": "a"}, "message identifier is not specified"),
    ("deleteMessage", {"message_id": 999}, "message to delete not found"),
    ("forwardMessage", {"message_id": 999, "from_chat_id": "same"}, "message to forward not found"),
    ("copyMessage", {"message_id": 999, "from_chat_id": "same"}, "message to copy not found"),
    ("pinChatMessage", {"message_id": 999}, "message to pin not found"),
    (
        "setMessageReaction",
        {"message_id": 999, "reaction": []},
        "message to react not found",
    ),
    ("getChatMember", {"user_id": 12345}, "user not found"),
    ("createForumTopic", {"name": "用水"}, "the chat is not a forum"),
]


@pytest.mark.parametrize(("method", "arguments", "words"), REFUSED)
async def test_a_bad_request_is_refused_in_the_servers_words(
    api: Api, group: Chat, method: str, arguments: dict[str, Any], words: str
) -> None:
    given = {name: group.id if value == "same" else value for name, value in arguments.items()}
    assert await api.error(method, chat_id=group.id, **given) == (400, f"Bad Request: {words}")


MALFORMED: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"text": {"a": 1}}),
    ("sendMessage", {"text": "\ud83c"}),
    ("sendMessage", {"text": "a", "entities": [1]}),
    ("sendMessage", {"text": "a", "entities": [{"type": "bold"}]}),
    ("sendMessage", {"text": "a", "reply_markup": [1]}),
    ("sendMessage", {"text": "a", "reply_markup": {"inline_keyboard": [["x"]]}}),
    ("sendMessage", {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "\ud83c", "url": "x"}]]}}),
    ("sendMessage", {"text": "a", "reply_parameters": {"message_id": "x"}}),
    ("sendMessage", {"text": "a", "message_thread_id": "x"}),
    ("sendMediaGroup", {"media": ["x", "y"]}),
    ("sendPoll", {"question": "?", "options": [1, 2]}),
    ("setMessageReaction", {"message_id": 1, "reaction": "👍"}),
    ("setMessageReaction", {"message_id": 1, "reaction": ["👍"]}),
    ("deleteMessages", {"message_ids": ["x"]}),
    ("setMyCommands", {"commands": ["help"]}),
    ("getUpdates", {"allowed_updates": "all"}),
    ("getChatMember", {"user_id": "x"}),
]


@pytest.mark.parametrize(("method", "arguments"), MALFORMED)
async def test_malformed_arguments_are_a_bad_request_and_no_breakdown(
    api: Api, group: Chat, method: str, arguments: dict[str, Any]
) -> None:
    code, words = await api.error(method, chat_id=group.id, **arguments)
    assert code == 400 and words.startswith("Bad Request: ")


async def test_what_just_fits_is_taken(api: Api, group: Chat) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text=f"<b>{'🎉' * 2048}</b>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
    sent = await api.ok("sendMessage", chat_id=group.id, text="一\r\n<b>二</b>", parse_mode="HTML")
    assert (sent["text"], sent["entities"][0]["offset"]) == ("一\n二", 2)
    fits = {"inline_keyboard": [[{"text": "是", "callback_data": "a" * 64}]]}
    await api.ok("sendMessage", chat_id=group.id, text="a", reply_markup=fits)


async def test_a_reply_to_what_is_gone_goes_out_when_that_is_allowed(api: Api, group: Chat) -> None:
    reply = {"message_id": 999, "allow_sending_without_reply": True}
    sent = await api.ok("sendMessage", chat_id=group.id, text="好", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_unknown_chats_methods_and_tokens(api: Api) -> None:
    assert await api.error("sendMessage", text="a") == (400, "Bad Request: chat_id is empty")
    assert await api.error("sendMessage", chat_id=-99, text="a") == (400, "Bad Request: chat not found")
    assert await api.error("sendMessage", chat_id="x", text="a") == (400, "Bad Request: chat not found")
    assert await api.error("sendTelegram") == (404, "Not Found")
    wrong = Api(api.http, api.url, "1:wrong")
    assert await wrong.error("getMe") == (401, "Unauthorized")
    async with api.http.get(f"{api.url}/bot{api.token}") as response:
        assert response.status == 404


async def test_a_stranger_is_no_chat_and_a_group_member_no_open_one(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    stranger = playground.world.add_user("路人")
    assert await api.error("sendMessage", chat_id=stranger.id, text="a") == (
        400,
        "Bad Request: chat not found",
    )
    assert await api.error("sendMessage", chat_id=li.id, text="a") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    people.say(playground.world, "private", li.id, "/start")
    assert (await api.ok("sendMessage", chat_id=li.id, text="a"))["chat"]["type"] == "private"


async def test_whoever_blocked_the_bot_gets_nothing(api: Api, playground: Playground, li: User) -> None:
    people.say(playground.world, "private", li.id, "/start")
    members.block(playground.world, li.id, blocked=True)
    assert await api.error("sendMessage", chat_id=li.id, text="a") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    people.open_link(playground.world, li.id, "https://t.me/lianxin_bot?start=again")
    await api.ok("sendMessage", chat_id=li.id, text="a")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("kicked", "bot was kicked from the supergroup chat"),
        ("left", "bot is not a member of the supergroup chat"),
    ],
)
async def test_a_bot_that_is_out_of_the_group_is_told_so(
    api: Api, playground: Playground, group: Chat, status: str, words: str
) -> None:
    members.set_member(playground.world, group.id, playground.world.bot.id, status)
    assert await api.error("sendMessage", chat_id=group.id, text="a") == (403, f"Forbidden: {words}")


async def test_all_four_ways_of_passing_arguments(api: Api, group: Chat) -> None:
    address = f"{api.url}/bot{api.token}/sendMessage"
    form = aiohttp.FormData({"chat_id": str(group.id), "text": "一"})
    parts = aiohttp.FormData(default_to_multipart=True)
    parts.add_field("chat_id", str(group.id))
    parts.add_field("text", "一")
    query = {"chat_id": str(group.id), "text": "一"}
    for request in (
        api.http.get(address, params=query),
        api.http.post(address, data=form),
        api.http.post(address, data=parts),
        api.http.post(address.replace("send", "SEND"), json=query),
    ):
        async with request as response:
            assert (await response.json())["result"]["text"] == "一"
    async with api.http.post(address, data=b"[", headers={"Content-Type": "application/json"}) as response:
        assert (await response.json())["description"] == "Bad Request: can't parse JSON encoded request"
