"""The console's pages: the way in, a branch's ledger, its figures and its roll-calls."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from bot.clock import Clock
from bot.doors import Doors, DoorShut
from bot.secrets import Secrets, mask_numbers_in
from bot.services.views.look_at_figures import figures_page
from bot.services.views.look_at_indicators import opened_figure, published_figures
from bot.services.views.look_at_roll_calls import roll_calls_page
from bot.services.views.open_console import NotLetIn, Visitor, look_into, note_entry, visitor
from bot.wording import say
from handlers.console.papers import T, Username, Visit, paper_routes
from handlers.console.words import day_words, moment_words, word

log = logging.getLogger(__name__)

COOKIE = "lianxin_pass"
_DOORS = {"papers": "/console/papers"}

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters |= {"word": word, "moment": moment_words, "day": day_words}

OpenSession = Callable[[], AbstractAsyncContextManager[AsyncSession]]


class Opening(Protocol):
    """Opens the database."""

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]: ...

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]: ...


def console_routes(
    database: Opening,
    doors: Doors,
    *,
    clock: Clock,
    secrets: Secrets,
    username: Username,
    framed_by: str | None = None,
) -> Mount:
    """Everything below `/console`.

    Args:
        username: the bot's name, for the QR codes on door plates; null when Telegram can't be asked.
        framed_by: the address of a site whose pages may show these in a frame; null: none may.
    """
    # The one script there is tells the page around a frame how high it is.
    ancestors = "frame-ancestors 'none'" if framed_by is None else f"frame-ancestors {framed_by}"
    framing = ancestors if framed_by is None else f"{ancestors}; script-src 'unsafe-inline'"
    headers = {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'unsafe-inline'; {framing}; base-uri 'none'; form-action 'self'"
        ),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }

    def page(name: str, *, status: int = 200, **values: object) -> Response:
        html = _pages.get_template(name).render(in_frame=framed_by is not None, **values)
        return HTMLResponse(mask_numbers_in(html), status_code=status, headers=headers)

    def shut(name: str, *, status: int) -> Response:
        title, text = say(f"console.{name}_title"), say(f"console.{name}")
        return page("shut.html", status=status, title=title, text=text)

    async def enter(request: Request) -> Response:
        now = clock.now()
        try:
            person_id = doors.person_by_link(request.query_params.get("t", ""), now=now)
            async with database.transaction() as session:
                await note_entry(session, await visitor(session, person_id), now=now)
        except DoorShut:
            return shut("shut", status=403)
        except NotLetIn:
            return shut("not_let_in", status=403)
        to = _DOORS.get(request.query_params.get("to", ""), "/console/")
        response = RedirectResponse(to, status_code=303, headers=headers)
        response.set_cookie(
            COOKIE,
            doors.make_pass(person_id, now=now),
            max_age=int(doors.pass_holds.total_seconds()),
            path="/console",
            httponly=True,
            samesite="lax",
            secure=doors.url.startswith("https://"),
        )
        return response

    async def let_in(
        request: Request, visit: Visit[T], opening: OpenSession = database.transaction
    ) -> T | Response:
        """Do something for the visitor who asks; say so when nobody is let in."""
        try:
            person_id = doors.person_by_pass(request.cookies.get(COOKIE, ""), now=clock.now())
            async with opening() as session:
                return await visit(session, await visitor(session, person_id))
        except DoorShut:
            return shut("shut", status=401)
        except NotLetIn:
            return shut("not_let_in", status=403)
        except Exception:
            log.exception("the page %s could not be shown", request.url.path)
            return shut("broken", status=500)

    async def ledger(request: Request) -> Response:
        async def show(session: AsyncSession, who: Visitor) -> Response:
            shown = await look_into(session, who, _branch(request), now=clock.now())
            return page("ledger.html", who=who, ledger=shown, page=shown.page, now=shown.now)

        return await let_in(request, show)  # who looks at what is private is noted

    async def figures(request: Request) -> Response:
        async def show(session: AsyncSession, who: Visitor) -> Response:
            period = request.query_params.get("period")
            shown = await figures_page(session, who, _branch(request), now=clock.now())
            published = await published_figures(session, who, shown.branch_id, period, now=clock.now())
            return page("figures.html", who=who, page=shown, published=published)

        return await let_in(request, show, database.reading)

    async def figure(request: Request) -> Response:
        async def show(session: AsyncSession, who: Visitor) -> Response:
            asked = request.query_params
            shown = await opened_figure(
                session,
                who,
                _branch(request),
                asked.get("key", ""),
                asked.get("period"),
                page=_number(asked.get("page", "")) or 1,
                now=clock.now(),
            )
            return page("figure.html", who=who, shown=shown)

        return await let_in(request, show, database.reading)

    async def rollcalls(request: Request) -> Response:
        async def show(session: AsyncSession, who: Visitor) -> Response:
            shown = await roll_calls_page(session, who, _branch(request), now=clock.now())
            return page("rollcalls.html", who=who, page=shown)

        return await let_in(request, show, database.reading)

    papers = paper_routes(
        let_in, page, secrets=secrets, username=username, clock=clock, headers=headers, framing=ancestors
    )
    return Mount(
        "/console",
        routes=[
            Route("/in", enter, methods=["GET"]),
            Route("/", ledger, methods=["GET"]),
            Route("/figures", figures, methods=["GET"]),
            Route("/figure", figure, methods=["GET"]),
            Route("/rollcalls", rollcalls, methods=["GET"]),
            *papers,
        ],
    )


def _branch(request: Request) -> int | None:
    """The key of the branch that is asked for; null: none is."""
    return _number(request.query_params.get("branch", ""))


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None
