"""Coming, going and changing rank in chats; blocking the bot; a group that becomes a supergroup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.playground.chats import PRESENT, STATUSES, Chat
from bot.playground.errors import ControlError
from bot.playground.users import User
from bot.playground.world import World

Json = dict[str, Any]


def add_chat(
    world: World,
    kind: str,
    title: str = "",
    *,
    members: Sequence[int] = (),
    topics: Sequence[str] = (),
    administrators: Sequence[int] = (),
) -> Chat:
    """Make a chat with people in it, the first of them its creator.

    ``private`` takes one person and makes a chat in which the bot was started before. With the bot among
    ``members`` (or ``administrators``) it hears of it: ``my_chat_member`` and a service message.
    """
    if kind == "private":
        people = [each for each in members if each != world.bot.id]
        if len(people) != 1:
            raise ControlError("a private chat has one person besides the bot")
        chat = world.private_chat(people[0])
        chat.opened = True
        return chat
    if not title.strip():
        raise ControlError("a chat needs a title")
    everybody = [world.user(each) for each in dict.fromkeys([*members, *administrators])]
    chat = world.new_chat(kind, title)
    people = [each.id for each in everybody if each is not world.bot]
    chat.members = {each: "administrator" if each in administrators else "member" for each in people}
    if people:
        chat.members[people[0]] = "creator"
    creator = world.users[people[0]] if people else None
    if creator and topics:
        open_topics(world, chat, topics, by=creator)
    world.events.add("chat", chat.control())
    if len(people) < len(everybody):
        status = "administrator" if world.bot.id in administrators else "member"
        _bring_in_bot(world, chat, status, by=creator)
    return chat


def open_topics(world: World, chat: Chat, names: Sequence[str], *, by: User) -> list[int]:
    """Open topics in a supergroup; gives their thread ids."""
    if chat.type != "supergroup":
        raise ControlError("only a supergroup has topics")
    opened = []
    for name in names:
        thread_id = chat.last_message_id + 1
        chat.topics[thread_id] = name
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        world.post(chat, sender=by, author_id=by.id, topic_id=thread_id, service=created)
        opened.append(thread_id)
    return opened


def set_member(world: World, chat_id: int, user_id: int, status: str, *, by: int | None = None) -> Json:
    """Give somebody (the bot too) a status in a group; the updates and service messages follow by themselves.

    ``by`` is who did it: by default the person for their own coming and going, a group admin for the rest.
    """
    chat, user = world.chat(chat_id), world.user(user_id)
    if status not in STATUSES:
        raise ControlError(f"there is no member status {status}")
    if chat.type == "private":
        raise ControlError("a private chat has no members to change; block the bot instead")
    if chat.migrated_to is not None:
        raise ControlError(f"the group has become the supergroup {chat.migrated_to}")
    before = chat.status(user_id)
    actor = world.users.get(by) if by is not None else _actor(world, chat, user, status)
    if actor is None:
        raise ControlError("there is nobody in the chat who could do that")
    if before != status:
        if user is world.bot and status in PRESENT and before not in PRESENT:
            _bring_in_bot(world, chat, status, by=actor)
        else:
            _change(world, chat, user, status, by=actor)
    return {"chat_id": chat.id, "user_id": user.id, "status": status}


def block(world: World, user_id: int, *, blocked: bool) -> Json:
    """The person blocks the bot in their private chat, or lets it in again."""
    user = world.user(user_id)
    if user.blocked_bot != blocked:
        chat = world.private_chat(user_id)
        user.blocked_bot = blocked
        change = ("member", "kicked") if blocked else ("kicked", "member")
        chat.members[world.bot.id] = change[1]
        world.events.add("user", user.control())
        world.tell_member_change(chat, world.bot, change, by=user)
    return user.control()


def migrate(world: World, chat_id: int) -> Chat:
    """Turn a basic group into a supergroup: a new chat with a new id, and a service message in each."""
    old = world.chat(chat_id)
    if old.type != "group" or old.migrated_to is not None:
        raise ControlError("only a basic group can become a supergroup, and only once")
    by = _admin(world, old)
    if by is None:
        raise ControlError("the group has no admin who could do that")
    new = world.new_chat("supergroup", old.title)
    new.members = dict(old.members)
    new.bot_reads_all = old.bot_reads_all
    old.migrated_to = new.id
    world.events.add("chat", new.control())
    world.post(old, sender=by, author_id=by.id, service={"migrate_to_chat_id": new.id})
    world.post(new, sender=by, author_id=by.id, service={"migrate_from_chat_id": old.id})
    world.events.add("chat", old.control(with_messages=False))
    return new


def _bring_in_bot(world: World, chat: Chat, status: str, *, by: User | None) -> None:
    if by is None:
        raise ControlError("the bot needs somebody to add it to the chat")
    before = chat.status(world.bot.id)
    chat.members[world.bot.id] = status
    chat.bot_reads_all = not world.bot.privacy_mode
    _show(world, chat, world.bot, status)
    world.tell_member_change(chat, world.bot, (before, status), by=by)
    if chat.type == "group" and not chat.messages:
        world.post(chat, sender=by, author_id=by.id, service={"group_chat_created": True})
    elif chat.is_group:
        added: Json = {"new_chat_members": [world.bot.api()]}
        world.post(chat, sender=by, author_id=by.id, service=added)


def _change(world: World, chat: Chat, user: User, status: str, *, by: User) -> None:
    before = chat.status(user.id)
    chat.members[user.id] = status
    _show(world, chat, user, status)
    world.tell_member_change(chat, user, (before, status), by=by)
    service: Mapping[str, Any] | None = None
    if status in PRESENT and before not in PRESENT:
        service = {"new_chat_members": [user.api()]}
    elif status not in PRESENT and before in PRESENT:
        service = {"left_chat_member": user.api()}
    if service is not None and chat.is_group:
        world.post(chat, sender=by, author_id=by.id, service=dict(service))


def _show(world: World, chat: Chat, user: User, status: str) -> None:
    world.events.add("member", {"chat_id": chat.id, "user_id": user.id, "status": status})


def _actor(world: World, chat: Chat, user: User, status: str) -> User | None:
    itself = status == "left" or (status == "member" and not chat.has(user.id))
    return user if itself and user is not world.bot else _admin(world, chat)


def _admin(world: World, chat: Chat) -> User | None:
    """The group's admin of highest rank, or anybody in it."""
    present = [each for each in chat.members if chat.has(each) and each in world.users]
    present.sort(key=lambda each: PRESENT.index(chat.status(each)))
    return world.users[present[0]] if present else None
