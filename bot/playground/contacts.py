"""Contacts that people send to the bot: their own, by the button that asks for it, or somebody's card."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.errors import ControlError
from bot.playground.messages import Message
from bot.playground.users import User
from bot.playground.world import World

Json = dict[str, Any]


def send_contact(world: World, user_id: int, *, of: int | None = None, phone: str | None = None) -> Message:
    """Somebody sends a contact to the bot, privately.

    Args:
        of: whose contact; null: their own, which answers the latest keyboard that asks for it.
        phone: becomes the number of an account that has none yet.

    Raises:
        ControlError: no number is known, they have blocked the bot, or it is the bot's own.
    """
    user = world.user(user_id)
    shown = user if of is None else world.user(of)
    if world.bot in (user, shown):
        raise ControlError("the bot has no phone")
    if user.blocked_bot:
        raise ControlError(f"{user.name} has blocked the bot; unblock it first")
    _learn_phone(world, shown, phone)
    chat = world.private_chat(user.id)
    chat.opened = True
    asking = [each for each in chat.messages.values() if _asks(each) and not each.deleted]
    reply_to_id = asking[-1].id if asking and of is None else None
    return world.post(
        chat, sender=user, author_id=user.id, media={"contact": _contact(shown)}, reply_to_id=reply_to_id
    )


def _learn_phone(world: World, user: User, phone: str | None) -> None:
    if phone is not None and user.phone is None:
        if not re.fullmatch(r"\+?[0-9]{5,15}", phone):
            raise ControlError(f"{phone} is no phone number")
        user.phone = phone
        world.events.add("user", user.control())
    if user.phone is None:
        raise ControlError(f"{user.name} has no phone number; give one", status=409)


def _contact(user: User) -> Json:
    # The platform gives the number in the international form, mostly without its plus.
    number = (user.phone or "").removeprefix("+")
    if re.fullmatch(r"1[0-9]{10}", number):
        number = f"86{number}"
    return {"phone_number": number, "first_name": user.name, "user_id": user.id}


def _asks(message: Message) -> bool:
    rows = (message.markup or {}).get("keyboard", [])
    return any(key.get("request_contact") for row in rows for key in row)
