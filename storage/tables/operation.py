"""What keeps the machine honest: updates received, notices to send, who did what, signs of life."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel, UniqueConstraint

from .columns import json_list, key, optional_reference, optional_telegram_id, telegram_id


class InboxUpdate(SQLModel, table=True):
    """An update as Telegram sent it. Stored before it is acknowledged, then handled once.

    `state`: `pending` until handled, then `done` (its payload is emptied) or `set_aside` (it could not
    be decoded or its handler failed; text and error stay until somebody has looked).
    """

    __tablename__ = "inbox_update"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index("ix_inbox_update_waiting", "state", "chat_id", "id"),
    )

    id: int | None = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    chat_id: int | None = optional_telegram_id()  # null: belongs to no chat
    payload: str = Field(sa_type=Text)
    received_at: datetime
    state: str = "pending"
    attempts: int = 0
    error: str | None = Field(default=None, sa_type=Text)
    finished_at: datetime | None = None


class Notice(SQLModel, table=True):
    """A message to send, edit or react with: the outbox. Committed with the change that causes it.

    `key` names what it is about and when it was due, so that the same notice is never made twice.
    The destination is `chat_id`, or the private chat of `person_id` when `chat_id` is null.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_notice_waiting", "state", "due_at"),
        Index("ix_notice_subject", "subject_kind", "subject_id"),
        Index("ix_notice_message", "chat_id", "message_id"),
    )

    id: int | None = key()
    key: str
    kind: str  # "matter.raised", "visit.reminder", …
    priority: int  # storage.outbox.Priority: lower goes first
    method: str = "send"  # send, edit, react, delete
    branch_id: int | None = optional_reference("unit.id")
    person_id: int | None = optional_reference("person.id")
    recipient: str = ""  # name of the person or chat, for exports
    chat_id: int | None = optional_telegram_id()
    topic_id: int | None = optional_telegram_id()
    text: str = Field(sa_type=Text)
    buttons: list[list[dict[str, Any]]] = json_list()  # rows, as domain.delivery.Outgoing has them
    reply_to: int | None = optional_telegram_id()  # message id in the same chat
    target_message_id: int | None = optional_telegram_id()  # of an edit or reaction
    edits_notice_id: int | None = optional_reference("notice.id", index=False)  # edit what this notice sent
    subject_kind: str | None = None  # matter, report, question, person, …
    subject_id: int | None = optional_telegram_id()
    created_at: datetime
    due_at: datetime
    breaks_quiet: bool = False
    expires_at: datetime | None = None  # not worth sending later; null: always worth it
    state: str = "pending"  # pending, sent, unknown, cancelled, failed
    attempts: int = 0
    attempt_started_at: datetime | None = None  # set while an attempt is under way
    next_attempt_at: datetime | None = None  # after a temporary failure
    sent_at: datetime | None = None
    message_id: int | None = optional_telegram_id()
    cancelled_by: str | None = None
    cancelled_at: datetime | None = None
    error: str | None = Field(default=None, sa_type=Text)


class AuditEntry(SQLModel, table=True):
    """Who saw, changed or exported what."""

    __tablename__ = "audit_entry"

    id: int | None = key()
    at: datetime
    by_person_id: int | None = optional_reference("person.id")
    by_name: str
    action: str  # "matter.view", "roster.import", "export.matters", …
    subject: str = ""
    detail: str = ""


class Heartbeat(SQLModel, table=True):
    """The latest success of something that must keep happening (`poll`, `cycle`, `deliver`)."""

    __tablename__ = "heartbeat"

    name: str = Field(primary_key=True)
    at: datetime
    detail: str = ""
