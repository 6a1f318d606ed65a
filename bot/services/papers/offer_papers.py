"""The papers that a visitor of the console may print, and the one that they choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotFound, NotPossible
from bot.domain.papers import LedgerPart, PaperKind
from bot.domain.roster import Role
from bot.services.matters.looks import Onlooker
from bot.services.notices.times import plain_day_words
from bot.services.papers.asked import Asked, Means, choose, period_words, today_of
from bot.services.papers.make_paper import Paper, make_paper
from bot.services.roster.parameters import for_unit
from bot.services.views.open_console import NotLetIn, Visitor
from bot.wording import say
from storage.queries.papers import latest_sessions
from storage.queries.roster import people_with_role
from storage.tables import Unit

_MONTHS, _SESSIONS = 12, 12
EVERY_BRANCH = "all"
"""What stands for all branches of a visitor in place of a branch's key."""

Choice = tuple[str, str]
"""What is sent, and what is shown."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper with what can be chosen for it. sheet: whether it comes as a spreadsheet as well."""

    kind: PaperKind
    name: str
    hint: str
    choices: tuple[str, ...]
    sheet: bool


@dataclass(frozen=True, slots=True)
class PapersPage:
    """What is offered of a branch. choices: the values of each choice, by its name.

    every: whether the visitor has several branches, whose monthly tables can be put together.
    """

    branch_id: int
    branch: str
    now: datetime
    offers: tuple[Offer, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    every: bool


_CHOICES: Mapping[PaperKind, tuple[str, ...]] = {
    PaperKind.PLATES: ("group", "member", "per_page", "phones"),
    PaperKind.CARDS: ("group", "member", "phones"),
    PaperKind.HANDBOOK: ("one_member", "year"),
    PaperKind.LEDGER: ("period", "part", "group", "private"),
    PaperKind.MONTHLY: ("period", "group"),
    PaperKind.ROSTER: ("group",),
    PaperKind.SESSION: ("session",),
    PaperKind.YEAR: ("member", "past_year", "group"),
}
_TO_PRINT_ONLY = (PaperKind.CARDS, PaperKind.HANDBOOK)


async def papers_page(
    session: AsyncSession, who: Visitor, branch_id: int | None, *, now: datetime
) -> PapersPage:
    """What a visitor may print of one of their branches (null: their first).

    Raises:
        NotLetIn: when it is not one of theirs.
    """
    chosen = who.chosen(branch_id)
    branch = await _own_branch(session, who, chosen)
    preset = await for_unit(session, chosen)
    today = today_of(preset, now)
    everybody = await choose(session, Asked(PaperKind.ROSTER, [branch]))
    members = tuple((f"#{one.id}", one.name) for one in everybody.members)
    held = await latest_sessions(session, chosen, until=today, limit=_SESSIONS)
    choices: dict[str, tuple[Choice, ...]] = {
        "group": (
            ("", say("papers.all_groups", preset.name)),
            *((f"#{key}", name) for key, name in everybody.group_names.items()),
        ),
        "member": (("", say("papers.all_members", preset.name)), *members),
        "one_member": members,
        "per_page": (("4", say("papers.four_a_page")), ("1", say("papers.one_a_page"))),
        "phones": _phones(shown=preset.papers.phones),
        "year": tuple((str(year), period_words(str(year))) for year in _years(today)),
        "past_year": tuple((str(year), period_words(str(year))) for year in (today.year, today.year - 1)),
        "period": _periods(today),
        "part": tuple((part.value, say(f"papers.part_{part}")) for part in LedgerPart),
        "private": (("", say("papers.private_hidden")), ("1", say("papers.private_printed"))),
        "session": tuple(
            (
                str(one.id),
                f"{plain_day_words(one.day)} {one.title or say(f'visits.activity_{one.kind}', preset.name)}",
            )
            for one in held
        ),
    }
    secretary = await _is_secretary(session, who, [branch])
    offers = tuple(
        Offer(
            kind,
            say(f"papers.kind_{kind}", preset.name),
            say(f"papers.hint_{kind}", preset.name),
            tuple(name for name in names if len(choices[name]) > 1 or name in ("session", "one_member")),
            kind not in _TO_PRINT_ONLY,
        )
        for kind, names in _CHOICES.items()
        if choices[names[0]] and (kind is not PaperKind.YEAR or secretary)
    )
    return PapersPage(
        chosen, branch.name, now.astimezone(preset.zone), offers, choices, len(who.branches) > 1
    )


async def paper_for(
    session: AsyncSession, who: Visitor, values: Mapping[str, str], means: Means, *, now: datetime
) -> Paper:
    """The paper that a visitor has chosen by the names and values of `papers_page`.

    Raises:
        NotLetIn: when the branch is not one of theirs.
        NotFound, NotPossible: there is no such paper, or it can't be made.
    """
    kind = values.get("kind", "")
    if kind not in list(PaperKind):
        names = say("papers.and").join(say(f"papers.kind_{one}") for one in PaperKind)
        raise NotFound("papers.unknown_kind", kind=kind, known=names)
    wanted = values.get("branch", "")
    if wanted == EVERY_BRANCH:
        branches = [await session.get_one(Unit, key) for key, _ in who.branches]
    else:
        branches = [await _own_branch(session, who, int(wanted) if wanted.isdecimal() else 0)]
    part, held, phones = values.get("part", ""), values.get("session", ""), values.get("phones")
    if kind == PaperKind.YEAR and not await _is_secretary(session, who, branches):
        raise NotPossible("papers.year_secretary")
    asked = Asked(
        PaperKind(kind),
        branches,
        over=await _over(session, branches),
        group=values.get("group", ""),
        member=values.get("member", ""),
        household=values.get("household", ""),
        period=values.get("period", ""),
        part=LedgerPart(part) if part in list(LedgerPart) else LedgerPart.ALL,
        session_id=int(held) if held.isdecimal() else None,
        per_page=1 if values.get("per_page") == "1" else 4,
        phones=None if phones is None else phones == "1",
        with_private=values.get("private") == "1",
        reader=who.person_id,
    )
    return await make_paper(session, asked, Onlooker(who.name, who.person_id), means, now=now)


async def _own_branch(session: AsyncSession, who: Visitor, branch_id: int) -> Unit:
    if branch_id not in dict(who.branches):
        raise NotLetIn
    return await session.get_one(Unit, branch_id)


async def _is_secretary(session: AsyncSession, who: Visitor, branches: Sequence[Unit]) -> bool:
    """Whether they are the secretary of all these branches: what was voted on members is nobody else's."""
    held = [await people_with_role(session, branch.id or 0, Role.SECRETARY) for branch in branches]
    return all(any(person.id == who.person_id for person in secretaries) for secretaries in held)


async def _over(session: AsyncSession, branches: list[Unit]) -> str:
    """The name of the town that all these branches are in; else a word for all of them."""
    towns = {branch.parent_id for branch in branches}
    town = None if len(towns) > 1 else await session.get(Unit, towns.pop() or 0)
    return say("papers.every_village") if town is None else town.name


def _years(today: date) -> tuple[int, ...]:
    """The year that comes too: its pages are there to write on."""
    return (today.year, today.year - 1, today.year + 1)


def _periods(today: date) -> tuple[Choice, ...]:
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(_MONTHS)]
    written = [f"{year}-{month + 1:02}" for year, month in months]
    written += [str(today.year), str(today.year - 1)]
    return tuple((one, period_words(one)) for one in written)


def _phones(*, shown: bool) -> tuple[Choice, ...]:
    """As the unit has decided stands first."""
    both = (("1", say("papers.phones_printed")), ("0", say("papers.phones_left_out")))
    return both if shown else both[::-1]
