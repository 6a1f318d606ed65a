"""What stands in the digests that people have been sent, so that it can be struck out when it is decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from .columns import json_list, key, optional_telegram_id, reference


class DigestItem(SQLModel, table=True):
    """A line of a digest, with the buttons that decide it there."""

    __tablename__ = "digest_item"
    __table_args__ = (Index("ix_digest_item_subject", "subject_kind", "subject_id"),)

    id: int | None = key()
    notice_id: int = reference("notice.id")
    made_at: datetime
    position: int  # in the message, from 0
    heading: str  # the section that it stands under
    text: str = Field(sa_type=Text)
    buttons: list[list[dict[str, Any]]] = json_list()  # rows, as in Notice
    subject_kind: str | None = None  # matter, household; null: nothing that could be decided
    subject_id: int | None = optional_telegram_id()
    version: int = 0  # of the matter when the line was made
    state: str = ""  # of the matter then; it is decided when this is another
    decided: str | None = Field(default=None, sa_type=Text)  # what became of it; null: it waits
