"""Who is in a chat, as far as the bot may know."""

from __future__ import annotations

from typing import Any

from bot.playground.chats import Chat, member_json
from bot.playground.errors import bad_request
from bot.playground.methods.registry import Call, method
from bot.playground.methods.targets import any_chat, person, reachable_chat

Json = dict[str, Any]


@method("getChatMember")
def get_chat_member(call: Call) -> Json:
    chat = _chat(call)
    user = person(call)
    return member_json(user, chat.status(user.id))


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    chat = _chat(call)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [each for each in chat.members if chat.is_admin(each)]
    return [member_json(call.world.user(each), chat.status(each)) for each in admins]


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    chat = _chat(call)
    return sum(chat.has(each) for each in chat.members)


def _chat(call: Call) -> Chat:
    chat = any_chat(call)
    return chat if chat.type == "private" else reachable_chat(call)
