"""Nobody can bring reading to a halt: what is read of a message, and the steps it takes, are bounded.

Steps are calls of functions, counted, so that the busiest machine comes to the same result.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from bot.text import Context, Message, Speaker, warm
from bot.text.cries import find_cry
from bot.text.gist import LONGEST
from bot.text.reading import read
from tests.text.reading_aids import WEDNESDAY, acts_of

MESSAGE = 4096  # characters, as Telegram has it
ORDINARY = "今天走访了老王家和李大娘家，都挺好。另外村口路灯又不亮了，李大娘说水管漏了想找人修修"
# Three times what the worst of them takes. What grows with the square of the length is far above.
MOST_STEPS = 300_000

KINDS = [
    ORDINARY,
    "走访",
    "老王家、",
    "张建国、李秀英、",
    "修好了没",
    "修好了",
    "今天走訪了老王家，路燈壞了沒人管。",
    "3月5日走访3户，",
    "今天昨天3月5号",
    "9",
    "9381726450",
    "一",
    "啊",
    " ",
    "\n",
    ",",
    "，。！？",
    "……",
    "😂👍",
    "3户5户",
    "给",
    "3号楼2单元201、",
    "路灯坏了",
    "没人管坏了",
    "1、路灯坏了\n",
    "①走访",
    "户数:3\n对象:老王\n",
    "快来人",
    "小狗娘、",
]


def filled(part: str) -> str:
    return (part * MESSAGE)[: MESSAGE - 1] + "了"


def steps(text: str, speaker: str) -> int:
    """Calls of functions, Python's own among them, that reading the text takes."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        acts_of(text, speaker, reply_to=text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("speaker", ["member", "resident"])
@pytest.mark.parametrize("part", KINDS)
def test_the_longest_message_takes_a_bounded_number_of_steps(part: str, speaker: str) -> None:
    warm()
    acts_of(part, speaker)
    assert steps(filled(part), speaker) < MOST_STEPS


@pytest.mark.parametrize("part", KINDS)
def test_of_the_longest_message_a_bounded_part_is_read(part: str) -> None:
    reading = read(Message(filled(part), WEDNESDAY, Speaker.MEMBER), Context())
    assert len(reading.text) <= LONGEST
    assert len(reading.plain.origin) == len(reading.text)


def test_what_is_told_at_the_end_of_a_long_tale_is_read() -> None:
    tale = "".join(f"{number}。" for number in range(1000))
    (matter,) = acts_of(f"{tale}村口路灯坏了没人修，能不能来修一下", "resident")
    assert getattr(matter, "span", "").startswith("村口路灯")


def test_a_row_of_cries_is_no_riddle() -> None:
    almost = Message("快来人" * 40 + "的", WEDNESDAY, Speaker.RESIDENT)
    assert find_cry(read(almost, Context())) is None
    assert find_cry(read(Message("快来人" * 40, WEDNESDAY, Speaker.RESIDENT), Context())) is not None
