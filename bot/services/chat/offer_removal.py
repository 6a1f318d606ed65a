"""Something that is not for everybody was written in a group: its writer is offered help to take it away.

Privately, where the bot may write to them; else a short line in the group shows the way to it. The line is
the same whatever it was about. The message is deleted on its writer's own press alone, where the bot may
delete; where it may not, they are told how to do it themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.services.chat import answering
from bot.services.chat.ask_about import button
from bot.services.chat.speaker import Speaking
from bot.text.discretion import has_id_number, has_phone
from bot.wording import say
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats, notices, removals
from storage.tables import AuditEntry, Chat, Matter, Question

REMOVAL = "removal"
START = "hide"
"""The payload of the link that leads a writer to the offer."""
_DELETE, _DELETE_FAILED = "message.remove", "message.remove_failed"
_INDEX = 400_000  # of a message's questions
_STILL_THERE = timedelta(hours=47)  # the platform lets nobody delete what is older than two days


async def offer_removal(
    session: AsyncSession,
    raised: Sequence[Matter],
    speaking: Speaking,
    inbound: Inbound,
    *,
    bot_name: str | None,
    now: datetime,
) -> None:
    """Offer it, when a message in a group is not for everybody, whether or not it has raised a matter.

    Args:
        raised: the matters that the message has raised.
        bot_name: the bot's username, for the link; null: not known.
    """
    private = next((matter for matter in raised if matter.private), None)
    if inbound.private or inbound.user_id is None:
        return
    if private is None and not _tells_too_much(inbound.text, speaking):
        return
    question = await _question(session, private, speaking, inbound, now=now)
    if await chats.private_chat_open(session, inbound.user_id):
        await _ask(session, question, speaking, now=now)
    elif bot_name is not None:
        name = speaking.preset.name
        link = f"https://t.me/{bot_name}?start={START}"
        await answering.reply(
            session,
            inbound,
            say("discretion.line", name),
            what="removal",
            buttons=[[{"text": say("discretion.button_privately", name), "url": link}]],
            branch_id=speaking.branch_id,
            now=now,
        )


async def offer_again(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """Somebody has followed the link: they are offered to take away what they have written last.

    Returns:
        The sentence with which they are greeted.
    """
    user_id, name = speaking.actor.telegram_id or 0, speaking.preset.name
    question = await removals.latest_offer(session, REMOVAL, user_id, since=now - _STILL_THERE)
    if question is None:
        return say("discretion.nothing_to_remove", name)
    await _ask(session, question, speaking, now=now)
    return say("discretion.welcome", name)


async def remove_message(
    session: AsyncSession, question: Question, choice: str, speaking: Speaking, *, now: datetime
) -> str:
    """Its writer has answered the offer; returns the sentence that says what is done."""
    name = speaking.preset.name
    if choice != "yes":
        return say("discretion.left", name)
    if now - question.asked_at > _STILL_THERE:
        return say("discretion.too_old", name)
    chat_id, message_id = question.chat_id, question.message_id
    number = question.act["number"]
    delete = Draft(
        key=f"{_DELETE}:{chat_id}:{message_id}",
        kind=_DELETE,
        priority=Priority.ANSWER,
        text="",
        chat_id=await chats.living_chat_id(session, chat_id),
        recipient=speaking.actor.name,
        method="delete",
        target_message_id=message_id,
        subject_kind=REMOVAL,  # not the question, with which all that waits about it ends
        subject_id=question.id,
        branch_id=question.act["branch"],
        breaks_quiet=True,
    )
    await outbox.put(session, delete, now=now)
    session.add(
        AuditEntry(
            at=now,
            by_person_id=speaking.actor.person_id,
            by_name=speaking.actor.name,
            action=_DELETE,
            subject="" if number is None else f"#{number}",
            detail=str(message_id),
        )
    )
    return say("discretion.removing" if number else "discretion.removing_words", name)


async def tell_failures(session: AsyncSession, *, now: datetime) -> int:
    """Tell those whose message could not be deleted how to do it themselves. Returns how many were told."""
    made = 0
    for failed in await removals.failed(session, _DELETE, since=now - _STILL_THERE):
        question = None if failed.subject_id is None else await session.get(Question, failed.subject_id)
        key = f"{_DELETE_FAILED}:{failed.id}"
        if question is None or await notices.by_key(session, key) is not None:
            continue
        await answering.tell_user(
            session,
            question.asked_user_id,
            failed.recipient,
            say("discretion.remove_failed"),
            key=key,
            kind=_DELETE_FAILED,
            branch_id=failed.branch_id,
            now=now,
        )
        made += 1
    return made


def _tells_too_much(text: str, speaking: Speaking) -> bool:
    """Whether it gives an ID number, or a phone number that is not a member's to be rung by."""
    return has_id_number(text) or (not speaking.actor.is_member and has_phone(text))


async def _question(
    session: AsyncSession, matter: Matter | None, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> Question:
    """What is to be asked about a message, once; `matter`: what it has raised (null: nothing)."""
    place = (inbound.chat_id, inbound.message_id, _INDEX)
    found = await chats.question_of_act(session, *place)
    if found is not None:
        return found
    question = Question(
        kind=REMOVAL,
        chat_id=place[0],
        message_id=place[1],
        act_index=place[2],
        asked_user_id=inbound.user_id or 0,
        act={"number": None if matter is None else matter.number, "branch": speaking.branch_id},
        asked_at=now,
    )
    session.add(question)
    await session.flush()
    return question


async def _ask(session: AsyncSession, question: Question, speaking: Speaking, *, now: datetime) -> None:
    """Put the question to its writer; asked a second time it is not said again."""
    name, number = speaking.preset.name, question.act["number"]
    chat = await chats.chat_by_telegram(session, question.chat_id)
    buttons = [
        [
            button(question, "yes", say("discretion.button_remove", name)),
            button(question, "no", say("discretion.button_leave", name)),
        ]
    ]
    can = _may_delete(chat)
    sentence = ("offer" if can else "how") + ("" if number else "_words")
    await answering.tell_user(
        session,
        question.asked_user_id,
        speaking.actor.name,
        say(f"discretion.{sentence}", name, number=number),
        key=f"question:{question.id}",
        kind=f"question.{REMOVAL}",
        buttons=buttons if can else (),
        subject=("question", question.id or 0),
        branch_id=question.act["branch"],
        now=now,
    )


def _may_delete(chat: Chat | None) -> bool:
    """Whether it is worth offering: an admin of whom nothing else is known may."""
    return chat is not None and chat.bot_status == "administrator" and chat.may_delete is not False
