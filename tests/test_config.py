from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.config import SettingWrong, load_settings

WEBHOOK = {
    "BOT_TOKEN": "42:TEST",
    "BOT_SECRET_KEY": "k" * 32,
    "BOT_MODE": "webhook",
    "BOT_WEBHOOK_URL": "https://village.example",
    "BOT_WEBHOOK_SECRET": "s" * 16,
}


@pytest.fixture(autouse=True)
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*WEBHOOK, "BOT_API_URL", "BOT_DATABASE_URL", "BOT_PORT"):
        monkeypatch.delenv(name, raising=False)


def given(monkeypatch: pytest.MonkeyPatch, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_the_defaults_are_those_promised() -> None:
    settings = load_settings()
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite+aiosqlite:///lianxin.db"
    assert (settings.timezone, settings.mode, settings.log_format) == ("Asia/Shanghai", "polling", "text")


def test_a_file_of_settings_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("BOT_TOKEN=42:FILE\nBOT_PORT=9000\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("BOT_PORT", "9001")
    settings = load_settings()
    assert (settings.bot_token, settings.bot_id, settings.port) == ("42:FILE", 42, 9001)


def test_running_needs_a_token_and_a_key_and_both_are_named_at_once() -> None:
    with pytest.raises(SettingWrong) as wrong:
        load_settings().checked_for_running()
    assert len(wrong.value.sentences) == 2
    assert "BOT_TOKEN" in str(wrong.value)
    assert "BOT_SECRET_KEY" in str(wrong.value)


def test_a_webhook_that_is_safe_may_run(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, WEBHOOK)
    assert load_settings().checked_for_running().webhook_url == "https://village.example"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"BOT_WEBHOOK_URL": "http://village.example"}, "BOT_WEBHOOK_URL"),
        ({"BOT_WEBHOOK_URL": ""}, "BOT_WEBHOOK_URL"),
        ({"BOT_WEBHOOK_SECRET": ""}, "BOT_WEBHOOK_SECRET"),
        ({"BOT_WEBHOOK_SECRET": "short"}, "BOT_WEBHOOK_SECRET"),
        ({"BOT_WEBHOOK_SECRET": "with blanks in it, so refused"}, "BOT_WEBHOOK_SECRET"),
    ],
)
def test_a_webhook_that_is_unsafe_may_not(
    monkeypatch: pytest.MonkeyPatch, change: Mapping[str, str], named: str
) -> None:
    given(monkeypatch, {**WEBHOOK, **change})
    with pytest.raises(SettingWrong, match=named):
        load_settings().checked_for_running()


def test_with_another_server_a_webhook_may_stay_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, WEBHOOK)
    given(monkeypatch, {"BOT_API_URL": "http://127.0.0.1:1/", "BOT_WEBHOOK_URL": "http://127.0.0.1:2"})
    assert load_settings().checked_for_running().api_url == "http://127.0.0.1:1"


def test_settings_do_not_show_what_is_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, WEBHOOK)
    shown = repr(load_settings())
    assert "42:TEST" not in shown
    assert "kkkk" not in shown
    assert "ssss" not in shown
