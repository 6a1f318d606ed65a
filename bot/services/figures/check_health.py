"""Everything that keeps the bot from doing its work, each in a sentence that says what to do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Role
from bot.holidays import plan_is_known
from bot.secrets import Secrets, WrongKey, mask_numbers_in
from bot.services.roster.find_branch import all_branches
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage import heartbeats, inbox, outbox
from storage.queries import health
from storage.queries.roster import people_with_role
from storage.tables import Unit

# What must keep happening while the bot runs, and how long it may take to happen again.
_WATCHED = {"poll": timedelta(minutes=5), "cycle": timedelta(minutes=5)}
_LATE = timedelta(minutes=15)  # an update or a notice that waits longer than this is stuck
_RECENT = timedelta(days=7)
_NAMES_SHOWN = 10
_TEXT_SHOWN = 160  # characters


@dataclass(frozen=True, slots=True)
class ChatRights:
    """What the bot may do in a group. `reads_all`: plain talk arrives, not commands and replies alone."""

    member: bool
    reads_all: bool
    writes: bool


class PlatformUnreachable(Exception):
    """The platform did not answer as expected; the text says how it failed."""


class Platform(Protocol):
    """What is asked of the messenger."""

    async def reads_all_messages(self) -> bool:
        """Whether privacy mode is off."""
        ...

    async def rights(self, chat_id: int) -> ChatRights:
        """What the bot may do in a group.

        Raises:
            PlatformUnreachable: when that can't be learnt.
        """
        ...


async def check_ledger(
    session: AsyncSession, *, zone: ZoneInfo, secrets: Secrets | None, now: datetime
) -> list[str]:
    """What is missing in the ledger itself: branches, rosters, claims, chats."""
    branches = await all_branches(session)
    if not branches:
        return [say("doctor.no_branches")]
    faults: list[str] = []
    for branch in branches:
        faults += await _check_branch(session, branch, zone, now)
    year = now.astimezone(zone).year
    if not plan_is_known(year):
        faults.append(say("doctor.holidays_unknown", year=year))
    officers = [person.name for person in await health.unclaimed_people(session, None)]
    if officers:
        faults.append(say("doctor.officers_unclaimed", count=len(officers), names=_listed(officers)))
    phone = await health.any_phone(session)
    if secrets is not None and phone is not None:
        try:
            secrets.decrypt_phone(phone)
        except WrongKey:
            faults.append(say("doctor.secret_key_changed"))
    return faults


async def check_work(session: AsyncSession, *, polling: bool, zone: ZoneInfo, now: datetime) -> list[str]:
    """What has gone wrong, or stands still, in the daily work.

    Args:
        polling: whether this bot fetches its updates; a webhook leaves no sign of life by itself.
    """
    faults = await check_standstill(session, polling=polling, zone=zone, now=now)
    for state, key in ((outbox.FAILED, "notices_failed"), (outbox.UNKNOWN, "notices_unknown")):
        found = await health.notices_ended(session, state, since=now - _RECENT)
        if found:
            examples = "；".join(
                f"#{notice.id} {notice.recipient} {_last_line(notice.error)}" for notice in found[:3]
            )
            faults.append(say(f"doctor.{key}", count=len(found), examples=examples))
    return faults


async def check_standstill(
    session: AsyncSession, *, polling: bool, zone: ZoneInfo, now: datetime
) -> list[str]:
    """What stands still, whatever the platform did with what was sent; `polling` as in `check_work`."""
    faults: list[str] = []
    latest = await heartbeats.latest(session)
    for name, most in _WATCHED.items():
        if name == "poll" and not polling:
            continue
        what, at = say(f"doctor.{name}"), latest.get(name)
        if at is None:
            faults.append(say("doctor.heartbeat_none", name=what))
        elif now - at > most:
            faults.append(say("doctor.heartbeat_old", name=what, at=_at(at, zone), age=_age(now - at)))
    aside = await inbox.set_aside_rows(session, limit=3)
    if aside:
        count = (await inbox.count_states(session))[inbox.SET_ASIDE]
        examples = "；".join(f"#{row.id} {_last_line(row.error)} {_excerpt(row.payload)}" for row in aside)
        faults.append(say("doctor.updates_set_aside", count=count, examples=examples))
    waiting = await health.updates_waiting(session, received_before=now - _LATE)
    if waiting.count and waiting.since is not None:
        faults.append(say("doctor.updates_waiting", count=waiting.count, since=_at(waiting.since, zone)))
    late = await health.notices_waiting(session, due_before=now - _LATE)
    if late.count and late.since is not None:
        faults.append(say("doctor.notices_late", count=late.count, since=_at(late.since, zone)))
    return faults


async def check_chats(session: AsyncSession, platform: Platform) -> list[str]:
    """What the bot lacks in each group that is bound.

    Raises:
        PlatformUnreachable: when the platform does not even say who the bot is.
    """
    faults = []
    reads_all = await platform.reads_all_messages()
    chats = await health.bound_chats(session)
    if not reads_all and not chats:
        faults.append(say("doctor.privacy_mode"))
    for chat in chats:
        try:
            rights = await platform.rights(chat.telegram_id)
        except PlatformUnreachable as error:
            faults.append(say("doctor.chat_unreachable", chat=chat.title, error=error))
            continue
        if not rights.member:
            faults.append(say("doctor.chat_gone", chat=chat.title))
            continue
        if not rights.reads_all and not reads_all:
            faults.append(say("doctor.chat_blind", chat=chat.title))
        if not rights.writes:
            faults.append(say("doctor.chat_mute", chat=chat.title))
    return faults


async def _check_branch(session: AsyncSession, branch: Unit, zone: ZoneInfo, now: datetime) -> list[str]:
    faults: list[str] = []
    branch_id, name = branch.id or 0, branch.name
    own_zone = (await for_unit(session, branch_id)).zone
    if own_zone != zone:
        faults.append(say("doctor.timezone_differs", branch=name, zone=own_zone.key, setting=zone.key))
    if not await health.has_people(session, branch_id):
        return [*faults, say("doctor.branch_empty", branch=name)]
    if not await people_with_role(session, branch_id, Role.SECRETARY):
        faults.append(say("doctor.no_secretary", branch=name))
    unlinked = await health.unlinked_households(session, branch_id, now.astimezone(own_zone).date())
    if unlinked:
        heads = _listed([household.head for household in unlinked])
        faults.append(say("doctor.households_unlinked", branch=name, count=len(unlinked), names=heads))
    unclaimed = [person.name for person in await health.unclaimed_people(session, branch_id)]
    if unclaimed:
        names = _listed(unclaimed)
        faults.append(say("doctor.people_unclaimed", branch=name, count=len(unclaimed), names=names))
    if not await health.is_bound(session, branch_id):
        faults.append(say("doctor.branch_unbound", branch=name))
    return faults


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMES_SHOWN])
    return f"{shown}…" if len(names) > _NAMES_SHOWN else shown


def _last_line(text: str | None) -> str:
    """Of a traceback the line that says what happened."""
    lines = (text or "").strip().splitlines()
    return mask_numbers_in(lines[-1])[:_TEXT_SHOWN] if lines else ""


def _excerpt(payload: str) -> str:
    """The beginning of an update as it came, readable, without whole phone or identity numbers."""
    with suppress(ValueError):  # shown as it is: perhaps that is what is wrong with it
        payload = json.dumps(json.loads(payload), ensure_ascii=False)
    return mask_numbers_in(payload)[:_TEXT_SHOWN]


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _age(span: timedelta) -> str:
    """How long something has been, in whole days, hours or minutes."""
    for unit, size in (("days", timedelta(days=1)), ("hours", timedelta(hours=1))):
        if span >= size:
            return say(f"doctor.{unit}", number=span // size)
    return say("doctor.minutes", number=span // timedelta(minutes=1))
