"""A member has reported a bare number of visits: which households were they?

Asked once, privately, and only when a few minutes have gone by without their names. The likeliest stand
first (`bot.domain.suggestions`). Without an answer the visits count for the report, never for a household.
Kind (subject `question`): `question.which_visited`; its buttons carry a household's key, `done` or `none`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled, NotFound, Stale
from bot.domain.inbound import Inbound
from bot.domain.suggestions import Guessable, likeliest
from bot.services.chat import answering
from bot.services.chat.ask_about import settle
from bot.services.chat.speaker import Speaking, in_branch
from bot.services.notices.times import day_words
from bot.services.visits.coverage import coverage
from bot.services.visits.record_visits import add_visits, settle_report
from bot.wording import say
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats, notices, reports
from storage.queries.coverage import visited_by
from storage.tables import Household, Question, Report

WHICH_VISITED = "which_visited"
DONE, NONE = "done", "none"
_INDEX = 500_000  # of a message's questions
_MOST_CHOICES = 8
_WAIT = timedelta(minutes=10)
"""How long the names may follow by themselves."""
_OLDEST = timedelta(days=7)
_HABIT = timedelta(days=92)


async def ask_which(session: AsyncSession, speaking: Speaking, inbound: Inbound, *, now: datetime) -> None:
    """Ask about each report of a message that counted households and named none of them."""
    for waiting in await chats.questions_waiting(session, speaking.actor.telegram_id or 0):
        if waiting.kind == WHICH_VISITED:
            await _drop_when_known(session, waiting, speaking, now)
    if inbound.user_id is None or not await chats.private_chat_open(session, inbound.user_id):
        return
    told = await reports.reports_of_message(session, inbound.chat_id, inbound.message_id)
    for report in told:
        if await _is_bare(session, report, speaking, now):
            await _ask(session, report, speaking, inbound, now)


async def press_which(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """The member picks a household, or is done; returns the sentence that says so.

    Raises:
        NotFound: there is no such question.
        NotEntitled: somebody else was asked.
        Stale: it has been answered, or the report has been taken back.
    """
    question = await session.get(Question, press.id)
    if question is None or question.kind != WHICH_VISITED:
        raise NotFound("questions.gone")
    if question.asked_user_id != speaking.actor.telegram_id:
        raise NotEntitled("questions.not_yours_unnamed")
    if question.answered_at is not None:
        raise Stale("questions.answered")
    report = await session.get_one(Report, question.act["report"])
    if report.status == reports.WITHDRAWN:
        raise Stale("questions.gone")
    speaking = await in_branch(session, speaking, report.branch_id)
    name, picked = speaking.preset.name, list(question.act["picked"])
    if press.choice == NONE:
        text = say("contact.which_left", name, count=report.unclaimed)
        await settle(session, question, NONE, text, now=now)
        return text
    if press.choice == DONE:
        if not picked:
            return say("contact.which_nothing", name)
        return await _take(session, question, report, picked, speaking, now)
    return await _toggle(session, question, report, picked, press.choice, speaking, now)


async def _is_bare(session: AsyncSession, report: Report, speaking: Speaking, now: datetime) -> bool:
    if report.person_id != speaking.actor.person_id or report.status == reports.WITHDRAWN:
        return False
    if report.cumulative or not report.unclaimed or report.unknown_names:
        return False
    named = await reports.visits_of(session, [report.id or 0])
    return not named and speaking.day_of(now) - report.day <= _OLDEST


async def _ask(
    session: AsyncSession, report: Report, speaking: Speaking, inbound: Inbound, now: datetime
) -> None:
    index = _INDEX + report.act_index
    if await chats.question_of_act(session, inbound.chat_id, inbound.message_id, index) is not None:
        return
    choices = (await _likeliest(session, report, speaking))[:_MOST_CHOICES]
    if not choices:
        return
    question = Question(
        kind=WHICH_VISITED,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        act_index=index,
        topic_id=inbound.topic_id,
        asked_user_id=inbound.user_id or 0,
        act={"report": report.id, "choices": choices, "picked": [], "step": 0},
        asked_at=now,
    )
    session.add(question)
    await session.flush()
    preset = speaking.preset
    draft = Draft(
        key=f"question:{question.id}",
        kind=f"question.{WHICH_VISITED}",
        priority=Priority.ROUTINE,
        text=_text(report, speaking, now),
        chat_id=inbound.user_id,
        recipient=speaking.actor.name,
        buttons=tuple(tuple(row) for row in await _buttons(session, question, speaking)),
        subject_kind="question",
        subject_id=question.id,
        branch_id=report.branch_id,
        due_at=preset.quiet.after_quiet(now + _WAIT),
    )
    await outbox.put(session, draft, now=now)


async def _likeliest(session: AsyncSession, report: Report, speaking: Speaking) -> list[int]:
    """The member's households, the likeliest first, as things stood on the day of the visits."""
    before: dict[int, list[date]] = defaultdict(list)
    for household_id, day in await visited_by(
        session, report.person_id, report.day - _HABIT, report.day, but=report.id or 0
    ):
        before[household_id].append(day)
    covered = await coverage(
        session, report.branch_id, speaking.preset, today=report.day, person_id=report.person_id
    )
    households = [
        Guessable(one.household.id or 0, one.standing, before[one.household.id or 0], place)
        for place, one in enumerate(covered)
    ]
    return likeliest(households, day=report.day)


