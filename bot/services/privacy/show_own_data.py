"""`看我的信息`: everything that is kept on whoever asks, told to them alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.secrets import Secrets, WrongKey
from bot.services.chat.speaker import Speaking, place_name
from bot.services.matters.matter_texts import status_words
from bot.services.notices.times import plain_day_words
from bot.services.privacy.show_records import lines_of_records
from bot.wording import say
from storage.queries import privacy
from storage.queries.reports import reports_between
from storage.tables import Household

_EVER = date(2000, 1, 1)


async def show_own_data(
    session: AsyncSession, speaking: Speaking, secrets: Secrets | None, *, in_group: bool, now: datetime
) -> str:
    """All of it as text, however long: delivery sends long ones in parts.

    Raises:
        NotPossible: in a group.
    """
    if in_group:
        raise NotPossible("privacy.private_only")
    lines = [
        *await _who(session, speaking, secrets),
        *await _told(session, speaking),
        *await _reports(session, speaking, now=now),
        *await lines_of_records(session, speaking),
        *await _kept(session, speaking),
    ]
    if not lines:
        return _say(speaking, "own_nothing")
    return "\n".join([_say(speaking, "own_head"), *lines, _say(speaking, "own_foot")])


async def _who(session: AsyncSession, speaking: Speaking, secrets: Secrets | None) -> list[str]:
    person, user_id = speaking.person, speaking.actor.telegram_id
    consent = None if user_id is None else await privacy.consent_of(session, user_id)
    lines = []
    if person is not None:
        lines = [_say(speaking, "own_name", name=person.name), _say(speaking, "own_account", user_id=user_id)]
        if person.phone_encrypted is not None and secrets is not None:
            try:
                phone = secrets.decrypt_phone(person.phone_encrypted)
            except WrongKey:
                phone = "***"
            lines.append(_say(speaking, "own_phone", phone=phone))
        if speaking.actor.roles:
            roles = say("escalation.and", speaking.preset.name).join(
                sorted(role.chinese for role in speaking.actor.roles)
            )
            unit = "" if speaking.branch is None else place_name(speaking.branch.name)
            lines.append(_say(speaking, "own_roles", roles=roles, unit=unit).replace("（）", ""))
        if person.household_id is not None:
            home = await session.get_one(Household, person.household_id)
            lines.append(_say(speaking, "own_household", head=home.head, address=home.address))
    if speaking.linked:
        heads = say("escalation.and", speaking.preset.name).join(one.head for one in speaking.linked)
        lines.append(_say(speaking, "own_linked", count=len(speaking.linked), heads=heads))
    if consent is not None:
        lines.append(_say(speaking, "own_consent", day=_day(consent.told_at, speaking)))
    return lines


async def _told(session: AsyncSession, speaking: Speaking) -> list[str]:
    who, lines = speaking.actor, []
    told = await privacy.told_by(session, who.telegram_id, who.person_id)
    if told:
        lines.append(_say(speaking, "own_matters", count=len(told)))
    for matter in told:
        values = {"number": matter.number, "day": _day(matter.created_at, speaking), "text": matter.text}
        lines.append(_say(speaking, "own_matter", state=status_words(matter, speaking.preset), **values))
    joined = await privacy.joined_by(session, who.telegram_id)
    if joined:
        lines.append(_say(speaking, "own_joined", count=len(joined)))
    for voice, matter in joined:
        day = _day(voice.joined_at, speaking)
        lines.append(_say(speaking, "own_joined_matter", number=matter.number, day=day, text=voice.text))
    return lines


async def _reports(session: AsyncSession, speaking: Speaking, *, now: datetime) -> list[str]:
    person_id = speaking.actor.person_id
    if person_id is None:
        return []
    found = await reports_between(session, person_id, _EVER, speaking.day_of(now))
    lines = [_say(speaking, "own_reports", count=len(found))] if found else []
    for report in found:
        day = plain_day_words(report.day)
        lines.append(_say(speaking, "own_report", day=day, text=" ".join(report.text.split())))
    return lines


async def _kept(session: AsyncSession, speaking: Speaking) -> list[str]:
    user_id, lines = speaking.actor.telegram_id, []
    heard = [] if user_id is None else await privacy.heard_of(session, user_id)
    if heard:
        lines.append(_say(speaking, "own_heard", count=len(heard), days=speaking.preset.heard_days))
    sent = await privacy.notices_to(session, user_id, speaking.actor.person_id)
    with_words = [one for one in sent if one.text and one.method == "send"]
    if with_words:
        day = _day(with_words[0].created_at, speaking)
        lines.append(_say(speaking, "own_notices", count=len(with_words), day=day))
    return lines


def _day(moment: datetime, speaking: Speaking) -> str:
    return plain_day_words(speaking.day_of(moment))


def _say(speaking: Speaking, sentence: str, **values: object) -> str:
    return say(f"privacy.{sentence}", speaking.preset.name, **values)
