"""When a matter is said to be solved, whoever told it has the last word: each is asked for their own side.

In words that say person and thing ("李大娘，水管修好了吗？"). What can't be solved is not asked about but
explained: they read the reason, and say that they have read it, or that they do not agree.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category
from bot.domain.buttons import Verb, encode
from bot.domain.matters import Outcome
from bot.domain.preset import Preset
from bot.services.matters.matter_texts import holder_name, is_claimed_impossible, is_conduct, short
from bot.services.matters.whom_to_ask import Side, called, sides_of
from bot.text.things import settled_words
from bot.wording import say
from storage import outbox
from storage.outbox import Draft, Priority
from storage.queries import chats
from storage.tables import Matter, Notice

KIND = "matter.confirm"


async def ask_outcome(
    session: AsyncSession, matter: Matter, *, preset: Preset, now: datetime, again: bool = False
) -> list[Notice]:
    """Ask all who have not said so yet whether a matter that is claimed solved really is, with buttons.

    Privately where the bot may write privately, else in the group under their message, where a private
    matter is called by its number alone.

    Args:
        again: as a reminder.

    Returns:
        The questions put; none when nobody can be asked, or all have been.
    """
    if matter.id is None:
        raise ValueError("the matter has not been stored yet")
    if not again:
        matter.confirm_asked_at = matter.confirm_asked_at or now
        session.add(matter)
    cannot = await is_claimed_impossible(session, matter)
    today = now.astimezone(preset.zone).date()
    put = []
    for side in await sides_of(session, matter, today=today):
        if side.said is None:
            put.append(await _ask(session, matter, side, preset, cannot=cannot, again=again, now=now))
    return [notice for notice in put if notice is not None]


def outcome_buttons(
    matter: Matter, preset: Preset, *, cannot: bool
) -> tuple[tuple[dict[str, Any], ...], ...]:
    """A button for each outcome that can be given; `cannot`: the holder has said that it can't be solved."""
    if cannot:
        labels = {Outcome.CANNOT_EXPLAINED: "cannot_explained", Outcome.NOT_SOLVED: "not_agreed"}
    else:
        labels = {one: str(one) for one in (Outcome.SATISFIED, Outcome.PARTLY, Outcome.NOT_SOLVED)}
    return tuple(
        (
            {
                "text": say(f"claims.button_{label}", preset.name),
                "data": encode(Verb.OUTCOME, matter.id or 0, matter.version, outcome),
            },
        )
        for outcome, label in labels.items()
    )


async def _ask(
    session: AsyncSession,
    matter: Matter,
    side: Side,
    preset: Preset,
    *,
    cannot: bool,
    again: bool,
    now: datetime,
) -> Notice | None:
    privately = await chats.private_chat_open(session, side.asked.telegram_id)
    chat_id = await chats.living_chat_id(session, side.chat_id)
    told_it = matter.reporter_telegram_id if side.joined is None else side.joined.telegram_id
    in_group = not privately and side.asked.telegram_id == told_it
    question = await _text(session, matter, side, preset, cannot=cannot, public=in_group)
    whose = "" if side.joined is None else f":c{side.joined.id}"
    draft = Draft(
        key=f"{KIND}:{matter.id}:v{matter.version}:{'again' if again else 'first'}{whose}",
        kind=KIND,
        priority=Priority.MATTER,
        text=say("claims.again", preset.name, question=question) if again else question,
        chat_id=chat_id if in_group else side.asked.telegram_id,
        topic_id=matter.topic_id if in_group and chat_id == matter.chat_id else None,
        recipient=side.asked.name,
        buttons=outcome_buttons(matter, preset, cannot=cannot),
        reply_to=side.message_id if in_group and chat_id == side.chat_id else None,
        subject_kind="matter",
        subject_id=matter.id,
        branch_id=matter.branch_id,
        due_at=preset.quiet.after_quiet(now),
    )
    return await outbox.put(session, draft, now=now)


async def _text(
    session: AsyncSession, matter: Matter, side: Side, preset: Preset, *, cannot: bool, public: bool
) -> str:
    hidden = public and matter.private
    told = say("claims.the_matter", preset.name, number=matter.number) if hidden else short(matter.text)
    values = {
        "name": await called(session, matter, side),
        "about": matter.on_behalf_of or matter.about or side.asked.name,
        "number": matter.number,
        "told": told,
        "settled": settled_words(matter.text, Category(matter.category)),
        "reason": "" if hidden else matter.explanation or "",
        "holder": say("claims.somebody", preset.name),
    }
    if not is_conduct(matter):
        values["holder"] = await holder_name(session, matter) or values["holder"]
    sentence = "ask_cannot" if cannot else "ask_solved"
    if hidden:
        sentence += "_hidden"
    elif side.asked.on_behalf:
        sentence += "_for"
    return say(f"claims.{sentence}", preset.name, **values)
