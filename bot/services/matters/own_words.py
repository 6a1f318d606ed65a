"""Words that are asked for in one short question and given as the next message: why it is not settled, why
it can't be.

Nobody has to answer. A message that plainly tells of another thing is not taken for the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Act, Activity, Correction, Grievance, Sureness, Visit
from bot.domain.errors import NotPossible
from bot.domain.inbound import Inbound
from bot.domain.matters import TRANSITIONS, MatterStatus, Move, Outcome
from bot.services.chat import answering
from bot.services.chat.ask_about import settle
from bot.services.chat.speaker import Speaking
from bot.services.matters.acknowledge_matter import acting_person
from bot.services.matters.claim_solved import claim_solved
from bot.services.matters.matter_texts import short
from bot.services.matters.move_matter import check_version
from bot.services.matters.tell_holders import about_matter, id_of, words_for
from bot.services.notices.tell import to_person
from bot.services.roster.parameters import for_unit
from bot.text.outcomes import gives_explanation
from bot.text.things import things_in
from bot.wording import say
from storage import outbox
from storage.queries import chats, notices
from storage.queries import matters as matter_rows
from storage.tables import Matter, MatterEvent, Person, Question

REASON, EXPLANATION = "reason", "explanation"
_FROM = 300_000  # of a matter's questions, by its version
_WAITS = timedelta(hours=24)
_SAID_BESIDE = ("reply.order",)  # to the order that has led to the question
_SOMETHING_ELSE = (Visit, Activity, Correction)


async def ask_reason(
    session: AsyncSession, matter: Matter, outcome: Outcome, speaking: Speaking, *, now: datetime
) -> None:
    """Ask somebody who has said that it is not settled, or only half, what is lacking; privately alone."""
    name, user_id = speaking.preset.name, speaking.actor.telegram_id
    if user_id is None or not await chats.private_chat_open(session, user_id):
        return
    text = say(f"claims.ask_reason_{outcome}", name, number=matter.number, told=short(matter.text))
    await _ask(session, REASON, matter, speaking, text, now=now)


async def claim_impossible(
    session: AsyncSession,
    matter: Matter,
    speaking: Speaking,
    *,
    now: datetime,
    version: int | None = None,
    words: str = "",
) -> str:
    """A matter can't be solved, says who holds it. Its reporter is shown why, so that is asked for first.

    Args:
        version: of the button pressed; null: said in words.
        words: in which they said so; they may give the reason.

    Returns:
        A short sentence for the one who says so.

    Raises:
        Stale: the button was shown for an earlier state.
        NotEntitled: it is not theirs to say.
        NotPossible: it is over, or they have to give the reason where the bot can't ask them for it.
    """
    name = speaking.preset.name
    if gives_explanation(words):
        await claim_solved(session, matter, speaking, version=version, explanation=words.strip(), now=now)
        return say("claims.explanation_passed_on", name, number=matter.number)
    await acting_person(session, matter, speaking, now=now)
    check_version(matter, version)
    if (Move.CLAIM_SOLVED, MatterStatus(matter.status)) not in TRANSITIONS:
        raise NotPossible(f"matters.refused_{matter.status}", number=matter.number)
    if not await chats.private_chat_open(session, speaking.actor.telegram_id):
        raise NotPossible("claims.say_reason_too", number=matter.number)
    text = say("claims.ask_explanation", name, number=matter.number, told=short(matter.text))
    await _ask(session, EXPLANATION, matter, speaking, text, now=now)
    return say("claims.write_reason", name)


async def take_own_words(
    session: AsyncSession, acts: Sequence[Act], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> bool:
    """Whether a message has the words that its writer was asked for, and they are kept.

    Args:
        acts: read from the message.

    Raises:
        ExpectedError: what was to be done with them is not possible any more.
    """
    question = await _answered(session, inbound, now)
    if question is None:
        return False
    matter = await session.get_one(Matter, question.act["matter"])
    if any(_is_else(act, matter, question.kind) for act in acts):
        return False
    name, words = speaking.preset.name, inbound.text.strip()
    if question.kind == EXPLANATION:
        await claim_solved(session, matter, speaking, explanation=words, now=now)
        text = say("claims.explanation_passed_on", name, number=matter.number)
    else:
        await keep_reason(session, matter, words, speaking, now=now)
        text = say("claims.reason_kept", name, number=matter.number)
    await settle(session, question, "said", text, now=now)
    return True


async def keep_reason(
    session: AsyncSession, matter: Matter, words: str, speaking: Speaking, *, now: datetime
) -> None:
    """Keep why somebody is not content with the matter, and tell whoever has it and whoever had it."""
    by = speaking.actor
    reason = MatterEvent(
        matter_id=id_of(matter),
        at=now,
        kind=Move.NOTE,
        by_person_id=None if matter.unnamed else by.person_id,
        by_name=matter.reporter_name if matter.unnamed else by.name,
        note=words,
    )
    session.add(reason)
    await session.flush()
    preset = await for_unit(session, matter.branch_id)
    told = await words_for(session, matter, preset, now)
    for person in await _holders(session, matter):
        await to_person(
            session,
            person,
            about_matter(matter, "matter.reason", f"e{reason.id}", now),
            told.say("reason", name=reason.by_name, text=words),
            preset=preset,
            now=now,
        )


async def _holders(session: AsyncSession, matter: Matter) -> list[Person]:
    """Who has the matter now, and who said last that it was solved."""
    events = (await matter_rows.events_of(session, [id_of(matter)])).get(id_of(matter), [])
    claims = [event.by_person_id for event in events if event.kind == Move.CLAIM_SOLVED]
    keys = dict.fromkeys((matter.assignee_id, *claims[-1:]))
    people = [await session.get_one(Person, key) for key in keys if key is not None]
    return [one for one in people if one.telegram_id is not None and one.id not in matter.accused_ids]


async def _ask(
    session: AsyncSession, kind: str, matter: Matter, speaking: Speaking, text: str, *, now: datetime
) -> None:
    user_id = speaking.actor.telegram_id or 0
    place = (user_id, id_of(matter), _FROM + matter.version)
    if await chats.question_of_act(session, *place) is not None:
        return
    question = Question(
        kind=kind,
        chat_id=place[0],
        message_id=place[1],
        act_index=place[2],
        asked_user_id=user_id,
        act={"matter": matter.id},
        asked_at=now,
    )
    session.add(question)
    await session.flush()
    await answering.tell_user(
        session,
        user_id,
        speaking.actor.name,
        text,
        key=f"question:{question.id}",
        kind=f"question.{kind}",
        subject=("question", question.id or 0),
        branch_id=matter.branch_id,
        now=now,
    )


async def _answered(session: AsyncSession, inbound: Inbound, now: datetime) -> Question | None:
    """The question that a message answers: in reply to it, or privately as the next thing that is said."""
    if inbound.user_id is None or not inbound.private or not inbound.text.strip():
        return None
    if inbound.reply_to_id is not None:
        asked = await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id)
    else:
        chat_id, before = inbound.chat_id, inbound.sent_at
        asked = await notices.last_said(session, chat_id, before=before, but_for=_SAID_BESIDE)
    if asked is None or asked.subject_kind != "question" or asked.subject_id is None:
        return None
    question = await session.get(Question, asked.subject_id)
    if question is None or question.kind not in (REASON, EXPLANATION) or question.answered_at is not None:
        return None
    waits = question.asked_user_id == inbound.user_id and now - question.asked_at <= _WAITS
    return question if waits else None


def _is_else(act: Act, matter: Matter, asked: str) -> bool:
    """Whether an act tells of something that is no answer. Reasons may sound like trouble."""
    if isinstance(act, Grievance):
        if asked == EXPLANATION:
            return False
        here, there = set(things_in(act.span)), set(things_in(matter.text))
        return bool(here and there) and not here & there
    return isinstance(act, _SOMETHING_ELSE) and act.sureness is Sureness.SURE
