"""What people do in the playground: speak, edit, react, press, open links.

    people.say(world, chat.id, li.id, "今天走访了老王家")
    people.say(world, "private", li.id, "/start")
    people.press(world, chat.id, message.id, li.id, data="yes:1")

Each raises ``ControlError`` where a real person could not do it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from bot.playground import members
from bot.playground.chats import Chat
from bot.playground.entities import find_entities, units
from bot.playground.errors import ControlError
from bot.playground.messages import Message, unix
from bot.playground.reactions import check_emoji, reaction_types
from bot.playground.users import ANONYMOUS_ADMIN, CHANNEL_BOT, User
from bot.playground.visibility import bot_sees
from bot.playground.world import CallbackQuery, World

Json = dict[str, Any]

LONGEST_TEXT = 4096


def say(
    world: World,
    chat_id: int | Literal["private"],
    user_id: int,
    text: str | None = None,
    *,
    reply_to_id: int | None = None,
    topic_id: int | None = None,
    photo: bool = False,
    caption: str | None = None,
    album: int = 0,
    forward_from: int | Literal["hidden"] | None = None,
    anonymous: bool = False,
    as_channel: int | None = None,
    sent_at: datetime | None = None,
) -> Message:
    """Somebody writes; gives the message (of an album of ``album`` photos the first, which has the caption).

    ``chat_id`` ``"private"`` is the person's chat with the bot. ``forward_from``: a user's id, a chat's id,
    or ``"hidden"`` for somebody who hides behind a name. ``anonymous``: an admin in the group's name.
    ``as_channel``: in the name of a channel. ``sent_at``: the date the message bears, when not now.
    """
    user = world.user(user_id)
    chat = _chat_to_speak_in(world, chat_id, user)
    _check_text(text, caption, has_photo=photo or album > 0)
    if reply_to_id is not None:
        replied = world.message(chat.id, reply_to_id)
        topic_id = replied.topic_id if topic_id is None else topic_id
    if topic_id is not None and topic_id not in chat.topics:
        raise ControlError(f"there is no topic {topic_id} in chat {chat.id}", status=404)
    more: Json = {
        "reply_to_id": reply_to_id,
        "topic_id": topic_id,
        "date": sent_at,
        "origin": _origin(world, forward_from),
        **_identity(world, chat, user, anonymous=anonymous, as_channel=as_channel),
    }
    if photo or album:
        words = caption if caption is not None else text
        return _say_photos(world, chat, user, words, count=max(album, 1), more=more)
    entities = find_entities(text or "")
    return world.post(chat, author_id=user.id, text=text, entities=entities, **more)


def edit(world: World, chat_id: int, message_id: int, user_id: int, text: str) -> Message:
    """The author edits text or caption.

    The same text again is let through: the platform, too, reports edits that change nothing.
    """
    message = world.message(chat_id, message_id)
    if message.author_id != user_id or message.service is not None:
        raise ControlError("only the author can edit a message")
    is_text = message.text is not None
    _check_text(text if is_text else None, None if is_text else text, has_photo=not is_text)
    if is_text:
        message.text = text
    else:
        message.caption = text
    message.entities = find_entities(text)
    message.edit_date = world.clock.now()
    world.changed(message)
    if _bot_hears(world, message):
        kind = "edited_channel_post" if message.chat.type == "channel" else "edited_message"
        world.tell_bot(kind, message.api(), message.chat)
    return message


def delete(world: World, chat_id: int, message_id: int, user_id: int) -> None:
    """The author, an admin or the other side of a private chat deletes a message.

    The bot hears nothing of it.
    """
    message = world.message(chat_id, message_id)
    chat = message.chat
    if not (message.author_id == user_id or chat.type == "private" or chat.is_admin(user_id)):
        raise ControlError("only the author or an admin can delete a message")
    world.delete(message)


def react(world: World, chat_id: int, message_id: int, user_id: int, emoji: str | None) -> Message:
    """Set, change or (null) take back a person's reaction.

    The bot hears of it where it is admin, if it asked.
    """
    message, user = world.message(chat_id, message_id), world.user(user_id)
    _check_present(message.chat, user)
    before = message.reactions.get(user_id)
    after = check_emoji(emoji, ControlError(f"{emoji} is no reaction on Telegram")) if emoji else None
    if before == after:
        return message
    if after is None:
        del message.reactions[user_id]
    else:
        message.reactions[user_id] = after
    show_reaction(world, message, user, after)
    bot_status = message.chat.status(world.bot.id)
    if bot_status == "administrator" or (message.chat.type == "private" and bot_status == "member"):
        data = {
            "chat": message.chat.api(),
            "message_id": message.id,
            "user": user.api(),
            "date": unix(world.clock.now()),
            "old_reaction": reaction_types(before),
            "new_reaction": reaction_types(after),
        }
        world.tell_bot("message_reaction", data, message.chat)
    return message


def show_reaction(world: World, message: Message, user: User, emoji: str | None) -> None:
    """Tell the viewers of a reaction set or (null) taken back."""
    world.events.add(
        "reaction",
        {
            "chat_id": message.chat.id,
            "message_id": message.id,
            "user_id": user.id,
            "emoji": emoji,
            "reactions": message.control()["reactions"],
        },
    )


def press(world: World, chat_id: int, message_id: int, user_id: int, *, data: str) -> CallbackQuery:
    """Press a button. Data of a button that has since gone is let through: a phone may still show it."""
    message, user = world.message(chat_id, message_id), world.user(user_id)
    _check_present(message.chat, user)
    if data not in message.offered:
        raise ControlError("the message never had such a button")
    if not message.chat.has(world.bot.id):
        raise ControlError("the bot is not in this chat any more")
    query = CallbackQuery(str(4_300_000_000_000_000_000 + world.number()), user_id, world.clock.now())
    world.callbacks[query.id] = query
    label = next((each["text"] for each in message.buttons() if each.get("callback_data") == data), data)
    world.events.add(
        "press",
        {"chat_id": chat_id, "message_id": message_id, "user_id": user_id, "data": data, "label": label},
    )
    update = {
        "id": query.id,
        "from": user.api(),
        "message": message.api(),
        "chat_instance": str(7_100_000_000_000_000_000 + abs(chat_id) % 1_000_000_007),
        "data": data,
    }
    world.tell_bot("callback_query", update, message.chat)
    return query


def open_link(world: World, user_id: int, link: str) -> Message:
    """Open ``https://t.me/<bot>?start=CODE`` and press Start: the private chat sends /start CODE."""
    parts = urlsplit(link)
    name = parts.path.strip("/")
    if parts.hostname not in ("t.me", "telegram.me") or name.lower() != (world.bot.username or "").lower():
        raise ControlError("that is no link to this bot")
    code = parse_qs(parts.query).get("start", [""])[0]
    if code and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code):
        raise ControlError("a start code has up to 64 of the characters A-Z a-z 0-9 _ -")
    if world.user(user_id).blocked_bot:
        members.block(world, user_id, blocked=False)  # as the app's "restart bot" does
    return say(world, "private", user_id, f"/start {code}".strip())


