"""A matter was read wrongly: it is none, of another kind, or more or less urgent. One tap puts it right.

The choices of its buttons: `none`, `category` (ask which), `c.<category>`, `u.<urgency>`. They
name what it becomes, so that an old button does no more than it says and needs no version.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Urgency
from bot.domain.buttons import Press
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus
from bot.secrets import Secrets
from bot.services import answering
from bot.services.acknowledge_matter import answers_for
from bot.services.amend_matter import amend_matter
from bot.services.correct_reading import note_correction
from bot.services.fix_buttons import fix_data
from bot.services.keep_word import may_teach
from bot.services.matter_texts import short
from bot.services.speaker import Speaking, in_branch, who_is
from bot.services.withdraw import withdraw_matter
from bot.wording import say
from storage.queries import chats
from storage.tables import Matter

_RUNNING = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)


async def press_matter_fix(
    session: AsyncSession, press: Press, speaking: Speaking, secrets: Secrets | None, *, now: datetime
) -> str:
    """Do what the button says; returns the sentence that says so.

    Raises:
        NotFound: there is no such matter, or the button makes no sense any more.
        NotEntitled: they have neither raised it nor are they its branch's secretary.
        NotPossible: the matter is over.
    """
    matter = await session.get(Matter, press.id)
    if matter is None:
        raise NotFound("questions.bad_button")
    speaking = await in_branch(session, speaking, matter.branch_id)
    if not await _may_correct(session, matter, speaking, now):
        raise NotEntitled("corrections.not_yours")
    kind, _, chosen = press.choice.partition(".")
    name, number = speaking.preset.name, matter.number
    if kind == "category":
        await _ask_category(session, matter, speaking, now)
        return say("corrections.ask_category_below", name, number=number)
    author = await _author(session, matter)
    inbound = _message(matter)
    if kind == "none":
        if not await withdraw_matter(session, matter, speaking, now=now):
            raise NotPossible(f"matters.refused_{matter.status}", number=number)
        text, change = say("corrections.no_matter", name, number=number), None
    else:
        act = _changed(matter, kind, chosen)
        await amend_matter(session, matter, act, author, inbound, now=now, by=speaking.actor)
        change = {
            "kind": "grievance",
            "category": str(act.category),
            "urgency": str(act.urgency),
            "about": matter.about,
            "resolved": False,
        }
        category = say(f"console.category_{matter.category}", name)
        urgency = say(f"console.urgency_{matter.urgency}", name)
        text = say("corrections.matter", name, number=number, category=category, urgency=urgency)
    await note_correction(
        session,
        inbound,
        author=author,
        by=speaking,
        what={"none": "not_matter", "c": "category"}.get(kind, "urgency"),
        changes={matter.act_index: change},
        secrets=secrets,
        now=now,
    )
    return text


async def _may_correct(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> bool:
    """The one who raised it and the secretary; of a private matter, only a secretary who answers for it."""
    who = speaking.actor.telegram_id
    if who is not None and who == matter.reporter_telegram_id:
        return True
    if not await may_teach(session, speaking):
        return False
    return not matter.private or await answers_for(session, matter, speaking, now=now)


def _changed(matter: Matter, kind: str, chosen: str) -> Grievance:
    category, urgency = Category(matter.category), Urgency(matter.urgency)
    if kind == "c" and chosen in set(Category):
        category = Category(chosen)
    elif kind == "u" and chosen in set(Urgency) and matter.status in _RUNNING:
        urgency = Urgency(chosen)
    else:
        raise NotFound("questions.bad_button")
    return Grievance(category, urgency, matter.about, False, matter.text)


async def _ask_category(session: AsyncSession, matter: Matter, speaking: Speaking, now: datetime) -> None:
    """Ask privately which kind it is; in the chat where it was raised when they have no private one."""
    name, user_id = speaking.preset.name, speaking.actor.telegram_id or 0
    others = [one for one in Category if one != matter.category]
    buttons = [
        {"text": say(f"console.category_{one}", name), "data": fix_data(matter, f"c.{one}")} for one in others
    ]
    private = await chats.private_chat_open(session, user_id)
    told = short(matter.text) if private or not matter.private else ""
    await answering.tell_user(
        session,
        user_id if private else matter.chat_id,
        speaking.actor.name,
        say("corrections.ask_category", name, number=matter.number, told=told),
        key=f"fix:{matter.id}:category:{matter.version}:{user_id}",
        kind="matter.fix",
        buttons=[buttons[at : at + 3] for at in range(0, len(buttons), 3)],
        branch_id=matter.branch_id,
        now=now,
    )


async def _author(session: AsyncSession, matter: Matter) -> Speaking:
    chat = await chats.chat_by_telegram(session, matter.chat_id)
    where = None if chat is None or chat.kind == "private" else chat
    who = await who_is(
        session, matter.reporter_telegram_id, matter.reporter_name, chat=where, at=matter.created_at
    )
    return await in_branch(session, who, matter.branch_id)


def _message(matter: Matter) -> Inbound:
    return Inbound(
        chat_id=matter.chat_id,
        message_id=matter.message_id,
        sent_at=matter.created_at,
        text=matter.text,
        user_id=matter.reporter_telegram_id,
        user_name=matter.reporter_name,
        topic_id=matter.topic_id,
    )
