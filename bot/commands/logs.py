"""The log on standard error, for people or as JSON for machines; without token and people's numbers."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from bot.config import LogFormat, Settings
from bot.secrets import mask_numbers_in

# What every record has; anything else was given as `extra` and belongs into the JSON object.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up_logs(settings: Settings) -> None:
    """Send this process's log to standard error as the settings say."""
    handler = logging.StreamHandler()
    formatter = _Json() if settings.log_format is LogFormat.JSON else _Text()
    handler.setFormatter(_Redacting(formatter, settings))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in ("aiogram", "alembic", "apscheduler", "httpx", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class _Text(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class _Redacting(logging.Formatter):
    """Formats as another does, and takes the token and people's numbers out.

    Errors of network libraries quote whole addresses, those of the database what was to be written.
    """

    def __init__(self, formatter: logging.Formatter, settings: Settings) -> None:
        super().__init__()
        self._formatter = formatter
        self._token = settings.token.get_secret_value() if settings.token else None

    def format(self, record: logging.LogRecord) -> str:
        line = self._formatter.format(record)
        return mask_numbers_in(line.replace(self._token, "…") if self._token else line)
