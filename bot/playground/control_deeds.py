"""What the control API can be asked to do, one function each.

They give the answer, or a callable that reads it when the bot has reacted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from bot.playground import contacts, members, people
from bot.playground.errors import ControlError
from bot.playground.given import Given

if TYPE_CHECKING:
    from bot.playground.server import Playground

Json = dict[str, Any]
Answer = Json | Callable[[], Json | None]
Deed = Callable[["Playground", Given], Answer | Awaitable[Answer]]


def _user(playground: Playground, given: Given) -> Answer:
    user = playground.world.add_user(
        given.text("name"),
        username=given.text_or_none("username"),
        label=given.text("label", ""),
        role=given.text("role", ""),
        phone=given.text_or_none("phone"),
    )
    return user.control()


def _chat(playground: Playground, given: Given) -> Answer:
    chat = members.add_chat(
        playground.world,
        given.text("type"),
        given.text("title", ""),
        members=given.integers("members"),
        administrators=given.integers("administrators"),
        topics=given.texts("topics"),
    )
    return chat.control


def _member(playground: Playground, given: Given) -> Answer:
    return members.set_member(
        playground.world,
        given.integer("chat_id"),
        given.integer("user_id"),
        given.text("status"),
        by=given.integer_or_none("by"),
    )


def _say(playground: Playground, given: Given) -> Answer:
    source: Any = given.values.get("forward_from")
    if source is not None and source != "hidden":
        source = given.integer("forward_from")
    message = people.say(
        playground.world,
        _chat_id(given),
        given.integer("user_id"),
        given.text_or_none("text"),
        reply_to_id=given.integer_or_none("reply_to_id"),
        topic_id=given.integer_or_none("topic_id"),
        photo=given.flag("photo"),
        caption=given.text_or_none("caption"),
        album=given.integer("album", 0),
        forward_from=source,
        anonymous=given.flag("anonymous"),
        as_channel=given.integer_or_none("as_channel"),
        sent_at=given.moment("sent_at") if given.has("sent_at") else None,
    )
    return message.control


def _chat_id(given: Given) -> int | Literal["private"]:
    return "private" if given.value("chat_id") == "private" else given.integer("chat_id")


def _edit(playground: Playground, given: Given) -> Answer:
    message = people.edit(
        playground.world,
        given.integer("chat_id"),
        given.integer("message_id"),
        given.integer("user_id"),
        given.text("text"),
    )
    return message.control


def _delete(playground: Playground, given: Given) -> Answer:
    people.delete(
        playground.world, given.integer("chat_id"), given.integer("message_id"), given.integer("user_id")
    )
    return {"deleted": True}


def _react(playground: Playground, given: Given) -> Answer:
    message = people.react(
        playground.world,
        given.integer("chat_id"),
        given.integer("message_id"),
        given.integer("user_id"),
        given.text_or_none("emoji"),
    )
    return message.control


def _press(playground: Playground, given: Given) -> Answer:
    query = people.press(
        playground.world,
        given.integer("chat_id"),
        given.integer("message_id"),
        given.integer("user_id"),
        data=given.text("data"),
    )
    return {"callback_query_id": query.id}


def _open(playground: Playground, given: Given) -> Answer:
    return people.open_link(playground.world, given.integer("user_id"), given.text("link")).control


def _contact(playground: Playground, given: Given) -> Answer:
    message = contacts.send_contact(
        playground.world,
        given.integer("user_id"),
        of=given.integer_or_none("of"),
        phone=given.text_or_none("phone"),
    )
    return message.control


def _migrate(playground: Playground, given: Given) -> Answer:
    return {"chat_id": members.migrate(playground.world, given.integer("chat_id")).id}


def _block(playground: Playground, given: Given) -> Answer:
    return members.block(playground.world, given.integer("user_id"), blocked=given.flag("blocked"))


def _set_faults(playground: Playground, given: Given) -> Answer:
    playground.world.faults.merge(dict(given.values))
    return playground.world.faults.show()


async def _clock(playground: Playground, given: Given) -> Answer:
    clock = playground.clock
    if given.has("to"):
        await playground.turn_to(given.moment("to"))
    elif given.has("by_seconds"):
        await playground.turn_to(clock.now() + timedelta(seconds=given.number("by_seconds")))
    elif not given.has("running"):
        raise ControlError("a clock is turned to a time, by seconds, or let run")
    if given.has("running"):
        if given.flag("running"):
            clock.run()
        else:
            clock.stand()
    return lambda: {"now": clock.now().isoformat(), "running": clock.running}


async def _tour(playground: Playground, given: Given) -> Answer:
    tour = playground.tour
    actions = {"start": tour.start, "pause": tour.pause, "stop": tour.stop, "next": tour.next}
    action = given.text("action")
    if action not in actions:
        raise ControlError("a tour can start, pause, stop or go to the next step")
    await actions[action]()
    return tour.show


DEEDS: dict[str, Deed] = {
    "users": _user,
    "chats": _chat,
    "members": _member,
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "press": _press,
    "open": _open,
    "contact": _contact,
    "migrate": _migrate,
    "block": _block,
    "faults": _set_faults,
    "clock": _clock,
    "tour": _tour,
}
"""By their path below ``/control/``."""
