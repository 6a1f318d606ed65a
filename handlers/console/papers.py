"""The console's papers: what can be printed, and each paper as a page or a spreadsheet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, TypeVar
from urllib.parse import quote

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.domain.errors import ExpectedError
from bot.secrets import Secrets
from bot.services.papers.asked import Means
from bot.services.papers.make_paper import Paper
from bot.services.papers.offer_papers import paper_for, papers_page
from bot.services.views.open_console import Visitor
from bot.wording import say
from handlers.console.paper_pages import POLICY, as_html, as_sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

T = TypeVar("T")
Visit = Callable[[AsyncSession, Visitor], Awaitable[T]]


class LetIn(Protocol):
    """Does something for the visitor who asks, in one transaction; when they are not let in, answers that."""

    async def __call__(self, request: Request, visit: Visit[T]) -> T | Response: ...


Username = Callable[[], Awaitable[str | None]]
"""Asks for the bot's name; null when Telegram can't be asked."""

Page = Callable[..., Response]
"""A page by the name of its template, filled with values."""


def paper_routes(
    let_in: LetIn,
    page: Page,
    *,
    secrets: Secrets,
    username: Username,
    clock: Clock,
    headers: dict[str, str],
    framing: str,
) -> list[Route]:
    """The pages of the papers.

    Args:
        headers: for every answer. framing: which pages may show these in a frame, for their policy.
    """

    async def papers(request: Request) -> Response:
        wanted = request.query_params.get("branch", "")

        async def show(session: AsyncSession, who: Visitor) -> Response:
            branch_id = int(wanted) if wanted.isdecimal() else None
            shown = await papers_page(session, who, branch_id, now=clock.now())
            return page("papers.html", who=who, page=shown, words=_words)

        return await let_in(request, show)

    async def paper(request: Request) -> Response:
        values = dict(request.query_params)
        means = Means(secrets, await username())

        async def make(session: AsyncSession, who: Visitor) -> Paper | Response:
            try:
                async with session.begin_nested():
                    return await paper_for(session, who, values, means, now=clock.now())
            except ExpectedError as error:
                title, text = say("papers.refused_title"), say(error.key, None, **error.values)
                return page("shut.html", status=404, title=title, text=text)

        made = await let_in(request, make)
        if isinstance(made, Response):
            return made
        # A thousand codes take seconds to draw: nobody else waits for them, and no transaction is open.
        return await asyncio.to_thread(rendered, made, values)

    def rendered(made: Paper, values: Mapping[str, str]) -> Response:
        sheet = as_sheet(made) if values.get("format") == "xlsx" else None
        if sheet is None:
            policy = f"{POLICY}; {framing}"
            return HTMLResponse(as_html(made), headers={**headers, "Content-Security-Policy": policy})
        name = quote(f"{say('papers.file_' + values['kind'])}.xlsx")
        attached = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(sheet, media_type=_XLSX, headers={**headers, **attached})

    return [Route("/papers", papers, methods=["GET"]), Route("/paper", paper, methods=["GET"])]


def _words(name: str) -> str:
    return say(f"papers.{name}")
