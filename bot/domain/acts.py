"""What a group message does to the ledger: the acts read from it, and their codes.

The codes are those of the labelling guide; they appear in exports, so they never change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Sureness(StrEnum):
    """`sure` acts are recorded; `probably` acts are asked about, one question with buttons."""

    SURE = "sure"
    PROBABLY = "probably"


class Category(StrEnum):
    """What a grievance is about."""

    INFRASTRUCTURE = "infrastructure"
    ENVIRONMENT = "environment"
    SAFETY = "safety"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    SERVICE = "service"
    HEALTH = "health"
    LIVELIHOOD = "livelihood"
    POLICY = "policy"
    EDUCATION = "education"
    LAND_HOUSING = "land_housing"
    DISCIPLINE = "discipline"
    OTHER = "other"


class Urgency(StrEnum):
    """`emergency`: life or limb now. `urgent`: somebody suffers until it is dealt with. `normal`: else."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"


class VisitMode(StrEnum):
    """How the household was contacted."""

    HOME = "home"
    PHONE = "phone"
    ONLINE = "online"


class Service(StrEnum):
    """What was done for a household during a visit."""

    PUBLICITY = "publicity"
    HEALTH_CHECK = "health_check"
    ERRAND = "errand"
    SUPPLIES = "supplies"
    CLEANING = "cleaning"
    REPAIR = "repair"
    MEDIATION = "mediation"
    FARM_HELP = "farm_help"
    HAZARD_CHECK = "hazard_check"


class ActivityKind(StrEnum):
    """A collective event that has happened."""

    STUDY = "study"
    PARTY_DAY = "party_day"
    VOLUNTEER = "volunteer"
    PUBLICITY = "publicity"
    MEDIATION = "mediation"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Visit:
    """The speaker has been in contact with linked households.

    count: households contacted (户); null when neither a number nor a name is given.
    households: those named, in order, as written but without a closing 家.
    date: day of the visit; of a period, its last day.
    cumulative: `count` is a running total for a period, not one occasion's.
    evidence: the words of the message that made it a visit.
    """

    count: int | None
    households: tuple[str, ...]
    date: dt.date
    mode: VisitMode
    cumulative: bool
    services: tuple[Service, ...]
    sureness: Sureness = Sureness.SURE
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grievance:
    """Somebody needs, lacks, complains of, asks for or suggests something the village should see to.

    about: household or person as written; null when it is the speaker's own or everybody's.
    resolved: the same message says that it has been dealt with.
    span: the clauses of the message that tell it, as written; they go into the ledger.
    """

    category: Category
    urgency: Urgency
    about: str | None
    resolved: bool
    span: str
    sureness: Sureness = Sureness.SURE
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """An earlier matter is reported as dealt with.

    refers: matter numbers given; empty when it is told in words.
    about: household or person named with it, if any.
    """

    refers: tuple[int, ...]
    about: str | None = None
    sureness: Sureness = Sureness.SURE
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """The speaker takes back or changes an earlier report of theirs.

    count: the right number of households; null when the report is withdrawn or no number changes.
    withdraw: the report is taken back as a whole.
    """

    count: int | None
    withdraw: bool
    sureness: Sureness = Sureness.SURE
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """The speaker held or took part in a collective event that has happened.

    participants: people taking part as stated; null when not stated.
    """

    activity: ActivityKind
    participants: int | None
    date: dt.date
    sureness: Sureness = Sureness.SURE
    evidence: tuple[str, ...] = ()


Act = Visit | Grievance | Resolution | Correction | Activity
