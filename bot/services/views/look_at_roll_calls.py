"""A branch's roll-calls for a visitor of the console: household by household, the missing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roll_call import HouseholdState
from bot.services.notices.times import moment_words, span_words
from bot.services.rollcalls.boards import tally_words
from bot.services.rollcalls.cards import state_words
from bot.services.rollcalls.standing import Row, Standing, load
from bot.services.roster.parameters import for_unit
from bot.services.views.open_console import Visitor
from storage.queries import roll_calls
from storage.tables import Unit

_SHOWN_FOR = timedelta(days=92)
_WORST_FIRST = tuple(HouseholdState)


@dataclass(frozen=True, slots=True)
class HouseholdShown:
    """A household in a roll-call. members: who answers for it. by: who said how it is; empty: nobody has."""

    head: str
    address: str
    group: str
    members: str
    state: HouseholdState
    told: str
    by: str
    at: datetime | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class RollCallShown:
    """A roll-call. went_on: how long until nobody was missing, until its end, or until now."""

    head: str
    is_open: bool
    opened: str
    opened_by: str
    tally: str
    went_on: str
    missing: int
    households: tuple[HouseholdShown, ...]


@dataclass(frozen=True, slots=True)
class RollCallsPage:
    """What is shown of a branch. now: the present moment in its zone. calls: the newest first."""

    branch_id: int
    branch: str
    now: datetime
    calls: tuple[RollCallShown, ...]

    @property
    def is_live(self) -> bool:
        """Whether something may change while somebody looks on."""
        return any(call.is_open for call in self.calls)


async def roll_calls_page(
    session: AsyncSession, who: Visitor, branch_id: int | None, *, now: datetime
) -> RollCallsPage:
    """The roll-calls of the last three months of one of the visitor's branches (null: their first).

    Raises:
        NotLetIn: when it is not one of theirs.
    """
    chosen = who.chosen(branch_id)
    branch = await session.get_one(Unit, chosen)
    zone = (await for_unit(session, chosen)).zone
    found = await roll_calls.opened_between(session, chosen, now - _SHOWN_FOR, None)
    calls = [_shown(await load(session, call, now=now)) for call in reversed(found)]
    return RollCallsPage(chosen, branch.name, now.astimezone(zone), tuple(calls))


def _shown(standing: Standing) -> RollCallShown:
    call, zone = standing.call, standing.preset.zone
    rows = sorted(standing.rows.values(), key=lambda row: (_WORST_FIRST.index(row.state), row.id))
    return RollCallShown(
        head=standing.head,
        is_open=standing.is_open,
        opened=moment_words(call.opened_at or call.asked_at, now=standing.now, zone=zone),
        opened_by=call.asked_by_name,
        tally=tally_words(standing),
        went_on=span_words(standing.went_on),
        missing=len(standing.missing),
        households=tuple(_household(standing, row) for row in rows),
    )


def _household(standing: Standing, row: Row) -> HouseholdShown:
    return HouseholdShown(
        head=row.head,
        address=row.household.address,
        group=standing.groups.get(row.household.group_id or 0, ""),
        members=standing.members_of(row.id),
        state=row.state,
        told=state_words(standing, row),
        by=row.known.by_name or "",
        at=row.known.state_at,
        disputed=row.known.disputed,
    )
