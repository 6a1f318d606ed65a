"""Calls that aiogram's own typed methods are too strict for, and reading a raw update's envelope."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientConnectorError

# chat_member and message_reaction arrive only when asked for by name.
ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
]

# What a call inside a handler (is this user an admin here?) may fail with, and not fail with later.
PASSING = (TelegramNetworkError, TelegramRetryAfter, TelegramServerError)


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without decoding: one update that aiogram does not know would spoil its whole batch."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


# The answers below are taken as they come, for the one field we need. A server of another version may
# leave out or add fields, and a message that was sent must not count as unsent because of that.
class SendMessageRaw(SendMessage):
    """sendMessage with its answer undecoded: a message, of which `message_id` is certain."""

    __returning__ = dict[str, Any]


class EditMessageTextRaw(EditMessageText):
    """editMessageText with its answer undecoded."""

    __returning__ = Any  # type: ignore[assignment]  # aiogram declares the decoded type


class _DiscreetSession(AiohttpSession):
    """Keeps the token out of errors, which are logged, stored with what failed, and shown by `doctor`.

    It is part of every address, and the network library quotes addresses.
    """

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        try:
            return await super().make_request(bot, method, timeout)
        except TelegramNetworkError as error:
            error.message = error.message.replace(bot.token, "…")
            if not isinstance(error.__cause__, ClientConnectorError):  # which names the host alone
                error.__cause__ = error.__context__ = None
            raise


def make_bot(token: str, *, api_url: str | None = None, proxy: str | None = None) -> Bot:
    """The bot's end of the line, to the official server or the one at `api_url`."""
    session = _DiscreetSession(proxy=proxy) if proxy else _DiscreetSession()
    if api_url:
        session.api = TelegramAPIServer.from_base(api_url)
    return Bot(token, session=session)


def chat_of(update: dict[str, Any]) -> int | None:
    """The chat whose order a raw update keeps; null: it belongs to no chat.

    Looks only as deep as it must, so that it also works on updates that cannot be decoded.
    """
    for kind, event in update.items():
        if kind == "update_id" or not isinstance(event, dict):
            continue
        if kind == "callback_query" and isinstance(event.get("message"), dict):
            event = event["message"]
        chat = event.get("chat")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
        sender = event.get("from")
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            return int(sender["id"])
    return None
