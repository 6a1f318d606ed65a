"""The bot's edits, reactions, deletions, pins and answers to presses."""

from __future__ import annotations

from typing import Any

import aiohttp

from bot.playground import Playground, members, people
from bot.playground.chats import Chat
from bot.playground.users import User
from tests.playground.conftest import Api

YES = {"inline_keyboard": [[{"text": "是", "callback_data": "yes"}]]}
NO = {"inline_keyboard": [[{"text": "不是", "callback_data": "no"}]]}
TOO_LATE = "Bad Request: query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)


async def test_an_edit_must_change_something(api: Api, group: Chat) -> None:
    sent = await api.ok(
        "sendMessage", chat_id=group.id, text="<b>好</b>", parse_mode="HTML", reply_markup=YES
    )
    same: dict[str, Any] = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert await api.error(
        "editMessageText", **same, text="<b>好</b> ", parse_mode="HTML", reply_markup=YES
    ) == (400, NOT_MODIFIED)
    assert await api.error("editMessageReplyMarkup", **same, reply_markup=YES) == (400, NOT_MODIFIED)
    assert "entities" not in await api.ok("editMessageText", **same, text="好", reply_markup=YES)
    bare = await api.ok("editMessageText", **same, text="好")
    assert "reply_markup" not in bare and "edit_date" in bare
    assert (await api.ok("editMessageReplyMarkup", **same, reply_markup=NO))["text"] == "好"


async def test_only_own_messages_are_edited(api: Api, playground: Playground, group: Chat, li: User) -> None:
    said = people.say(playground.world, group.id, li.id, "好")
    assert await api.error("editMessageText", chat_id=group.id, message_id=said.id, text="坏") == (
        400,
        "Bad Request: message can't be edited",
    )


