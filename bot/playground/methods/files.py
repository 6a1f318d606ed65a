"""Downloading: getFile names the path, ``/file/bot<token>/<path>`` serves it."""

from __future__ import annotations

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.methods.registry import Call, method

Json = dict[str, Any]

LARGEST = 20 * 1024 * 1024


@method("getFile")
def get_file(call: Call) -> Json:
    file_id = call.arguments.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = call.world.files.by_id(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > LARGEST:
        raise bad_request("file is too big")
    return stored.api()
