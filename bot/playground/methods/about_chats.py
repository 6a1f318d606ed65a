"""What the bot can learn of chats, and leaving them; topics."""

from __future__ import annotations

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.members import open_topics
from bot.playground.methods.registry import Call, method
from bot.playground.methods.targets import any_chat, reachable_chat

Json = dict[str, Any]


@method("getChat")
def get_chat(call: Call) -> Json:
    """A private chat can be looked at before it is opened, a group that has migrated still."""
    chat = any_chat(call)
    if chat.type == "private" or chat.migrated_to is not None:
        return chat.full()
    return reachable_chat(call).full()


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    chat = reachable_chat(call)
    world = call.world
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    before = chat.status(world.bot.id)
    world.post(chat, sender=world.bot, author_id=world.bot.id, service={"left_chat_member": world.bot.api()})
    chat.members[world.bot.id] = "left"
    world.events.add("member", {"chat_id": chat.id, "user_id": world.bot.id, "status": "left"})
    world.tell_member_change(chat, world.bot, (before, "left"), by=world.bot)
    return True


@method("createForumTopic")
def create_forum_topic(call: Call) -> Json:
    chat = reachable_chat(call)
    name = call.arguments.text("name").strip()
    if chat.type != "supergroup" or not chat.topics:
        raise bad_request("the chat is not a forum")
    if not chat.is_admin(call.world.bot.id):
        raise bad_request("not enough rights to create a topic")
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY")
    [thread_id] = open_topics(call.world, chat, [name], by=call.world.bot)
    call.world.events.add("chat", chat.control(with_messages=False))
    return {"message_thread_id": thread_id, "name": name, "icon_color": 7322096}
