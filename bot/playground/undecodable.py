"""Updates such as a newer Bot API may send: well-formed, but with a kind of thing no library knows yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.chats import Chat, member_json
from bot.playground.users import User

Json = dict[str, Any]


def undecodable(
    number: int, chat: Chat, user: User, date: int, *, wants: Callable[[str], bool]
) -> tuple[str, Json]:
    """Kind and data of such an update; sorts take turns by ``number``, as far as the bot wants their kind."""
    if number % 3 == 0 and wants("message_reaction"):
        hologram = [{"type": "hologram", "hologram_id": str(number)}]
        reaction: Json = {"chat": chat.api(), "user": user.api(), "date": date, "message_id": 1}
        return "message_reaction", reaction | {"old_reaction": [], "new_reaction": hologram}
    common: Json = {"chat": chat.api(), "from": user.api(), "date": date}
    if number % 3 == 1 and wants("my_chat_member"):
        unknown = member_json(user, "member") | {"status": "apprentice"}
        return "my_chat_member", common | {"old_chat_member": unknown, "new_chat_member": unknown}
    origin = {"type": "teleport", "date": date}
    # Message ids beyond all real ones: an undecodable message must not shadow one that was really said.
    return "message", common | {"message_id": 2_000_000_000 + number, "text": "?", "forward_origin": origin}
