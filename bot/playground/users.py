"""People and the bot, as the Bot API shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    """Somebody with a Telegram account.

    ``label`` and ``role`` are for the viewer of the playground (who is this in the village?); the bot
    never sees them. ``phone`` is that of the account, which the bot sees only in a contact that is sent;
    null: none is known. ``blocked_bot`` is true while the person has blocked the bot.
    """

    id: int
    name: str
    username: str | None = None
    label: str = ""
    role: str = ""
    is_bot: bool = False
    phone: str | None = None
    blocked_bot: bool = False

    def api(self) -> Json:
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            shown["username"] = self.username
        if not self.is_bot:
            shown["language_code"] = "zh-hans"
        return shown

    def control(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "username": self.username,
            "label": self.label,
            "role": self.role,
            "phone": self.phone,
            "blocked_bot": self.blocked_bot,
        }


@dataclass(slots=True)
class Bot(User):
    """The one bot of a playground.

    ``privacy_mode`` is what BotFather's /setprivacy says now; a group keeps to what it said when the bot
    was added to it.
    """

    token: str = ""
    privacy_mode: bool = False

    def me(self) -> Json:
        return {
            **self.api(),
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy_mode,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


# Whom the real Telegram names as sender where it hides or lacks the person.
ANONYMOUS_ADMIN = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = User(136817688, "Channel", "Channel_Bot", is_bot=True)
