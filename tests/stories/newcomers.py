"""Somebody new comes to Telegram, and says in one way or another who they are."""

from __future__ import annotations

from bot.playground import people
from bot.playground.contacts import send_contact
from bot.playground.messages import Message
from tests.stories.telling import Tale

WELCOME = "何文，您好！连上了“杏林村”。直接用平常的话告诉我就行，发“帮助”看能说什么。"
VISITED = "今天走访了谢秀珍家"
ASKED = "收到。我去请陈志强认一认，认了马上告诉您，在这之前还用不了“何文”。"


def joins(village: Tale, name: str, phone: str | None = None) -> None:
    """Somebody new comes to Telegram."""
    here = village.village
    here.people = {**here.people, name: here.world.add_user(name, phone=phone)}


async def opens(village: Tale, name: str, code: str) -> list[str]:
    """`name` opens the bot with a code."""
    world = village.village.world
    people.open_link(
        world, village.village.people[name].id, f"https://t.me/{world.bot.username}?start={code}"
    )
    await village.village.settle()
    return village.heard(name)


async def sends_contact(village: Tale, name: str, *, of: str | None = None) -> list[str]:
    here = village.village
    send_contact(here.world, here.people[name].id, of=None if of is None else here.people[of].id)
    await here.settle()
    return village.heard(name)


def latest(village: Tale, name: str) -> Message:
    return village.from_bot(village.village.people[name].id)[-1]


async def unbound(village: Tale, name: str = "何文") -> None:
    """The name is free again."""
    await village.say("陈志强", f"解绑 {name}", private=True)
    village.listen_from_now()
