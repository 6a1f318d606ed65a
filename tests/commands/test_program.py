import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[2]


def test_the_program_speaks_chinese_through_pipes_in_any_locale(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "init", "--preset", "huozhou", "--branch", "柳湾村"],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(HERE), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0
    assert "柳湾村" in done.stdout.decode("utf-8")
    assert not done.stderr
