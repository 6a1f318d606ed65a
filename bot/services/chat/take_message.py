"""What a message does to the ledger: each act read from it is one use case, and it is answered once.

Quiet by design: a reaction for what was recorded, one reply for the numbers that matters have got, one
question for what is only probable, and nothing at all for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import (
    Act,
    Activity,
    Category,
    Correction,
    Grievance,
    Resolution,
    Sureness,
    Urgency,
    Visit,
)
from bot.domain.errors import ExpectedError, NotFound, NotPossible
from bot.domain.inbound import Inbound
from bot.domain.matters import UNFINISHED, MatterStatus
from bot.services.chat import answering
from bot.services.chat.answer_in_own_words import answer_in_own_words
from bot.services.chat.ask_about import ask_household, ask_matter, ask_whether
from bot.services.chat.continue_telling import (
    continue_telling,
    leave_album,
    names_what_was_counted,
    only_guessed,
)
from bot.services.chat.in_short import acts_in_short
from bot.services.chat.speaker import Speaking
from bot.services.matters.answer_matter import answer_matters, matters_answered, matters_called_out
from bot.services.matters.ask_same import ask_same
from bot.services.matters.claim_solved import claim_solved
from bot.services.matters.find_matter import find_matter
from bot.services.matters.join_by_word import join_by_word
from bot.services.matters.matter_messages import register
from bot.services.matters.promises import promise_by_word
from bot.services.matters.raise_matter import raise_matter
from bot.services.visits.correct_report import correct_report
from bot.services.visits.name_the_rest import name_the_rest
from bot.services.visits.record_activity import record_activity
from bot.services.visits.record_visits import Recorded, record_visits
from bot.text.replies import ReplyKind, read_reply, says_only_not_solved
from bot.wording import say
from storage.queries import matters as matter_rows
from storage.tables import Matter

Numbered = tuple[int, Act]
"""An act with its place in the message."""

_BESIDE_AN_ANSWER = (Visit, Activity)  # what an answer to a matter may tell besides


@dataclass(slots=True)
class Effect:
    """What a message has done so far, to answer it once."""

    noted: bool = False
    raised: list[Matter] = field(default_factory=list)
    asked: bool = False
    refused: bool = False  # and why has been said

    @property
    def anything(self) -> bool:
        """Whether it has done anything."""
        return self.noted or bool(self.raised) or self.asked or self.refused


async def take_message(
    session: AsyncSession, acts: Sequence[Act], speaking: Speaking, inbound: Inbound, *, now: datetime
) -> Effect:
    """Do what the acts read from a new message say; the same message twice does it once."""
    effect = Effect()
    if await answer_in_own_words(session, acts, speaking, inbound, now=now):
        await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
        effect.noted = True
        return effect
    acts = await acts_in_short(session, acts, speaking, inbound)
    numbered: list[Numbered] = list(enumerate(acts))
    kind = read_reply(inbound.text)
    answered = await matters_answered(session, inbound) or await matters_called_out(
        session, kind, speaking, inbound, now=now
    )
    if await join_by_word(session, answered, acts, speaking, inbound, now=now):
        effect.noted, numbered = True, []
    elif await promise_by_word(session, answered, speaking, inbound, now=now):
        effect.noted = True
        numbered = [one for one in numbered if isinstance(one[1], _BESIDE_AN_ANSWER)]
    elif kind is not None and answered:
        if await _answered_a_matter(session, answered, kind, speaking, inbound, effect, now):
            numbered = [one for one in numbered if _stands_beside(one[1], kind, answered)]
        elif kind is ReplyKind.NOT_SOLVED:
            numbered = _told_again(numbered, answered[0], speaking, inbound.text)
        elif kind in (ReplyKind.SEEN, ReplyKind.TAKE):
            # "收到" under a matter is never word of its end, from whomever it comes.
            numbered = [(index, act) for index, act in numbered if not isinstance(act, Resolution)]
    if not effect.noted and kind is None and only_guessed(acts, inbound.text):
        effect.noted = await continue_telling(session, speaking, inbound, now=now)
        numbered = [] if effect.noted else numbered
    if not acts and not answered and not effect.noted:
        effect.noted = await name_the_rest(session, speaking, inbound, now=now)
    await take_acts(session, numbered, speaking, inbound, effect, now=now)
    return effect


def _stands_beside(act: Act, kind: ReplyKind, answered: list[Matter]) -> bool:
    """Whether an act is told besides the answer to a matter, and is not the answer itself."""
    if act.sureness is not Sureness.SURE:
        return False
    if isinstance(act, Grievance) and kind is ReplyKind.NOT_SOLVED:
        same = {Category.OTHER, *(matter.category for matter in answered)}
        return act.category not in same and not says_only_not_solved(act.span)
    return isinstance(act, _BESIDE_AN_ANSWER)


def _told_again(acts: list[Numbered], answered: Matter, speaking: Speaking, text: str) -> list[Numbered]:
    """ "又坏了" in answer to a matter that stays over is a new one: it says what is broken, after which."""
    if answered.private:
        return acts
    told = any(isinstance(act, Grievance) for _, act in acts)
    if not told and answered.status not in UNFINISHED:
        words = Grievance(
            Category(answered.category), Urgency(answered.urgency), answered.about, resolved=False, span=text
        )
        acts = [*acts, (max((index for index, _ in acts), default=-1) + 1, words)]
    return [
        (index, _told_in_full(act, answered, speaking)) if isinstance(act, Grievance) else (index, act)
        for index, act in acts
    ]


def _told_in_full(act: Grievance, answered: Matter, speaking: Speaking) -> Grievance:
    again = f"{answered.text}，{act.span}"
    if answered.status == MatterStatus.CLOSED:
        again = say("matters.again_after", speaking.preset.name, told=again, number=answered.number)
    return replace(act, span=again)


async def take_acts(
    session: AsyncSession,
    acts: Sequence[Numbered],
    speaking: Speaking,
    inbound: Inbound,
    effect: Effect,
    *,
    now: datetime,
    sure: bool = False,
) -> None:
    """Record the acts that are sure, ask about those that are probable, and answer the message.

    Args:
        sure: somebody has said yes: all are recorded.
    """
    probable: list[Numbered] = []
    for index, act in acts:
        if act.sureness is Sureness.PROBABLY and not sure:
            probable.append((index, act))
            continue
        try:
            async with session.begin_nested():
                await _take(session, index, act, speaking, inbound, effect, now)
        except ExpectedError as error:
            if inbound.private or _is_pointed(act, inbound):
                text = say(error.key, speaking.preset.name, **error.values)
                await answering.reply(session, inbound, text, what=f"refused.{index}", now=now)
                effect.refused = True
    if probable and not (inbound.private and speaking.branch is None):
        effect.asked = await ask_whether(session, probable, speaking, inbound, now=now) is not None
    if acts:
        await leave_album(session, inbound, speaking, now=now)
    if effect.noted:
        await answering.react(session, inbound.chat_id, inbound.message_id, now=now)
    if effect.raised:
        await register(session, effect.raised, inbound, preset=speaking.preset, now=now)
        await ask_same(session, effect.raised, speaking, inbound, now=now)


def _is_pointed(act: Act, inbound: Inbound) -> bool:
    """Whether it says by itself what it is about, so that a group has to hear that it can't be done."""
    if isinstance(act, Correction):
        return inbound.reply_to_id is not None or act.count is not None
    return isinstance(act, Resolution) and bool(act.refers)


