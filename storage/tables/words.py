"""A village's own words, what was heard lately, and readings that people have put right."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel, UniqueConstraint

from .columns import json_list, key, optional_reference, optional_telegram_id, reference, telegram_id


class VillageWord(SQLModel, table=True):
    """A word that a branch's secretary has taught the bot. Forgotten ones stay, marked."""

    __tablename__ = "village_word"
    __table_args__ = (UniqueConstraint("branch_id", "word"),)

    id: int | None = key()
    branch_id: int = reference("unit.id")
    word: str  # in one spelling: simplified, half width
    meaning: str  # domain.taught.Meaning
    household_id: int | None = optional_reference("household.id")  # of a nickname
    category: str | None = None  # of a kind of trouble: domain.acts.Category
    urgency: str | None = None  # of a kind of trouble: domain.acts.Urgency
    taught_at: datetime
    taught_by_id: int | None = optional_reference("person.id")
    taught_by: str
    forgotten_at: datetime | None = None


class HeardMessage(SQLModel, table=True):
    """What was written in a bound group lately, sealed; erased after `retention.heard_days` at the latest.

    Kept to show what a word that is being taught would change, and for whoever corrects a reading.
    """

    __tablename__ = "heard_message"
    __table_args__ = (
        UniqueConstraint("chat_id", "message_id"),
        Index("ix_heard_message_lately", "branch_id", "sent_at"),
    )

    id: int | None = key()
    branch_id: int = reference("unit.id", index=False)
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    telegram_id: int | None = optional_telegram_id(index=True)  # who wrote it, so that it can be erased
    sent_at: datetime
    sealed: str = Field(sa_type=Text)  # words, speaker and acts read, under a key of BOT_SECRET_KEY


class ReadingCorrection(SQLModel, table=True):
    """A message that was read wrongly or doubtfully, with the acts that people say it makes."""

    __tablename__ = "reading_correction"
    __table_args__ = (UniqueConstraint("chat_id", "message_id"),)

    id: int | None = key()
    branch_id: int = reference("unit.id")
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    text: str = Field(sa_type=Text)
    sent_at: datetime
    speaker: str  # bot.text.Speaker
    reply_to: str | None = Field(default=None, sa_type=Text)
    read_as: list[dict[str, Any]] = json_list()  # acts as the guide writes them
    acts: list[dict[str, Any]] = json_list()  # as they should be
    corrected_at: datetime
    corrected_by_id: int | None = optional_reference("person.id")
    corrected_by: str
    what: str  # the latest thing put right: not_matter, category, urgency, not_visit, count, date, asked
