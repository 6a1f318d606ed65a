"""`forget`: somebody has asked on paper that what is kept of them be erased."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import SystemClock
from bot.commands.terminal import DONE, Refused, complain, open_database, run
from bot.config import Settings
from bot.domain.roster import Actor
from bot.services.chat.speaker import Speaking, speaking_for, who_is
from bot.services.privacy.forget_person import OpenMatters, everybody_called, forget_person
from bot.services.roster.find_branch import find_branch
from bot.wording import say


def forget(*, person: str | None, user: int | None, branch: str | None, withdraw: bool) -> int:
    """Erase what is kept of one person, named or by Telegram user."""

    async def work(settings: Settings) -> int:
        now = SystemClock().now()
        async with open_database(settings) as database, database.transaction() as session:
            if user is not None:
                who = await who_is(session, user, "", chat=None, at=now)
            else:
                who = await _named(session, person or "", branch)
            choice = OpenMatters.WITHDRAW if withdraw else OpenMatters.KEEP
            operator = Actor(say("setup.command_line"))
            done = await forget_person(session, who, choice, by=operator, now=now)
        sentence = "forgotten_member" if done.on_roster else "forgotten"
        name = person or str(user)
        complain(say(f"privacy.{sentence}", name=name, matters=done.matters, withdrawn=done.withdrawn))
        return DONE

    return run(work)


async def _named(session: AsyncSession, name: str, branch: str | None) -> Speaking:
    within = None if branch is None else (await find_branch(session, branch)).id
    found = await everybody_called(session, name, branch_id=within)
    if not found:
        raise Refused(say("privacy.nobody", name=name))
    if len(found) > 1:
        people = "、".join(f"{one.name}（{one.telegram_id or ''}）" for one in found)
        raise Refused(say("privacy.several", name=name, people=people))
    return await speaking_for(session, found[0])
