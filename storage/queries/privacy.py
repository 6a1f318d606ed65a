"""What is kept of a person, in whichever table; and what retention masks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, or_
from sqlmodel import col, delete, select, tuple_, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import UNFINISHED, MatterStatus
from storage import inbox, outbox
from storage.tables import (
    AlbumPhoto,
    AuditEntry,
    AwaitedWords,
    Consent,
    Continuation,
    CoReporter,
    DigestItem,
    HeardMessage,
    Household,
    HouseholdAway,
    InboxUpdate,
    Invite,
    Matter,
    MeetingWords,
    NameClaim,
    Notice,
    Occasion,
    Person,
    Promise,
    Question,
    ReadingCorrection,
    RollCallEvent,
    SpotCheck,
    WordsToAdd,
    WrongCode,
)

_GONE = (MatterStatus.WITHDRAWN, MatterStatus.MERGED)
_NOBODY = 0  # in place of a Telegram user who must be given


async def consent_of(session: AsyncSession, user_id: int) -> Consent | None:
    """That a Telegram user was told what is kept of them; null when they have not been."""
    return (await session.exec(select(Consent).where(Consent.telegram_id == user_id))).first()


async def matters_to_mask(session: AsyncSession, branch_id: int, before: datetime) -> list[Matter]:
    """A branch's matters that were over before a moment and have not been masked since."""
    over = or_(
        and_(col(Matter.status) == MatterStatus.CLOSED, col(Matter.closed_at) < before),
        and_(col(Matter.status).in_(_GONE), col(Matter.created_at) < before),
    )
    unmasked = or_(col(Matter.masked_at).is_(None), col(Matter.masked_at) < col(Matter.closed_at))
    found = select(Matter).where(Matter.branch_id == branch_id, over, unmasked)
    return list(await session.exec(found.order_by(col(Matter.id))))


async def names_of_branch(session: AsyncSession, branch_id: int) -> set[str]:
    """Names and addresses by which the people and households of a branch are known."""
    found = set(await session.exec(select(Person.name).where(Person.branch_id == branch_id)))
    homes = select(Household.head, Household.address, Household.nicknames)
    for head, address, nicknames in await session.exec(homes.where(Household.branch_id == branch_id)):
        found |= {head, address, *nicknames}
    return found - {""}


async def people_called(session: AsyncSession, name: str, branch_id: int | None) -> list[Person]:
    """Everybody of this name; of one branch, when it is given."""
    called = select(Person).where(Person.name == name)
    if branch_id is not None:
        called = called.where(Person.branch_id == branch_id)
    return list(await session.exec(called.order_by(col(Person.id))))


async def told_by(session: AsyncSession, user_id: int | None, person_id: int | None) -> list[Matter]:
    """The matters that somebody has raised."""
    raised = select(Matter).where(
        or_(
            and_(col(Matter.reporter_telegram_id).is_not(None), col(Matter.reporter_telegram_id) == user_id),
            and_(col(Matter.reporter_person_id).is_not(None), col(Matter.reporter_person_id) == person_id),
        )
    )
    return list(await session.exec(raised.order_by(col(Matter.id))))


async def joined_by(session: AsyncSession, user_id: int | None) -> list[tuple[CoReporter, Matter]]:
    """What somebody has told besides others, with the matters."""
    joined = (
        select(CoReporter, Matter)
        .join(Matter, col(Matter.id) == col(CoReporter.matter_id))
        .where(CoReporter.telegram_id == user_id)
        .order_by(col(CoReporter.id))
    )
    return list((await session.exec(joined)).all())


async def continuations_of_matter(session: AsyncSession, matter_id: int) -> list[Continuation]:
    """What was added to a matter by later messages."""
    return list(await session.exec(select(Continuation).where(Continuation.matter_id == matter_id)))


async def promises_on(session: AsyncSession, matter_id: int) -> list[Promise]:
    """The dated words given on a matter."""
    return list(await session.exec(select(Promise).where(Promise.matter_id == matter_id)))


async def occasions_of(session: AsyncSession, matter_id: int) -> list[Occasion]:
    """The calls for a visit that a matter has told."""
    return list(await session.exec(select(Occasion).where(Occasion.matter_id == matter_id)))


async def digest_lines(session: AsyncSession, matter_id: int) -> list[DigestItem]:
    """The lines about a matter, in whatever digest."""
    lines = select(DigestItem).where(DigestItem.subject_kind == "matter", DigestItem.subject_id == matter_id)
    return list(await session.exec(lines))


async def notices_on(session: AsyncSession, matter_id: int) -> list[Notice]:
    """All notices about a matter, edits of them included."""
    own = select(Notice.id).where(Notice.subject_kind == "matter", Notice.subject_id == matter_id)
    about = select(Notice).where(or_(col(Notice.id).in_(own), col(Notice.edits_notice_id).in_(own)))
    return list(await session.exec(about.order_by(col(Notice.id))))


async def notices_to(session: AsyncSession, user_id: int | None, person_id: int | None) -> list[Notice]:
    """All notices to somebody in private."""
    to = or_(
        and_(col(Notice.chat_id).is_not(None), col(Notice.chat_id) == user_id),
        and_(col(Notice.person_id).is_not(None), col(Notice.person_id) == person_id),
    )
    return list(await session.exec(select(Notice).where(to).order_by(col(Notice.id))))


