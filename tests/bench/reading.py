"""How fast messages are read, against jieba alone cutting the same messages."""

from __future__ import annotations

import json
import random
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path

import jieba

from bot.text import Context, Message, Speaker, understand, warm
from tests.bench.figures import Figure, rate

_LABELLED = Path(__file__).parents[1] / "text" / "own.jsonl"
_ACTS_IN_TEN = 1  # of ten messages in a group nine are chatter


def messages(count: int) -> list[Message]:
    """So many messages as a group writes them, the same each time."""
    telling, chatter = [], []
    for line in _LABELLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sent_at = datetime.fromisoformat(row["at"])
        message = Message(row["text"], sent_at, Speaker(row["speaker"]), row["reply_to"])
        (telling if row["acts"] else chatter).append(message)
    some = count * _ACTS_IN_TEN // 10
    mixed = [*islice(cycle(telling), some), *islice(cycle(chatter), count - some)]
    random.Random(7).shuffle(mixed)
    return mixed


def measure(count: int) -> list[Figure]:
    """The yardstick and reading."""
    told = messages(count)
    warm()
    jieba.initialize()
    for message in told[:50]:
        understand(message, Context())
    cut = rate(count, lambda: [jieba.lcut(each.text) for each in told])
    alone = Figure("messages cut by jieba alone", cut)
    read = rate(count, lambda: [understand(each, Context()) for each in told])
    return [alone, Figure("messages read", read, alone)]
