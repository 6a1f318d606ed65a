"""Names that several may claim, codes tried in vain, and links that wait for somebody's consent."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from .columns import json_list, key, optional_reference, reference, telegram_id


class NameClaim(SQLModel, table=True):
    """A Telegram user says that they are somebody on the roster, and the secretary is asked."""

    __tablename__ = "name_claim"

    id: int | None = key()
    person_id: int = reference("person.id")
    user_id: int = telegram_id(index=True)
    user_name: str = ""  # as Telegram shows them
    how: str  # domain.claims.How: what speaks for them
    asked_at: datetime
    state: str = "waiting"  # domain.claims.ClaimState
    decided_at: datetime | None = None
    decided_by_id: int | None = optional_reference("person.id", index=False)  # null: nobody had to


class WrongCode(SQLModel, table=True):
    """Somebody opened the bot with a code that there is not. Kept for as long as such tries are counted."""

    __tablename__ = "wrong_code"
    __table_args__ = (Index("ix_wrong_code_user", "user_id", "at"),)

    id: int | None = key()
    user_id: int = telegram_id()
    at: datetime


class LinkProposal(SQLModel, table=True):
    """That a member shall answer for some households: decided by the secretary, then by the member."""

    __tablename__ = "link_proposal"

    id: int | None = key()
    branch_id: int = reference("unit.id")
    household_ids: list[int] = json_list()
    person_id: int = reference("person.id")  # the member who shall
    from_person_id: int | None = optional_reference("person.id")  # who lets go of them; null: nobody has them
    removing: bool = False  # whether `from_person_id` leaves the roster with it
    way: str  # domain.linking.Way
    reason: str = ""  # why this member, in words
    asked_by_id: int | None = optional_reference("person.id", index=False)  # null: the bot itself
    passed_over: list[int] = json_list()  # members who were proposed before
    state: str = "with_secretary"  # domain.linking.ProposalState
    version: int = 0
    created_at: datetime
    decided_at: datetime | None = None
