"""The handlers as Telegram drives them: raw updates in, one transaction each, and what is sent."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.methods import AnswerCallbackQuery, GetChatMember, TelegramMethod
from sqlmodel import select

from handlers import build_router
from handlers.aftermath import Aftermath
from storage.database import Database
from storage.tables import Notice
from tests.services.acts.village import GROUP_CHAT, Village, at, deliver

NAMES = {
    1001: "王建国",
    1002: "赵六",
    1003: "钱守信",
    1004: "孙八",
    2001: "李小妹",
    2002: "村民甲",
}
BOT_ID = 42
MORNING = at("11-21 10:00")


class FakeTelegram(BaseSession):
    """Answers what handlers and their aftermath may ask; anything else is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.admins: set[int] = set()
        self.answers: list[AnswerCallbackQuery] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - the signature is aiogram's
    ) -> Any:
        if isinstance(method, AnswerCallbackQuery):
            self.answers.append(method)
            return True
        if isinstance(method, GetChatMember):
            return {"status": "administrator" if method.user_id in self.admins else "member"}
        raise AssertionError(f"handlers are not to call {type(method).__name__}")

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""


@dataclass
class Profile:
    """What the assembler tells handlers of the bot."""

    username: str = "lianxin_bot"
    can_read_all_group_messages: bool = True


class Doors:
    """Makes links that only show whom they let in."""

    def link(self, person_id: int, *, now: datetime, to: str = "") -> str:
        return f"https://ledger.example/{person_id}"


@dataclass
class Conversation:
    """Somebody writes, somebody presses; `sent` is what the bot has said, in order."""

    database: Database
    village: Village
    now: datetime = MORNING
    telegram: FakeTelegram = field(default_factory=FakeTelegram)
    profile: Profile = field(default_factory=Profile)
    sent: list[Notice] = field(default_factory=list)
    last_id: int = 100

    def __post_init__(self) -> None:
        self.bot = Bot("42:TEST", session=self.telegram)
        self.dispatcher = Dispatcher(disable_fsm=True, doors=Doors())
        self.dispatcher.include_router(build_router())

    async def feed(self, kind: str, event: dict[str, Any]) -> None:
        """One update in one transaction; what it causes is sent at once."""
        aftermath = Aftermath()
        self.last_id += 1
        async with self.database.transaction() as session:
            await self.dispatcher.feed_raw_update(
                self.bot,
                {"update_id": self.last_id, kind: event},
                session=session,
                now=self.now,
                aftermath=aftermath,
                bot_profile=self.profile,
            )
        await aftermath.run(self.bot)
        async with self.database.transaction() as session:
            self.sent += await deliver(session, self.now)

    def message(self, by: int | None, text: str, chat: int = GROUP_CHAT, /, **more: Any) -> dict[str, Any]:
        """A message as Telegram would give it."""
        self.last_id += 1
        raw: dict[str, Any] = {
            "message_id": self.last_id,
            "date": int(self.now.timestamp()),
            "chat": _chat(chat),
            "from": _user(by),
            "text": text,
        }
        if text.startswith("/"):
            raw["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        raw.update(more)
        return {name: value for name, value in raw.items() if value is not None}

    async def says(self, by: int | None, text: str, chat: int = GROUP_CHAT, /, **more: Any) -> dict[str, Any]:
        """Somebody writes; returns the message."""
        raw = self.message(by, text, chat, **more)
        await self.feed("message", raw)
        return raw

    async def edits(self, raw: dict[str, Any], text: str) -> None:
        """Somebody edits their message."""
        await self.feed("edited_message", {**raw, "text": text, "edit_date": int(self.now.timestamp())})

    async def presses(self, by: int, notice: Notice, label: str) -> str:
        """Somebody presses a button of what the bot has sent; returns what they are shown."""
        data = next(b["data"] for row in notice.buttons for b in row if b["text"] == label)
        self.last_id += 1
        event = {
            "id": str(self.last_id),
            "from": _user(by),
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": notice.message_id,
                "date": int(self.now.timestamp()),
                "chat": _chat(notice.chat_id or 0),
                "from": {"id": BOT_ID, "is_bot": True, "first_name": "连心桥"},
                "text": notice.text,
            },
        }
        before = len(self.telegram.answers)
        await self.feed("callback_query", event)
        assert len(self.telegram.answers) == before + 1, "every press is answered once"
        return self.telegram.answers[-1].text or ""

    def later(self, **span: float) -> None:
        """Time goes on."""
        self.now += timedelta(**span)

    def said_to(self, chat: int) -> list[str]:
        """What the bot has sent into a chat so far; edits and reactions are not among it."""
        return [notice.text for notice in self.sent if notice.chat_id == chat and notice.method == "send"]

    def reactions(self) -> list[tuple[int | None, str]]:
        """The messages reacted to, with the emoji."""
        return [(one.target_message_id, one.text) for one in self.sent if one.method == "react"]

    async def rows(self, table: type[Any]) -> list[Any]:
        """All rows of a table, in the order in which they were made."""
        async with self.database.reading() as session:
            return list(await session.exec(select(table).order_by(table.id)))


def reply_to(raw: dict[str, Any] | Notice) -> dict[str, Any]:
    """The field that makes a message a reply to a message, or to what the bot has sent."""
    if isinstance(raw, Notice):
        raw = {
            "message_id": raw.message_id,
            "date": 1,
            "chat": _chat(raw.chat_id or 0),
            "from": {"id": BOT_ID, "is_bot": True, "first_name": "连心桥"},
            "text": raw.text,
        }
    return {"reply_to_message": raw}


def _user(by: int | None) -> dict[str, Any]:
    if by is None:  # what stands in for an anonymous admin
        return {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    return {"id": by, "is_bot": False, "first_name": NAMES.get(by, "某人")}


def _chat(chat: int) -> dict[str, Any]:
    if chat > 0:
        return {"id": chat, "type": "private", "first_name": NAMES.get(chat, "某人")}
    return {"id": chat, "type": "supergroup", "title": "柳树村联户群"}
