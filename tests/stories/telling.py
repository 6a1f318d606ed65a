"""The words in which stories are told: who says what, what they hear, how time passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from bot.demo.village import BRANCH, ZONE, Village
from bot.playground import people
from bot.playground.messages import Message
from bot.services.roster.parameters import for_unit
from bot.services.views.ledger_view import LedgerPage, MatterRow, NoticeRow, ledger_page
from bot.services.visits.coverage import Covered, coverage
from storage.queries.leaves import responsible_on
from storage.tables import Household, InboxUpdate, Notice, Unit


def on(month: int, day: int, clock: str = "12:00") -> datetime:
    """A moment of 2026 in the village."""
    hours, minutes = map(int, clock.split(":"))
    return datetime(2026, month, day, hours, minutes, tzinfo=ZONE)


def of(texts: list[str], *words: str) -> list[str]:
    """Those of these messages that have all of these words."""
    return [text for text in texts if all(word in text for word in words)]


def labels(message: Message) -> list[str]:
    """What stands on its buttons."""
    return [button["text"] for row in (message.markup or {}).get("inline_keyboard", []) for button in row]


@dataclass
class Tale:
    """A village one can talk about. Everything done returns when the bot has dealt with it."""

    village: Village
    _heard: dict[int, int] = field(default_factory=dict)  # by chat: the last message that was listened to

    @property
    def now(self) -> datetime:
        return self.village.clock.now()

    # What people do

    async def say(
        self, name: str, text: str, *, private: bool = False, reply_to: Message | None = None, **more: Any
    ) -> Message:
        """`name` writes in the group, or privately to the bot."""
        message = people.say(
            self.village.world,
            "private" if private else self.village.group.id,
            self._id(name),
            text,
            reply_to_id=None if reply_to is None else reply_to.id,
            **more,
        )
        await self.village.settle()
        return message

    async def edit(self, message: Message, text: str) -> None:
        """The author of `message` edits it."""
        people.edit(self.village.world, message.chat.id, message.id, message.author_id, text)
        await self.village.settle()

    async def press(self, name: str, label: str, *, on: Message | None = None) -> str:
        """`name` presses the button on `on`, or on the latest message to them that has it.

        Returns:
            What the bot showed them.
        """
        message = on or self._latest_with(name, label)
        button = people.find_button(message, label)
        assert button is not None, f"no button {label} on: {message.text}"
        shown: list[str] = []
        listener = _answers_to(self._id(name), shown)
        self.village.world.events.listeners.append(listener)
        try:
            people.press(
                self.village.world, message.chat.id, message.id, self._id(name), data=button["callback_data"]
            )
            await self.village.settle()
        finally:
            self.village.world.events.listeners.remove(listener)
        return shown[-1] if shown else ""

    async def override(self, **values: object) -> None:
        """Set parameters of the branch; `__` stands for the dot in their names."""
        async with self.village.app.database.transaction() as session:
            branch = (await session.exec(select(Unit).where(Unit.name == BRANCH))).one()
            changes = {name.replace("__", "."): value for name, value in values.items()}
            branch.overrides = {**branch.overrides, **changes}
            session.add(branch)

    # How time passes

    async def fast_forward(self, **span: float) -> None:
        """Turn the clock by a span (`hours=25`), letting everything happen that falls due on the way."""
        await self.turn_to(self.now + timedelta(**span))

    async def turn_to(self, moment: datetime | str) -> None:
        """Turn the clock to a moment, or to the next time that it is "08:00"."""
        if isinstance(moment, str):
            hours, minutes = map(int, moment.split(":"))
            wanted = self.now.replace(hour=hours, minute=minutes, second=0, microsecond=0)
            moment = wanted if wanted > self.now else wanted + timedelta(days=1)
        await self.village.playground.turn_to(moment)

    # What is to be seen

    def said_to(self, name: str) -> list[str]:
        """Everything that the bot has written privately to `name`, as it reads now."""
        return [message.text or "" for message in self.from_bot(self._id(name))]

    def said_in_group(self) -> list[str]:
        """Everything that the bot has written in the group, as it reads now."""
        return [message.text or "" for message in self.from_bot(self.village.group.id)]

    def heard(self, name: str) -> list[str]:
        """What the bot has written privately to `name` since this was last asked."""
        return self._fresh(self._id(name))

    def heard_in_group(self) -> list[str]:
        """What the bot has written in the group since this was last asked."""
        return self._fresh(self.village.group.id)

    def listen_from_now(self) -> None:
        """What has been said until now has been heard."""
        for chat in self.village.world.chats.values():
            self._heard[chat.id] = chat.last_message_id

    def reaction_to(self, message: Message) -> str | None:
        """The bot's reaction."""
        return message.reactions.get(self.village.world.bot.id)

    async def ledger(self) -> LedgerPage:
        """The branch's ledger as it stands."""
        async with self.village.app.database.reading() as session:
            branch = (await session.exec(select(Unit.id).where(Unit.name == BRANCH))).one()
            return await ledger_page(session, branch or 0, limit=1000)

    async def matter(self, number: int = 1) -> MatterRow:
        """The matter with this number."""
        return next(matter for matter in (await self.ledger()).matters if matter.number == number)

    async def notices(self, kind: str) -> Sequence[NoticeRow]:
        """Messages of this kind, oldest first."""
        return [notice for notice in reversed((await self.ledger()).notices) if notice.kind == kind]

    async def stands(self, head: str) -> Covered:
        """How a household stands now."""
        async with self.village.app.database.reading() as session:
            branch = (await session.exec(select(Unit).where(Unit.name == BRANCH))).one()
            preset = await for_unit(session, branch.id)
            today = self.now.astimezone(preset.zone).date()
            covered = await coverage(session, branch.id or 0, preset, today=today)
            return next(one for one in covered if one.household.head == head)

    async def answers_for(self, head: str, day: date | None = None) -> list[str]:
        """Who answers for a household. day: null: today."""
        async with self.village.app.database.reading() as session:
            household = (await session.exec(select(Household).where(Household.head == head))).one()
            day = day or self.now.astimezone(ZONE).date()
            return [person.name for person in await responsible_on(session, household.id or 0, day)]

    async def rows(self, table: type[Any]) -> list[Any]:
        """Everything in a table, oldest first."""
        async with self.village.app.database.reading() as session:
            return list(await session.exec(select(table).order_by(col(table.id))))

    async def nothing_is_left_over(self) -> None:
        """Every update is handled, and every notice has come to an end."""
        async with self.village.app.database.reading() as session:
            updates = set(await session.exec(select(InboxUpdate.state)))
            notices = list(await session.exec(select(Notice).where(Notice.due_at <= self.now)))
        assert updates <= {"done"}, updates
        assert {notice.state for notice in notices} <= {"sent", "cancelled"}, [
            (notice.key, notice.state, notice.error)
            for notice in notices
            if notice.state not in {"sent", "cancelled"}
        ]

    def _id(self, name: str) -> int:
        return self.village.people[name].id

    def from_bot(self, chat_id: int) -> list[Message]:
        """The bot's messages in a chat."""
        chat = self.village.world.chats.get(chat_id)
        bot = self.village.world.bot.id
        messages = [] if chat is None else chat.messages.values()
        return [each for each in messages if each.author_id == bot and not each.deleted]

    def _fresh(self, chat_id: int) -> list[str]:
        since = self._heard.get(chat_id, 0)
        fresh = [each for each in self.from_bot(chat_id) if each.id > since]
        if fresh:
            self._heard[chat_id] = fresh[-1].id
        return [each.text or "" for each in fresh]

    def _latest_with(self, name: str, label: str) -> Message:
        for chat_id in (self._id(name), self.village.group.id):
            for message in reversed(self.from_bot(chat_id)):
                if people.find_button(message, label) is not None:
                    return message
        raise AssertionError(f"{name} has no button {label}; they have heard {self.said_to(name)}")


def _answers_to(user_id: int, shown: list[str]) -> Any:
    def hear(event: dict[str, Any]) -> None:
        if event["type"] == "answer" and event["data"]["user_id"] == user_id:
            shown.append(event["data"]["text"] or "")

    return hear
