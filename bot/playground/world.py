"""Everything that exists in the playground, in memory: who there is, which chats, what was said.

The world posts messages and tells the two who care: the bot's queue of updates and the viewers' log of
events. What people do in it stands in ``people`` and ``members``, what the bot does in ``methods``.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.chats import CHAT_TYPES, Chat, member_json
from bot.playground.clock import Clock
from bot.playground.errors import ControlError
from bot.playground.events import EventLog
from bot.playground.faults import Faults
from bot.playground.files import FileStore
from bot.playground.limits import RateLimits
from bot.playground.messages import Message, unix
from bot.playground.undecodable import undecodable
from bot.playground.updates import UpdateQueue
from bot.playground.users import Bot, User
from bot.playground.visibility import bot_sees

Json = dict[str, Any]

# All beyond 32 bits, as real ids are by now, so that a column too narrow shows at once.
FIRST_USER_ID = 5_000_000_001
FIRST_GROUP_ID = -4_500_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001


@dataclass(slots=True)
class CallbackQuery:
    """A press that waits for the bot's answer; ``answered`` once it came."""

    id: str
    user_id: int
    at: datetime
    answered: bool = False


@dataclass(slots=True)
class Commands:
    """What the bot told Telegram about itself."""

    by_scope: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


class World:
    """State of one playground with its one bot. ``clock`` stamps everything."""

    def __init__(self, clock: Clock, bot: Bot) -> None:
        self.clock = clock
        self.bot = bot
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.events = EventLog()
        self.faults = Faults(on_change=lambda: self.events.add("faults", self.faults.show()))
        self.limits = RateLimits()
        self.callbacks: dict[str, CallbackQuery] = {}
        self.commands = Commands()
        self.updates = UpdateQueue(clock.now, twice=lambda: self.faults.duplicate_updates)
        self._user_ids = FIRST_USER_ID
        self._group_ids = FIRST_GROUP_ID
        self._supergroup_ids = FIRST_SUPERGROUP_ID
        self._numbers = 0
        clock.listeners.append(
            lambda now: self.events.add("clock", {"now": now.isoformat(), "running": clock.running})
        )

    # Who and where

    def user(self, user_id: int) -> User:
        """The user or the bot; ``ControlError`` when there is none."""
        found = self.bot if user_id == self.bot.id else self.users.get(user_id)
        if found is None:
            raise ControlError(f"there is no user {user_id}", status=404)
        return found

    def chat(self, chat_id: int) -> Chat:
        found = self.chats.get(chat_id)
        if found is None:
            raise ControlError(f"there is no chat {chat_id}", status=404)
        return found

    def message(self, chat_id: int, message_id: int) -> Message:
        """A message that is still there."""
        found = self.chat(chat_id).messages.get(message_id)
        if found is None or found.deleted:
            raise ControlError(f"there is no message {message_id} in chat {chat_id}", status=404)
        return found

    def add_user(
        self,
        name: str,
        *,
        username: str | None = None,
        label: str = "",
        role: str = "",
        phone: str | None = None,
    ) -> User:
        """Somebody new, whom the bot has not met."""
        if not name.strip():
            raise ControlError("a person needs a name")
        user = User(self._user_ids, name, username, label, role, phone=phone)
        self._user_ids += 1
        self.users[user.id] = user
        self.events.add("user", user.control())
        return user

    def new_chat(self, kind: str, title: str) -> Chat:
        """An empty chat of a type, with an id of the right kind; tells nobody yet."""
        if kind not in CHAT_TYPES or kind == "private":
            raise ControlError(f"there is no chat type {kind}")
        if kind == "group":
            chat_id, self._group_ids = self._group_ids, self._group_ids - 1
        else:
            chat_id, self._supergroup_ids = self._supergroup_ids, self._supergroup_ids - 1
        chat = self.chats[chat_id] = Chat(chat_id, kind, title)
        return chat

    def private_chat(self, user_id: int) -> Chat:
        """The private chat of a person with the bot, made when first asked for (not yet opened)."""
        user = self.user(user_id)
        if user is self.bot:
            raise ControlError("the bot has no private chat with itself")
        if user_id not in self.chats:
            chat = Chat(user_id, "private", user.name, user.username)
            chat.members = {user_id: "member", self.bot.id: "member"}
            self.chats[user_id] = chat
            self.events.add("chat", chat.control())
        return self.chats[user_id]

    def bot_messages(self, chat_id: int) -> list[Message]:
        """What the bot said in a chat and has not deleted, oldest first."""
        return [
            each
            for each in self.chat(chat_id).messages.values()
            if each.author_id == self.bot.id and each.service is None and not each.deleted
        ]

    def met_by_bot(self, user_id: int) -> bool:
        """Whether the bot may know the person at all: from a chat with it or a group they share."""
        return any(chat.has(self.bot.id) and user_id in chat.members for chat in self.chats.values())

    def number(self) -> int:
        """A number never given before (albums, callback queries, polls)."""
        self._numbers += 1
        return self._numbers

    # What happens

    def post(self, chat: Chat, *, sender: User | None, author_id: int, **more: Any) -> Message:
        """Put a message into a chat, now unless ``date`` is given; whoever should hear of it does."""
        date = more.pop("date", None) or self.clock.now()
        markup = more.pop("markup", None)
        message = Message(chat.next_message_id(), chat, date, sender, author_id, **more)
        message.set_markup(markup)
        chat.messages[message.id] = message
        self.events.add("message", message.control())
        if author_id != self.bot.id and bot_sees(message, self.bot):
            self.tell_bot("channel_post" if chat.type == "channel" else "message", message.api(), chat)
        return message

    def changed(self, message: Message) -> None:
        """Tell the viewers that a message looks different now."""
        self.events.add("edit", message.control())

    def delete(self, message: Message) -> None:
        """Take a message away; the platform tells the bot nothing of it."""
        message.deleted = True
        self.events.add("delete", {"chat_id": message.chat.id, "message_id": message.id})

    def tell_bot(self, kind: str, data: Json, chat: Chat) -> None:
        """Queue an update; where the fault is on, an undecodable one goes before it."""
        if self.updates.wants(kind) and self.faults.sends_undecodable():
            now = unix(self.clock.now())
            bad = undecodable(self.number(), chat, self._anyone(chat), now, wants=self.updates.wants)
            self.updates.push(*bad)
        self.updates.push(kind, data)

    def tell_member_change(self, chat: Chat, user: User, change: tuple[str, str], *, by: User) -> None:
        """The update ``my_chat_member`` or ``chat_member`` for a change of status from … to …."""
        data = {
            "chat": chat.api(),
            "from": by.api(),
            "date": unix(self.clock.now()),
            "old_chat_member": member_json(user, change[0]),
            "new_chat_member": member_json(user, change[1]),
        }
        if user is self.bot:
            self.tell_bot("my_chat_member", data, chat)
        elif chat.is_admin(self.bot.id):
            self.tell_bot("chat_member", data, chat)

    def spend_limit(self, chat: Chat, *, messages: int = 1) -> None:
        """Count what the bot sends against the platform's limits, if they are on."""
        if self.faults.rate_limits is None:
            return
        seconds = self.clock.now().timestamp() if self.faults.rate_limits == "clock" else time.monotonic()
        self.limits.spend(chat.id, seconds, is_group=chat.is_group, messages=messages)

    def state(self, extra: Mapping[str, Any]) -> Json:
        """The whole world for a viewer; ``extra`` adds what the world does not know."""
        return {
            "now": self.clock.now().isoformat(),
            "running": self.clock.running,
            "bot": {"id": self.bot.id, "username": self.bot.username, "name": self.bot.name},
            "users": [each.control() for each in self.users.values()],
            "chats": [each.control() for each in self.chats.values()],
            "faults": self.faults.show(),
            **extra,
            "seq": self.events.seq,
        }

    def _anyone(self, chat: Chat) -> User:
        people: Iterable[User] = (self.users[each] for each in chat.members if each in self.users)
        return next(iter(people), self.bot)
