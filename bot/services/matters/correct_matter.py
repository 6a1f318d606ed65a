"""A matter was read wrongly: it is none, of another kind, or more or less urgent. One tap puts it right.

The choices of its buttons: `none`, `category` (ask which), `c.<category>`, `u.<urgency>`. They
name what it becomes, so that an old button does no more than it says and needs no version.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Urgency
from bot.domain.buttons import Press
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.inbound import Inbound
from bot.domain.matters import MatterStatus, Move
from bot.secrets import Secrets
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking, in_branch, who_is
from bot.services.matters.acknowledge_matter import answers_for
from bot.services.matters.amend_matter import assign_again, is_harder, set_clocks, tell_again
from bot.services.matters.matter_messages import refresh
from bot.services.matters.matter_texts import short
from bot.services.matters.move_matter import move
from bot.services.matters.raise_matter import keeps_to_itself
from bot.services.matters.withdraw import withdraw_matter
from bot.services.words.correct_reading import note_correction
from bot.services.words.fix_buttons import fix_data
from bot.services.words.keep_word import may_teach
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
        category, urgency = _wanted(matter, kind, chosen)
        await _read_as(session, matter, category, urgency, author, speaking, now)
        change = {
            "kind": "grievance",
            "category": str(category),
            "urgency": str(urgency),
            "about": matter.about,
            "resolved": False,
        }
        text = say("corrections.matter", name, number=number, read=_kind_words(matter, name))
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


async def _read_as(
    session: AsyncSession,
    matter: Matter,
    category: Category,
    urgency: Urgency,
    author: Speaking,
    speaking: Speaking,
    now: datetime,
) -> None:
    """Change kind and urgency; holder and clocks follow as if it had been read so when it was raised."""
    name = speaking.preset.name
    before, harder = _kind_words(matter, name), is_harder(urgency, Urgency(matter.urgency))
    elsewhere = category != matter.category
    if not elsewhere and urgency == matter.urgency:
        return
    matter.category, matter.urgency = category, urgency
    note = say("corrections.event", name, before=before, after=_kind_words(matter, name))
    await move(session, matter, Move.AMEND, by=speaking.actor, now=now, note=note)
    matter.private = matter.private or keeps_to_itself(category, matter.about, matter.text)
    moved = elsewhere and await assign_again(session, matter, category, author, now)
    if matter.status in _RUNNING and (harder or moved):
        await tell_again(session, matter, now)
    else:
        set_clocks(matter, speaking.preset)
    session.add(matter)
    await refresh(session, matter, preset=speaking.preset, amended=True, now=now)


def _kind_words(matter: Matter, preset: str) -> str:
    category = say(f"console.category_{matter.category}", preset)
    urgency = say(f"console.urgency_{matter.urgency}", preset)
    return say("words.meaning_trouble", preset, category=category, urgency=urgency)


def _wanted(matter: Matter, kind: str, chosen: str) -> tuple[Category, Urgency]:
    category, urgency = Category(matter.category), Urgency(matter.urgency)
    if kind == "c" and chosen in set(Category):
        category = Category(chosen)
    elif kind == "u" and chosen in set(Urgency) and matter.status in _RUNNING:
        urgency = Urgency(chosen)
    else:
        raise NotFound("questions.bad_button")
    return category, urgency


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
