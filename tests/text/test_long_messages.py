"""A long message costs no more a character than a short one, so that nobody can bring reading to a halt."""

from __future__ import annotations

import time

import pytest

from bot.text import warm
from tests.text.reading_aids import acts_of

LONGEST = 4096  # characters of a message, as Telegram has it
ORDINARY = "今天走访了老王家和李大娘家，都挺好。另外村口路灯又不亮了，李大娘说水管漏了想找人修修"

# Several times what is measured. What grows with the square of the length would be far above.
MOST = 40.0


def cpu_seconds(text: str, speaker: str) -> float:
    """Of the processor, not of the clock on the wall: others may be at work on this machine."""
    start = time.process_time()
    acts_of(text, speaker, reply_to=text)
    return time.process_time() - start


@pytest.fixture(scope="module")
def ordinary_character() -> float:
    """Seconds that a character of an ordinary message takes."""
    warm()
    acts_of(ORDINARY)
    times = (sum(cpu_seconds(ORDINARY, "member") for _ in range(20)) / 20 for _ in range(3))
    return min(times) / len(ORDINARY)


@pytest.mark.parametrize("speaker", ["member", "resident"])
@pytest.mark.parametrize(
    "part",
    [
        ORDINARY,
        "走访",
        "老王、",
        "张建国",
        "9",
        "一",
        " ",
        ",",
        "3户5户",
        "给",
        "昨天",
        "今天昨天3月5号",
        "3号楼2单元201、",
        "修好了",
        "路灯坏了",
        "没人管坏了",
        "1、路灯坏了\n",
    ],
)
def test_the_longest_message_costs_no_more_a_character(
    part: str, speaker: str, ordinary_character: float
) -> None:
    text = (part * LONGEST)[: LONGEST - 1] + "了"
    assert cpu_seconds(text, speaker) / LONGEST < MOST * ordinary_character
