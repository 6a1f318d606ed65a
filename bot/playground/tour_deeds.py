"""What a step of a tour can do, and how it names people, chats and messages (format: see ``tour``)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bot.playground import members, people
from bot.playground.errors import ControlError
from bot.playground.messages import Message

if TYPE_CHECKING:
    from bot.playground.server import Playground

Json = dict[str, Any]


class Cast:
    """Who and what the steps talk of: aliases of people and chats, and messages named by steps."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.world = playground.world
        self.users: dict[str, int] = {}
        self.chats: dict[str, int] = {}
        self.messages: dict[str, Message] = {}

    def user(self, name: str) -> int:
        if name in self.users:
            return self.users[name]
        if name == "bot":
            return self.world.bot.id
        found = [each.id for each in self.world.users.values() if name in (each.name, each.username)]
        if len(found) != 1:
            raise ControlError(f"there is no one person called {name}")
        return found[0]

    def chat(self, name: str, *, user: int | None = None) -> int:
        """``private`` is that of ``user``, ``private:name`` that of somebody by name."""
        kind, _, owner = name.partition(":")
        if kind == "private" and (owner or user is not None):
            return self.world.private_chat(self.user(owner) if owner else user or 0).id
        chat_id = self.chats.get(name)
        if chat_id is None:
            found = [each.id for each in self.world.chats.values() if each.title == name and each.is_group]
            if not found:
                raise ControlError(f"there is no chat called {name}")
            chat_id = found[-1]
        return self.world.chat(chat_id).migrated_to or chat_id

    def message(self, wanted: str | Json) -> Message:
        """The message of that name, or the last that fits the description."""
        if isinstance(wanted, str):
            if wanted not in self.messages:
                raise ControlError(f"no step named a message {wanted}")
            return self.messages[wanted]
        chat = self.world.chat(self.chat(wanted["chat"]))
        author = self.user(wanted["from"]) if "from" in wanted else None
        for message in reversed(chat.messages.values()):
            words = message.text or message.caption or ""
            if (
                not message.deleted
                and message.service is None
                and (author is None or message.author_id == author)
                and wanted.get("text", "") in words
                and ("button" not in wanted or people.find_button(message, wanted["button"]))
            ):
                return message
        raise ControlError(f"there is no message like {wanted}")


async def _say(cast: Cast, given: Json) -> Message:
    user = cast.user(given["user"])
    chat_id = cast.chat(given["chat"], user=user)
    source = given.get("forward_from")
    reply_to = cast.message(given["reply_to"]).id if "reply_to" in given else None
    topic_id = None
    if "topic" in given:
        topics = {name: number for number, name in cast.world.chat(chat_id).topics.items()}
        topic_id = topics[given["topic"]]
    return people.say(
        cast.world,
        chat_id,
        user,
        given.get("text"),
        reply_to_id=reply_to,
        topic_id=topic_id,
        photo=bool(given.get("photo")),
        caption=given.get("caption"),
        album=given.get("album", 0),
        forward_from=source if source in (None, "hidden") else cast.user(source),
        anonymous=bool(given.get("anonymous")),
    )


async def _edit(cast: Cast, given: Json) -> Message:
    message = cast.message(given["message"])
    return people.edit(cast.world, message.chat.id, message.id, message.author_id, given["text"])


async def _delete(cast: Cast, given: Json) -> None:
    message = cast.message(given["message"])
    people.delete(cast.world, message.chat.id, message.id, message.author_id)


async def _react(cast: Cast, given: Json) -> Message:
    message = cast.message(given["message"])
    return people.react(cast.world, message.chat.id, message.id, cast.user(given["user"]), given["emoji"])


async def _press(cast: Cast, given: Json) -> Message:
    user = cast.user(given["user"])
    if "message" in given:
        message = cast.message(given["message"])
    else:
        chat = cast.world.chat(cast.chat(given.get("chat", "private"), user=user))
        fitting = [
            each
            for each in chat.messages.values()
            if not each.deleted and people.find_button(each, given["button"])
        ]
        if not fitting:
            raise ControlError(f"there is no button {given['button']} in {chat.title}")
        message = fitting[-1]
    button = people.find_button(message, given["button"])
    if button is None or "callback_data" not in button:
        raise ControlError(f"the message has no button {given['button']} to press")
    people.press(cast.world, message.chat.id, message.id, user, data=button["callback_data"])
    return message


async def _open(cast: Cast, given: Json) -> Message:
    link = given.get("link") or f"https://t.me/{cast.world.bot.username}?start={given['code']}"
    return people.open_link(cast.world, cast.user(given["user"]), link)


async def _turn(cast: Cast, given: Json) -> None:
    now = cast.playground.clock.now()
    moment = turned(now, given)
    if moment > now:
        await cast.playground.turn_to(moment)


def turned(now: datetime, given: Json) -> datetime:
    """The time a ``turn`` means, seen from ``now``."""
    days = timedelta(days=given.get("days", 0))
    to = given.get("to")
    if to is None:
        return (
            now
            + days
            + timedelta(
                hours=given.get("hours", 0),
                minutes=given.get("minutes", 0),
                seconds=given.get("by_seconds", 0),
            )
        )
    if len(to) > len("08:00:00"):
        return datetime.fromisoformat(to)
    at_that_time = datetime.combine((now + days).date(), time.fromisoformat(to), now.tzinfo)
    return at_that_time if at_that_time > now else at_that_time + timedelta(days=1)


async def _member(cast: Cast, given: Json) -> None:
    members.set_member(cast.world, cast.chat(given["chat"]), cast.user(given["user"]), given["status"])


async def _block(cast: Cast, given: Json) -> None:
    members.block(cast.world, cast.user(given["user"]), blocked=given["blocked"])


async def _migrate(cast: Cast, given: Json) -> None:
    members.migrate(cast.world, cast.chat(given["chat"]))


async def _faults(cast: Cast, given: Json) -> None:
    cast.world.faults.merge(given)
    cast.world.events.add("faults", cast.world.faults.show())


DEEDS: dict[str, Callable[[Cast, Any], Awaitable[Message | None]]] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "press": _press,
    "open": _open,
    "turn": _turn,
    "member": _member,
    "block": _block,
    "migrate": _migrate,
    "faults": _faults,
}
