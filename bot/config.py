"""Settings from the environment or a `.env` file, checked before anything starts."""

from __future__ import annotations

import re
from enum import StrEnum
from importlib.util import find_spec
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.wording import say

OFFICIAL_API = "https://api.telegram.org"
_SHORTEST_KEY = 32
_DRIVERS = {
    "sqlite+aiosqlite": "aiosqlite",
    "postgresql+asyncpg": "asyncpg",
    "postgresql+psycopg": "psycopg",
}


class SettingWrong(Exception):
    """A setting is missing or unsafe. `sentences` name each and say what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class Mode(StrEnum):
    """How updates arrive."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class LogFormat(StrEnum):
    """How log lines look."""

    TEXT = "text"
    JSON = "json"


class Settings(BaseSettings):
    """The settings; each is named `BOT_` and its name in capitals.

    What only some commands need (the token, the secret key, the webhook's settings) may be missing
    here; `checked_for_running`, `bot_id` and `key` refuse then.
    """

    model_config = SettingsConfigDict(
        env_prefix="BOT_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    token: SecretStr | None = None
    api_url: str = OFFICIAL_API
    database_url: str = "sqlite+aiosqlite:///lianxin.db"
    timezone: str = "Asia/Shanghai"
    mode: Mode = Mode.POLLING
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    console_url: str | None = None
    secret_key: SecretStr | None = None
    proxy: str | None = None
    log_format: LogFormat = LogFormat.TEXT

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"\d+:\S+", value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("api_url", "webhook_url", "console_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^/\s]+", value):
            raise ValueError
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            driver = make_url(value).drivername
        except ArgumentError:
            raise ValueError from None
        module = _DRIVERS.get(driver)
        if module is None or find_spec(module) is None:
            raise ValueError
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except ZoneInfoNotFoundError:
            raise ValueError from None
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < _SHORTEST_KEY:
            raise ValueError
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that new branches get."""
        return ZoneInfo(self.timezone)

    @property
    def bot_token(self) -> str:
        """The token.

        Raises:
            SettingWrong: when there is none.
        """
        if self.token is None:
            raise SettingWrong(say("setup.setting_token"))
        return self.token.get_secret_value()

    @property
    def bot_id(self) -> int:
        """The bot's Telegram id, which its token begins with.

        Raises:
            SettingWrong: when there is no token.
        """
        return int(self.bot_token.partition(":")[0])

    @property
    def key(self) -> str:
        """The text from which all keys are derived.

        Raises:
            SettingWrong: when there is none.
        """
        if self.secret_key is None:
            raise SettingWrong(say("setup.setting_secret_key"))
        return self.secret_key.get_secret_value()

    def checked_for_running(self) -> Self:
        """These settings, when the bot can run with them.

        Raises:
            SettingWrong: naming everything that is missing or unsafe.
        """
        wrong = [
            say(f"setup.setting_{name}")
            for name, missing in (
                ("token", self.token is None),
                ("secret_key", self.secret_key is None),
                ("webhook_url", self._in_webhook_mode and not self._webhook_url_is_safe),
                ("webhook_secret", self._in_webhook_mode and self.webhook_secret is None),
            )
            if missing
        ]
        if wrong:
            raise SettingWrong(*wrong)
        return self

    @property
    def _in_webhook_mode(self) -> bool:
        return self.mode is Mode.WEBHOOK

    @property
    def _webhook_url_is_safe(self) -> bool:
        # Another Bot API server may reach the bot on the same machine or network without TLS.
        allowed = "https://" if self.api_url == OFFICIAL_API else "http"
        return self.webhook_url is not None and self.webhook_url.startswith(allowed)


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingWrong: when one has a value that cannot be; the sentences name each.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors() if fault["loc"])
        raise SettingWrong(*(say(f"setup.setting_{name}") for name in names)) from None
