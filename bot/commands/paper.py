"""`paper`: door plates, cards, handbooks, ledgers and tables, to print or as spreadsheets."""

from __future__ import annotations

from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import SystemClock
from bot.commands.platform import username
from bot.commands.terminal import DONE, USAGE, Refused, complain, open_database, run
from bot.config import Settings
from bot.domain.errors import ExpectedError
from bot.domain.papers import LedgerPart, PaperKind
from bot.secrets import Secrets
from bot.services.chat.find_reader import find_reader
from bot.services.figures.reckon_rates import branches_of
from bot.services.matters.looks import Onlooker
from bot.services.papers.asked import Asked, Means
from bot.services.papers.make_paper import Paper, make_paper
from bot.services.roster.find_branch import BranchUnclear, all_branches, find_branch
from bot.wording import say
from handlers.console.paper_pages import as_html, as_sheet
from storage.tables import Unit


def paper(
    *,
    kind: str,
    branch: str | None,
    group: str | None,
    member: str | None,
    household: str | None,
    period: str | None,
    part: str,
    per_page: int,
    phones: bool | None,
    with_private: bool,
    reader: str | None,
    out: Path,
) -> int:
    """Write the paper to `out`: a page to print or a spreadsheet, as its name ends."""

    async def work(settings: Settings) -> int:
        if kind not in list(PaperKind):
            raise Refused(say("papers.unknown_kind", kind=kind, known="、".join(PaperKind)), code=USAGE)
        if out.suffix.lower() not in (".html", ".xlsx"):
            raise Refused(say("papers.unknown_file", path=out), code=USAGE)
        if per_page not in (1, 4):
            raise Refused(say("papers.per_page_wrong", value=per_page), code=USAGE)
        if not out.parent.is_dir():
            raise Refused(say("setup.folder_missing", path=out.parent))
        means = Means(Secrets(settings.key), await username(settings))
        try:
            async with open_database(settings) as database, database.transaction() as session:
                over, branches = await _branches(session, PaperKind(kind), branch)
                asked = Asked(
                    PaperKind(kind),
                    branches,
                    over=over,
                    group=group or "",
                    member=member or "",
                    household=household or "",
                    period=period or "",
                    part=LedgerPart(part),
                    per_page=per_page,
                    phones=phones,
                    with_private=with_private,
                    reader=None if reader is None else await find_reader(session, reader),
                )
                who = Onlooker(say("setup.command_line"))
                made = await make_paper(session, asked, who, means, now=SystemClock().now())
                _write(made, out)
        except ExpectedError as error:
            raise Refused(say(error.key, None, **error.values)) from None
        if kind == PaperKind.PLATES and means.username is None:
            complain(say("papers.no_username"))
        complain(say("papers.written", path=out))
        return DONE

    return run(work)


def _write(made: Paper, out: Path) -> None:
    content = as_sheet(made) if out.suffix.lower() == ".xlsx" else as_html(made).encode()
    if content is None:
        raise Refused(say("papers.no_sheet", path=out), code=USAGE)
    out.write_bytes(content)


async def _branches(session: AsyncSession, kind: PaperKind, name: str | None) -> tuple[str, list[Unit]]:
    """The branch of this name, or the only one; for the monthly table also a town's, with the town's name."""
    if kind is PaperKind.MONTHLY:
        return await branches_of(session, name)
    found = await all_branches(session) if name is None else [await find_branch(session, name)]
    if not found:
        raise BranchUnclear(say("setup.no_branches"))
    return "", found
