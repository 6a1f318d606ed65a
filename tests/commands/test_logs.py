import json
import logging
from collections.abc import Callable, Iterator

import pytest

from bot.commands.logs import set_up_logs
from bot.config import Settings

Written = Callable[[], str]
log = logging.getLogger("tests.logs")


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Written]:
    """What goes to standard error; the log is put back as it was afterwards."""
    root = logging.getLogger()
    before = root.handlers[:]
    loggers = [root, *map(logging.getLogger, ("aiogram", "alembic", "apscheduler", "httpx", "uvicorn"))]
    levels = [logger.level for logger in loggers]
    root.handlers[:] = []  # kept, not closed
    yield lambda: capsys.readouterr().err
    root.handlers[:] = before
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def told(written: Written, log_format: str) -> str:
    set_up_logs(Settings.model_validate({"token": "42:HIDDEN", "log_format": log_format}))
    try:
        raise OSError("no answer from https://api/bot42:HIDDEN/getMe")
    except OSError:
        log.exception("could not ask: %s", "42:HIDDEN", extra={"chat_id": -5})
    return written()


def test_a_line_for_people_has_no_token(written: Written) -> None:
    line = told(written, "text")
    assert "ERROR tests.logs: could not ask" in line
    assert "no answer from" in line
    assert "HIDDEN" not in line


def test_a_line_for_machines_is_one_json_object(written: Written) -> None:
    line = told(written, "json")
    row = json.loads(line)
    assert (row["level"], row["logger"], row["chat_id"]) == ("ERROR", "tests.logs", -5)
    assert "no answer from" in row["error"]
    assert "HIDDEN" not in line


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_an_error_that_quotes_a_message_tells_no_whole_number(written: Written, log_format: str) -> None:
    set_up_logs(Settings.model_validate({"token": "42:HIDDEN", "log_format": log_format}))
    try:
        raise ValueError("[parameters: ('打13955556666，身份证34050119500101123X',)]")
    except ValueError:
        log.exception("update 7 could not be handled, from %s", "13955556666")
    line = written()
    assert "13955556666" not in line
    assert "34050119500101123X" not in line
    assert "from 139****6666" in line
