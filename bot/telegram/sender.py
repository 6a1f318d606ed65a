"""Carries out one outgoing message and says by type how it ended (`bot.domain.delivery`).

Sends plain text: nothing people write needs escaping, and a stray `<` breaks nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from aiohttp import ClientConnectorError

from bot.domain.delivery import ASKS_NOTHING, Method, Migrated, Outgoing, Permanent, Temporary, Unknown
from bot.telegram.api import EditMessageTextRaw, SendMessageRaw

_REQUEST_SECONDS = 30
_TOKEN_REFUSED_WAIT = timedelta(minutes=1)
# The same deed is already done: asking for it again is a success.
_DONE_ALREADY = {
    Method.EDIT: ("message is not modified",),
    Method.DELETE: ("message to delete not found",),
}
_TOPIC_GONE = ("message thread not found", "topic_closed", "topic closed", "topic_deleted")
_CHAT_LOST = ("chat not found", "bot can't initiate conversation", "peer_id_invalid")


class TelegramSender:
    """Sends through one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def deliver(self, outgoing: Outgoing) -> int | None:
        """Do it, and return the message's number in its chat (null for a reaction or deletion).

        Raises:
            DeliveryError: one of its kinds, by what may have happened.
        """
        try:
            return await self._call(outgoing)
        except TelegramRetryAfter as error:
            raise Temporary(str(error.message), retry_after=timedelta(seconds=error.retry_after)) from error
        except TelegramMigrateToChat as error:
            raise Migrated(str(error.message), new_chat_id=error.migrate_to_chat_id) from error
        except TelegramUnauthorizedError as error:
            raise Temporary(
                "Telegram refuses the token (BOT_TOKEN)", retry_after=_TOKEN_REFUSED_WAIT, whole_bot=True
            ) from error
        except TelegramForbiddenError as error:
            raise Permanent(error.message, chat_lost=True) from error
        except TelegramBadRequest as error:
            return await self._after_refusal(outgoing, error)
        except TelegramNetworkError as error:
            # Without a connection the request never left; in all other cases it may have arrived.
            if isinstance(error.__cause__, ClientConnectorError):
                raise Temporary(error.message, whole_bot=True) from error
            raise Unknown(error.message) from error
        except (TelegramServerError, ClientDecodeError) as error:
            raise Unknown(f"{type(error).__name__}: {error.message}") from error
        except TelegramAPIError as error:
            raise Permanent(error.message) from error

    async def _after_refusal(self, outgoing: Outgoing, error: TelegramBadRequest) -> int | None:
        said = error.message.lower()
        if any(words in said for words in _DONE_ALREADY.get(outgoing.method, ())):
            return outgoing.message_id
        if outgoing.topic_id is not None and any(words in said for words in _TOPIC_GONE):
            # A notice in the wrong place is better than none.
            return await self.deliver(_without_topic(outgoing))
        raise Permanent(error.message, chat_lost=any(words in said for words in _CHAT_LOST)) from error

    async def _call(self, outgoing: Outgoing) -> int | None:
        chat, target = outgoing.chat_id, outgoing.message_id
        if outgoing.method is Method.SEND:
            send: TelegramMethod[Any] = SendMessageRaw(
                chat_id=chat,
                text=outgoing.text,
                message_thread_id=outgoing.topic_id,
                reply_parameters=_reply(outgoing),
                reply_markup=_markup(outgoing.buttons),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            sent = await self._bot(send, request_timeout=_REQUEST_SECONDS)
            return int(sent["message_id"])
        if target is None:
            raise Permanent("there is no message to change")
        if outgoing.method is Method.EDIT:
            edit: TelegramMethod[Any] = EditMessageTextRaw(
                text=outgoing.text,
                chat_id=chat,
                message_id=target,
                reply_markup=_keyboard(outgoing.buttons),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            await self._bot(edit, request_timeout=_REQUEST_SECONDS)
            return target
        if outgoing.method is Method.REACT:
            await self._bot.set_message_reaction(
                chat,
                target,
                reaction=[ReactionTypeEmoji(emoji=outgoing.text)] if outgoing.text else [],
                request_timeout=_REQUEST_SECONDS,
            )
            return None
        await self._bot.delete_message(chat, target, request_timeout=_REQUEST_SECONDS)
        return None


def _without_topic(outgoing: Outgoing) -> Outgoing:
    return Outgoing(
        method=outgoing.method,
        chat_id=outgoing.chat_id,
        text=outgoing.text,
        message_id=outgoing.message_id,
        buttons=outgoing.buttons,
    )


def _reply(outgoing: Outgoing) -> ReplyParameters | None:
    if outgoing.reply_to is None:
        return None
    return ReplyParameters(message_id=outgoing.reply_to, allow_sending_without_reply=True)


def _markup(
    rows: list[list[dict[str, Any]]],
) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """The buttons under a message, or those in place of the phone's keyboard (see `ASKS_PHONE`)."""
    asks = rows[0][0].get("asks") if rows and rows[0] else None
    if asks is None:
        return _keyboard(rows)
    if asks == ASKS_NOTHING:
        return ReplyKeyboardRemove(remove_keyboard=True)
    keys = [[KeyboardButton(text=button["text"], request_contact=True) for button in row] for row in rows]
    return ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True, one_time_keyboard=True)


def _keyboard(rows: list[list[dict[str, Any]]]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(button) for button in row] for row in rows])


def _button(button: dict[str, Any]) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=button["text"], callback_data=button.get("data"), url=button.get("url"))
