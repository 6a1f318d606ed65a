"""Breaking a connection in the middle of a request, which ASGI has no word for.

``DroppableProtocol`` is uvicorn's own HTTP protocol; it only lets the application reach the transport.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "playground.transport"


class DroppableProtocol(H11Protocol):
    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app = _with_transport(self.app, transport)


def _with_transport(app: Any, transport: asyncio.Transport) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[_TRANSPORT] = transport
        await app(scope, receive, send)

    return wrapped


async def drop_connection(request: Request) -> None:
    """Close the client's connection at once; a response sent afterwards goes nowhere."""
    transport = request.scope["extensions"][_TRANSPORT]
    transport.abort()
    while await request.receive() != {"type": "http.disconnect"}:
        pass
