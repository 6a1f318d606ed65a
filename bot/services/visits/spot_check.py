"""A random part of the visits: their households are asked whether somebody came (docs/decisions/0023).

One tap, no reasons. It is held against nobody: members hear nothing of it, and the secretary is told once a
month how many said what, with how much that leaves open, never by household or by member.
Kinds: `visit.spot_check` (subject `spot_check`, to a resident), `visit.spot_rate` (subject `unit`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import VisitMode
from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled, NotFound, Stale
from bot.domain.periods import Period, first_day
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.domain.spot_checks import Answer, Answers, answers_of, is_drawn
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, notice_key, to_person
from bot.services.notices.times import plain_day_words
from bot.services.visits.rounds import Round, mark_made, rounds_due
from bot.wording import say
from storage import outbox
from storage.queries import contact, notices
from storage.queries.roster import people_with_role
from storage.tables import Person, Report, SpotCheck, Visit

ROUND = "spot check"
KIND, RATE = "visit.spot_check", "visit.spot_rate"


async def ask_households(session: AsyncSession, *, now: datetime) -> int:
    """Ask about visits that were reported on the days before, and tell the secretaries of the month before.

    Returns:
        How many messages were made.
    """
    made = 0
    for due in await rounds_due(session, ROUND, at=lambda preset: preset.reminder_at, now=now):
        for visit, report, resident in await _drawn(session, due):
            made += await _ask(session, visit, report, resident, due.preset, now=now)
        if due.after.month != due.today.month:
            made += await _tell_rate(session, due, now=now)
        await mark_made(session, due, now=now)
    return made


async def answer_check(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """A resident answers; returns the sentence that thanks them.

    Raises:
        NotFound: there is no such question.
        NotEntitled: somebody else was asked.
        Stale: it is answered, or the visit has been taken back.
    """
    row = await session.get(SpotCheck, press.id)
    if row is None or press.choice not in list(Answer):
        raise NotFound("questions.bad_button")
    if row.asked_user_id != speaking.actor.telegram_id:
        raise NotEntitled("questions.not_yours_unnamed")
    if row.answer is not None:
        raise Stale("contact.check_answered")
    if row.cancelled_at is not None:
        raise Stale("contact.check_over")
    row.answer, row.answered_at = press.choice, now
    session.add(row)
    thanks = say("contact.check_thanks", speaking.preset.name)
    asked = await notices.by_key(session, notice_key(_about(row), row.person_id))
    if asked is not None:
        await answering.rewrite(session, asked, thanks, mark="answered", now=now)
    return thanks


async def drop_checks(session: AsyncSession, report: Report, *, now: datetime) -> None:
    """Visits of a report have been taken back: nobody need answer whether they took place."""
    for row in await contact.open_checks_of(session, report.id or 0):
        row.cancelled_at = now
        session.add(row)
        await outbox.cancel(
            session, subject_kind="spot_check", subject_id=row.id or 0, by=f"report:{report.id}", now=now
        )


async def answers_in(
    session: AsyncSession, branch_ids: Collection[int], first: date, last: date, preset: Preset
) -> Answers:
    """What the households of branches answered that were asked from a day to a day."""
    start = datetime.combine(first, time.min, preset.zone)
    end = datetime.combine(last + timedelta(days=1), time.min, preset.zone)
    return answers_of(await contact.answers_between(session, branch_ids, start, end))


async def _drawn(session: AsyncSession, due: Round) -> list[tuple[Visit, Report, Person]]:
    """The visits to be asked about, one for a household and none where it was asked this month."""
    zone = due.preset.zone
    start = datetime.combine(due.after, time.min, zone)
    end = datetime.combine(due.today, time.min, zone)
    month = datetime.combine(first_day(Period.MONTH, due.today), time.min, zone)
    asked = await contact.asked_since(session, due.unit_id, month)
    found = []
    for one in await contact.visits_to_check(session, due.unit_id, start, end):
        visit = one[0]
        seed, share = f"visits of {due.unit_id}", due.preset.spot_check_share
        if visit.household_id in asked or not is_drawn(visit.id or 0, seed=seed, share=share):
            continue
        asked.add(visit.household_id)
        found.append(one)
    return found


async def _ask(
    session: AsyncSession, visit: Visit, report: Report, resident: Person, preset: Preset, *, now: datetime
) -> bool:
    row = SpotCheck(
        visit_id=visit.id or 0,
        branch_id=report.branch_id,
        household_id=visit.household_id,
        person_id=resident.id or 0,
        asked_user_id=resident.telegram_id or 0,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    name, at_home = preset.name, report.mode == VisitMode.HOME
    member = await session.get_one(Person, visit.person_id)
    text = say(
        "contact.check_home" if at_home else "contact.check_phone",
        name,
        member=member.name,
        day=plain_day_words(visit.day),
    )
    choices = tuple(
        {"text": _answer_words(one, preset, at_home=at_home), "data": _data(row, one)} for one in Answer
    )
    notice = await to_person(session, resident, _about(row), text, preset=preset, now=now, buttons=(choices,))
    return notice is not None


def _answer_words(answer: Answer, preset: Preset, *, at_home: bool) -> str:
    by_phone = "" if at_home or answer is Answer.UNSURE else "_phone"
    return say(f"contact.answer_{answer}{by_phone}", preset.name)


def _data(row: SpotCheck, answer: Answer) -> str:
    return encode(Verb.SPOT_CHECK, row.id or 0, 0, answer)


def _about(row: SpotCheck) -> About:
    return About(KIND, "spot_check", row.id or 0, "asked", row.asked_at, row.branch_id)


async def _tell_rate(session: AsyncSession, due: Round, *, now: datetime) -> int:
    """Tell the branch's secretaries what was answered in the month before."""
    last = first_day(Period.MONTH, due.today) - timedelta(days=1)
    answers = await answers_in(session, [due.unit_id], first_day(Period.MONTH, last), last, due.preset)
    if not answers.asked:
        return 0
    about = About(RATE, "unit", due.unit_id, f"{last:%Y-%m}", now, due.unit_id)
    made = 0
    for person in await people_with_role(session, due.unit_id, Role.SECRETARY):
        text = rate_words(answers, last.month, due.preset)
        made += await to_person(session, person, about, text, preset=due.preset, now=now) is not None
    return made


def rate_words(answers: Answers, month: int, preset: Preset) -> str:
    """What was answered in a month, as the secretary is told it."""
    name, share = preset.name, answers.confirmed
    if share.value is None or share.low is None or share.high is None:
        told = say("contact.rate_none", name)
    else:
        percent, low, high = (round(one * 100) for one in (share.value, share.low, share.high))
        told = say("contact.rate_share", name, percent=percent, low=low, high=high)
    line = say(
        "contact.rate",
        name,
        month=month,
        asked=answers.asked,
        came=answers.came,
        not_come=answers.not_come,
        unsure=answers.unsure,
        unanswered=answers.unanswered,
        share=told,
    )
    return f"{line}\n{say('contact.rate_foot', name)}"
