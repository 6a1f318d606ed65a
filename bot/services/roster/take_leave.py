"""Leave is asked for, and whoever is to stand in agrees or does not.

Kinds (subject `leave`): `leave.ask` (to the substitute), `leave.answered` (to the one on leave),
`leave.secretary`, and those of `bot.services.roster.run_leaves`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, encode
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.leave import LONGEST, Days, Substitute, refusal
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, Buttons, to_person
from bot.services.notices.times import full_day_words, plain_day_words
from bot.services.roster.parameters import for_unit
from bot.services.roster.run_leaves import begin, call_off, cover, hand_up
from bot.text.leave import LeaveAsked
from bot.wording import say
from storage.queries import leaves
from storage.queries.chats import have_blocked
from storage.queries.roster import people_with_role
from storage.queries.units import members_of
from storage.tables import Leave, Person


async def ask_leave(session: AsyncSession, asked: LeaveAsked, speaking: Speaking, *, now: datetime) -> str:
    """Take leave, end it, or say which there is; returns the answer.

    Raises:
        NotEntitled: the speaker is no member of the branch.
        NotPossible, NotFound: it can't be so, with the reason.
    """
    person, preset = speaking.person, speaking.preset
    if person is None or person.id is None or not speaking.actor.is_member:
        raise NotEntitled("leave.members_only")
    today = speaking.day_of(now)
    own = await leaves.leaves_of(session, person.id)
    if asked.over:
        return await _end(session, own, person, preset, now=now)
    if asked.stretch is None:
        lines = [await _own(session, leave, preset, today=today) for leave in own]
        return "\n".join([*lines, say("leave.usage", preset.name)])
    wanted = Days(asked.stretch.first, asked.stretch.last)
    substitute = None if asked.substitute is None else await _called(session, asked.substitute, speaking)
    await _see_that_it_can_be(session, wanted, own, person, substitute, today=today)
    leave = Leave(
        person_id=person.id,
        first=max(wanted.first, today),
        last=wanted.last,
        substitute_id=None if substitute is None else substitute.id,
        asked_at=now,
    )
    session.add(leave)
    await session.flush()
    telling = _Telling(session, leave, person, preset, now)
    if substitute is None:
        await telling.secretaries("secretary_alone")
        sentence = "taken_alone"
    else:
        await telling.substitute(substitute)
        sentence = "taken_asked"
    if leave.first <= today:
        await begin(session, leave, now=now)
    name = "" if substitute is None else substitute.name
    return say(f"leave.{sentence}", preset.name, days=telling.days, substitute=name)


async def answer_cover(
    session: AsyncSession, leave_id: int, choice: str, speaking: Speaking, *, now: datetime
) -> str:
    """Whoever is asked to stand in agrees (`yes`) or not; returns the answer.

    Raises:
        NotFound: there is no such leave.
        NotEntitled: somebody else is asked.
        NotPossible: it is over, or answered.
    """
    leave = await session.get(Leave, leave_id)
    if leave is None:
        raise NotFound("questions.bad_button")
    if leave.substitute_id is None or leave.substitute_id != speaking.actor.person_id:
        raise NotEntitled("leave.not_asked")
    preset = await for_unit(session, None if speaking.branch is None else speaking.branch.id)
    if leave.ended_at is not None or leave.last < now.astimezone(preset.zone).date():
        raise NotPossible("leave.gone")
    if leave.agreed is not None:
        raise NotPossible("leave.answered")
    person = await session.get_one(Person, leave.person_id)
    substitute = await session.get_one(Person, leave.substitute_id)
    telling = _Telling(session, leave, person, preset, now)
    leave.agreed = choice == "yes"
    session.add(leave)
    await session.flush()
    values = {"days": telling.days, "substitute": substitute.name, "plain_days": telling.plain_days}
    await telling.to(person, "leave.answered", say(f"leave.{_answer(leave)}", preset.name, **values))
    if not leave.agreed:
        await telling.secretaries("secretary_alone")
        if leave.begun_at is not None:
            await hand_up(session, leave, now=now)
        return say("leave.thanks_no", preset.name, name=person.name)
    await telling.secretaries("secretary_agreed", substitute=substitute.name)
    if leave.begun_at is not None:
        await cover(session, leave, now=now)
    return say("leave.thanks_yes", preset.name)


def _answer(leave: Leave) -> str:
    return "agreed" if leave.agreed else "declined"


async def _end(
    session: AsyncSession, own: Sequence[Leave], person: Person, preset: Preset, *, now: datetime
) -> str:
    if not own:
        raise NotPossible("leave.nothing_to_end")
    leave = own[0]
    begun = leave.begun_at is not None
    await call_off(session, leave, now=now)
    telling = _Telling(session, leave, person, preset, now)
    await telling.secretaries("secretary_over")
    return say("leave.over" if begun else "leave.over_ahead", preset.name, days=telling.days)


async def _see_that_it_can_be(
    session: AsyncSession,
    wanted: Days,
    own: Sequence[Leave],
    person: Person,
    substitute: Person | None,
    *,
    today: date,
) -> None:
    stands_in = None
    if substitute is not None:
        unreachable = substitute.telegram_id is None or await have_blocked(session, [substitute.telegram_id])
        stands_in = Substitute(
            is_self=substitute.id == person.id,
            reachable=not unreachable,
            away=_days(await leaves.leaves_of(session, substitute.id or 0)),
        )
    covering = _days(await leaves.covered_by(session, person.id or 0))
    found = refusal(wanted, today=today, own=_days(own), covering=covering, substitute=stands_in)
    if found is not None:
        reason, met = found
        raise NotPossible(
            f"leave.refused_{reason}",
            days="" if met is None else days_words(met.first, met.last, today=today),
            substitute="" if substitute is None else substitute.name,
            longest=LONGEST.days,
        )


async def _called(session: AsyncSession, name: str, speaking: Speaking) -> Person:
    members = await members_of(session, speaking.branch_id)
    exactly = [one for one in members if one.name == name]
    found = exactly or [one for one in members if name in one.name]
    if not found:
        raise NotFound("leave.substitute_unknown", name=name)
    if len(found) > 1:
        raise NotFound("leave.substitute_several", name=name, names="、".join(one.name for one in found))
    return found[0]


async def _own(session: AsyncSession, leave: Leave, preset: Preset, *, today: date) -> str:
    extra = ""
    if leave.substitute_id is not None and leave.agreed is not False:
        name = (await session.get_one(Person, leave.substitute_id)).name
        sentence = "leave.own_with" if leave.agreed else "leave.own_asked"
        extra = say(sentence, preset.name, substitute=name)
    days = days_words(leave.first, leave.last, today=today)
    return say("leave.own", preset.name, days=days, **{"with": extra})


def days_words(first: date, last: date, *, today: date) -> str:
    """A stretch of days in words."""
    begin_words = full_day_words(first, today=today)
    if first == last:
        return say("leave.one_day", first=begin_words)
    return say("leave.days", first=begin_words, last=full_day_words(last, today=today))


def _days(rows: Sequence[Leave]) -> list[Days]:
    return [Days(leave.first, leave.last) for leave in rows]


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells those whom a leave concerns."""

    session: AsyncSession
    leave: Leave
    person: Person
    preset: Preset
    now: datetime

    @property
    def days(self) -> str:
        today = self.now.astimezone(self.preset.zone).date()
        return days_words(self.leave.first, self.leave.last, today=today)

    @property
    def plain_days(self) -> str:
        """As somebody would write them."""
        first, last = plain_day_words(self.leave.first), plain_day_words(self.leave.last)
        return say("leave.days", first=first, last=last)

    async def substitute(self, substitute: Person) -> None:
        """Ask whether they agree."""
        buttons = tuple(
            {
                "text": say(f"leave.button_{choice}", self.preset.name),
                "data": encode(Verb.COVER, self.leave.id or 0, choice=choice),
            }
            for choice in ("yes", "no")
        )
        text = say("leave.ask", self.preset.name, name=self.person.name, days=self.days)
        await self.to(substitute, "leave.ask", text, buttons=(buttons,))

    async def secretaries(self, sentence: str, **values: object) -> None:
        """Tell the secretaries, unless it is their own leave."""
        text = say(f"leave.{sentence}", self.preset.name, name=self.person.name, days=self.days, **values)
        for one in await people_with_role(self.session, self.person.branch_id or 0, Role.SECRETARY):
            if one.id != self.person.id and one.telegram_id is not None:
                await self.to(one, "leave.secretary", text)

    async def to(self, person: Person, kind: str, text: str, *, buttons: Buttons = ()) -> None:
        """Tell somebody."""
        about = About(kind, "leave", self.leave.id or 0, kind, self.now, self.person.branch_id)
        await to_person(self.session, person, about, text, preset=self.preset, now=self.now, buttons=buttons)
