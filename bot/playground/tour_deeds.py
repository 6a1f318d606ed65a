"""What a step of a tour can do, and how it names people, chats and messages (format: see ``tour``)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bot.playground import members, people
from bot.playground.errors import ControlError
from bot.playground.given import Given, as_moment
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

    def message(self, wanted: Any) -> Message:
        """The message of that name, or the last that fits the description."""
        if isinstance(wanted, str):
            if wanted not in self.messages:
                raise ControlError(f"no step named a message {wanted}")
            return self.messages[wanted]
        like = Given(wanted)
        chat = self.world.chat(self.chat(like.text("chat")))
        author = self.user(like.text("from")) if like.has("from") else None
        for message in reversed(chat.messages.values()):
            words = message.text or message.caption or ""
            if (
                not message.deleted
                and message.service is None
                and (author is None or message.author_id == author)
                and like.text("text", "") in words
                and (not like.has("button") or people.find_button(message, like.text("button")))
            ):
                return message
        raise ControlError(f"there is no message like {wanted}")


async def _say(cast: Cast, given: Given) -> Message:
    user = cast.user(given.text("user"))
    chat_id = cast.chat(given.text("chat"), user=user)
    source: Any = given.text_or_none("forward_from")
    topic_id = None
    if given.has("topic"):
        topics = {name: number for number, name in cast.world.chat(chat_id).topics.items()}
        topic_id = topics.get(given.text("topic"))
        if topic_id is None:
            raise ControlError(f"there is no topic {given.text('topic')}")
    return people.say(
        cast.world,
        chat_id,
        user,
        given.text_or_none("text"),
        reply_to_id=cast.message(given.value("reply_to")).id if given.has("reply_to") else None,
        topic_id=topic_id,
        photo=given.flag("photo"),
        caption=given.text_or_none("caption"),
        album=given.integer("album", 0),
        forward_from=source if source in (None, "hidden") else cast.user(source),
        anonymous=given.flag("anonymous"),
    )


async def _edit(cast: Cast, given: Given) -> Message:
    message = cast.message(given.value("message"))
    return people.edit(cast.world, message.chat.id, message.id, message.author_id, given.text("text"))


async def _delete(cast: Cast, given: Given) -> None:
    message = cast.message(given.value("message"))
    people.delete(cast.world, message.chat.id, message.id, message.author_id)


async def _react(cast: Cast, given: Given) -> Message:
    message, user = cast.message(given.value("message")), cast.user(given.text("user"))
    return people.react(cast.world, message.chat.id, message.id, user, given.text_or_none("emoji"))


async def _press(cast: Cast, given: Given) -> Message:
    user, label = cast.user(given.text("user")), given.text("button")
    if given.has("message"):
        message = cast.message(given.value("message"))
    else:
        chat = cast.world.chat(cast.chat(given.text("chat", "private"), user=user))
        fitting = [
            each for each in chat.messages.values() if not each.deleted and people.find_button(each, label)
        ]
        if not fitting:
            raise ControlError(f"there is no button {label} in {chat.title}")
        message = fitting[-1]
    button = people.find_button(message, label)
    if button is None or "callback_data" not in button:
        raise ControlError(f"the message has no button {label} to press")
    people.press(cast.world, message.chat.id, message.id, user, data=button["callback_data"])
    return message


async def _open(cast: Cast, given: Given) -> Message:
    link = given.text_or_none("link") or f"https://t.me/{cast.world.bot.username}?start={given.text('code')}"
    return people.open_link(cast.world, cast.user(given.text("user")), link)


async def _turn(cast: Cast, given: Given) -> None:
    now = cast.playground.clock.now()
    moment = turned(now, given)
    if moment > now:
        await cast.playground.turn_to(moment)


def turned(now: datetime, given: Given) -> datetime:
    """The time a ``turn`` means, seen from ``now``."""
    days = timedelta(days=given.number("days", 0))
    if not given.has("to"):
        hours, minutes = given.number("hours", 0), given.number("minutes", 0)
        return now + days + timedelta(hours=hours, minutes=minutes, seconds=given.number("by_seconds", 0))
    to = given.text("to")
    if len(to) > len("08:00:00"):
        return as_moment(to)
    try:
        at_that_time = datetime.combine((now + days).date(), time.fromisoformat(to), now.tzinfo)
    except ValueError:
        raise ControlError(f"{to} is no time of day") from None
    return at_that_time if at_that_time > now else at_that_time + timedelta(days=1)


async def _member(cast: Cast, given: Given) -> None:
    chat_id, user = cast.chat(given.text("chat")), cast.user(given.text("user"))
    members.set_member(cast.world, chat_id, user, given.text("status"))


async def _block(cast: Cast, given: Given) -> None:
    members.block(cast.world, cast.user(given.text("user")), blocked=given.flag("blocked"))


async def _migrate(cast: Cast, given: Given) -> None:
    members.migrate(cast.world, cast.chat(given.text("chat")))


async def _faults(cast: Cast, given: Given) -> None:
    cast.world.faults.merge(dict(given.values))


DEEDS: dict[str, Callable[[Cast, Given], Awaitable[Message | None]]] = {
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
