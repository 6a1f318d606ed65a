"""What a message is made of: formatted text, keyboards, files, the message it answers.

Checked as the server does.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.playground.arguments import Arguments, Upload
from bot.playground.chats import Chat
from bot.playground.entities import find_entities, parse_html, trim, units
from bot.playground.errors import bad_request
from bot.playground.files import StoredFile
from bot.playground.methods.registry import Call

Json = dict[str, Any]

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_BUTTONS = 100
LONGEST_CALLBACK_DATA = 64  # bytes


def formatted(arguments: Arguments, name: str, *, entities: str) -> tuple[str, list[Json]]:
    """Text and entities of an argument, trimmed; from HTML or from the argument ``entities``."""
    return formatted_value(
        arguments.text(name), arguments.text("parse_mode"), arguments.objects(entities, "entities")
    )


def formatted_value(raw: str, parse_mode: str, entities: list[Json]) -> tuple[str, list[Json]]:
    mode = parse_mode.lower()
    raw = raw.replace("\r", "").replace("\0", "")
    if mode == "html":
        raw, entities = parse_html(raw)
    elif mode:
        # The playground reads HTML alone; better a refusal than a message that looks different in reality.
        raise bad_request("unsupported parse_mode")
    elif not all(map(_is_entity, entities)):
        raise bad_request("can't parse entities: MessageEntity must have type, offset and length")
    text, entities = trim(raw, entities)
    return text, find_entities(text, besides=entities)


def _is_entity(entity: Json) -> bool:
    return isinstance(entity.get("type"), str) and all(
        type(entity.get(each)) is int and entity[each] >= 0 for each in ("offset", "length")
    )


def message_text(call: Call) -> tuple[str, list[Json]]:
    """The text of a text message: not empty, no more than 4096 after the markup is gone.

    Counted in UTF-16 units, the strictest reading of the documentation's "characters".
    """
    text, entities = formatted(call.arguments, "text", entities="entities")
    if not text:
        raise bad_request("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, entities


def caption(call: Call) -> tuple[str | None, list[Json]]:
    """A caption; null when there is none."""
    text, entities = formatted(call.arguments, "caption", entities="caption_entities")
    return checked_caption(text), entities


def checked_caption(text: str) -> str | None:
    if units(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text or None


def keyboard(arguments: Arguments, *, private: bool = True) -> Json | None:
    """The reply markup, checked button by button. ``private``: it goes to a private chat.

    Null for none and for an empty one.
    """
    markup = arguments.mapping("reply_markup", "reply markup")
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        if not {"keyboard", "remove_keyboard", "force_reply"} & set(markup):
            raise bad_request("object expected as reply markup")
        return reply_keyboard(markup, private=private)
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    checked = [[_button(each) for each in row] for row in rows if row]
    if sum(map(len, checked)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def inline_keyboard(arguments: Arguments) -> Json | None:
    """The keyboard of an edit, which can be an inline one only."""
    markup = keyboard(arguments)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def answered_message(call: Call, chat: Chat) -> int | None:
    """The id of the message to reply to; null for none, or when it is gone and that is allowed."""
    arguments = call.arguments
    reply = arguments.mapping("reply_parameters", "reply parameters") or {}
    number = Arguments(reply).integer("message_id") or arguments.integer("reply_to_message_id")
    if not number:
        return None
    replied = chat.messages.get(number)
    if replied is not None and not replied.deleted:
        return number
    if Arguments(reply).flag("allow_sending_without_reply") or arguments.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def photo_file(call: Call, reference: str) -> StoredFile:
    """The photo a reference names: an upload, a file id or an address (which is not fetched)."""
    return _file(call, reference, kind="photo")


def document_file(call: Call, reference: str) -> StoredFile:
    return _file(call, reference, kind="document")


def _file(call: Call, reference: str, *, kind: str) -> StoredFile:
    files = call.world.files
    upload: Upload | None = call.arguments.upload(reference)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if kind == "photo":
            return files.add_photo(upload.content)
        return files.add(upload.content, kind=kind, name=upload.name, mime_type=upload.mime_type)
    if not reference or reference.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        name = reference.rpartition("/")[2] or kind
        return files.add(b"?", kind=kind, name=name, mime_type="application/octet-stream")
    stored = files.by_id(reference)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def reply_keyboard(markup: Json, *, private: bool) -> Json:
    """A keyboard in place of the phone's own, its removal, or a forced reply."""
    if "keyboard" not in markup:
        return markup
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    checked = [[_key(each, private=private) for each in row] for row in rows if row]
    if not checked:
        raise bad_request("reply markup is empty")
    return {**markup, "keyboard": checked}


def _key(key: Any, *, private: bool) -> Json:
    key = {"text": key} if isinstance(key, str) else key
    if not isinstance(key, dict) or not isinstance(key.get("text"), str) or not key["text"].strip():
        raise bad_request("can't parse keyboard button: Button text must be non-empty")
    asks = [each for each in ("request_contact", "request_location", "request_poll") if key.get(each)]
    if asks and not private:
        what = "phone number" if asks == ["request_contact"] else "location"
        raise bad_request(f"{what} can be requested in private chats only")
    return {name: value for name, value in key.items() if value is not None}


_BUTTON_KINDS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
    "pay",
)


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not text.strip():
        raise bad_request("can't parse inline keyboard button: Button text must be non-empty")
    kind = next((each for each in _BUTTON_KINDS if button.get(each) is not None), None)
    if kind is None:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if kind == "callback_data":
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif kind == "url":
        _check_url(str(button["url"]))
    return {name: value for name, value in button.items() if value is not None}


def _check_url(url: str) -> None:
    """Links need a host with a dot: the real server refuses http://localhost, too."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme in ("tg", "ton"):
        return
    if parts.scheme not in ("http", "https"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not re.fullmatch(r"[^\s.]+(\.[^\s.]+)+", parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
