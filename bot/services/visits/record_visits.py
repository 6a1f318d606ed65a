"""A member has told of visits: one report, and a visit for each household that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Visit as VisitAct
from bot.domain.errors import NotEntitled
from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking, resolve_household
from bot.services.figures.reckon_totals import reckon
from bot.services.visits import note_occasions, remind_visits
from bot.services.visits.keep_health import keep_health
from bot.services.visits.spot_check import drop_checks
from storage.queries import reports
from storage.tables import Report, Visit


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A household named that could not be found, or could be one of several (`candidates`: their keys)."""

    name: str
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The report made, and what remains to be asked. `new` is false when the act had been recorded before."""

    report: Report
    unplaced: tuple[Unplaced, ...] = ()
    new: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """Households named in an act: those found, by key, with the words for each, and those that were not."""

    found: dict[int, str]
    unplaced: tuple[Unplaced, ...]


async def record_visits(
    session: AsyncSession, act: VisitAct, speaking: Speaking, inbound: Inbound, *, index: int, now: datetime
) -> Recorded:
    """Record what a member says of visits.

    Args:
        index: of the act in its message.

    Raises:
        NotEntitled: the speaker is no member of the roster.
        NotFound: nobody knows to which branch they belong.
    """
    if speaking.person is None or speaking.person.id is None or not speaking.actor.is_member:
        raise NotEntitled("visits.not_member")
    before = await reports.report_of_act(session, inbound.chat_id, inbound.message_id, index)
    if before is not None:
        return Recorded(before, new=False)
    named = await find_named(session, act.households, speaking, inbound.text)
    report = Report(
        branch_id=speaking.person.branch_id or speaking.branch_id,
        group_id=None if speaking.group is None else speaking.group.id,
        person_id=speaking.person.id,
        day=act.date,
        mode=act.mode,
        count=act.count,
        cumulative=act.cumulative,
        services=[str(service) for service in act.services],
        reported_at=inbound.sent_at,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        act_index=index,
        topic_id=inbound.topic_id,
        media_group_id=inbound.media_group_id,
        text=inbound.text,
        unknown_names=[one.name for one in named.unplaced],
    )
    session.add(report)
    await session.flush()
    add_visits(session, report, named.found)
    await settle_report(session, report, now=now)
    return Recorded(report, named.unplaced)


async def find_named(session: AsyncSession, names: Sequence[str], speaking: Speaking, text: str) -> Named:
    """Look up the households that an act names; `text`: the message, whose words may say where they are."""
    found: dict[int, str] = {}
    unplaced: list[Unplaced] = []
    for name in dict.fromkeys(names):
        before = text.partition(name)[0] if name in text else ""
        resolved = await resolve_household(session, name, speaking, before=before)
        if resolved.household_id is not None:
            found.setdefault(resolved.household_id, name)
        else:
            unplaced.append(Unplaced(name, resolved.ambiguous))
    return Named(found, tuple(unplaced))


async def settle_report(session: AsyncSession, report: Report, *, now: datetime) -> None:
    """After a report has come, changed or gone: its totals, what is kept with it, and what it answers."""
    await reckon(session, report.person_id, report.day)
    await keep_health(session, report, now=now)
    await note_occasions.visited(session, report, now=now)
    await drop_checks(session, report, now=now)
    await remind_visits.answered_by(session, report, now=now)


def add_visits(session: AsyncSession, report: Report, found: dict[int, str]) -> None:
    """Add a visit for each household key in `found`, with the words that named it."""
    if report.id is None:
        raise ValueError("the report has not been stored yet")
    for household_id, name in found.items():
        session.add(
            Visit(
                report_id=report.id,
                household_id=household_id,
                person_id=report.person_id,
                day=report.day,
                named_as=name,
            )
        )
