"""One question with buttons, to the speaker alone: is it an act, which household, which matter.

Asked privately where the bot may write privately, else in the group as a reply; only the speaker may
press. A question waits in its row with what it will do; when the message it asks about is changed or
taken back, it is cancelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.act_data import act_to_data, inbound_to_data
from bot.domain.acts import Act, Category, Grievance
from bot.domain.buttons import Verb, encode
from bot.domain.inbound import Inbound
from bot.services.chat import answering
from bot.services.chat.act_words import act_words
from bot.services.chat.speaker import Speaking
from bot.services.matters.matter_texts import short
from bot.services.visits.record_visits import Unplaced
from bot.text.discretion import accuses, is_personal
from bot.wording import say
from storage import outbox
from storage.queries import chats, notices
from storage.tables import Household, Matter, Question, Report

IS_ACT, WHICH_HOUSEHOLD, WHICH_MATTER = "is_act", "which_household", "which_matter"
CANCELLED = "cancelled"
_MOST_CHOICES = 8
# A message has one number for each act; questions about names in an act and about matters come after.
_PER_ACT, _MATTERS_FROM = 100, 100_000


async def ask_whether(
    session: AsyncSession,
    acts: Sequence[tuple[int, Act]],
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
) -> Question | None:
    """Ask whether these probable acts, each with its index, are to be recorded: one question for all."""
    data = {
        "acts": [{"index": index, "act": act_to_data(act)} for index, act in acts],
        "inbound": inbound_to_data(inbound),
    }
    question = await new_question(session, IS_ACT, acts[0][0], data, inbound, now)
    if question is None:
        return None
    preset = speaking.preset
    words = say("questions.and", preset.name).join(
        act_words(act, preset, today=speaking.day_of(inbound.sent_at)) for _, act in acts
    )
    yes = {"text": say("questions.button_yes", preset.name), "data": _data(question, "yes")}
    no = {"text": say("questions.button_no", preset.name), "data": _data(question, "no")}
    await put_question(
        session,
        question,
        inbound,
        speaking,
        private=say(
            f"questions.{_privately(acts, inbound)}", preset.name, told=short(inbound.text), acts=words
        ),
        public=say(f"questions.{_in_group(acts)}", preset.name, name=inbound.user_name, acts=words),
        buttons=[[yes, no]],
        now=now,
    )
    return question


async def ask_household(
    session: AsyncSession,
    report: Report,
    unplaced: Sequence[Unplaced],
    speaking: Speaking,
    inbound: Inbound,
    *,
    now: datetime,
) -> None:
    """Ask which households were meant by names that fit several or none.

    A name that fits none is asked about privately alone: it stands in the report, and a group need not
    hear of it.
    """
    for place, one in enumerate(unplaced):
        ids = one.candidates or tuple(household.id for household in speaking.linked)
        if not one.candidates and not await _can_be_private(session, inbound):
            continue
        households = [await session.get_one(Household, each) for each in ids[:_MOST_CHOICES]]
        data = {"report": report.id, "name": one.name, "choices": list(ids[:_MOST_CHOICES])}
        index = (report.act_index + 1) * _PER_ACT + place
        question = (
            await new_question(session, WHICH_HOUSEHOLD, index, data, inbound, now) if households else None
        )
        if question is None:
            continue
        name = speaking.preset.name
        buttons = [
            [{"text": _household_words(household, name), "data": _data(question, str(household.id))}]
            for household in households
        ]
        none = {"text": say("questions.button_none", name), "data": _data(question, "0")}
        sentence = "which_household" if one.candidates else "which_household_unknown"
        await put_question(
            session,
            question,
            inbound,
            speaking,
            private=say(f"questions.{sentence}", name, name=one.name),
            public=say("questions.which_household_in_group", name, speaker=inbound.user_name, name=one.name),
            buttons=[*buttons, [none]],
            now=now,
        )


async def ask_matter(
    session: AsyncSession,
    matters: Sequence[Matter],
    speaking: Speaking,
    inbound: Inbound,
    *,
    index: int,
    now: datetime,
) -> None:
    """Ask which of these matters is meant by words that say one is dealt with."""
    chosen = list(matters[:_MOST_CHOICES])
    data = {"matters": [matter.id for matter in chosen]}
    question = await new_question(session, WHICH_MATTER, _MATTERS_FROM + index, data, inbound, now)
    if question is None:
        return
    name = speaking.preset.name
    hide = not inbound.private and not await _can_be_private(session, inbound)
    buttons = [
        [
            {
                "text": say(
                    "questions.button_matter",
                    name,
                    number=matter.number,
                    told="" if hide and matter.private else short(matter.text),
                ),
                "data": _data(question, str(matter.id)),
            }
        ]
        for matter in chosen
    ]
    none = {"text": say("questions.button_none", name), "data": _data(question, "0")}
    await put_question(
        session,
        question,
        inbound,
        speaking,
        private=say("questions.which_matter", name),
        public=say("questions.which_matter_in_group", name, speaker=inbound.user_name),
        buttons=[*buttons, [none]],
        now=now,
    )


async def cancel_questions(session: AsyncSession, chat_id: int, message_id: int, *, now: datetime) -> None:
    """What was asked about a message is not worth asking any more: it was changed or taken back."""
    for question in await chats.questions_of_message(session, chat_id, message_id):
        if question.answered_at is None:
            await settle(session, question, CANCELLED, say("questions.cancelled"), now=now)


async def settle(session: AsyncSession, question: Question, answer: str, text: str, *, now: datetime) -> None:
    """A question has its answer. What it would have done, and the words it quotes, are forgotten."""
    question.answered_at, question.answer, question.act = now, answer, {}
    session.add(question)
    await outbox.cancel(
        session, subject_kind="question", subject_id=question.id or 0, by=f"question {answer}", now=now
    )
    for notice in await notices.about(session, subject_kind="question", subject_id=question.id or 0):
        await session.refresh(notice)
        await answering.rewrite(session, notice, text, mark=answer, now=now)


def _privately(acts: Sequence[tuple[int, Act]], inbound: Inbound) -> str:
    """The sentence that asks privately: what is recorded word for word is not quoted twice."""
    whole = len(acts) == 1 and isinstance(acts[0][1], Grievance) and acts[0][1].span == inbound.text.strip()
    return "is_act_whole" if whole else "is_act"


def _in_group(acts: Sequence[tuple[int, Act]]) -> str:
    """The sentence that asks in a group: what is not for everybody is not said once more by the bot."""
    told = [act for _, act in acts if isinstance(act, Grievance)]
    discreet = any(
        act.category is Category.DISCIPLINE or is_personal(act.span) or accuses(act.span) for act in told
    )
    return "is_act_in_group_hidden" if discreet else "is_act_in_group"


def button(question: Question, choice: str, text: str) -> dict[str, Any]:
    """A button that answers a question with `choice`."""
    return {"text": text, "data": _data(question, choice)}


def _data(question: Question, choice: str) -> str:
    return encode(Verb.ANSWER, question.id or 0, 0, choice)


def _household_words(household: Household, preset: str) -> str:
    return say("questions.button_household", preset, head=household.head, address=household.address).strip()


async def _can_be_private(session: AsyncSession, inbound: Inbound) -> bool:
    return inbound.private or await chats.private_chat_open(session, inbound.user_id)


async def new_question(
    session: AsyncSession, kind: str, index: int, data: dict[str, Any], inbound: Inbound, now: datetime
) -> Question | None:
    """A new question with what it will do; null when it was asked before, or nobody could press."""
    if inbound.user_id is None:
        return None
    if await chats.question_of_act(session, inbound.chat_id, inbound.message_id, index) is not None:
        return None
    question = Question(
        kind=kind,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        act_index=index,
        topic_id=inbound.topic_id,
        asked_user_id=inbound.user_id,
        act=data,
        asked_at=now,
    )
    session.add(question)
    await session.flush()
    return question


async def put_question(
    session: AsyncSession,
    question: Question,
    inbound: Inbound,
    speaking: Speaking,
    *,
    private: str,
    public: str,
    buttons: answering.Buttons,
    now: datetime,
) -> None:
    """Put a question to the speaker: privately where the bot may, else in the group in `public` words."""
    subject = ("question", question.id or 0)
    branch_id = None if speaking.branch is None else speaking.branch.id
    if inbound.private or not await _can_be_private(session, inbound):
        text = private if inbound.private else public
        what = f"{question.kind}.{question.act_index}"
        await answering.reply(
            session, inbound, text, what=what, buttons=buttons, subject=subject, branch_id=branch_id, now=now
        )
        return
    await answering.tell_user(
        session,
        question.asked_user_id,
        inbound.user_name,
        private,
        key=f"question:{question.id}",
        kind=f"question.{question.kind}",
        buttons=buttons,
        subject=subject,
        branch_id=branch_id,
        now=now,
    )