async def _take(
    session: AsyncSession,
    index: int,
    act: Act,
    speaking: Speaking,
    inbound: Inbound,
    effect: Effect,
    now: datetime,
) -> None:
    """One act, one use case."""
    if isinstance(act, Visit) and await names_what_was_counted(session, act, speaking, inbound, now=now):
        effect.noted = True
    elif isinstance(act, Visit):
        recorded = await record_visits(session, act, speaking, inbound, index=index, now=now)
        effect.noted = True
        await _ask_for_households(session, recorded, speaking, inbound, now)
    elif isinstance(act, Grievance):
        raised = await raise_matter(session, act, speaking, inbound, index=index, now=now)
        effect.raised.append(raised.matter)
    elif isinstance(act, Activity):
        await record_activity(session, act, speaking, inbound, index=index)
        effect.noted = True
    elif await answering.already_answered(session, inbound):
        return  # a correction or resolution leaves no row of its own that would tell
    elif isinstance(act, Correction):
        done = await correct_report(session, act, speaking, inbound, now=now)
        if not done and (inbound.private or (act.count is not None and speaking.actor.is_member)):
            raise NotFound("visits.nothing_to_correct")
        effect.noted = effect.noted or done
    else:
        effect.noted = await _resolve(session, index, act, speaking, inbound, now) or effect.noted


async def _ask_for_households(
    session: AsyncSession, recorded: Recorded, speaking: Speaking, inbound: Inbound, now: datetime
) -> None:
    if recorded.new and recorded.unplaced:
        await ask_household(session, recorded.report, recorded.unplaced, speaking, inbound, now=now)


async def _resolve(
    session: AsyncSession, index: int, act: Resolution, speaking: Speaking, inbound: Inbound, now: datetime
) -> bool:
    if act.refers:
        await _resolve_numbers(session, act.refers, speaking, now)
        return True
    answered = [one for one in await matters_answered(session, inbound) if one.status in UNFINISHED]
    found = answered or await find_matter(session, act, speaking, inbound)
    if len(found) == 1:
        await claim_solved(session, found[0], speaking, now=now)
        return True
    if found:
        await ask_matter(session, found, speaking, inbound, index=index, now=now)
    return False


async def _resolve_numbers(
    session: AsyncSession, numbers: Sequence[int], speaking: Speaking, now: datetime
) -> None:
    """All of them or none: what is wrong with one is said with what becomes of the others."""
    try:
        for number in numbers:
            matter = await matter_rows.matter_by_number(session, speaking.branch_id, number)
            if matter is None:
                raise NotFound("matters.unknown_number", number=number)
            await claim_solved(session, matter, speaking, now=now)
    except ExpectedError as error:
        if len(numbers) == 1:
            raise
        reason = say(error.key, speaking.preset.name, **error.values)
        raise NotPossible("matters.none_of_several", reason=reason) from error


async def _answered_a_matter(
    session: AsyncSession,
    matters: list[Matter],
    kind: ReplyKind,
    speaking: Speaking,
    inbound: Inbound,
    effect: Effect,
    now: datetime,
) -> bool:
    """Whether the message is an answer that does something to the matters it answers, and has done it."""
    if await answering.already_answered(session, inbound):
        return True
    try:
        done = await answer_matters(session, matters, kind, speaking, inbound, now=now)
    except ExpectedError as error:
        text = say(error.key, speaking.preset.name, **error.values)
        await answering.reply(session, inbound, text, what="refused", now=now)
        effect.refused = True
        return True
    effect.noted = effect.noted or done
    return done
