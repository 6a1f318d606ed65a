"""Updates such as a newer Bot API may send: well-formed, but with a kind of thing no library knows yet."""

from __future__ import annotations

from typing import Any

from bot.playground.chats import Chat, member_json
from bot.playground.users import User

Json = dict[str, Any]


def undecodable(number: int, chat: Chat, user: User, date: int) -> tuple[str, Json]:
    """Kind and data of an update of the default kinds; three sorts take turns by ``number``."""
    common = {"chat": chat.api(), "from": user.api(), "date": date}
    if number % 3 == 0:
        unknown = member_json(user, "member") | {"status": "apprentice"}
        return "my_chat_member", common | {
            "old_chat_member": unknown,
            "new_chat_member": unknown,
        }
    origin = (
        {"type": "teleport", "date": date} if number % 3 == 1 else {"type": "hidden_user", "date": "soon"}
    )
    # Message ids beyond all real ones: an undecodable message must not shadow one that was really said.
    return "message", common | {"message_id": 2_000_000_000 + number, "text": "?", "forward_origin": origin}
