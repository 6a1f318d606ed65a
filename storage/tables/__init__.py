"""The tables, one file a subject. Importing this package registers all of them in `metadata`.

Every time is aware and stored in UTC; every day is a plain date in the branch's time zone. Ids of
Telegram are 64-bit. Rows are amended or marked, never deleted, but for what retention erases.
"""

from sqlmodel import SQLModel

from .chats import AlbumPhoto, Chat, Invite, Question
from .ledger import ActivitySession, Matter, MatterEvent, Report, Visit
from .operation import AuditEntry, Heartbeat, InboxUpdate, Notice
from .roster import Household, Link, Person, RoleHeld, Unit

metadata = SQLModel.metadata

__all__ = [
    "ActivitySession",
    "AlbumPhoto",
    "AuditEntry",
    "Chat",
    "Heartbeat",
    "Household",
    "InboxUpdate",
    "Invite",
    "Link",
    "Matter",
    "MatterEvent",
    "Notice",
    "Person",
    "Question",
    "Report",
    "RoleHeld",
    "Unit",
    "Visit",
    "metadata",
]
