"""The tables, one file a subject. Importing this package registers all of them in `metadata`.

Every time is aware and stored in UTC; every day is a plain date in the branch's time zone. Ids of
Telegram are 64-bit. Rows are amended or marked, never deleted, but for what retention erases.
"""

from sqlmodel import SQLModel

from .chats import AlbumPhoto, AwaitedWords, Chat, Invite, Question
from .claims import LinkProposal, NameClaim, WrongCode
from .contact import HealthLine, HouseholdAway, Occasion, SpotCheck
from .continuations import Continuation
from .digests import DigestItem
from .leave import Leave, LentMatter
from .ledger import (
    CoReporter,
    FormerNumber,
    Matter,
    MatterEvent,
    MatterOffer,
    Report,
    Visit,
)
from .meetings import (
    ActivitySession,
    AgendaItem,
    Attendance,
    DuesTick,
    HubReport,
    MeetingWords,
    MemberKind,
)
from .operation import AuditEntry, Heartbeat, InboxUpdate, Notice
from .privacy import Consent
from .promises import Promise
from .roster import Household, Link, Person, RoleHeld, Unit
from .words import HeardMessage, ReadingCorrection, VillageWord

metadata = SQLModel.metadata

__all__ = [
    "ActivitySession",
    "AgendaItem",
    "AlbumPhoto",
    "Attendance",
    "AuditEntry",
    "AwaitedWords",
    "Chat",
    "CoReporter",
    "Consent",
    "Continuation",
    "DigestItem",
    "DuesTick",
    "FormerNumber",
    "HealthLine",
    "HeardMessage",
    "Heartbeat",
    "Household",
    "HouseholdAway",
    "HubReport",
    "InboxUpdate",
    "Invite",
    "Leave",
    "LentMatter",
    "Link",
    "LinkProposal",
    "Matter",
    "MatterEvent",
    "MatterOffer",
    "MeetingWords",
    "MemberKind",
    "NameClaim",
    "Notice",
    "Occasion",
    "Person",
    "Promise",
    "Question",
    "ReadingCorrection",
    "Report",
    "RoleHeld",
    "SpotCheck",
    "Unit",
    "VillageWord",
    "Visit",
    "WrongCode",
    "metadata",
]
