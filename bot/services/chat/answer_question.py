"""The speaker has pressed a button of a question: what was probable is recorded or forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.act_data import act_from_data, inbound_from_data
from bot.domain.errors import NotEntitled, NotFound, Stale
from bot.domain.inbound import Inbound
from bot.services.chat.ask_about import IS_ACT, WHICH_HOUSEHOLD, settle
from bot.services.chat.offer_removal import REMOVAL, offer_removal, remove_message
from bot.services.chat.speaker import Speaking, in_branch, who_speaks
from bot.services.chat.take_message import Effect, take_acts
from bot.services.matters.ask_same import IS_SAME
from bot.services.matters.claim_solved import claim_solved
from bot.services.matters.join_matter import merge_into
from bot.services.matters.matter_texts import short
from bot.services.visits.note_health import see_to_fever
from bot.services.visits.record_visits import add_visits, settle_report
from bot.services.words.correct_reading import INDEX, as_labels, note_correction
from bot.wording import say
from storage.queries import chats, reports
from storage.tables import Household, Matter, Question, Report


async def answer_question(
    session: AsyncSession, question_id: int, choice: str, speaking: Speaking, *, now: datetime
) -> str:
    """Do what the chosen button says; returns the sentence that says so.

    Raises:
        NotFound: there is no such question.
        NotEntitled: somebody else was asked.
        Stale: it has been answered or cancelled.
    """
    question = await session.get(Question, question_id)
    if question is None:
        raise NotFound("questions.gone")
    if question.asked_user_id != speaking.actor.telegram_id:
        raise NotEntitled("questions.not_yours_unnamed")
    if question.answered_at is not None:
        raise Stale("questions.answered")
    if question.kind == IS_ACT:
        text = await _is_act(session, question, choice, speaking, now)
    elif question.kind == WHICH_HOUSEHOLD:
        text = await _which_household(session, question, choice, speaking, now)
    elif question.kind == REMOVAL:
        text = await remove_message(session, question, choice, speaking, now=now)
    elif question.kind == IS_SAME:
        text = await _is_same(session, question, choice, speaking, now)
    else:
        text = await _which_matter(session, question, choice, speaking, now)
    await settle(session, question, choice, text, now=now)
    return text


async def _is_act(
    session: AsyncSession, question: Question, choice: str, speaking: Speaking, now: datetime
) -> str:
    inbound = inbound_from_data(question.act["inbound"])
    acts = [(one["index"], act_from_data(one["act"])) for one in question.act["acts"]]
    # The branch is the chat's where it was written, which need not be the one where the button is.
    author = await who_speaks(session, inbound, await chats.chat_by_telegram(session, inbound.chat_id))
    if author.branch is not None:
        labels = as_labels(acts) if choice == "yes" else ()
        await note_correction(
            session,
            inbound,
            author=author,
            by=speaking,
            what="asked",
            changes={index: None for index, _ in acts} | {one[INDEX]: one for one in labels},
            secrets=None,  # the question has all that was written
            now=now,
        )
    if choice != "yes":
        return say("questions.not_recorded", speaking.preset.name)
    effect = Effect()
    await take_acts(session, acts, author, inbound, effect, now=now, sure=True)
    await offer_removal(session, effect.raised, author, inbound, bot_name=None, now=now)
    return say("questions.recorded", speaking.preset.name)


async def _which_household(
    session: AsyncSession, question: Question, choice: str, speaking: Speaking, now: datetime
) -> str:
    report = await session.get_one(Report, question.act["report"])
    if report.status == reports.WITHDRAWN:
        raise Stale("questions.gone")
    chosen, name = _number(choice), question.act["name"]
    if chosen not in question.act["choices"]:
        return say("questions.household_none", speaking.preset.name)
    household = await session.get_one(Household, chosen)
    visits = (await reports.visits_of(session, [report.id or 0])).get(report.id or 0, ())
    if chosen not in {visit.household_id for visit in visits}:
        add_visits(session, report, {chosen: name})
    report.unknown_names = [one for one in report.unknown_names if one != name]
    session.add(report)
    await settle_report(session, report, now=now)
    speaking = await in_branch(session, speaking, report.branch_id)
    where, who = (report.chat_id, report.message_id), (question.asked_user_id, speaking.actor.name)
    told = Inbound(*where, report.reported_at, report.text, *who)
    await see_to_fever(session, speaking, told, now=now)
    return say("questions.household_chosen", speaking.preset.name, head=household.head)


async def _which_matter(
    session: AsyncSession, question: Question, choice: str, speaking: Speaking, now: datetime
) -> str:
    chosen = _number(choice)
    if chosen not in question.act["matters"]:
        return say("questions.matter_none", speaking.preset.name)
    matter = await session.get_one(Matter, chosen)
    await claim_solved(session, matter, speaking, now=now)
    return say("questions.matter_chosen", speaking.preset.name, number=matter.number, told=short(matter.text))


async def _is_same(
    session: AsyncSession, question: Question, choice: str, speaking: Speaking, now: datetime
) -> str:
    matter = await session.get_one(Matter, question.act["matter"])
    older = await session.get_one(Matter, question.act["older"])
    name, numbers = speaking.preset.name, {"number": older.number, "own": matter.number}
    if choice != "yes":
        return say("questions.not_same", name, **numbers)
    await merge_into(session, matter, older, speaking.actor, now=now)
    return say("questions.same", name, **numbers)


def _number(choice: str) -> int:
    return int(choice) if choice.isdecimal() else 0
