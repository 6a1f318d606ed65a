"""What a member has to tell at the Party day, drawn from the records, with a minute's script to read out.

It is about the time since the Party day before, which is not counted itself. Matters that accuse somebody
are left out, since it is read out before everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED, MatterStatus
from bot.domain.meetings import PARTY_DAY, occasions
from bot.domain.party_day import RuleNotUnderstood, read_rule
from bot.domain.preset import Preset
from bot.domain.promises import PromiseState
from bot.holidays import day_kind
from bot.services.matters.matter_texts import is_conduct
from bot.services.notices.times import plain_day_words
from bot.services.visits.coverage import coverage, reminder_rule
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.queries import member_records
from storage.queries import sessions as session_rows
from storage.queries.reports import reports_between
from storage.queries.roster import households_linked
from storage.tables import Person

_LONGEST_LIST = 8
_SETTLED = (MatterStatus.CLOSED, MatterStatus.CLAIMED_SOLVED)


@dataclass(frozen=True, slots=True)
class Card:
    """A member's figures since a Party day.

    since: that day, which is not counted. households: they answer for, at the end. visited: of these, those
    that they have been in contact with. times: contacts in all, of other households and unnamed ones too.
    unnamed: of these, those of which nobody has said with whom.
    due: heads of the households of which they are reminded, overdue ones among them.
    raised, solved: matters that they raised, and those of them that are settled.
    held: unfinished matters in their hands.
    promised, kept: promises of theirs whose time came, and those that were kept.
    """

    since: date
    households: int
    visited: int
    times: int
    unnamed: int
    due: tuple[str, ...]
    raised: int
    solved: int
    held: int
    promised: int
    kept: int


async def card_of(
    session: AsyncSession, person: Person, preset: Preset, *, today: date, now: datetime
) -> Card:
    """A member's card as things stand now. `today`: the last day that counts."""
    person_id, branch_id = person.id or 0, person.branch_id or 0
    since = await party_day_before(session, branch_id, preset, today)
    first = since + timedelta(days=1)
    own = {household.id for household in await households_linked(session, person_id, today)}
    visits = await member_records.visits_made(session, person_id, first=first, last=today)
    unnamed = sum(one.unclaimed for one in await reports_between(session, person_id, first, today))
    covered = await coverage(session, branch_id, preset, today=today, person_id=person_id)
    rule = reminder_rule(preset)
    near = [one for one in covered if one.standing.is_near(today, rule)]
    due = sorted(near, key=lambda one: one.standing.due_by)
    begins = datetime.combine(first, time.min, preset.zone)
    raised = [
        one
        for one in await member_records.raised_between(session, person_id, since=begins, until=now)
        if not (is_conduct(one) or one.accused_ids)
    ]
    held = [
        one
        for one in await matter_rows.unfinished_held_by(session, person_id)
        if one.status in UNFINISHED and one.status not in _SETTLED
    ]
    promises = await member_records.promises_ended(session, person_id, since=begins, until=now)
    return Card(
        since=since,
        households=len(own),
        visited=len(own & {household_id for household_id, _ in visits}),
        times=len(visits) + unnamed,
        unnamed=unnamed,
        due=tuple(one.household.head for one in due),
        raised=len(raised),
        solved=sum(one.status in _SETTLED for one in raised),
        held=len(held),
        promised=len(promises),
        kept=sum(one.state == PromiseState.KEPT for one in promises),
    )


async def party_day_before(session: AsyncSession, branch_id: int, preset: Preset, today: date) -> date:
    """The branch's last Party day before today: as it was held, else by the rule, else a month ago."""
    yesterday = today - timedelta(days=1)
    held = await session_rows.latest_of(session, branch_id, PARTY_DAY, until=yesterday)
    if held is not None:
        return held.day
    try:
        rule = read_rule(preset.party_day_rule)
    except RuleNotUnderstood:
        return today - timedelta(days=30)
    found = occasions(rule, day_kind, first=today - timedelta(days=62), last=yesterday)
    return found[-1].day


def card_lines(card: Card, preset: Preset) -> list[str]:
    """The card and the script, a line each."""
    name = preset.name
    lines = [say("report_card.head", name, since=plain_day_words(card.since))]
    if card.households or card.times:
        lines.append(say("report_card.visits", name, **_numbers(card)))
    if card.unnamed:
        lines.append(say("report_card.unnamed", name, **_numbers(card)))
    if card.due:
        shown = say("meetings.comma", name).join(card.due[:_LONGEST_LIST])
        more = "_more" if len(card.due) > _LONGEST_LIST else ""
        lines.append(say(f"report_card.due{more}", name, heads=shown, due=len(card.due)))
    if card.raised or card.held:
        lines.append(say("report_card.matters", name, **_numbers(card)))
    if card.promised:
        lines.append(say("report_card.promises", name, **_numbers(card)))
    return [*lines, say("report_card.script", name, script=script(card, preset))]


def script(card: Card, preset: Preset) -> str:
    """What the member may read out, in about a minute."""
    parts = [_households(card), _visits(card)]
    parts += ["due"] if card.due else []
    parts += [_matters(card)]
    parts += ["held"] if card.held else []
    parts += [_promises(card)] if card.promised else []
    values = {**_numbers(card), "since": plain_day_words(card.since)}
    sentences = [say(f"report_card.say_{part}", preset.name, **values) for part in (*parts, "end") if part]
    return "".join(sentences)


def _households(card: Card) -> str:
    return "households" if card.households else "no_households"


def _visits(card: Card) -> str:
    if not card.times:
        return "no_visits" if card.households else ""
    if card.households and card.visited == card.households:
        return "all_visited"
    if card.visited:
        return "visits"
    return "visits_unnamed" if card.unnamed else "visits_others"


def _matters(card: Card) -> str:
    if not card.raised:
        return "no_matters"
    if card.solved == card.raised:
        return "all_solved"
    return "matters" if card.solved else "none_solved"


def _promises(card: Card) -> str:
    return "all_kept" if card.kept == card.promised else "promises"


def _numbers(card: Card) -> dict[str, int]:
    return {
        "households": card.households,
        "visited": card.visited,
        "times": card.times,
        "unnamed": card.unnamed,
        "due": len(card.due),
        "raised": card.raised,
        "solved": card.solved,
        "open": card.raised - card.solved,
        "held": card.held,
        "promised": card.promised,
        "kept": card.kept,
    }
