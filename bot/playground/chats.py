"""Chats, their members and topics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.playground.users import User

if TYPE_CHECKING:
    from bot.playground.messages import Message

Json = dict[str, Any]

CHAT_TYPES = ("private", "group", "supergroup", "channel")
STATUSES = ("creator", "administrator", "member", "restricted", "left", "kicked")
PRESENT = ("creator", "administrator", "member", "restricted")

_ADMIN_RIGHTS: Json = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "can_manage_topics": True,
    "can_send_welcome_messages": False,
}
_SENDING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def member_json(user: User, status: str) -> Json:
    """A ``ChatMember`` with every field its status must have."""
    shown: Json = {"user": user.api(), "status": status}
    if status == "creator":
        shown["is_anonymous"] = False
    elif status == "administrator":
        shown.update(_ADMIN_RIGHTS)
    elif status == "restricted":
        shown.update(dict.fromkeys(_SENDING, False), is_member=True, until_date=0)
    elif status == "kicked":
        shown["until_date"] = 0
    return shown


@dataclass(slots=True)
class Chat:
    """A chat with its messages by id; ``members`` maps user ids to statuses (of whoever was ever in it).

    ``topics`` maps thread ids (the id of the message that opened the topic) to names.
    ``migrated_to`` is the supergroup that a basic group has become. ``bot_reads_all`` is whether the bot
    had privacy mode off when it was added; ``opened`` whether the person of a private chat has started the
    bot.
    """

    id: int
    type: str
    title: str
    username: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    last_message_id: int = 0
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    bot_reads_all: bool = True
    opened: bool = False

    @property
    def is_group(self) -> bool:
        return self.type in ("group", "supergroup")

    def status(self, user_id: int) -> str:
        return self.members.get(user_id, "left")

    def has(self, user_id: int) -> bool:
        return self.status(user_id) in PRESENT

    def is_admin(self, user_id: int) -> bool:
        return self.status(user_id) in ("creator", "administrator")

    def next_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id

    def api(self) -> Json:
        shown: Json = {"id": self.id, "type": self.type}
        if self.type == "private":
            shown["first_name"] = self.title
        else:
            shown["title"] = self.title
        if self.username:
            shown["username"] = self.username
        if self.topics:
            shown["is_forum"] = True
        return shown

    def full(self) -> Json:
        """A ``ChatFullInfo``."""
        shown = self.api() | {
            "accent_color_id": abs(self.id) % 7,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(
                (
                    "unlimited_gifts",
                    "limited_gifts",
                    "unique_gifts",
                    "premium_subscription",
                    "gifts_from_channels",
                ),
                False,
            ),
        }
        if self.is_group:
            shown["permissions"] = dict.fromkeys(_SENDING, True)
        pinned = [self.messages[each] for each in self.pinned if not self.messages[each].deleted]
        if pinned:
            shown["pinned_message"] = pinned[-1].api(with_reply=False)
        return shown

    def control(self, *, with_messages: bool = True) -> Json:
        shown: Json = {
            "id": self.id,
            "type": self.type,
            "title": self.title,
            "topics": [{"id": each, "name": name} for each, name in self.topics.items()],
            "members": [{"user_id": each, "status": status} for each, status in self.members.items()],
            "migrated_to": self.migrated_to,
            "pinned": list(self.pinned),
        }
        if with_messages:
            shown["messages"] = [each.control() for each in self.messages.values()]
        return shown
