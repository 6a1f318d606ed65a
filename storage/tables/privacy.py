"""Who has been told what is kept of them, and for what."""

from datetime import datetime

from sqlmodel import SQLModel

from .columns import key, telegram_id


class Consent(SQLModel, table=True):
    """A resident was told, when the bot first heard from them, what is kept and how to have it erased."""

    __tablename__ = "consent"

    id: int | None = key()
    telegram_id: int = telegram_id(unique=True)
    told_at: datetime
    way: str  # start, plate, group: where they were first heard of
