"""What a process answers over HTTP: signs of life, updates by webhook, and the console."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.clock import Clock
from bot.config import Mode, Settings
from bot.doors import Doors
from bot.roles import Role
from bot.secrets import Secrets
from bot.signs import Figures, Signs
from bot.telegram.webhook import webhook_route
from handlers.console import console_routes
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Web:
    """The pages of a process, by its role.

    arrived: called when the webhook has brought updates.
    username: the bot's name, asked for when a page needs it; null: not known.
    figures: the process's own. framed_by: see `App`.
    """

    settings: Settings
    bot_id: int
    database: Database
    clock: Clock
    doors: Doors
    secrets: Secrets
    arrived: Callable[[], None]
    username: Callable[[], Awaitable[str | None]]
    figures: Figures
    framed_by: str | None

    def application(self, role: Role) -> Starlette:
        """What a process of this role serves."""
        return Starlette(routes=[*self._signs(role), *self._webhook(role), *self._console(role)])

    def _signs(self, role: Role) -> list[BaseRoute]:
        polls = role.takes_in and self.settings.mode is Mode.POLLING
        watched = (["poll"] if polls else []) + (["cycle"] if role.works else [])
        return [*Signs(self.database, self.clock, tuple(watched), self.figures).routes()]

    def _webhook(self, role: Role) -> list[BaseRoute]:
        secret = self.settings.webhook_secret
        if not role.takes_in or self.settings.mode is not Mode.WEBHOOK or secret is None:
            return []
        words = secret.get_secret_value()
        return [webhook_route(self.bot_id, words, self.database, clock=self.clock, arrived=self.arrived)]

    def _console(self, role: Role) -> list[BaseRoute]:
        if not role.shows:
            return []
        console = console_routes(
            self.database,
            self.doors,
            clock=self.clock,
            secrets=self.secrets,
            username=self.username,
            framed_by=self.framed_by,
        )
        return [console]