def find_button(message: Message, label: str) -> Json | None:
    """The button whose label is ``label``, or else contains it."""
    tests: tuple[Callable[[str], bool], ...] = (lambda text: text == label, lambda text: label in text)
    for test in tests:
        for button in message.buttons():
            if test(button["text"]):
                return button
    return None


def _chat_to_speak_in(world: World, chat_id: int | Literal["private"], user: User) -> Chat:
    if user is world.bot:
        raise ControlError("the bot speaks for itself")
    chat = world.private_chat(user.id) if chat_id in ("private", user.id) else world.chat(int(chat_id))
    if chat.migrated_to is not None:
        raise ControlError(f"the group has become the supergroup {chat.migrated_to}", status=409)
    _check_present(chat, user)
    if chat.status(user.id) == "restricted":
        raise ControlError(f"{user.name} may not write in this chat")
    if chat.type == "private":
        if user.blocked_bot:
            raise ControlError(f"{user.name} has blocked the bot; unblock it first")
        chat.opened = True
    return chat


def _check_present(chat: Chat, user: User) -> None:
    if not chat.has(user.id):
        raise ControlError(f"{user.name} is not in this chat", status=403)


def _check_text(text: str | None, caption: str | None, *, has_photo: bool) -> None:
    words = caption if caption is not None else text
    if not has_photo and not (text or "").strip():
        raise ControlError("a message needs a text or a photo")
    if words is not None and units(words) > (1024 if has_photo else LONGEST_TEXT):
        raise ControlError("the message is too long")


def _identity(world: World, chat: Chat, user: User, *, anonymous: bool, as_channel: int | None) -> Json:
    """Whom the platform names as sender."""
    if chat.type == "channel":
        if not chat.is_admin(user.id):
            raise ControlError("only an admin posts in a channel")
        return {"sender": None, "sender_chat": chat}
    if as_channel is not None:
        return {"sender": CHANNEL_BOT, "sender_chat": world.chat(as_channel)}
    if anonymous:
        if chat.type != "supergroup" or not chat.is_admin(user.id):
            raise ControlError("only an admin of a supergroup can write anonymously")
        return {"sender": ANONYMOUS_ADMIN, "sender_chat": chat}
    return {"sender": user}


def _origin(world: World, source: int | Literal["hidden"] | None) -> Json | None:
    if source is None:
        return None
    date = unix(world.clock.now())
    if source == "hidden":
        return {"type": "hidden_user", "date": date, "sender_user_name": "·"}
    if source > 0:
        return {"type": "user", "date": date, "sender_user": world.user(source).api()}
    chat = world.chat(source)
    if chat.type == "channel":
        return {"type": "channel", "date": date, "chat": chat.api(), "message_id": 1}
    return {"type": "chat", "date": date, "sender_chat": chat.api()}


def _say_photos(
    world: World, chat: Chat, user: User, caption: str | None, *, count: int, more: Json
) -> Message:
    if count > 10:
        raise ControlError("an album has at most 10 photos")
    group = str(13_000_000_000_000_000 + world.number()) if count > 1 else None
    posted: list[Message] = []
    for _ in range(count):
        words = None if posted else caption or None
        photo = {"photo": world.files.add_photo().photo()}
        entities = find_entities(words or "")
        posted.append(
            world.post(
                chat,
                author_id=user.id,
                caption=words,
                entities=entities,
                media=photo,
                media_group_id=group,
                **more,
            )
        )
    return posted[0]


def _bot_hears(world: World, message: Message) -> bool:
    return bot_sees(message, world.bot) and not message.chat.migrated_to
