"""Editing, deleting and pinning messages; answering presses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.playground.chats import Chat
from bot.playground.errors import bad_request
from bot.playground.messages import Message
from bot.playground.methods.content import caption as new_caption
from bot.playground.methods.content import inline_keyboard, message_text
from bot.playground.methods.registry import Call, method
from bot.playground.methods.targets import is_own, message_in, reachable_chat

Json = dict[str, Any]

QUERY_LIVES = timedelta(minutes=1)
"""How long a press waits for its answer, on the playground's clock (a minute is an assumption)."""

DELETABLE_FOR = timedelta(hours=48)

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(call: Call) -> Json:
    message = _editable(call)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    text, entities = message_text(call)
    return _change(call, message, text=text, caption=message.caption, entities=entities)


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Json:
    message = _editable(call)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    words, entities = new_caption(call)
    return _change(call, message, text=message.text, caption=words, entities=entities)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json:
    message = _editable(call)
    return _change(call, message, text=message.text, caption=message.caption, entities=message.entities)


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    chat = reachable_chat(call)
    _delete(call, chat, message_in(call, chat, to_be="delete"))
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    chat = reachable_chat(call)
    numbers = call.arguments.integers("message_ids", "message identifiers")
    if not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    for message in (chat.messages.get(each) for each in numbers):
        if message is not None and not message.deleted:
            _delete(call, chat, message)
    return True


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    chat = reachable_chat(call)
    message = message_in(call, chat, to_be="pin")
    _check_may_pin(call, chat)
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        bot = call.world.bot
        pinned = {"pinned_message": message.api(with_reply=False)}
        call.world.post(chat, sender=bot, author_id=bot.id, topic_id=message.topic_id, service=pinned)
        call.world.events.add("chat", chat.control(with_messages=False))
    return True


@method("unpinChatMessage", "unpinAllChatMessages")
def unpin_chat_message(call: Call) -> bool:
    chat = reachable_chat(call)
    _check_may_pin(call, chat)
    if call.arguments.has("message_id"):
        message = message_in(call, chat, to_be="unpin")
        chat.pinned = [each for each in chat.pinned if each != message.id]
    else:
        chat.pinned = []
    call.world.events.add("chat", chat.control(with_messages=False))
    return True


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    world = call.world
    query = world.callbacks.get(call.arguments.text("callback_query_id"))
    if query is None or query.answered or world.clock.now() - query.at > QUERY_LIVES:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.arguments.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    shown = {"user_id": query.user_id, "text": text, "show_alert": call.arguments.flag("show_alert")}
    world.events.add("answer", shown)
    return True


def _editable(call: Call) -> Message:
    if call.arguments.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = reachable_chat(call)
    message = message_in(call, chat, to_be="edit")
    if not is_own(call.world, message) or message.origin is not None:
        raise bad_request("message can't be edited")
    return message


def _change(
    call: Call, message: Message, *, text: str | None, caption: str | None, entities: list[Json]
) -> Json:
    markup = inline_keyboard(call.arguments)
    before = (message.text, message.caption, message.entities, message.markup)
    if before == (text, caption, entities, markup):
        raise bad_request(NOT_MODIFIED)
    call.world.spend_limit(message.chat)
    message.text, message.caption, message.entities = text, caption, entities
    message.set_markup(markup)
    message.edit_date = call.world.clock.now()
    call.world.changed(message)
    return message.api()


def _delete(call: Call, chat: Chat, message: Message) -> None:
    world = call.world
    old = world.clock.now() - message.date > DELETABLE_FOR
    if message.author_id == world.bot.id or chat.type == "private":
        if old:
            raise bad_request("message can't be deleted for everyone")
    elif not chat.is_admin(world.bot.id):
        raise bad_request("message can't be deleted")
    world.delete(message)


def _check_may_pin(call: Call, chat: Chat) -> None:
    if chat.type != "private" and not chat.is_admin(call.world.bot.id):
        raise bad_request("not enough rights to manage pinned messages in the chat")
