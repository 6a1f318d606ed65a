"""The branch's verdict on a member for a year, entered by its secretary from what was voted.

Kind `appraisal.verdict` (subject `verdict`): to the member alone, in private.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Grade
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.appraisal.appraisal_words import choice_words
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, to_person
from bot.text.appraisal import AppraisalAsked, VerdictSaid
from bot.wording import say
from storage.queries import appraisal
from storage.queries.units import members_of
from storage.tables import AuditEntry, Person, Verdict

VERDICT = "appraisal.verdict"
_LAST_YEARS_UNTIL = 3  # month: until then a verdict is on the year before


async def enter_verdict(
    session: AsyncSession, asked: AppraisalAsked, speaking: Speaking, *, now: datetime
) -> str:
    """Enter a verdict or change it, or say on whom there is none yet; returns the answer.

    Raises:
        NotEntitled: somebody else than the secretary, a deputy or the town enters it, or it is on themselves.
        NotFound: there is no such member.
        NotPossible: reasons are missing, or the next step of a low one.
    """
    preset, branch_id = speaking.preset, speaking.branch_id
    if not speaking.actor.roles & {Role.SECRETARY, Role.DEPUTY, Role.TOWN_OFFICER}:
        raise NotEntitled("appraisal.verdict_secretary")
    today = speaking.day_of(now)
    year = asked.year or (today.year - 1 if today.month <= _LAST_YEARS_UNTIL else today.year)
    members = await members_of(session, branch_id)
    said = asked.verdict
    if said is None:
        return await _usage(session, members, year, branch_id, preset)
    person = _called(said.name, members)
    if person.id == speaking.actor.person_id:
        raise NotEntitled("appraisal.verdict_own")
    _see_that_it_is_whole(said, person)
    verdict = await appraisal.verdict_on(session, person.id or 0, year)
    before = None if verdict is None else choice_words(verdict.grade)
    if verdict is not None:
        if (verdict.grade, verdict.reasons, verdict.next_step) == (said.grade, said.reasons, said.next_step):
            return say("appraisal.verdict_same", preset.name, name=person.name, year=year, grade=before)
        verdict.version += 1
    else:
        verdict = Verdict(
            branch_id=branch_id, person_id=person.id or 0, year=year, grade="", reasons="", entered_at=now
        )
    verdict.grade, verdict.reasons, verdict.next_step = said.grade, said.reasons, said.next_step
    verdict.entered_by_id, verdict.entered_at = speaking.actor.person_id, now
    session.add(verdict)
    session.add(
        AuditEntry(
            at=now,
            by_person_id=speaking.actor.person_id,
            by_name=speaking.actor.name,
            action="appraisal.verdict",
            subject=f"{person.name} {year}",
            detail=said.grade if before is None else f"{before} → {said.grade}",
        )
    )
    await session.flush()
    await _tell(session, verdict, person, preset, now=now)
    return _answer(verdict, person, before, preset)


def _answer(verdict: Verdict, person: Person, before: str | None, preset: Preset) -> str:
    step = say("appraisal.verdict_step", preset.name, step=verdict.next_step) if verdict.next_step else ""
    text = say(
        "appraisal.verdict_kept" if before is None else "appraisal.verdict_changed",
        preset.name,
        name=person.name,
        year=verdict.year,
        grade=choice_words(verdict.grade),
        before=before,
        reasons=verdict.reasons,
        step=step,
    )
    if person.telegram_id is None:
        text = "\n".join([text, say("appraisal.verdict_unreached", preset.name, name=person.name)])
    return text


async def _tell(
    session: AsyncSession, verdict: Verdict, person: Person, preset: Preset, *, now: datetime
) -> None:
    if person.telegram_id is None:
        return
    text = say(
        f"appraisal.verdict_told{'_low' if verdict.next_step else ''}",
        preset.name,
        year=verdict.year,
        grade=choice_words(verdict.grade),
        reasons=verdict.reasons,
        step=verdict.next_step,
    )
    about = About(VERDICT, "verdict", verdict.id or 0, str(verdict.version), now, verdict.branch_id)
    await to_person(session, person, about, text, preset=preset, now=now)


async def _usage(
    session: AsyncSession, members: list[Person], year: int, branch_id: int, preset: Preset
) -> str:
    known = await appraisal.verdicts_of(session, branch_id, first=year, last=year)
    graded = {verdict.person_id for verdict in known}
    missing = [one.name for one in members if one.id not in graded]
    sentence = "verdict_missing" if missing else "verdict_all"
    told = say(f"appraisal.{sentence}", preset.name, year=year, names="、".join(missing))
    return "\n".join([told, say("appraisal.verdict_usage", preset.name)])


def _called(name: str, members: list[Person]) -> Person:
    found = [one for one in members if one.name == name] or [one for one in members if name in one.name]
    if not found:
        raise NotFound("appraisal.verdict_unknown", name=name)
    if len(found) > 1:
        names = "、".join(one.name for one in found)
        raise NotFound("appraisal.verdict_several", name=name, names=names)
    return found[0]


def _see_that_it_is_whole(said: VerdictSaid, person: Person) -> None:
    grade = choice_words(said.grade)
    if not said.reasons:
        sentence = "verdict_needs_step" if Grade(said.grade).is_low else "verdict_needs_reasons"
        raise NotPossible(f"appraisal.{sentence}", name=person.name, grade=grade)
    if Grade(said.grade).is_low and not said.next_step:
        raise NotPossible("appraisal.verdict_needs_step", name=person.name, grade=grade)
