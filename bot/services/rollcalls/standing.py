"""A roll-call with everything that is needed to show it, loaded at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.preset import Preset
from bot.domain.roll_call import AskedAs, CallStatus, Counted, HouseholdState, Tally, tally
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import roll_calls
from storage.queries.exports import groups_of
from storage.tables import Household, Person, RollCall, RollCallAsk, RollCallHousehold, Unit

SUBJECT = "roll_call"
ASK = "roll_call_ask"
"""Subjects of notices: a roll-call; what one person is asked in it."""

WHO_IS_CALLED = (AskedAs.MEMBER, AskedAs.GROUP)
"""Those who report whole lists, and are called again until they have."""


@dataclass(frozen=True, slots=True)
class Row:
    """A household with what is known of it."""

    known: RollCallHousehold
    household: Household

    @property
    def id(self) -> int:
        return self.known.household_id

    @property
    def head(self) -> str:
        return self.household.head

    @property
    def state(self) -> HouseholdState:
        return HouseholdState(self.known.state)

    @property
    def counted(self) -> Counted:
        one = self.known
        return Counted(self.state, one.confirmed, one.people, one.residents)


@dataclass(slots=True)
class Standing:
    """A roll-call as it stands.

    rows: by the household's key, in the order of the roster. members: who answers for each household today.
    groups: names by key.
    """

    call: RollCall
    preset: Preset
    rows: dict[int, Row]
    now: datetime
    members: dict[int, list[Person]] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return id_of(self.call)

    @property
    def head(self) -> str:
        """The line that everything about it begins with."""
        return head_of(self.call, self.preset)

    @property
    def is_open(self) -> bool:
        return self.call.status == CallStatus.OPEN

    @property
    def tally(self) -> Tally:
        """How it stands in figures."""
        return tally([row.counted for row in self.rows.values()])

    @property
    def missing(self) -> list[Row]:
        """The households that nobody has accounted for."""
        return [row for row in self.rows.values() if row.state.is_missing]

    @property
    def went_on(self) -> timedelta:
        """How long until nobody was missing, until its end, or until now."""
        begun = self.call.opened_at or self.call.asked_at
        return (self.call.completed_at or self.call.closed_at or self.now) - begun

    def say(self, sentence: str, **values: object) -> str:
        """A sentence of `roll_call.toml` in the branch's words."""
        return say(f"roll_call.{sentence}", self.preset.name, **values)

    def told(self, state: HouseholdState) -> str:
        """A state as somebody has told it."""
        return self.say("told_unchecked" if state is HouseholdState.UNCHECKED else f"state_{state}")

    def within(self, household_ids: Collection[int]) -> list[Row]:
        """These households, in the order given; those not asked for are left out."""
        return [self.rows[one] for one in household_ids if one in self.rows]

    def members_of(self, household_id: int) -> str:
        """The names of those who answer for a household; empty: nobody."""
        return "、".join(person.name for person in self.members.get(household_id, ()))


async def load(session: AsyncSession, call: RollCall, *, now: datetime) -> Standing:
    """A roll-call with all its households."""
    preset = await for_unit(session, call.branch_id)
    found = await roll_calls.rows_of(session, id_of(call))
    rows = {known.household_id: Row(known, household) for known, household in found}
    today = now.astimezone(preset.zone).date()
    members = await roll_calls.linked_on(session, rows.keys(), today)
    return Standing(call, preset, rows, now, members, await groups_of(session, call.branch_id))


async def load_some(
    session: AsyncSession, call: RollCall, asks: Sequence[RollCallAsk], *, now: datetime
) -> Standing:
    """A roll-call with the households that these people are asked about."""
    preset = await for_unit(session, call.branch_id)
    wanted = {one for ask in asks for one in ask.household_ids}
    found = await roll_calls.rows_of(session, id_of(call), wanted)
    rows = {known.household_id: Row(known, household) for known, household in found}
    members = {}
    if any(ask.role == AskedAs.GROUP for ask in asks):
        members = await roll_calls.linked_on(session, rows.keys(), now.astimezone(preset.zone).date())
    return Standing(call, preset, rows, now, members)


def head_of(call: RollCall, preset: Preset) -> str:
    """The line that everything about a roll-call begins with; a drill says that it is one."""
    sentence = "head_drill" if call.drill else "head"
    head = say(f"roll_call.{sentence}", preset.name, title=call.title, scope=call.scope)
    over = call.status == CallStatus.CLOSED
    return say("roll_call.head_over", preset.name, head=head) if over else head


def id_of(row: RollCall | RollCallAsk | Person | Household | Unit) -> int:
    """The key of a stored row."""
    if row.id is None:
        raise ValueError("the row has not been stored yet")
    return row.id
