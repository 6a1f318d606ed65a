"""Reading must not take longer than people notice, whatever is sent.

The bounds leave room for a busy machine: what they catch is time growing with the square of the length.
"""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from bot.text import Message, Speaker, understand, warm

AT = datetime.fromisoformat("2026-11-21T19:05:00+08:00")
LONGEST = 4096  # characters; Telegram's limit
OWN = Path(__file__).parents[1] / "text" / "own.jsonl"


def seconds(message: Message) -> float:
    """The shortest of three readings: the others waited for somebody else's work."""
    taken = []
    for _ in range(3):
        before = time.perf_counter()
        understand(message)
        taken.append(time.perf_counter() - before)
    return min(taken)


@pytest.mark.parametrize(
    "piece",
    [
        "路灯坏了",
        "1、路灯坏了\n",
        "今天走访了老王家和李大娘家，都挺好，",
        "老王、",
        "3号楼2单元201、",
        "修好了",
        "昨天",
        "3户",
        "张建国",
        " ",
        ",",
        "1",
    ],
)
@pytest.mark.parametrize("speaker", [Speaker.MEMBER, Speaker.RESIDENT])
def test_the_longest_message_is_read_in_a_moment(piece: str, speaker: Speaker) -> None:
    warm()
    text = (piece * LONGEST)[: LONGEST - 1] + "了"
    assert seconds(Message(text, AT, speaker)) < 0.5


def test_an_ordinary_message_takes_about_a_millisecond() -> None:
    warm()
    lines = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
    messages = [Message(m["text"], AT, Speaker(m["speaker"]), m["reply_to"]) for m in lines]
    assert sum(map(seconds, messages)) / len(messages) < 0.005
