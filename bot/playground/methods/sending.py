"""Sending: text, photos, documents, albums, polls; forwarding and copying."""

from __future__ import annotations

from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.chats import Chat
from bot.playground.errors import bad_request
from bot.playground.messages import Message, unix
from bot.playground.methods.content import (
    answered_message,
    caption,
    checked_caption,
    document_file,
    formatted_value,
    keyboard,
    message_text,
    photo_file,
)
from bot.playground.methods.registry import Call, method
from bot.playground.methods.targets import any_chat, message_in, topic, writable_chat

Json = dict[str, Any]


@method("sendMessage")
def send_message(call: Call) -> Json:
    chat = writable_chat(call)
    text, entities = message_text(call)
    return _post(call, chat, text=text, entities=entities).api()


@method("sendPhoto")
def send_photo(call: Call) -> Json:
    chat = writable_chat(call)
    words, entities = caption(call)
    photo = photo_file(call, call.arguments.text("photo") or "attach://photo")
    return _post(call, chat, caption=words, entities=entities, media={"photo": photo.photo()}).api()


@method("sendDocument")
def send_document(call: Call) -> Json:
    chat = writable_chat(call)
    words, entities = caption(call)
    document = document_file(call, call.arguments.text("document") or "attach://document")
    return _post(call, chat, caption=words, entities=entities, media={"document": document.document()}).api()


@method("sendMediaGroup")
def send_media_group(call: Call) -> list[Json]:
    chat = writable_chat(call)
    items = call.arguments.objects("media", "media")
    if not 2 <= len(items) <= 10:
        raise bad_request("album must have from 2 to 10 items")
    prepared = [_media(call, Arguments(each)) for each in items]
    call.world.spend_limit(chat, messages=len(prepared))
    group = str(13_000_000_000_000_000 + call.world.number())
    common = {
        "reply_to_id": answered_message(call, chat),
        "topic_id": topic(call, chat),
        "media_group_id": group,
    }
    return [_said(call, chat, **common, **each).api() for each in prepared]


@method("sendPoll")
def send_poll(call: Call) -> Json:
    chat = writable_chat(call)
    question = call.arguments.text("question").strip()
    options = _options(call)
    if not question:
        raise bad_request("poll question must be non-empty")
    if not 2 <= len(options) <= 12:
        raise bad_request(f"poll must have at {'least 2' if len(options) < 2 else 'most 12'} options")
    anonymous = not call.arguments.has("is_anonymous") or call.arguments.flag("is_anonymous")
    poll = {
        "id": str(5_300_000_000_000_000_000 + call.world.number()),
        "question": question,
        "options": [
            {
                "persistent_id": str(number),
                "text": each,
                "voter_count": 0,
            }
            for number, each in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": call.arguments.text("type") or "regular",
        "allows_multiple_answers": call.arguments.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
    return _post(call, chat, media={"poll": poll}).api()


@method("forwardMessage")
def forward_message(call: Call) -> Json:
    chat = writable_chat(call)
    original = message_in(call, any_chat(call, "from_chat_id"), to_be="forward")
    if original.service is not None:
        raise bad_request("the message can't be forwarded")
    return _post(call, chat, origin=_origin(original), keep_markup=False, **_content(original)).api()


@method("copyMessage")
def copy_message(call: Call) -> Json:
    chat = writable_chat(call)
    original = message_in(call, any_chat(call, "from_chat_id"), to_be="copy")
    if original.service is not None:
        raise bad_request("the message can't be copied")
    content = _content(original)
    if call.arguments.has("caption"):
        content["caption"], content["entities"] = caption(call)
    return {"message_id": _post(call, chat, **content).id}


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    writable_chat(call)
    if not call.arguments.has("action"):
        raise bad_request("wrong parameter action in request")
    return True


def _post(call: Call, chat: Chat, *, keep_markup: bool = True, **content: Any) -> Message:
    """Check what all kinds of messages have in common, count it against the limits, and say it."""
    markup = keyboard(call.arguments, private=chat.type == "private") if keep_markup else None
    reply_to_id = answered_message(call, chat)
    topic_id = topic(call, chat)
    if topic_id is None and reply_to_id is not None:
        topic_id = chat.messages[reply_to_id].topic_id
    call.world.spend_limit(chat)
    return _said(call, chat, markup=markup, reply_to_id=reply_to_id, topic_id=topic_id, **content)


def _said(call: Call, chat: Chat, **content: Any) -> Message:
    bot = call.world.bot
    return call.world.post(chat, sender=bot, author_id=bot.id, **content)


def _media(call: Call, item: Arguments) -> Json:
    text, entities = formatted_value(
        item.text("caption"), item.text("parse_mode"), item.objects("caption_entities", "entities")
    )
    kind = item.text("type")
    if kind == "photo":
        media: Json = {"photo": photo_file(call, item.text("media")).photo()}
    elif kind == "document":
        media = {"document": document_file(call, item.text("media")).document()}
    else:
        raise bad_request("media type must be photo or document")
    return {"caption": checked_caption(text), "entities": entities, "media": media}


def _content(original: Message) -> Json:
    return {
        "text": original.text,
        "caption": original.caption,
        "entities": list(original.entities),
        "media": dict(original.media),
    }


def _options(call: Call) -> list[str]:
    """The options of a poll, plain texts (as older clients send them) or objects with a text."""
    options = call.arguments.structure("options", "poll options") or []
    given = [each.get("text") if isinstance(each, dict) else each for each in options]
    texts = [each for each in given if isinstance(each, str) and each.strip()]
    if len(texts) < len(given):
        raise bad_request("poll options must be non-empty")
    return texts


def _origin(original: Message) -> Json:
    if original.origin is not None:
        return original.origin
    date = unix(original.date)
    if original.sender_chat is not None:
        return {"type": "chat", "date": date, "sender_chat": original.sender_chat.api()}
    assert original.sender is not None
    return {"type": "user", "date": date, "sender_user": original.sender.api()}
