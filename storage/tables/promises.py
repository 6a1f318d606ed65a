"""Dated words that holders have given on matters (承诺)."""

from datetime import date, datetime

from sqlmodel import SQLModel, UniqueConstraint

from .columns import key, reference, telegram_id


class Promise(SQLModel, table=True):
    """Somebody has said by which day a matter will be settled. Of a matter only the latest stands."""

    __tablename__ = "promise"
    __table_args__ = (UniqueConstraint("chat_id", "message_id", "matter_id"),)

    id: int | None = key()
    matter_id: int = reference("matter.id")
    person_id: int = reference("person.id")
    words: str  # as they were said
    due: date  # the last day in time
    made_at: datetime
    reminded_at: datetime | None = None
    ended_at: datetime | None = None  # null: it stands
    state: str = "standing"  # domain.promises.PromiseState
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
