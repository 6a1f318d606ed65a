"""Points (积分): what a member has earned by duties done.

An account is a sum of entries, each for an event that counts once. Nothing is earned by using the bot: a
visit counts when the household was due, a second one in the same days does not, and a day earns no more than
its cap. How members stand to one another is another matter: see `duties`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.cadence import ContactState, ReminderRule, standing
from bot.domain.roster import HouseholdKind


class Source(StrEnum):
    """Where an entry comes from."""

    VISIT = "visit"
    MATTER = "matter"
    MEETING = "meeting"
    EXCHANGE = "exchange"
    ADJUST = "adjust"  # by the secretary, with a reason


class ExchangeAnswer(StrEnum):
    """What became of a wish to exchange points."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PointRules:
    """What earns points, and who sees them.

    on: whether points are kept at all.
    visit, care_visit: for a household contacted when it was due; the latter for `care_kinds`.
    matter: for a matter settled in time and to its people's content. meeting: for having come.
    daily_cap: most that one day earns.
    everybody_sees: members may see the ranking; else the secretary alone.
    praise_in_group: the first of the ranking are named in the group; else to the secretary alone.
    stars: shares, rising, from which a year earns one star more.
    """

    on: bool
    visit: int
    care_visit: int
    care_kinds: frozenset[HouseholdKind]
    matter: int
    meeting: int
    daily_cap: int
    everybody_sees: bool
    praise_in_group: bool
    stars: tuple[float, ...]

    def for_visit(self, kinds: Iterable[str]) -> int:
        """What a visit of a household of these kinds earns."""
        return self.care_visit if self.care_kinds.intersection(kinds) else self.visit

    def stars_for(self, share: float | None) -> int:
        """How many stars a share of duties done earns; none when nothing fell to the member."""
        return 0 if share is None else sum(share >= least for least in self.stars)


@dataclass(frozen=True, slots=True)
class Charge:
    """A member answers for a household for a while.

    head: the household's.
    first, last: the days of it that are looked at.
    since: when it began; the first contact counts from then.
    period: days within which the household is to be contacted.
    points: what a contact earns.
    """

    person_id: int
    household_id: int
    head: str
    since: date
    first: date
    last: date
    period: int
    points: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A household was contacted by a member on a day."""

    person_id: int
    household_id: int
    day: date


@dataclass(frozen=True, slots=True)
class Earned:
    """An event that earns points. `event` names it for good: `visit:<household>:<person>:<day>`.

    about: the household's head, the matter's number, the session's title.
    """

    event: str
    person_id: int
    day: date
    points: int
    source: Source
    about: str = ""


def visits_earning(
    charges: Sequence[Charge], contacts: Sequence[Contact], rule: ReminderRule
) -> list[Earned]:
    """The contacts that earn points: of a household that was due, by somebody who answered for it.

    Args:
        contacts: of earlier days too, by anybody: they say when a household was due.
    """
    days = days_of_contact(contacts)
    earned: dict[str, Earned] = {}
    for contact in contacts:
        charge = _charge_of(contact, charges)
        if charge is not None and counts(contact.day, days[contact.household_id], charge, rule):
            event = f"visit:{contact.household_id}:{contact.person_id}:{contact.day.isoformat()}"
            points, who = charge.points, contact.person_id
            earned[event] = Earned(event, who, contact.day, points, Source.VISIT, charge.head)
    return list(earned.values())


def days_of_contact(contacts: Iterable[Contact]) -> dict[int, list[date]]:
    """The days on which each household was contacted, by anybody."""
    days: dict[int, set[date]] = defaultdict(set)
    for contact in contacts:
        days[contact.household_id].add(contact.day)
    return {household_id: sorted(found) for household_id, found in days.items()}


def counts(day: date, days: Sequence[date], charge: Charge, rule: ReminderRule) -> bool:
    """Whether a contact on a day was of a household that was due: a first reminder of it could have come.

    Args:
        days: all days on which the household was contacted.
    """
    stands = standing(
        period=charge.period,
        linked_since=charge.since,
        last_contact=max((one for one in days if one < day), default=None),
        today=day,
        rule=rule,
        excused=False,
    )
    return stands.state is not ContactState.DONE


def capped(earned: Iterable[Earned], cap: int) -> list[Earned]:
    """The same with no more than `cap` for any member and day; what is left of an event may be less.

    The dearest go first, so that the order in which messages came does not matter.
    """
    left: dict[tuple[int, date], int] = defaultdict(lambda: cap)
    kept = []
    for one in sorted(earned, key=lambda each: (-each.points, each.event)):
        points = min(one.points, left[one.person_id, one.day])
        left[one.person_id, one.day] -= points
        if points > 0:
            kept.append(Earned(one.event, one.person_id, one.day, points, one.source, one.about))
    return sorted(kept, key=lambda each: (each.day, each.event))


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry to be added to an account. `key` is free.

    back: something is taken back; `about` is then why it had been given.
    """

    key: str
    person_id: int
    day: date
    points: int
    source: Source
    about: str
    back: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What an account holds of an event: how often it was entered, and the sum of it. why: of the first."""

    person_id: int
    day: date
    times: int
    sum: int
    source: Source
    why: str


def postings(earned: Sequence[Earned], entered: Mapping[str, Held]) -> list[Posting]:
    """What has to be added so that the accounts hold what was earned: new events, and what no longer stands.

    Args:
        entered: by event, those of the time that is looked at.
    """
    due = {one.event: one for one in earned}
    found = []
    for event in sorted({*due, *entered}):
        wanted, held = due.get(event), entered.get(event)
        difference = (wanted.points if wanted else 0) - (held.sum if held else 0)
        known = wanted or held
        if difference == 0 or known is None:
            continue
        back = difference < 0 and held is not None
        found.append(
            Posting(
                f"{event}#{(held.times if held else 0) + 1}",
                known.person_id,
                known.day,
                difference,
                known.source,
                held.why if back and held else wanted.about if wanted else "",
                back,
            )
        )
    return found


def _charge_of(contact: Contact, charges: Sequence[Charge]) -> Charge | None:
    whose = (contact.person_id, contact.household_id)
    for charge in charges:
        if (charge.person_id, charge.household_id) == whose and charge.first <= contact.day <= charge.last:
            return charge
    return None
