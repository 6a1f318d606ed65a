"""Serves an ASGI application inside the running event loop, and leaves the process's signals alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette


class AddressTaken(Exception):
    """Nothing can listen at `host:port`."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port}")
        self.host = host
        self.port = port


@asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[str]:
    """Serve until the block ends; gives the address. Port 0 is a free one.

    Raises:
        AddressTaken: when something else listens there, or the host is not this machine's.
    """
    try:
        listener = socket.create_server((host, port), backlog=512)
    except OSError as error:
        raise AddressTaken(host, port) from error
    config = uvicorn.Config(
        app, ws="none", lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=3
    )
    config.load()
    server = uvicorn.Server(config)
    # Startup, main loop and shutdown without `Server.serve`, which would take over the signals.
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    loop = asyncio.create_task(server.main_loop())
    try:
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await loop
        await server.shutdown(sockets=[listener])
        listener.close()