async def test_a_press_is_answered_once_and_in_time(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    world = playground.world
    sent = await api.ok("sendMessage", chat_id=group.id, text="是吗", reply_markup=YES)
    people.press(world, group.id, sent["message_id"], li.id, data="yes")
    people.press(world, group.id, sent["message_id"], li.id, data="yes")
    first, second = [each["callback_query"] for each in await api.updates()]
    assert first["message"]["message_id"] == sent["message_id"] and first["from"]["id"] == li.id
    assert first["id"] != second["id"] and first["chat_instance"] == second["chat_instance"]
    await api.ok("answerCallbackQuery", callback_query_id=first["id"], text="好", show_alert=True)
    shown = world.events.after(world.events.seq - 1)[0]
    assert shown["type"] == "answer"
    assert shown["data"] == {"user_id": li.id, "text": "好", "show_alert": True}
    assert await api.error("answerCallbackQuery", callback_query_id=first["id"]) == (400, TOO_LATE)
    playground.clock.turn_by(minutes=2)
    assert await api.error("answerCallbackQuery", callback_query_id=second["id"]) == (400, TOO_LATE)
    assert await api.error("answerCallbackQuery", callback_query_id="1") == (400, TOO_LATE)


async def test_a_button_that_has_gone_can_still_be_pressed(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text="是吗", reply_markup=YES)
    await api.ok("editMessageText", chat_id=group.id, message_id=sent["message_id"], text="记下了")
    people.press(playground.world, group.id, sent["message_id"], li.id, data="yes")
    [update] = await api.updates()
    assert update["callback_query"]["data"] == "yes"
    assert update["callback_query"]["message"]["text"] == "记下了"


async def test_one_reaction_and_a_real_one(api: Api, playground: Playground, group: Chat, li: User) -> None:
    said = people.say(playground.world, group.id, li.id, "好")
    target: dict[str, Any] = {"chat_id": group.id, "message_id": said.id}
    thumb = {"type": "emoji", "emoji": "👍"}
    assert await api.ok("setMessageReaction", **target, reaction=[thumb])
    assert said.reactions == {playground.world.bot.id: "👍"}
    assert await api.error("setMessageReaction", **target, reaction=[thumb, thumb]) == (
        400,
        "Bad Request: REACTIONS_TOO_MANY",
    )
    no_reaction = {"type": "emoji", "emoji": "✅"}
    assert await api.error("setMessageReaction", **target, reaction=[no_reaction]) == (
        400,
        "Bad Request: REACTION_INVALID",
    )
    assert await api.ok("setMessageReaction", **target)
    assert said.reactions == {}


async def test_deleting_needs_a_right_or_a_young_message(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    world = playground.world
    said = people.say(world, group.id, li.id, "好")
    own = await api.ok("sendMessage", chat_id=group.id, text="一")
    old = await api.ok("sendMessage", chat_id=group.id, text="二")
    refused = (400, "Bad Request: message can't be deleted")
    assert await api.error("deleteMessage", chat_id=group.id, message_id=said.id) == refused
    assert await api.ok("deleteMessage", chat_id=group.id, message_id=own["message_id"])
    playground.clock.turn_by(hours=49)
    assert await api.error("deleteMessage", chat_id=group.id, message_id=old["message_id"]) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )
    members.set_member(world, group.id, world.bot.id, "administrator")
    assert await api.ok("deleteMessages", chat_id=group.id, message_ids=[said.id, 999])
    assert said.deleted


async def test_pinning_needs_a_right(api: Api, playground: Playground, group: Chat) -> None:
    world = playground.world
    board = await api.ok("sendMessage", chat_id=group.id, text="今日进度")
    target: dict[str, Any] = {"chat_id": group.id, "message_id": board["message_id"]}
    assert await api.error("pinChatMessage", **target) == (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
    )
    members.set_member(world, group.id, world.bot.id, "administrator")
    assert await api.ok("pinChatMessage", **target)
    chat = await api.ok("getChat", chat_id=group.id)
    assert chat["pinned_message"]["message_id"] == board["message_id"]
    assert await api.ok("unpinChatMessage", chat_id=group.id)
    assert "pinned_message" not in await api.ok("getChat", chat_id=group.id)


async def test_documents_photos_and_albums_are_sent(api: Api, group: Chat) -> None:
    form = aiohttp.FormData({"chat_id": str(group.id), "caption": "台账"})
    form.add_field("document", b"a,b\n", filename="ledger.csv", content_type="text/csv")
    async with api.http.post(f"{api.url}/bot{api.token}/sendDocument", data=form) as response:
        sent = (await response.json())["result"]
    assert sent["document"]["file_name"] == "ledger.csv" and sent["document"]["file_size"] == 4
    again = await api.ok("sendDocument", chat_id=group.id, document=sent["document"]["file_id"])
    assert again["document"]["file_unique_id"] == sent["document"]["file_unique_id"]
    photo = {
        "type": "photo",
        "media": "https://example.org/a.png",
        "caption": "<b>一</b>",
        "parse_mode": "HTML",
    }
    first, second = await api.ok("sendMediaGroup", chat_id=group.id, media=[photo, photo | {"caption": ""}])
    assert first["media_group_id"] == second["media_group_id"] and first["caption"] == "一"
    edited = await api.ok(
        "editMessageCaption", chat_id=group.id, message_id=first["message_id"], caption="二"
    )
    assert edited["caption"] == "二"


async def test_forwards_copies_and_polls(api: Api, playground: Playground, group: Chat, li: User) -> None:
    said = people.say(playground.world, group.id, li.id, "走访了老王家")
    target: dict[str, Any] = {"chat_id": group.id, "from_chat_id": group.id, "message_id": said.id}
    forwarded = await api.ok("forwardMessage", **target)
    assert forwarded["forward_origin"]["sender_user"]["id"] == li.id
    copied = await api.ok("copyMessage", **target)
    assert group.messages[copied["message_id"]].text == "走访了老王家"
    assert group.messages[copied["message_id"]].origin is None
    poll = await api.ok("sendPoll", chat_id=group.id, question="几点？", options=[{"text": "八点"}, "九点"])
    assert [each["text"] for each in poll["poll"]["options"]] == ["八点", "九点"]


async def test_commands_and_descriptions_are_kept(api: Api) -> None:
    commands = [{"command": "help", "description": "帮助"}]
    assert await api.ok("setMyCommands", commands=commands)
    assert await api.ok("getMyCommands") == commands
    assert await api.ok("getMyCommands", scope={"type": "all_group_chats"}) == []
    assert await api.error("setMyCommands", commands=[{"command": "帮助", "description": "x"}]) == (
        400,
        "Bad Request: BOT_COMMAND_INVALID",
    )
    assert await api.ok("setMyDescription", description="连心桥")
    assert await api.ok("getMyDescription") == {"description": "连心桥"}
