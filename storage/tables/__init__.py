"""The tables, one file a subject. Importing this package registers all of them in `metadata`.

Every time is aware and stored in UTC; every day is a plain date in the branch's time zone. Ids of
Telegram are 64-bit. Rows are amended or marked, never deleted, but for what retention erases.
"""

from sqlmodel import SQLModel

from .appraisal import (
    AppraisalRound,
    BallotCount,
    BallotPaper,
    BallotWords,
    PointBulletin,
    PointEntry,
    PointExchange,
    PointGoods,
    Verdict,
    WordsToAdd,
)
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
from .roll_calls import RollCall, RollCallAsk, RollCallEvent, RollCallHousehold
from .roster import Household, Link, Person, RoleHeld, Unit
from .words import HeardMessage, ReadingCorrection, VillageWord

metadata = SQLModel.metadata

__all__ = [
    "ActivitySession",
    "AgendaItem",
    "AlbumPhoto",
    "AppraisalRound",
    "Attendance",
    "AuditEntry",
    "AwaitedWords",
    "BallotCount",
    "BallotPaper",
    "BallotWords",
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
    "PointBulletin",
    "PointEntry",
    "PointExchange",
    "PointGoods",
    "Promise",
    "Question",
    "ReadingCorrection",
    "Report",
    "RoleHeld",
    "RollCall",
    "RollCallAsk",
    "RollCallEvent",
    "RollCallHousehold",
    "SpotCheck",
    "Unit",
    "Verdict",
    "VillageWord",
    "Visit",
    "WordsToAdd",
    "WrongCode",
    "metadata",
]