async def _toggle(
    session: AsyncSession,
    question: Question,
    report: Report,
    picked: list[int],
    choice: str,
    speaking: Speaking,
    now: datetime,
) -> str:
    chosen, name = int(choice) if choice.isdecimal() else 0, speaking.preset.name
    if chosen not in question.act["choices"]:
        raise NotFound("questions.bad_button")
    if chosen in picked:
        picked.remove(chosen)
    elif len(picked) >= report.unclaimed:
        return say("contact.which_too_many", name, count=report.unclaimed)
    else:
        picked.append(chosen)
    step = question.act["step"] + 1
    question.act = {**question.act, "picked": picked, "step": step}
    session.add(question)
    asked = await notices.by_key(session, f"question:{question.id}")
    if asked is not None:
        buttons = await _buttons(session, question, speaking)
        await answering.rewrite(
            session, asked, _text(report, speaking, now), mark=f"step {step}", buttons=buttons, now=now
        )
    return say("contact.which_toggled", name, picked=len(picked))


async def _take(
    session: AsyncSession,
    question: Question,
    report: Report,
    picked: list[int],
    speaking: Speaking,
    now: datetime,
) -> str:
    visits = (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, ())
    has = {visit.household_id for visit in visits}
    heads = {key: (await session.get_one(Household, key)).head for key in picked if key not in has}
    add_visits(session, report, dict(list(heads.items())[: report.unclaimed]))
    await settle_report(session, report, now=now)
    name = speaking.preset.name
    text = say("contact.which_chosen", name, heads=say("escalation.and", name).join(heads.values()))
    await settle(session, question, DONE, text, now=now)
    return text


async def _drop_when_known(
    session: AsyncSession, question: Question, speaking: Speaking, now: datetime
) -> None:
    report = await session.get(Report, question.act.get("report", 0))
    if report is None or not report.unclaimed or report.status == reports.WITHDRAWN:
        text = say("contact.which_known", speaking.preset.name)
        await settle(session, question, "known", text, now=now)


def _text(report: Report, speaking: Speaking, now: datetime) -> str:
    day = day_words(report.day, today=speaking.day_of(now))
    return say("contact.which_visited", speaking.preset.name, day=day, count=report.unclaimed)


async def _buttons(
    session: AsyncSession, question: Question, speaking: Speaking
) -> list[list[dict[str, Any]]]:
    """A household a row, and below them what ends it."""
    name, picked = speaking.preset.name, question.act["picked"]

    def button(text: str, choice: str) -> dict[str, Any]:
        return {"text": text, "data": encode(Verb.PICK, question.id or 0, 0, choice)}

    rows = []
    for key in question.act["choices"]:
        head = (await session.get_one(Household, key)).head
        sentence = "contact.which_picked" if key in picked else "contact.which_open"
        rows.append([button(say(sentence, name, head=head), str(key))])
    done, none = say("contact.which_done", name), say("contact.which_none", name)
    return [*rows, [button(done, DONE), button(none, NONE)]]
