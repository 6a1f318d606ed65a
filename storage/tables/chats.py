"""Chats the bot is in, codes that bind, questions that wait for a press, and photos of albums."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import SQLModel, UniqueConstraint

from .columns import json_dict, key, optional_reference, optional_telegram_id, reference, telegram_id


class Chat(SQLModel, table=True):
    """A chat that the bot has seen. A private chat's `telegram_id` is its user's."""

    __tablename__ = "chat"

    id: int | None = key()
    telegram_id: int = telegram_id(unique=True)
    kind: str  # private, group, supergroup
    title: str = ""
    unit_id: int | None = optional_reference("unit.id")  # null: not bound
    topic_id: int | None = optional_telegram_id()  # the forum topic it was bound in; null: the whole chat
    bound_at: datetime | None = None
    bot_status: str = "member"  # member, administrator, left, kicked (a private chat: kicked = blocked)
    may_delete: bool | None = None  # whether the bot may delete others' messages there; null: not known
    seen_at: datetime
    migrated_to: int | None = optional_telegram_id()  # the supergroup that this group became


class Invite(SQLModel, table=True):
    """A code that binds a group chat to a unit (`/bind`) or a Telegram user to a person (`/start`)."""

    __tablename__ = "invite"

    id: int | None = key()
    code: str = ""
    kind: str  # group, person
    unit_id: int = reference("unit.id")
    person_id: int | None = optional_reference("person.id")  # null for a group's
    created_at: datetime
    used_at: datetime | None = None
    used_by: int | None = optional_telegram_id()  # the user who used it

    __table_args__ = (UniqueConstraint("code"),)


class Question(SQLModel, table=True):
    """Something the bot was not sure of and asked about, with what it will do on yes.

    `act` holds the act as data. Answered once: `answered_at` is null while it waits; `cancelled`
    when the message it asks about was edited or withdrawn.
    """

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("chat_id", "message_id", "act_index"),)

    id: int | None = key()
    kind: str  # is_act, which_household, which_matter
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    act_index: int
    topic_id: int | None = optional_telegram_id()
    asked_user_id: int = telegram_id(index=True)
    act: dict[str, Any] = json_dict()
    asked_at: datetime
    answered_at: datetime | None = None
    answer: str | None = None


class AwaitedWords(SQLModel, table=True):
    """A button was pressed that needs words (a reason, a date): their next private message has them."""

    __tablename__ = "awaited_words"

    id: int | None = key()
    user_id: int = telegram_id(index=True)
    matter_id: int = reference("matter.id")
    verb: str  # domain.buttons.Verb
    version: int  # of the matter, when they pressed
    asked_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None  # said, dropped, replaced


class AlbumPhoto(SQLModel, table=True):
    """A photo of an album. Its messages come one by one, the one with the words not always first."""

    __tablename__ = "album_photo"
    __table_args__ = (
        UniqueConstraint("chat_id", "message_id"),
        Index("ix_album_photo_album", "chat_id", "media_group_id"),
    )

    id: int | None = key()
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    media_group_id: str
    file_id: str
    received_at: datetime
