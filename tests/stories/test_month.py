from pathlib import Path

import pytest

from bot.demo.replay import replay


async def test_the_scripted_month_plays_to_its_end_and_leaves_its_ledger(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert await replay(tmp_path) == 0
    printed = capsys.readouterr().out
    matters = [line for line in printed.splitlines() if line.startswith("│ #")]
    assert [line.split("│")[4].strip() for line in matters] == ["已办结"] * 4
    assert [line.split("│")[5].strip() for line in matters] == ["满意", "满意", "满意", "部分解决"]
    # Chatter is met with silence, and nothing was set aside.
    talk = printed.partition("明天降温")[2].partition("──")[0]
    assert "连心桥" not in talk
    assert "set_aside" not in printed
    assert "主题党日" in printed
