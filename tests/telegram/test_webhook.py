from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import select
from starlette.applications import Starlette

from bot.telegram.webhook import webhook_route
from storage import inbox
from storage.database import Database
from storage.tables import InboxUpdate
from tests.fakes.times import HandClock

SECRET = "a-secret-of-some-length"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
UPDATE = {"update_id": 9, "message": {"message_id": 1, "chat": {"id": -5}, "text": "水管漏了"}}


class Endpoint:
    """The webhook of bot 77 over ASGI, and what it told the workers."""

    def __init__(self, database: Database) -> None:
        self.arrivals = 0
        self.database = database
        route = webhook_route(77, SECRET, database, clock=HandClock(), arrived=self._arrived)
        self.app = Starlette(routes=[route])

    def _arrived(self) -> None:
        self.arrivals += 1

    async def post(
        self, body: bytes, headers: dict[str, str] | None = None, path: str = "/telegram/77"
    ) -> int:
        sent: list[dict[str, Any]] = []
        raw = [(key.lower().encode(), value.encode()) for key, value in (headers or {}).items()]
        scope = {"type": "http", "method": "POST", "path": path, "headers": raw, "query_string": b""}
        chunks = [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return int(sent[0]["status"])

    async def rows(self) -> list[InboxUpdate]:
        async with self.database.reading() as session:
            return list(await session.exec(select(InboxUpdate)))


@pytest.fixture
def endpoint(database: Database) -> Endpoint:
    return Endpoint(database)


async def test_an_update_is_stored_before_it_is_answered(endpoint: Endpoint) -> None:
    assert await endpoint.post(json.dumps(UPDATE).encode(), HEADERS) == 200
    [row] = await endpoint.rows()
    assert (row.bot_id, row.update_id, row.chat_id) == (77, 9, -5)
    assert json.loads(row.payload) == UPDATE
    assert endpoint.arrivals == 1


async def test_the_same_update_again_is_fine_and_stored_once(endpoint: Endpoint) -> None:
    for _ in range(2):
        assert await endpoint.post(json.dumps(UPDATE).encode(), HEADERS) == 200
    assert len(await endpoint.rows()) == 1
    assert endpoint.arrivals == 1


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (json.dumps(UPDATE).encode(), {}, 403),
        (json.dumps(UPDATE).encode(), {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}, 403),
        (json.dumps(UPDATE).encode(), {"X-Telegram-Bot-Api-Secret-Token": "错"}, 403),
        (b"no json", HEADERS, 400),
        (b"[]", HEADERS, 400),
        (b'{"update_id": "x"}', HEADERS, 400),
        (b" " * 1_000_001, HEADERS, 413),
    ],
)
async def test_what_is_not_from_telegram_is_refused(
    endpoint: Endpoint, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert await endpoint.post(body, headers) == status
    assert await endpoint.rows() == []


async def test_another_bots_path_is_not_there(endpoint: Endpoint) -> None:
    assert await endpoint.post(json.dumps(UPDATE).encode(), HEADERS, path="/telegram/78") == 404


async def test_when_it_cannot_be_stored_it_is_not_acknowledged(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_arguments: Any) -> list[int]:
        raise OSError("disk full")

    monkeypatch.setattr(inbox, "store", fail)
    with pytest.raises(OSError, match="disk full"):  # which the server answers with 500
        await endpoint.post(json.dumps(UPDATE).encode(), HEADERS)
