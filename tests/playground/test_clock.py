"""The clock stands, runs and goes forward only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playground import Clock

START = datetime(2026, 11, 21, 19, 5, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_it_stands_until_it_is_turned() -> None:
    clock = Clock(START)
    assert clock.now() == clock.now() == START
    clock.turn_by(hours=1, minutes=30)
    assert clock.now() == START + timedelta(hours=1, minutes=30)


def test_it_keeps_its_zone_whatever_zone_it_is_turned_with() -> None:
    clock = Clock(START)
    clock.move_to(datetime(2026, 11, 22, 0, 0, tzinfo=UTC))
    assert clock.now().isoformat() == "2026-11-22T08:00:00+08:00"


def test_it_does_not_go_back() -> None:
    clock = Clock(START)
    clock.move_to(START)
    with pytest.raises(ValueError, match="forward only"):
        clock.move_to(START - timedelta(seconds=1))


def test_it_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        Clock(datetime(2026, 11, 21))  # noqa: DTZ001 - the naive time is what is tested
    with pytest.raises(ValueError, match="aware"):
        Clock(START).move_to(datetime(2027, 1, 1))  # noqa: DTZ001 - the naive time is what is tested


def test_running_it_goes_on_with_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    real = [100.0]
    monkeypatch.setattr("bot.playground.clock.time.monotonic", lambda: real[0])
    clock = Clock(START)
    clock.run()
    real[0] += 90
    assert clock.now() == START + timedelta(seconds=90)
    clock.move_to(START + timedelta(hours=1))
    real[0] += 1
    assert clock.now() == START + timedelta(hours=1, seconds=1)
    clock.stand()
    real[0] += 500
    assert clock.now() == START + timedelta(hours=1, seconds=1)


def test_an_hour_is_an_hour_over_a_change_to_summer_time() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    clock = Clock(before)
    clock.turn_by(hours=1)
    assert clock.now().isoformat() == "2026-03-29T03:30:00+02:00"


def test_whoever_listens_hears_of_each_turn() -> None:
    clock, heard = Clock(START), list[datetime]()
    clock.listeners.append(heard.append)
    clock.turn_by(minutes=1)
    assert heard == [START + timedelta(minutes=1)]
