"""The HTTP side of the Bot API: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.arguments import Arguments, Upload
from bot.playground.connection import drop_connection
from bot.playground.errors import ApiError, bad_request
from bot.playground.methods import exists, run
from bot.playground.world import World

Json = dict[str, Any]


def routes(world: World) -> list[Route]:
    async def call(request: Request) -> Response:
        name = request.path_params["method"]
        try:
            _check_token(request, world)
            if not exists(name):
                raise ApiError(404, "Not Found")
            arguments = await _arguments(request)
            world.faults.before(name)
            result = await run(world, name, arguments)
        except ApiError as error:
            return JSONResponse(error.answer(), status_code=error.code)
        if world.faults.loses_answer(name):
            await drop_connection(request)
        return JSONResponse({"ok": True, "result": result})

    async def download(request: Request) -> Response:
        try:
            _check_token(request, world)
            stored = world.files.by_path(request.path_params["path"])
            if stored is None:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return JSONResponse(error.answer(), status_code=error.code)
        return Response(stored.content, media_type=stored.mime_type)

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
    ]


def _check_token(request: Request, world: World) -> None:
    if request.path_params["token"] != world.bot.token:
        raise ApiError(401, "Unauthorized")


async def _arguments(request: Request) -> Arguments:
    values: Json = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        body = await request.body()
        try:
            given = json.loads(body or b"{}")
        except ValueError:
            raise bad_request("can't parse JSON encoded request") from None
        if not isinstance(given, dict):
            raise bad_request("can't parse JSON encoded request")
        values |= given
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime_type = value.content_type or "application/octet-stream"
                    uploads[name] = Upload(value.filename or name, await value.read(), mime_type)
                else:
                    values[name] = value
    return Arguments(values, uploads)
