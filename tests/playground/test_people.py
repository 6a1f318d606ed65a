"""What people do, and how it reaches the bot."""

from __future__ import annotations

import pytest
from aiogram.types import Update

from bot.playground import ControlError, Playground, members, people
from bot.playground.chats import Chat
from bot.playground.users import User
from tests.playground.conftest import Api


async def test_an_album_is_several_messages_of_one_group(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    people.say(playground.world, group.id, li.id, caption="水管漏了", album=3)
    messages = [each["message"] for each in await api.updates()]
    assert len({each["media_group_id"] for each in messages}) == 1
    assert len({each["message_id"] for each in messages}) == 3
    assert [each.get("caption") for each in messages] == ["水管漏了", None, None]


async def test_a_photo_can_be_downloaded(api: Api, playground: Playground, group: Chat, li: User) -> None:
    people.say(playground.world, group.id, li.id, photo=True, caption="看")
    [update] = await api.updates()
    file = await api.ok("getFile", file_id=update["message"]["photo"][-1]["file_id"])
    async with api.http.get(f"{api.url}/file/bot{api.token}/{file['file_path']}") as response:
        content = await response.read()
    assert content.startswith(b"\x89PNG") and len(content) == file["file_size"]
    async with api.http.get(f"{api.url}/file/bot1:x/{file['file_path']}") as response:
        assert response.status == 401


async def test_forwarded_messages_name_whose_words_they_are(
    api: Api, playground: Playground, group: Chat, li: User, wang: User
) -> None:
    world = playground.world
    news = members.add_chat(world, "channel", "镇里通知", members=[wang.id])
    for source in (wang.id, "hidden", news.id, group.id):
        people.say(world, group.id, li.id, "今天走访了老王家", forward_from=source)
    updates = await api.updates()
    origins = [each["message"]["forward_origin"] for each in updates]
    assert [each["type"] for each in origins] == ["user", "hidden_user", "channel", "chat"]
    assert origins[0]["sender_user"]["id"] == wang.id
    for update in updates:
        Update.model_validate(update)


async def test_an_anonymous_admin_speaks_as_the_group(
    api: Api, playground: Playground, group: Chat, li: User, wang: User
) -> None:
    world = playground.world
    people.say(world, group.id, li.id, "今天开会", anonymous=True)
    [update] = await api.updates()
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"]["id"] == group.id
    with pytest.raises(ControlError, match="admin"):
        people.say(world, group.id, wang.id, "今天开会", anonymous=True)


async def test_topics_carry_their_thread(api: Api, playground: Playground, li: User) -> None:
    world = playground.world
    forum = members.add_chat(
        world, "supergroup", "村务", members=[li.id, world.bot.id], topics=["用水", "道路"]
    )
    water = next(iter(forum.topics))
    await api.updates()
    people.say(world, forum.id, li.id, "水管漏了", topic_id=water)
    people.say(world, forum.id, li.id, "大家好")
    in_topic, in_general = [each["message"] for each in await api.updates()]
    assert (in_topic["message_thread_id"], in_topic["is_topic_message"]) == (water, True)
    # As on the real platform, what answers nothing in a topic answers the topic's first message.
    assert in_topic["reply_to_message"]["forum_topic_created"]["name"] == "用水"
    assert "message_thread_id" not in in_general and in_general["chat"]["is_forum"] is True
    sent = await api.ok("sendMessage", chat_id=forum.id, text="收到", message_thread_id=water)
    assert sent["message_thread_id"] == water
    members.set_member(world, forum.id, world.bot.id, "administrator")
    opened = await api.ok("createForumTopic", chat_id=forum.id, name="治安")
    await api.ok("sendMessage", chat_id=forum.id, text="好", message_thread_id=opened["message_thread_id"])


async def test_a_deep_link_sends_the_code(api: Api, playground: Playground, wang: User) -> None:
    people.open_link(playground.world, wang.id, "https://t.me/lianxin_bot?start=AB_12-x")
    [update] = await api.updates()
    assert update["message"]["text"] == "/start AB_12-x"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert update["message"]["chat"] == {
        "id": wang.id,
        "type": "private",
        "first_name": "王秀英",
    }
    for link in ("https://t.me/other_bot?start=A", "https://t.me/lianxin_bot?start=%E6%88%B7", "x"):
        with pytest.raises(ControlError):
            people.open_link(playground.world, wang.id, link)


async def test_reactions_say_what_was_and_what_is(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    world = playground.world
    members.set_member(world, group.id, world.bot.id, "administrator")
    await api.updates(allowed_updates=["message_reaction"])
    said = people.say(world, group.id, li.id, "好")
    people.react(world, group.id, said.id, li.id, "❤️")
    people.react(world, group.id, said.id, li.id, "👍")
    people.react(world, group.id, said.id, li.id, None)
    changes = [each["message_reaction"] for each in await api.updates()]
    assert [[each["emoji"] for each in change["new_reaction"]] for change in changes] == [["❤"], ["👍"], []]
    assert changes[1]["old_reaction"] == [{"type": "emoji", "emoji": "❤"}]
    with pytest.raises(ControlError, match="no reaction"):
        people.react(world, group.id, said.id, li.id, "✅")


async def test_messages_are_numbered_in_each_chat_apart(
    playground: Playground, group: Chat, li: User
) -> None:
    world = playground.world
    one = people.say(world, group.id, li.id, "一")
    other = people.say(world, "private", li.id, "一")
    two = people.say(world, group.id, li.id, "二")
    assert two.id == one.id + 1 and other.id == 1


async def test_a_message_may_bear_an_earlier_date(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    sent_at = playground.clock.now().replace(hour=8)
    people.say(playground.world, group.id, li.id, "早上走访了老王家", sent_at=sent_at)
    [update] = await api.updates()
    assert update["message"]["date"] == int(sent_at.timestamp())


async def test_nobody_does_what_they_could_not(
    playground: Playground, group: Chat, li: User, wang: User
) -> None:
    world = playground.world
    outsider = world.add_user("路人")
    said = people.say(world, group.id, li.id, "好")
    refusals = [
        lambda: people.say(world, group.id, outsider.id, "我也在"),
        lambda: people.say(world, group.id, li.id, "  "),
        lambda: people.say(world, group.id, li.id, "长" * 4097),
        lambda: people.say(world, group.id, li.id, "好", reply_to_id=999),
        lambda: people.say(world, group.id, li.id, "好", topic_id=3),
        lambda: people.say(world, group.id, world.bot.id, "好"),
        lambda: people.say(world, -1, li.id, "好"),
        lambda: people.edit(world, group.id, said.id, wang.id, "不好"),
        lambda: people.delete(world, group.id, said.id, wang.id),
        lambda: people.press(world, group.id, said.id, li.id, data="yes"),
        lambda: people.react(world, group.id, said.id, outsider.id, "👍"),
        lambda: members.add_chat(world, "private", members=[li.id, wang.id]),
        lambda: members.set_member(world, group.id, li.id, "king"),
        lambda: members.migrate(world, group.id),
        lambda: world.add_user(" "),
    ]
    before = world.events.seq
    for refused in refusals:
        with pytest.raises(ControlError):
            refused()
    assert world.events.seq == before
    members.block(world, wang.id, blocked=True)
    with pytest.raises(ControlError, match="blocked"):
        people.say(world, "private", wang.id, "在吗")


async def test_deletions_are_not_reported(api: Api, playground: Playground, group: Chat, li: User) -> None:
    said = people.say(playground.world, group.id, li.id, "说错了")
    await api.updates()
    people.delete(playground.world, group.id, said.id, li.id)
    assert await api.updates() == []
    assert (await api.error("forwardMessage", chat_id=group.id, from_chat_id=group.id, message_id=said.id))[
        1
    ] == "Bad Request: message to forward not found"


async def test_an_edit_that_changes_nothing_is_reported_all_the_same(
    api: Api, playground: Playground, group: Chat, li: User
) -> None:
    said = people.say(playground.world, group.id, li.id, "走访了老王家")
    people.edit(playground.world, group.id, said.id, li.id, "走访了老王家")
    _, edited = await api.updates()
    assert edited["edited_message"]["text"] == "走访了老王家"
    assert "edit_date" in edited["edited_message"]
