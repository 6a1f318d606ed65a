"""Results of appraisal, verdicts and entries of points as outsiders get them.

Of votes there are only counts, and those only where there are enough of them (`bot.domain.appraisal`).
Sentences that were added to votes are never exported.
"""

from __future__ import annotations

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Result
from bot.domain.leave import Days
from bot.secrets import mask_phones_in
from bot.services.appraisal.close_round import count_round
from bot.services.figures.exported import OfBranch, Row
from storage.queries import appraisal
from storage.queries import points as account
from storage.queries.exports import people_names
from storage.tables import AppraisalRound, Verdict

_KEYS = (
    "closed_at", "member", "entitled", "cast", "counts", "good", "of", "share", "low", "high", "few",
    "grade", "reasons", "next_step",
)  # fmt: skip


async def appraisal_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """Of each round that appraised time ending on the wanted days what it says of each member; verdicts."""
    first, last = of.wanted.since or date.min, of.wanted.until or date.max
    rows: list[Row] = []
    for held in await appraisal.closed_between(session, of.id, first, last):
        counted = await count_round(session, held, of.preset)
        for person, result in counted.each.values():
            rows.append(_round_row(of, held, person.name, result))
        rows.append(_round_row(of, held, None, counted.total))
    names = await people_names(session)
    for verdict in await appraisal.verdicts_of(session, of.id, first=first.year, last=last.year):
        rows.append(_verdict_row(of, verdict, names[verdict.person_id]))
    return rows


async def point_rows(session: AsyncSession, of: OfBranch) -> list[Row]:
    """The entries of the accounts, of events on the wanted days."""
    names = await people_names(session)
    found = await account.entries(session, of.id, first=of.wanted.since, last=of.wanted.until)
    return [
        {
            "id": entry.id,
            "branch": of.branch.name,
            "member": names[entry.person_id],
            "date": entry.day.isoformat(),
            "points": entry.points,
            "source": entry.source,
            "why": mask_phones_in(entry.why),
            "key": entry.key,
            "made_at": of.at(entry.made_at),
        }
        for entry in found
    ]


def _round_row(of: OfBranch, held: AppraisalRound, member: str | None, result: Result) -> Row:
    """A row of a member, or (no member) of the whole branch."""
    good = result.good
    counts = result.counts or {}
    return _row(
        of,
        held.kind,
        Days(held.first, held.last),
        closed_at=of.at(held.ended_at),
        member=member,
        entitled=result.entitled,
        cast=result.cast,
        counts=[{"choice": choice, "votes": votes} for choice, votes in counts.items()] or None,
        good=None if good is None else good.count,
        of=None if good is None else good.of,
        share=_rounded(None if good is None else good.value),
        low=_rounded(None if good is None else good.low),
        high=_rounded(None if good is None else good.high),
        few=result.few,
    )


def _verdict_row(of: OfBranch, verdict: Verdict, member: str) -> Row:
    return _row(
        of,
        "verdict",
        Days(date(verdict.year, 1, 1), date(verdict.year, 12, 31)),
        closed_at=of.at(verdict.entered_at),
        member=member,
        grade=verdict.grade,
        reasons=mask_phones_in(verdict.reasons),
        next_step=mask_phones_in(verdict.next_step),
    )


def _row(branch: OfBranch, kind: str, days: Days, **values: object) -> Row:
    """All rows have the same keys, so that they make a table."""
    empty = dict.fromkeys(_KEYS)
    since, until = days.first.isoformat(), days.last.isoformat()
    return {"branch": branch.branch.name, "kind": kind, "since": since, "until": until, **empty, **values}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
