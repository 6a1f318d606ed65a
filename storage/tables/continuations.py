"""Messages that go on with what their speaker has just told: names, a number, a place, a photo."""

from datetime import datetime

from sqlmodel import SQLModel, UniqueConstraint

from .columns import json_list, key, optional_reference, telegram_id


class Continuation(SQLModel, table=True):
    """A message that belongs to a report or to a matter told before it, and what it has added."""

    __tablename__ = "continuation"
    __table_args__ = (UniqueConstraint("chat_id", "message_id"),)

    id: int | None = key()
    chat_id: int = telegram_id()
    message_id: int = telegram_id()
    user_id: int = telegram_id(index=True)
    sent_at: datetime
    media_group_id: str | None = None
    report_id: int | None = optional_reference("report.id")  # null: it goes on with a matter
    matter_id: int | None = optional_reference("matter.id")  # null: it goes on with a report
    text: str = ""  # empty: it has no words, or what they added was taken back
    names: list[str] = json_list()  # households named, as written
    households: int = 0  # how many of them the report had not named before
    besides: bool = False  # said to come on top ("还有老赵家")
    count: int | None = None  # the number of households that it gives; null: none
    base_count: int | None = None  # the report's own number, without its continuations
    photos: list[str] = json_list()  # Telegram file ids
