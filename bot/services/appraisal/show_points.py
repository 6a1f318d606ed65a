"""What somebody sees who asks about points; and points are turned on, off, and adjusted by hand.

Kind `points.adjusted` (subject `points`, the branch): to the member whose account was adjusted.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import whole
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.inbound import Inbound
from bot.domain.periods import Period, first_day
from bot.domain.points import Source
from bot.domain.roster import Role
from bot.services.appraisal.draft_bulletin import bulletin_buttons, draft_bulletin
from bot.services.appraisal.exchange_points import free_points
from bot.services.appraisal.gather_duties import duties_between
from bot.services.appraisal.keep_account import keep_account
from bot.services.appraisal.points_words import (
    entry_line,
    month_words,
    ranking_words,
    share_words,
    signed,
)
from bot.services.appraisal.rank_members import SUBJECT, rank
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, Buttons, to_person
from bot.services.roster.set_parameters import set_parameters
from bot.text.appraisal import PointsAsked
from bot.wording import say
from storage.queries import points as account
from storage.queries.units import members_of
from storage.tables import AuditEntry, Person, PointEntry, Unit

_SHOWN = 5  # entries


def see_that_points_are_on(speaking: Speaking) -> None:
    """Raises NotPossible, with how they could be turned on, where there are no points."""
    if not speaking.preset.points.on:
        raise NotPossible("points.off_secretary" if speaking.is_secretary else "points.off")


async def show_account(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """The speaker's own account: what is in it, where it comes from, and what of this month's is done.

    Raises:
        NotPossible: points are off.
        NotEntitled: the speaker is no member.
    """
    see_that_points_are_on(speaking)
    preset, branch_id, today = speaking.preset, speaking.branch_id, speaking.day_of(now)
    person_id = speaking.actor.person_id
    if not speaking.actor.is_member or person_id is None:
        raise NotEntitled("points.members_only")
    await keep_account(session, branch_id, preset, now=now)
    month = first_day(Period.MONTH, today)
    made = await account.entries(session, branch_id, person_id=person_id)
    balance = await account.balance(session, person_id)
    kept_back = balance - await free_points(session, person_id)
    waiting = say("points.account_waiting", preset.name, points=kept_back) if kept_back else ""
    earned = sum(entry.points for entry in made if entry.day >= month and entry.source != Source.EXCHANGE)
    lines = [say("points.account", preset.name, balance=balance, waiting=waiting, month=earned)]
    latest = sorted(made, key=lambda entry: (entry.day, entry.id or 0))[-_SHOWN:]
    if latest:
        lines.append(say("points.account_head", preset.name))
        lines += [entry_line(entry, preset) for entry in reversed(latest)]
    else:
        lines.append(say("points.account_none", preset.name))
    duties = (await duties_between(session, branch_id, preset, month, today)).get(person_id)
    if duties is not None and duties.share.of:
        lines.append(say("points.account_share", preset.name, share=share_words(duties.share, preset)))
    if await account.goods_of(session, branch_id):
        lines.append(say("points.account_how", preset.name))
    return "\n".join(lines)


async def show_ranking(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """The ranking of the month that is over.

    Raises:
        NotPossible: points are off.
        NotEntitled: it is not the speaker's to see.
    """
    see_that_points_are_on(speaking)
    preset = speaking.preset
    heads = speaking.actor.roles & {Role.SECRETARY, Role.TOWN_OFFICER}
    if not heads and not (preset.points.everybody_sees and speaking.actor.is_member):
        raise NotEntitled("points.rank_private")
    month = whole(Period.MONTH, first_day(Period.MONTH, speaking.day_of(now)) - timedelta(days=1))
    ranked = await rank(session, speaking.branch_id, preset, month)
    return ranking_words(ranked.placed, ranked.names, ranked.left_out, month_words(month.first), preset)


async def show_bulletin(
    session: AsyncSession, speaking: Speaking, *, now: datetime
) -> tuple[str | None, Buttons]:
    """The bulletin of the quarter that is over, drafted now if it was not; null: it has just been sent.

    Raises:
        NotEntitled: somebody else than the secretary asks.
        NotPossible: points are off, or there is nothing in it.
    """
    if not speaking.is_secretary:
        raise NotEntitled("points.secretary_only")
    see_that_points_are_on(speaking)
    preset, branch_id = speaking.preset, speaking.branch_id
    quarter = whole(Period.QUARTER, first_day(Period.QUARTER, speaking.day_of(now)) - timedelta(days=1))
    known = await account.bulletin_of(session, branch_id, quarter.first)
    drafted = await draft_bulletin(session, branch_id, preset, quarter, now=now)
    if drafted is None:
        raise NotPossible("points.bulletin_none")
    if known is None:
        return None, ()
    return drafted.text, bulletin_buttons(drafted, preset) if drafted.answer is None else ()


async def turn_points(session: AsyncSession, speaking: Speaking, *, on: bool, now: datetime) -> str:
    """The secretary turns points on or off for the branch.

    Raises:
        NotEntitled: somebody else wants to.
        NotPossible: they are so already.
    """
    if not speaking.is_secretary:
        raise NotEntitled("points.secretary_only")
    if speaking.preset.points.on is on:
        raise NotPossible("points.already_on" if on else "points.already_off")
    branch = await session.get_one(Unit, speaking.branch_id)
    await set_parameters(session, branch, {"points.on": "true" if on else "false"}, now=now)
    return say("points.turned_on" if on else "points.turned_off", speaking.preset.name)


async def adjust_points(
    session: AsyncSession, asked: PointsAsked, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> str:
    """The secretary adds points to an account or takes some away, with a reason; the member is told.

    Raises:
        NotEntitled: somebody else wants to, or it is their own account.
        NotFound: there is no such member.
        NotPossible: points are off, there is no reason, or the account would be below zero.
    """
    if not speaking.actor.roles & {Role.SECRETARY, Role.TOWN_OFFICER}:
        raise NotEntitled("points.secretary_only")
    see_that_points_are_on(speaking)
    preset, points = speaking.preset, asked.points or 0
    if not asked.why or not points:
        raise NotPossible("points.adjust_usage")
    members = await members_of(session, speaking.branch_id)
    person = next((one for one in members if one.name == asked.name), None)
    if person is None:
        raise NotFound("points.adjust_unknown", name=asked.name)
    if person.id == speaking.actor.person_id:
        raise NotEntitled("points.adjust_own")
    await keep_account(session, speaking.branch_id, preset, now=now)
    key = f"adjust:{inbound.chat_id}:{inbound.message_id}"
    if await account.entry_with_key(session, key) is None:
        free = await free_points(session, person.id or 0)
        if free + points < 0:
            raise NotPossible("points.adjust_below", name=person.name, balance=free, points=-points)
        await _enter(session, key, person, points, asked.why, speaking, now=now)
    balance = await account.balance(session, person.id or 0)
    values = {"points": signed(points), "why": asked.why, "balance": balance, "by": speaking.actor.name}
    about = About("points.adjusted", SUBJECT, speaking.branch_id, key, now, speaking.branch_id)
    told = say("points.adjusted_told", preset.name, **values)
    await to_person(session, person, about, told, preset=preset, now=now)
    return say("points.adjusted", preset.name, name=person.name, **values)


async def _enter(
    session: AsyncSession,
    key: str,
    person: Person,
    points: int,
    why: str,
    speaking: Speaking,
    *,
    now: datetime,
) -> None:
    by = speaking.actor
    session.add(
        PointEntry(
            key=key,
            branch_id=speaking.branch_id,
            person_id=person.id or 0,
            day=speaking.day_of(now),
            points=points,
            source=Source.ADJUST,
            why=say("points.why_adjust", speaking.preset.name, why=why, name=by.name),
            made_at=now,
        )
    )
    session.add(
        AuditEntry(
            at=now,
            by_person_id=by.person_id,
            by_name=by.name,
            action="points.adjust",
            subject=person.name,
            detail=f"{points} {why}",
        )
    )
    await session.flush()
