"""A button about a matter has been pressed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb
from bot.domain.errors import NotFound
from bot.domain.matters import Outcome
from bot.services.chat.speaker import Speaking
from bot.services.matters.acknowledge_matter import acknowledge_matter
from bot.services.matters.answer_outcome import settle_side
from bot.services.matters.claim_solved import claim_solved
from bot.services.matters.look_back import answer_look_back
from bot.services.matters.matter_texts import holder_name, is_conduct
from bot.services.matters.own_words import claim_impossible
from bot.services.matters.press_order import ORDERED_BY, PressedOn, press_order
from bot.services.views.show_matter import show_matter
from bot.wording import say
from storage.tables import Matter


async def press_matter(
    session: AsyncSession, press: Press, speaking: Speaking, on: PressedOn, *, now: datetime
) -> str:
    """Do what the button says; returns the sentence that says so.

    on: the message under which it stands.

    Raises:
        NotFound: there is no such matter, or the button makes no sense any more.
        Stale: the button was shown for an earlier state.
        NotEntitled: it is not theirs to do.
        NotPossible: the matter is over, or somebody else has it.
    """
    matter = await session.get(Matter, press.id)
    if matter is None:
        raise NotFound("questions.bad_button")
    if press.verb in ORDERED_BY:
        return await press_order(session, matter, press, speaking, on, now=now)
    name, number = speaking.preset.name, matter.number
    if press.verb is Verb.ACKNOWLEDGE:
        await acknowledge_matter(session, matter, speaking, version=press.version, now=now)
        return say("matters.taken_thanks", name, number=number)
    if press.verb is Verb.SOLVED:
        await claim_solved(session, matter, speaking, version=press.version, now=now)
        return say("matters.solved_thanks", name, number=number)
    if press.verb is Verb.CANNOT:
        return await claim_impossible(session, matter, speaking, version=press.version, now=now)
    if press.verb is Verb.OUTCOME and press.choice in set(Outcome) - {Outcome.SILENT}:
        outcome = Outcome(press.choice)
        await settle_side(session, matter, outcome, speaking, version=press.version, now=now)
        if outcome is Outcome.NOT_SOLVED:
            return await _goes_on(session, matter, name)
        return say(f"claims.thanks_{outcome}", name, number=number)
    if press.verb is Verb.LASTING:
        return await answer_look_back(session, matter, press.choice, speaking, now=now)
    if press.verb is Verb.SHOW:
        return await show_matter(session, number, speaking, in_group=False, now=now)
    raise NotFound("questions.bad_button")


async def _goes_on(session: AsyncSession, matter: Matter, preset: str) -> str:
    """Who goes on with a matter that is not settled; of a matter of conduct that is nobody's to know."""
    holder = None if is_conduct(matter) else await holder_name(session, matter)
    if holder is None:
        return say("claims.thanks_not_solved_unnamed", preset, number=matter.number)
    return say("claims.thanks_not_solved", preset, number=matter.number, name=holder)
