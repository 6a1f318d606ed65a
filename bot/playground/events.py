"""The log of everything a viewer may want to know, numbered, and read live as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

Json = dict[str, Any]

KEPT = 10_000
"""Events kept (at least); whoever asks for older ones gets a ``resync`` and should read the state again."""


class EventLog:
    """Events ``{"seq", "type", "data"}`` with rising ``seq`` from 1; ``listeners`` see each as it happens."""

    def __init__(self) -> None:
        self.seq = 0
        self.listeners: list[Callable[[Json], None]] = []
        self._events: list[Json] = []
        self._wake = asyncio.Event()
        self._closed = False

    def add(self, kind: str, data: Any) -> None:
        self.seq += 1
        event: Json = {"seq": self.seq, "type": kind, "data": data}
        self._events.append(event)
        if len(self._events) > 2 * KEPT:
            del self._events[:KEPT]
        for listener in self.listeners:
            listener(event)
        self._wake.set()
        self._wake = asyncio.Event()

    def after(self, seq: int) -> list[Json]:
        """What happened after ``seq``; one ``resync`` event when that is no longer known in full."""
        first = self._events[0]["seq"] if self._events else self.seq + 1
        if seq + 1 < first or seq > self.seq:
            return [{"seq": self.seq, "type": "resync", "data": None}]
        return self._events[seq + 1 - first :]

    async def follow(self, seq: int) -> AsyncIterator[Json]:
        """Every event after ``seq``, waiting for more, until the log is closed."""
        while not self._closed:
            wake = self._wake
            for event in self.after(seq):
                seq = event["seq"]
                yield event
            if wake is self._wake:
                await wake.wait()

    async def stream(self, seq: int, *, until: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
        """The same as text of server-sent events, ``until`` the reader has gone."""
        yield ": hello\n\n"
        async for event in self.follow(seq):
            if await until():
                return
            yield f"id: {event['seq']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"

    def close(self) -> None:
        """End every reader: the server is stopping."""
        self._closed = True
        self._wake.set()

    def reopen(self) -> None:
        self._closed = False
        self._wake = asyncio.Event()
