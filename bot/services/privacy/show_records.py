"""The part of `看我的信息` about meetings, roll-calls, households, appraisal and claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.appraisal.appraisal_words import choice_words
from bot.services.chat.speaker import Speaking
from bot.services.notices.times import plain_day_words
from bot.wording import say
from storage.queries import own_records, points


async def lines_of_records(session: AsyncSession, speaking: Speaking) -> list[str]:
    """What is kept in these tables of whoever asks, a line each; a heading before each list."""
    user_id, person = speaking.actor.telegram_id, speaking.person
    lines = await _roll_calls(session, speaking)
    if user_id is not None:
        lines += await _claims(session, speaking, user_id)
    if person is None or person.id is None:
        return lines
    lines += await _households(session, speaking, person.id, person.household_id)
    if speaking.actor.roles:
        lines += await _member(session, speaking, person.id)
    if await own_records.may_have_voted(session, person.id, person.household_id):
        lines.append(_say(speaking, "own_votes"))
    return lines


async def _roll_calls(session: AsyncSession, speaking: Speaking) -> list[str]:
    who = speaking.actor
    said = await own_records.answers_given(session, who.telegram_id, who.person_id)
    return _list(
        speaking,
        "own_answers",
        [
            _say(
                speaking,
                "own_answer",
                day=_day(event.at, speaking),
                title=call.title,
                head=home.head,
                state=say(f"roll_call.state_{event.state}", speaking.preset.name),
            )
            for event, call, home in said
        ],
    )


async def _claims(session: AsyncSession, speaking: Speaking, user_id: int) -> list[str]:
    lines = [
        _say(
            speaking,
            "own_claim",
            day=_day(claim.asked_at, speaking),
            name=person.name,
            state=_say(speaking, f"own_claim_{claim.state}"),
        )
        for claim, person in await own_records.claims_of(session, user_id)
    ]
    tried = await own_records.codes_tried(session, user_id)
    return [*lines, _say(speaking, "own_codes", count=tried)] if tried else lines


async def _households(
    session: AsyncSession, speaking: Speaking, person_id: int, household_id: int | None
) -> list[str]:
    told = [
        _say(speaking, "own_told_line", day=_day(one.told_at, speaking), words=one.words)
        for one in await own_records.told_of_households(session, person_id)
    ]
    lines = _list(speaking, "own_told", told)
    # Only how much: whoever has scanned a plate is not for that one of those whom it is about.
    about = 0 if household_id is None else await own_records.count_of_household(session, household_id)
    if about:
        lines.append(_say(speaking, "own_home", count=about))
    checks = await own_records.checks_of(session, person_id)
    if checks:
        answered = sum(one.answer is not None for one in checks)
        lines.append(_say(speaking, "own_checks", count=len(checks), answered=answered))
    return lines


async def _member(session: AsyncSession, speaking: Speaking, person_id: int) -> list[str]:
    kept = await own_records.records_of_member(session, person_id)
    lines = _list(
        speaking,
        "own_meetings",
        [
            _say(
                speaking,
                "own_meeting_why" if row.reason else "own_meeting",
                day=plain_day_words(held.day),
                title=held.title,
                state=_say(speaking, f"own_{row.state}"),
                reason=row.reason,
            )
            for row, held in kept.attendance
        ],
    )
    for report in kept.hub_reports:
        values = {"study": report.study, "duties": report.duties, "plan": report.plan}
        lines.append(_say(speaking, "own_report_in", month=_month(report.month, speaking), **values))
    if kept.dues:
        months = say("meetings.comma", speaking.preset.name).join(
            _month(one.month, speaking) for one in kept.dues
        )
        lines.append(_say(speaking, "own_dues", months=months))
    if kept.study_kind is not None:
        lines.append(_say(speaking, f"own_hours_{kept.study_kind}"))
    for one in kept.verdicts:
        values = {"year": str(one.year), "grade": choice_words(one.grade), "reasons": one.reasons}
        sentence = "own_verdict_next" if one.next_step else "own_verdict"
        lines.append(_say(speaking, sentence, next_step=one.next_step, **values))
    if kept.point_entries:
        balance = await points.balance(session, person_id)
        lines.append(_say(speaking, "own_points", balance=balance, count=kept.point_entries))
    if kept.exchanges:
        lines.append(_say(speaking, "own_exchanges", count=kept.exchanges))
    if kept.proposals:
        lines.append(_say(speaking, "own_proposals", count=kept.proposals))
    return lines


def _list(speaking: Speaking, heading: str, lines: Sequence[str]) -> list[str]:
    return [_say(speaking, heading, count=len(lines)), *lines] if lines else []


def _month(first: date, speaking: Speaking) -> str:
    return _say(speaking, "own_month", year=first.year, month=first.month)


def _day(moment: datetime, speaking: Speaking) -> str:
    return plain_day_words(speaking.day_of(moment))


def _say(speaking: Speaking, sentence: str, **values: object) -> str:
    return say(f"privacy.{sentence}", speaking.preset.name, **values)
