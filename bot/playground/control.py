"""The control API: what the page, stories and the demo ask of the playground (JSON in, JSON out).

    GET    /control/state         everything there is, with ``seq``, the number of the last event
    GET    /control/events?after=SEQ   server-sent events {"seq", "type", "data"}; types: message
                                  and edit (the whole message), reaction, delete, press, answer (to a press),
                                  member, chat, user, clock, faults, tour, and resync
                                  (too much was missed: read the state)
    GET    /control/transcript    {"lines"}
    GET    /control/files/ID      a photo or document by its file id
    POST   /control/users         name, username?, label?, role?, phone?
    POST   /control/chats         type, title, members, administrators?, topics? (names)
    POST   /control/members       chat_id, user_id, status, by?
    POST   /control/say           chat_id or "private", user_id, text?, reply_to_id?, topic_id?, photo?,
                                  caption?, album? (how many), anonymous?, as_channel?, sent_at?,
                                  forward_from? (user or chat id, or "hidden")
    POST   /control/edit          chat_id, message_id, user_id, text
    POST   /control/delete        chat_id, message_id, user_id
    POST   /control/react         chat_id, message_id, user_id, emoji (null takes it back)
    POST   /control/press         chat_id, message_id, user_id, data
    POST   /control/open          user_id, link (https://t.me/<bot>?start=CODE)
    POST   /control/contact       user_id, of? (whose; default their own), phone? (of an account without one)
    POST   /control/migrate       chat_id
    POST   /control/block         user_id, blocked
    POST   /control/clock         to (ISO 8601) or by_seconds; running?
    GET, POST, DELETE  /control/faults   see ``faults``
    POST   /control/tour          action: start, pause, stop, next

Every POST takes ``?settle=1``: the answer then comes when the bot has dealt with it. What cannot be done is
answered by 4xx and ``{"error": sentence}``.
"""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.control_deeds import DEEDS, Deed
from bot.playground.errors import ControlError
from bot.playground.given import Given

if TYPE_CHECKING:
    from bot.playground.server import Playground


def routes(playground: Playground) -> list[Route]:
    """All routes below ``/control/``."""

    def post(path: str, deed: Deed) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                return JSONResponse(await _carry_out(playground, deed, request))
            except ControlError as error:
                return _refused(error)

        return Route(f"/control/{path}", endpoint, methods=["POST"])

    async def state(request: Request) -> Response:
        return JSONResponse(playground.state())

    async def events(request: Request) -> Response:
        after = request.query_params.get("after") or request.headers.get("last-event-id") or "0"
        if not after.isdecimal():
            return _refused(ControlError("after is the number of an event"))
        stream = playground.world.events.stream(int(after), until=request.is_disconnected)
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def faults(request: Request) -> Response:
        if request.method == "DELETE":
            playground.world.faults.clear()
        return JSONResponse(playground.world.faults.show())

    async def photo(request: Request) -> Response:
        stored = playground.world.files.by_id(request.path_params["file_id"])
        if stored is None:
            return _refused(ControlError("there is no such file", status=404))
        return Response(stored.content, media_type=stored.mime_type)

    async def transcript(request: Request) -> Response:
        return JSONResponse({"lines": playground.transcript.lines})

    return [
        Route("/control/state", state, methods=["GET"]),
        Route("/control/events", events, methods=["GET"]),
        Route("/control/faults", faults, methods=["GET", "DELETE"]),
        Route("/control/files/{file_id}", photo, methods=["GET"]),
        Route("/control/transcript", transcript, methods=["GET"]),
        *(post(path, deed) for path, deed in DEEDS.items()),
    ]


async def _carry_out(playground: Playground, deed: Deed, request: Request) -> Any:
    try:
        given = Given(json.loads(await request.body() or b"{}"))
    except ValueError:
        raise ControlError("the body is no JSON") from None
    result = deed(playground, given)
    if inspect.isawaitable(result):
        result = await result
    if request.query_params.get("settle") == "1":
        await playground.settled()
    # What changes while the bot answers is read afterwards.
    return result() if callable(result) else result


def _refused(error: ControlError) -> Response:
    return JSONResponse({"error": str(error)}, status_code=error.status)
