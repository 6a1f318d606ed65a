"""Somebody prints a paper: it is made, and it is written down who has printed what."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.papers import PaperKind
from bot.services.matters.looks import Onlooker, note_look
from bot.services.papers.asked import Asked, Means
from bot.services.papers.door_plates import Plates, door_plates
from bot.services.papers.handbook import Handbook, handbook
from bot.services.papers.member_cards import Cards, member_cards
from bot.services.papers.monthly_table import monthly_table
from bot.services.papers.problem_ledger import problem_ledger
from bot.services.papers.roster_notice import roster_notice
from bot.services.papers.session_sheet import SessionSheet, session_sheet
from bot.services.papers.table import Table
from bot.services.papers.year_forms import YearForms, year_forms
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.tables import AuditEntry

Paper = Plates | Cards | Handbook | SessionSheet | YearForms | Table


async def make_paper(
    session: AsyncSession, asked: Asked, who: Onlooker, means: Means, *, now: datetime
) -> Paper:
    """The paper that is asked for.

    Raises:
        NotFound: who or what it shall be of is not there, or not to be told apart from others.
        NotPossible: it can't be made of several branches, or of that time.
    """
    preset = await for_unit(session, asked.branches[0].id if asked.branches else None)
    paper: Paper
    match asked.kind:
        case PaperKind.PLATES:
            paper = await door_plates(session, asked, preset, means, now=now)
        case PaperKind.CARDS:
            paper = await member_cards(session, asked, preset, means, now=now)
        case PaperKind.HANDBOOK:
            paper = await handbook(session, asked, preset, now=now)
        case PaperKind.LEDGER:
            ledger = await problem_ledger(session, asked, preset, now=now)
            await note_look(session, ledger.private_shown, who, "paper", now=now)
            paper = ledger.table
        case PaperKind.MONTHLY:
            paper = await monthly_table(session, asked, preset, now=now)
        case PaperKind.ROSTER:
            paper = await roster_notice(session, asked, preset, now=now)
        case PaperKind.SESSION:
            paper = await session_sheet(session, asked, preset, now=now)
        case PaperKind.YEAR:
            paper = await year_forms(session, asked, preset, now=now)
    session.add(
        AuditEntry(
            at=now,
            by_person_id=who.person_id,
            by_name=who.name,
            action=f"paper.{asked.kind}",
            subject=say("papers.and").join(branch.name for branch in asked.branches),
            detail=" ".join(filter(None, (asked.group, asked.member, asked.household, asked.period))),
        )
    )
    await session.flush()
    return paper
