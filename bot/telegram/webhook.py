"""Takes updates in by webhook: answered with 200 only once they are stored."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock
from bot.telegram.intake import store_updates
from storage.database import Database

log = logging.getLogger(__name__)

_LARGEST_BODY = 1_000_000  # bytes; Telegram's updates stay far below
_SECRET_HEADER = "x-telegram-bot-api-secret-token"


def webhook_route(
    bot_id: int, secret: str, database: Database, *, clock: Clock, arrived: Callable[[], None]
) -> Route:
    """`POST /telegram/<bot id>`. `arrived` is called after a new update is committed.

    Answers 403 without the right secret, 413 and 400 to what can't be an update, 200 once stored.
    Anything else (500) makes Telegram send it again.
    """

    async def receive(request: Request) -> Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
        except ValueError:
            return Response(status_code=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return Response(status_code=400)
        if await store_updates(database, bot_id, [update], clock=clock):
            arrived()
        return Response(status_code=200)

    return Route(f"/telegram/{bot_id}", receive, methods=["POST"])


async def _read(request: Request) -> bytes | None:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST_BODY:
                return None
    except ClientDisconnect:
        log.info("the webhook's caller went away in the middle of a request")
        return b""
    return bytes(body)
