"""Messages: one value with two faces, the Bot API's and the control API's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.chats import Chat
from bot.playground.users import User

Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    """A message as the server keeps it.

    ``sender`` is whom the platform names (``GroupAnonymousBot`` for an anonymous admin), ``author_id`` who it
    really was. ``media`` holds the Bot API's own fields (``photo``, ``document``, ``poll``, ``contact``),
    ``service`` those of a service message. ``reactions`` maps who reacted to their emoji; ``offered`` is
    every callback data the message's keyboard ever had, so that a press on a stale keyboard can be played.
    """

    id: int
    chat: Chat
    date: datetime
    sender: User | None
    author_id: int
    sender_chat: Chat | None = None
    topic_id: int | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[Json] = field(default_factory=list)
    media: Json = field(default_factory=dict)
    media_group_id: str | None = None
    reply_to_id: int | None = None
    quote: str | None = None
    origin: Json | None = None
    markup: Json | None = None
    edit_date: datetime | None = None
    reactions: dict[int, str] = field(default_factory=dict)
    service: Json | None = None
    deleted: bool = False
    offered: set[str] = field(default_factory=set)

    def api(self, *, with_reply: bool = True) -> Json:
        """The Bot API's ``Message``; a message replied to is shown without its own reply, as there."""
        shown: Json = {"message_id": self.id}
        if self.sender is not None and self.chat.type != "channel":
            shown["from"] = self.sender.api()
        if self.sender_chat is not None:
            shown["sender_chat"] = self.sender_chat.api()
        shown |= {"chat": self.chat.api(), "date": unix(self.date)}
        if self.topic_id is not None:
            shown |= {"message_thread_id": self.topic_id, "is_topic_message": True}
        if self.edit_date is not None:
            shown["edit_date"] = unix(self.edit_date)
        if self.origin is not None:
            shown["forward_origin"] = self.origin
        if with_reply:
            shown |= self._reply()
        if self.media_group_id is not None:
            shown["media_group_id"] = self.media_group_id
        shown |= self.media
        if self.text is not None:
            shown["text"] = self.text
            if self.entities:
                shown["entities"] = self.entities
        if self.caption is not None:
            shown["caption"] = self.caption
            if self.entities:
                shown["caption_entities"] = self.entities
        if self.markup is not None and "inline_keyboard" in self.markup:
            shown["reply_markup"] = self.markup
        return shown | (self.service or {})

    def _reply(self) -> Json:
        # In a topic the real server makes every message that answers nothing a reply to the topic's first
        # message.
        replied = self.chat.messages.get(self.reply_to_id or self.topic_id or 0)
        if replied is None or replied.deleted or replied is self:
            return {}
        shown: Json = {"reply_to_message": replied.api(with_reply=False)}
        if self.quote and self.reply_to_id:
            shown["quote"] = {"text": self.quote, "position": 0, "is_manual": True}
        return shown

    def control(self) -> Json:
        """The control API's ``Message``: what a viewer needs to draw it."""
        return {
            "id": self.id,
            "chat_id": self.chat.id,
            "topic_id": self.topic_id,
            "from_user_id": self.sender.id if self.sender else None,
            "sender_chat": {"id": self.sender_chat.id, "title": self.sender_chat.title}
            if self.sender_chat
            else None,
            "date": self.date.isoformat(timespec="seconds"),
            "edit_date": self.edit_date.isoformat(timespec="seconds") if self.edit_date else None,
            "text": self.text,
            "caption": self.caption,
            "entities": self.entities,
            "photo": "photo" in self.media,
            "document": self.media.get("document", {}).get("file_name"),
            "file_id": self._file_id(),
            "poll": self.media.get("poll"),
            "contact": self.media.get("contact"),
            "media_group_id": self.media_group_id,
            "reply_to_id": self.reply_to_id,
            "forward_from": origin_shown(self.origin),
            "reply_markup": self.markup,
            "reactions": [{"emoji": emoji, "user_id": who} for who, emoji in self.reactions.items()],
            "service": self.service,
            "deleted": self.deleted,
        }

    def _file_id(self) -> str | None:
        if "photo" in self.media:
            return str(self.media["photo"][-1]["file_id"])
        return self.media["document"]["file_id"] if "document" in self.media else None

    def buttons(self) -> list[Json]:
        """The inline buttons now on the message, row by row."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def set_markup(self, markup: Json | None) -> None:
        self.markup = markup
        self.offered.update(each["callback_data"] for each in self.buttons() if "callback_data" in each)


def unix(moment: datetime) -> int:
    return int(moment.timestamp())


def origin_shown(origin: Json | None) -> Json | None:
    """Whose words a forwarded message carries, as ``{"type", "name", "id"}``; null when not forwarded."""
    if origin is None:
        return None
    if "sender_user" in origin:
        user = origin["sender_user"]
        return {"type": "user", "name": user["first_name"], "id": user["id"]}
    chat = origin.get("sender_chat") or origin.get("chat")
    if chat:
        return {"type": origin["type"], "name": chat.get("title", ""), "id": chat["id"]}
    return {"type": "hidden_user", "name": origin.get("sender_user_name"), "id": None}
