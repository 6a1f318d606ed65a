"""What machines ask the program: is it alive, is it ready, and what are its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from storage import heartbeats, inbox, outbox
from storage.database import Database

# A long poll lasts 25 s and a cycle comes every 20 s: after this something is stuck.
_LATE = timedelta(seconds=120)

Figures = Callable[[], Mapping[str, float]]
"""The process's own figures by name; a name ending in `_total` only rises."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Answers from what stands in the database, and from `figures` of this process.

    watched: the signs of life that must be fresh for the process to be ready (`poll`, `cycle`).
    """

    database: Database
    clock: Clock
    watched: tuple[str, ...]
    figures: Figures

    def routes(self) -> list[Route]:
        """The three pages, for anybody: they hold counts only."""
        return [
            Route("/healthz", self._health, methods=["GET"]),
            Route("/readyz", self._ready, methods=["GET"]),
            Route("/metrics", self._metrics, methods=["GET"]),
        ]

    async def _health(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _ready(self, _request: Request) -> Response:
        """200 when the database answers and every watched sign of life is fresh, else 503 with why."""
        faults = {}
        latest: dict[str, datetime] = {}
        try:
            async with self.database.reading() as session:
                latest = await heartbeats.latest(session)
        except (SQLAlchemyError, OSError) as error:
            faults["database"] = type(error).__name__
        else:
            now = self.clock.now()
            for name in self.watched:
                if name not in latest:
                    faults[name] = "never"
                elif now - latest[name] > _LATE:
                    faults[name] = f"last at {latest[name].isoformat(timespec='seconds')}"
        answer = {"ready": not faults, "faults": faults}
        return JSONResponse(answer, status_code=503 if faults else 200)

    async def _metrics(self, _request: Request) -> Response:
        async with self.database.reading() as session:
            updates = await inbox.count_states(session)
            notices = await outbox.count_states(session)
            latest = await heartbeats.latest(session)
            audited = await heartbeats.named(session, "audit")
        now = self.clock.now()
        lines = [
            *_family("lianxin_inbox_updates", "Updates by state", "state", updates),
            *_family("lianxin_notices", "Notices by state", "state", notices),
            *_family(
                "lianxin_heartbeat_age_seconds",
                "Seconds since the last success",
                "name",
                {name: (now - at).total_seconds() for name, at in latest.items()},
            ),
        ]
        for row in audited:
            lines += [
                "# HELP lianxin_audit_faults Matters, notices and branches found at fault by the last audit",
                "# TYPE lianxin_audit_faults gauge",
                f"lianxin_audit_faults {row.detail or 0}",
            ]
        for name, value in self.figures().items():
            kind = "counter" if name.partition("{")[0].endswith("_total") else "gauge"
            lines += [f"# TYPE lianxin_{name.partition('{')[0]} {kind}", f"lianxin_{name} {value:g}"]
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _family(name: str, told: str, label: str, values: Mapping[str, float]) -> list[str]:
    rows = [f'{name}{{{label}="{key}"}} {value:g}' for key, value in sorted(values.items())]
    return [f"# HELP {name} {told}", f"# TYPE {name} gauge", *rows]