async def notices_naming(session: AsyncSession, name: str) -> list[Notice]:
    """All notices that have gone out and have this name in their words or as recipient."""
    named = or_(col(Notice.text).contains(name, autoescape=True), col(Notice.recipient) == name)
    return list(
        await session.exec(
            select(Notice).where(named, Notice.state != outbox.PENDING).order_by(col(Notice.id))
        )
    )


async def notices_to_blank(
    session: AsyncSession, before: datetime, kind: str, *, answered_before: datetime, limit: int
) -> list[Notice]:
    """Notices that have ended and still have words, due before a moment; those of `kind` before another.

    Those about unfinished matters are left out: what they say is still brought up to date.
    """
    unfinished = select(Matter.id).where(
        col(Matter.status).in_(UNFINISHED), col(Matter.id) == col(Notice.subject_id)
    )
    old = or_(
        col(Notice.due_at) < before, and_(col(Notice.kind) == kind, col(Notice.due_at) < answered_before)
    )
    ended = select(Notice).where(
        Notice.state != outbox.PENDING,
        Notice.text != "",
        old,
        ~and_(col(Notice.subject_kind) == "matter", unfinished.exists()),
    )
    return list(await session.exec(ended.order_by(col(Notice.id)).limit(limit)))


async def heard_of(session: AsyncSession, user_id: int) -> list[HeardMessage]:
    """What is kept, sealed, of what somebody has written in groups."""
    return list(await session.exec(select(HeardMessage).where(HeardMessage.telegram_id == user_id)))


async def audit_of(session: AsyncSession, person_id: int | None, names: Collection[str]) -> list[AuditEntry]:
    """The entries that somebody has caused, or that are about them by name."""
    own = or_(
        and_(col(AuditEntry.by_person_id).is_not(None), col(AuditEntry.by_person_id) == person_id),
        col(AuditEntry.subject).in_(names),
        and_(col(AuditEntry.by_person_id).is_(None), col(AuditEntry.by_name).in_(names)),
    )
    return list(await session.exec(select(AuditEntry).where(own)))


async def corrections_of(session: AsyncSession, messages: Collection[tuple[int, int]]) -> int:
    """Delete readings put right of these messages; how many there were."""
    place = tuple_(col(ReadingCorrection.chat_id), col(ReadingCorrection.message_id))
    return (await session.exec(delete(ReadingCorrection).where(place.in_(list(messages))))).rowcount


async def erase_traces(session: AsyncSession, user_id: int) -> None:
    """Delete what only serves to speak with a Telegram user, and who they are where a row has to stay."""
    for table, column in (
        (HeardMessage, HeardMessage.telegram_id),
        (Question, Question.asked_user_id),
        (AwaitedWords, AwaitedWords.user_id),
        (MeetingWords, MeetingWords.user_id),
        (WordsToAdd, WordsToAdd.user_id),
        (NameClaim, NameClaim.user_id),
        (WrongCode, WrongCode.user_id),
        (Consent, Consent.telegram_id),
        (AlbumPhoto, AlbumPhoto.chat_id),
    ):
        await session.exec(delete(table).where(col(column) == user_id))
    await session.exec(
        update(Continuation)
        .where(col(Continuation.user_id) == user_id, col(Continuation.matter_id).is_not(None))
        .values(text="", names=[], photos=[], user_id=_NOBODY)
    )
    await session.exec(update(Invite).where(col(Invite.used_by) == user_id).values(used_by=None))
    await session.exec(
        update(SpotCheck).where(col(SpotCheck.asked_user_id) == user_id).values(asked_user_id=_NOBODY)
    )
    await session.exec(
        update(RollCallEvent)
        .where(col(RollCallEvent.by_user_id) == user_id)
        .values(by_user_id=None, by_name="")
    )
    # What was set aside may be anybody's message: it is looked for by the user's id, as Telegram writes it.
    own = or_(
        col(InboxUpdate.chat_id) == user_id,
        col(InboxUpdate.payload).regexp_match(rf'"id": ?{user_id}[,}}]'),
    )
    await session.exec(
        update(InboxUpdate).where(own, col(InboxUpdate.state) != inbox.PENDING).values(payload="", error=None)
    )
    await session.exec(
        update(InboxUpdate)
        .where(col(InboxUpdate.chat_id) == user_id, col(InboxUpdate.state) != inbox.PENDING)
        .values(chat_id=None)
    )


async def unname_person(session: AsyncSession, person_id: int, instead: str) -> None:
    """Put other words for a person's name where it is kept beside their key."""
    for table, key, name in (
        (HouseholdAway, HouseholdAway.told_by_id, "told_by_name"),
        (Occasion, Occasion.told_by_id, "told_by_name"),
        (RollCallEvent, RollCallEvent.by_id, "by_name"),
        (ReadingCorrection, ReadingCorrection.corrected_by_id, "corrected_by"),
    ):
        await session.exec(update(table).where(col(key) == person_id).values({name: instead}))


async def old_payloads(session: AsyncSession, before: datetime) -> int:
    """Empty what was set aside before a moment; how many updates it was."""
    old = update(InboxUpdate).where(
        col(InboxUpdate.state) == inbox.SET_ASIDE,
        col(InboxUpdate.finished_at) < before,
        col(InboxUpdate.payload) != "",
    )
    return (await session.exec(old.values(payload="", error=None))).rowcount


async def neighbours_in(session: AsyncSession, household_id: int, person_id: int) -> int:
    """How many others with an account live in a household."""
    others = select(func.count()).where(
        Person.household_id == household_id, Person.id != person_id, col(Person.telegram_id).is_not(None)
    )
    return (await session.exec(others)).one()
