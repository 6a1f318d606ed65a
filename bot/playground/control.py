"""The control API: what the page, stories and the demo ask of the playground (JSON in, JSON out).

Besides what people do (say, edit, react, press, open, …) it serves the state, the event stream, clock,
faults and tour. Every POST takes ``?settle=1``: the answer then comes when the bot has dealt with it.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground import members, people
from bot.playground.errors import ControlError

if TYPE_CHECKING:
    from bot.playground.server import Playground

Json = dict[str, Any]
Deed = Callable[["Playground", Json], Any]


def routes(playground: Playground) -> list[Route]:
    """All routes below ``/control/``."""

    def post(path: str, deed: Deed) -> Route:
        async def endpoint(request: Request) -> Response:
            return await _answer(lambda: _carry_out(playground, deed, request))

        return Route(f"/control/{path}", endpoint, methods=["POST"])

    async def state(request: Request) -> Response:
        return JSONResponse(playground.state())

    async def events(request: Request) -> Response:
        after = request.query_params.get("after") or request.headers.get("last-event-id") or "0"
        if not after.isdecimal():
            return _refused(ControlError("after is the number of an event"))
        stream = playground.world.events.stream(int(after))
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def faults(request: Request) -> Response:
        if request.method == "DELETE":
            playground.world.faults.clear()
            playground.world.events.add("faults", playground.world.faults.show())
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
        *(post(path, deed) for path, deed in _DEEDS.items()),
    ]


async def _carry_out(playground: Playground, deed: Deed, request: Request) -> Any:
    try:
        given = json.loads(await request.body() or b"{}")
    except ValueError:
        raise ControlError("the body is no JSON") from None
    if not isinstance(given, dict):
        raise ControlError("the body is a JSON object")
    result = deed(playground, given)
    if inspect.isawaitable(result):
        result = await result
    if request.query_params.get("settle") == "1":
        await playground.settled()
    return result() if callable(result) else result


async def _answer(work: Callable[[], Awaitable[Any]]) -> Response:
    try:
        return JSONResponse(await work())
    except ControlError as error:
        return _refused(error)
    except KeyError as error:
        return _refused(ControlError(f"{error.args[0]} is missing"))
    except (TypeError, ValueError) as error:
        return _refused(ControlError(str(error)))


def _refused(error: ControlError) -> Response:
    return JSONResponse({"error": str(error)}, status_code=error.status)


def _user(playground: Playground, given: Json) -> Json:
    user = playground.world.add_user(
        given["name"],
        username=given.get("username"),
        label=given.get("label") or "",
        role=given.get("role") or "",
    )
    return user.control()


def _chat(playground: Playground, given: Json) -> Any:
    chat = members.add_chat(
        playground.world,
        given["type"],
        given.get("title") or "",
        members=given.get("members") or (),
        administrators=given.get("administrators") or (),
        topics=given.get("topics") or (),
    )
    return chat.control


def _member(playground: Playground, given: Json) -> Json:
    return members.set_member(
        playground.world, given["chat_id"], given["user_id"], given["status"], by=given.get("by")
    )


def _say(playground: Playground, given: Json) -> Any:
    sent_at = given.get("sent_at")
    message = people.say(
        playground.world,
        given["chat_id"],
        given["user_id"],
        given.get("text"),
        reply_to_id=given.get("reply_to_id"),
        topic_id=given.get("topic_id"),
        photo=bool(given.get("photo")),
        caption=given.get("caption"),
        album=given.get("album") or 0,
        forward_from=given.get("forward_from"),
        anonymous=bool(given.get("anonymous")),
        as_channel=given.get("as_channel"),
        sent_at=_moment(sent_at) if sent_at else None,
    )
    return message.control


def _edit(playground: Playground, given: Json) -> Any:
    message = people.edit(
        playground.world, given["chat_id"], given["message_id"], given["user_id"], given["text"]
    )
    return message.control


def _delete(playground: Playground, given: Json) -> Json:
    people.delete(playground.world, given["chat_id"], given["message_id"], given["user_id"])
    return {"deleted": True}


def _react(playground: Playground, given: Json) -> Any:
    message = people.react(
        playground.world, given["chat_id"], given["message_id"], given["user_id"], given.get("emoji")
    )
    return message.control


def _press(playground: Playground, given: Json) -> Json:
    query = people.press(
        playground.world, given["chat_id"], given["message_id"], given["user_id"], data=given["data"]
    )
    return {"callback_query_id": query.id}


def _open(playground: Playground, given: Json) -> Any:
    return people.open_link(playground.world, given["user_id"], given["link"]).control


def _migrate(playground: Playground, given: Json) -> Json:
    return {"chat_id": members.migrate(playground.world, given["chat_id"]).id}


def _block(playground: Playground, given: Json) -> Json:
    return members.block(playground.world, given["user_id"], blocked=bool(given["blocked"]))


def _set_faults(playground: Playground, given: Json) -> Json:
    playground.world.faults.merge(given)
    shown = playground.world.faults.show()
    playground.world.events.add("faults", shown)
    return shown


async def _clock(playground: Playground, given: Json) -> Any:
    if "to" in given:
        await playground.turn_to(_moment(given["to"]))
    elif "by_seconds" in given:
        await playground.turn_to(playground.clock.now() + timedelta(seconds=float(given["by_seconds"])))
    elif "running" not in given:
        raise ControlError("a clock is turned to a time, by seconds, or let run")
    if given.get("running") is True:
        playground.clock.run()
    elif given.get("running") is False:
        playground.clock.stand()
    return lambda: {"now": playground.clock.now().isoformat(), "running": playground.clock.running}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ControlError("a time needs its offset, as in 2026-11-21T19:05:00+08:00")
    return moment


async def _tour(playground: Playground, given: Json) -> Any:
    action = given["action"]
    if action not in ("start", "pause", "stop", "next"):
        raise ControlError("a tour can start, pause, stop or go to the next step")
    await getattr(playground.tour, action)()
    return playground.tour.show


_DEEDS: dict[str, Deed] = {
    "users": _user,
    "chats": _chat,
    "members": _member,
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "press": _press,
    "open": _open,
    "migrate": _migrate,
    "block": _block,
    "faults": _set_faults,
    "clock": _clock,
    "tour": _tour,
}
