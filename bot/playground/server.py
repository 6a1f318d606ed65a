"""A playground: the world, its clock and its HTTP server, put together."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground import api, control
from bot.playground.clock import Clock
from bot.playground.connection import DroppableProtocol
from bot.playground.errors import ControlError
from bot.playground.tour import Tour
from bot.playground.transcript import Transcript
from bot.playground.users import Bot
from bot.playground.webhook import deliver_for_ever
from bot.playground.world import World

Json = dict[str, Any]
Turn = Callable[[datetime, datetime], Awaitable[None]]

DEFAULT_TOKEN = "7000000001:for-the-playground-alone"
PAGE = Path(__file__).parent / "page"


class Playground:
    """One bot's Telegram on this machine.

    ``token`` is what the bot must use; its digits before the colon are the bot's id. ``privacy_mode`` as
    set with BotFather. ``panel_url`` is a page the viewer shows beside the chat; ``viewer`` is merged into
    the state as it is (title, marks, suggestions: whatever the page understands). ``steps`` are the tour's,
    see ``tour``.

    ``on_turn`` is awaited when the clock is turned from … to …: it lets the bot do what falls due in between,
    moving ``clock`` step by step. ``settle`` is awaited wherever the bot's reaction is to be waited for.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        token: str = DEFAULT_TOKEN,
        username: str = "lianxin_bot",
        name: str = "Bot",
        privacy_mode: bool = False,
        panel_url: str | None = None,
        viewer: Mapping[str, Any] | None = None,
        steps: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.clock = clock or Clock()
        number = token.partition(":")[0]
        if not number.isdecimal():
            raise ValueError("a token begins with the bot's id and a colon")
        bot = Bot(int(number), name, username, is_bot=True, token=token, privacy_mode=privacy_mode)
        self.world = World(self.clock, bot)
        self.transcript = Transcript(self.world)
        self.tour = Tour(self, steps)
        self.panel_url = panel_url
        self.viewer = dict(viewer or {})
        self.on_turn: Turn | None = None
        self.settle: Callable[[], Awaitable[None]] | None = None
        self._turning = asyncio.Lock()

    def state(self) -> Json:
        """What ``GET /control/state`` answers."""
        return self.world.state({**self.viewer, "panel_url": self.panel_url, "tour": self.tour.show()})

    async def settled(self) -> None:
        """Wait until the bot has dealt with everything, as far as the assembler knows how to."""
        if self.settle is not None:
            await self.settle()

    async def turn_to(self, moment: datetime) -> None:
        """Turn the clock; returns when everything due until then has happened.

        A running clock runs on from there.
        """
        async with self._turning:
            # What was said before the turn is dealt with before it.
            await self.settled()
            running = self.clock.running
            self.clock.stand()
            try:
                before = self.clock.now()
                if moment < before:
                    raise ControlError(f"the clock goes forward only: it is {before.isoformat()}", status=409)
                if self.on_turn is not None:
                    await self.on_turn(before, moment)
                if self.clock.now() < moment:
                    self.clock.move_to(moment)
            finally:
                if running:
                    self.clock.run()

    def app(self) -> Starlette:
        """The ASGI application."""
        routes: list[BaseRoute] = [
            *api.routes(self.world),
            *control.routes(self),
            Route("/", _index, methods=["GET"]),
            Mount("/static", StaticFiles(directory=PAGE, check_dir=False)),
        ]
        return Starlette(routes=routes, exception_handlers={404: _not_found})

    @asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
        """Serve until the block ends; gives the address. Port 0 is a free one. Signals are left alone."""
        listener = _listen(host, port)
        config = uvicorn.Config(
            self.app(),
            http=DroppableProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=120,
            timeout_graceful_shutdown=2,
        )
        config.load()
        server = uvicorn.Server(config)
        # Startup and shutdown without ``Server.serve``, which would take over the process's signals.
        server.lifespan = config.lifespan_class(config)
        self.world.events.reopen()
        await server.startup(sockets=[listener])
        webhook = asyncio.create_task(deliver_for_ever(self.world))
        try:
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            await self.tour.stop()
            webhook.cancel()
            with suppress(asyncio.CancelledError):
                await webhook
            self.world.updates.stop_waiting()
            self.world.events.close()
            await server.shutdown(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    # Not ``socket.create_server``: without the protocol named, asyncio leaves Nagle's algorithm on, and every
    # answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


async def _index(request: Request) -> Response:
    page = PAGE / "index.html"
    if not page.exists():
        return JSONResponse({"error": "the page is not installed"}, status_code=404)
    return FileResponse(page, headers={"Cache-Control": "no-store"})


async def _not_found(request: Request, error: Exception) -> Response:
    if request.url.path.startswith("/bot"):
        return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, status_code=404)
    return JSONResponse({"error": "there is nothing here"}, status_code=404)
