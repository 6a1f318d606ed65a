"""Finding what a call is about, chats, messages and users, or refusing in the server's words."""

from __future__ import annotations

from bot.playground.chats import Chat
from bot.playground.errors import bad_request, forbidden, migrated
from bot.playground.messages import Message
from bot.playground.methods.registry import Call
from bot.playground.users import User
from bot.playground.world import World


def any_chat(call: Call, name: str = "chat_id") -> Chat:
    """The chat an argument names; the bot must be able to know it, but need not be in it."""
    given = call.arguments.text(name).strip()
    if not given:
        raise bad_request(f"{name} is empty")
    world = call.world
    if given.startswith("@"):
        chat = next((each for each in world.chats.values() if f"@{each.username}" == given), None)
        chat = chat if chat and chat.type != "private" else None
    else:
        try:
            chat = world.chats.get(int(given))
        except ValueError:
            chat = None
        if chat is None and given.isdecimal() and int(given) in world.users and world.met_by_bot(int(given)):
            chat = world.private_chat(int(given))
    if chat is None or world.bot.id not in chat.members:
        raise bad_request("chat not found")
    return chat


def reachable_chat(call: Call, name: str = "chat_id") -> Chat:
    """The chat the bot is to act in: it must be in it, not blocked, and the chat not have migrated."""
    chat = any_chat(call, name)
    world = call.world
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.type == "private":
        if world.user(chat.id).blocked_bot:
            raise forbidden("bot was blocked by the user")
        if not chat.opened:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    status = chat.status(world.bot.id)
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def writable_chat(call: Call, name: str = "chat_id") -> Chat:
    """The chat the bot is to write to."""
    chat = reachable_chat(call, name)
    if chat.status(call.world.bot.id) == "restricted":
        raise bad_request("not enough rights to send text messages to the chat")
    if chat.type == "channel" and not chat.is_admin(call.world.bot.id):
        raise bad_request("need administrator rights in the channel chat")
    return chat


def topic(call: Call, chat: Chat) -> int | None:
    """The thread to write to; null for a chat without topics and for the general one."""
    thread_id = call.arguments.integer("message_thread_id")
    if not thread_id:
        return None
    if thread_id not in chat.topics:
        raise bad_request("message thread not found")
    return thread_id


def message_in(call: Call, chat: Chat, *, to_be: str, name: str = "message_id") -> Message:
    """The message an argument names; ``to_be`` words the refusal (message to … not found)."""
    number = call.arguments.integer(name)
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise bad_request(f"message to {to_be} not found")
    return message


def person(call: Call, name: str = "user_id") -> User:
    """The user an argument names, if the bot can have met them."""
    user_id = call.arguments.integer(name)
    world = call.world
    if not user_id:
        raise bad_request(f"invalid {name} specified")
    if user_id == world.bot.id:
        return world.bot
    if user_id not in world.users or not world.met_by_bot(user_id):
        raise bad_request("user not found")
    return world.users[user_id]


def is_own(world: World, message: Message) -> bool:
    return message.author_id == world.bot.id and message.service is None
