"""Reading must keep up with a district's chats: bounds are several times what is measured."""

from __future__ import annotations

import time

from bot.text import warm
from tests.text.reading_aids import acts_of

ORDINARY = "今天走访了老王家和李大娘家，都挺好。另外村口路灯又不亮了，李大娘说水管漏了想找人修修"


def test_an_ordinary_message_takes_milliseconds() -> None:
    warm()
    acts_of(ORDINARY)
    start = time.perf_counter()
    for _ in range(50):
        acts_of(ORDINARY)
    assert (time.perf_counter() - start) / 50 < 0.03


def test_the_longest_message_is_read_soon() -> None:
    warm()
    texts = [
        (ORDINARY * 200)[:4096],
        ("走访" * 4096)[:4096],
        ("老王、" * 4096)[:4096],
        ("9" * 4096),
        ("一" * 4096),
        ("3户5户" * 4096)[:4096],
        ("给" * 4096),
        ("今天昨天3月5号" * 4096)[:4096],
        ("没人管坏了" * 4096)[:4096],
        ("1、路灯坏了\n" * 4096)[:4096],
    ]
    for text in texts:
        for speaker in ("member", "resident"):
            start = time.perf_counter()
            acts_of(text, speaker, reply_to=text)
            assert time.perf_counter() - start < 2.0, text[:20]
