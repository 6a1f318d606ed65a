"""What is lost or doubled: the book of what was said, held against ledger, outbox and chats."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.demo.village import ZONE
from bot.domain.delivery import Method
from bot.services.figures.audit_sums import find_faults
from bot.services.figures.check_health import check_ledger, check_standstill
from bot.simulation.book import Book
from bot.simulation.district import District
from bot.simulation.words import word
from bot.wording import say
from storage import outbox
from storage.tables import Household, Matter, Notice, Person, Report, Visit

_AGAIN = say("delivery.again", text="")
_TEXT_SHOWN = 40  # characters


@dataclass(slots=True)
class Findings:
    """What the ledger has, by village, and a sentence for each loss."""

    visits: Counter[str] = field(default_factory=Counter)
    matters: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)


async def compare(here: District, book: Book) -> Findings:
    """Hold everything against the book; changes nothing."""
    found, now = Findings(), here.clock.now()
    async with here.app.database.reading() as session:
        villages = {village.branch_id: village.name for village in here.villages}
        found.losses += [loss async for loss in _visits(session, book, villages, found.visits)]
        found.losses += [loss async for loss in _matters(session, book, villages, found.matters)]
        notices = list(await session.exec(select(Notice).order_by(col(Notice.id))))
        found.sent.update(
            villages[each.branch_id]
            for each in notices
            if each.branch_id in villages and each.state == outbox.SENT and each.method == Method.SEND
        )
        found.losses += [*_ends(notices, now), *_arrivals(notices, book), *_repeats(notices, book)]
        found.losses += [str(fault) for fault in await find_faults(session, now=now)]
        found.losses += await check_ledger(session, zone=ZONE, secrets=None, now=now)
        found.losses += await check_standstill(session, polling=True, zone=ZONE, now=now)
    return found


async def _visits(
    session: AsyncSession, book: Book, villages: Mapping[int, str], recorded: Counter[str]
) -> AsyncIterator[str]:
    rows = await session.exec(
        select(Visit, Report, Household, Person)
        .join(Report, col(Report.id) == col(Visit.report_id))
        .join(Household, col(Household.id) == col(Visit.household_id))
        .join(Person, col(Person.id) == col(Visit.person_id))
        .where(col(Visit.withdrawn_at).is_(None))
    )
    found: Counter[tuple[int, int, str, str, str, date]] = Counter()
    for visit, report, household, person in rows.all():
        village = villages[report.branch_id]
        recorded[village] += 1
        found[report.chat_id, report.message_id, village, person.name, household.head, visit.day] += 1
    for said in book.said:
        for head in said.households:
            count = found.pop((*said.source, said.village, said.person, head, said.day), 0)
            if count != 1:
                yield word(
                    "visit_lost",
                    village=said.village,
                    member=said.person,
                    day=said.day,
                    text=said.message.text,
                    household=head,
                    count=count,
                )
    for _, _, village, member, head, day in found:
        yield word("visit_extra", village=village, member=member, day=day, household=head)


async def _matters(
    session: AsyncSession, book: Book, villages: Mapping[int, str], recorded: Counter[str]
) -> AsyncIterator[str]:
    found: dict[tuple[int, int], list[Matter]] = {}
    for matter in await session.exec(select(Matter)):
        recorded[villages[matter.branch_id]] += 1
        found.setdefault((matter.chat_id, matter.message_id), []).append(matter)
    for said in book.said:
        if not said.trouble:
            continue
        count = sum(villages[each.branch_id] == said.village for each in found.pop(said.source, ()))
        if count != 1:
            yield word(
                "matter_wrong",
                village=said.village,
                person=said.person,
                day=said.day,
                text=said.message.text,
                count=count,
            )
    for matters in found.values():
        for matter in matters:
            yield word(
                "matter_extra", village=villages[matter.branch_id], number=matter.number, text=matter.text
            )


def _ends(notices: list[Notice], now: datetime) -> Iterator[str]:
    reasons = {outbox.CANCELLED: "cancelled_by", outbox.FAILED: "error", outbox.UNKNOWN: "error"}
    for notice in notices:
        names = {"id": notice.id, "kind": notice.kind, "recipient": notice.recipient}
        if notice.state == outbox.PENDING:
            if (notice.next_attempt_at or notice.due_at) <= now and notice.due_at <= now:
                yield word("notice_due", **names)
        elif notice.state != outbox.SENT:
            reason = reasons.get(notice.state)
            if reason is None or not getattr(notice, reason):
                yield word("notice_state", state=notice.state, **names)


def _arrivals(notices: list[Notice], book: Book) -> Iterator[str]:
    for notice in notices:
        if notice.state == outbox.SENT and notice.method == Method.SEND:
            source = (notice.chat_id or 0, notice.message_id or 0)
            if source not in book.sent:
                yield word("notice_not_arrived", id=notice.id, kind=notice.kind, recipient=notice.recipient)


def _repeats(notices: list[Notice], book: Book) -> Iterator[str]:
    """Texts that came more often than there was reason for, unless they say that they come again."""
    wanted: Counter[tuple[int, str]] = Counter()
    causes: set[tuple[object, ...]] = set()
    names: dict[int, str] = {}
    for notice in notices:
        if notice.chat_id is None or notice.method != Method.SEND:
            continue
        names[notice.chat_id] = notice.recipient
        cause = (notice.chat_id, notice.text, notice.subject_kind, notice.subject_id, notice.created_at)
        # Two notices made at one moment of one thing have one reason, whatever their keys are.
        if notice.subject_id is None or cause not in causes:
            wanted[notice.chat_id, notice.text] += 1
        causes.add(cause)
    came = Counter((chat_id, text) for (chat_id, _), text in book.sent.items())
    for (chat_id, text), count in came.items():
        if not text.startswith(_AGAIN) and count > wanted[chat_id, text]:
            yield word(
                "repeated",
                recipient=names.get(chat_id, chat_id),
                count=count,
                text=text.splitlines()[0][:_TEXT_SHOWN],
                wanted=wanted[chat_id, text],
            )
