"""How fast messages are read, against jieba alone cutting the same messages."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice

import jieba

from bot.text import Context, Message, Speaker, understand, warm
from tests.bench.figures import Figure, rate
from tests.text.labelled import labelled

_CHATTER = ("chatter-", "small_talk-")  # as people chat, rather than what was written to mislead the rules
_ACTS_IN_TEN = 1  # of ten messages in a group nine are chatter
_ROUNDS = 3  # the best of them counts: others are at work on the machine too
_LONGEST = 4096  # characters of a message, as Telegram has it
_KINDS = {
    "visits": "今天走访3户，",
    "names": "老王家、",
    "trouble": "路灯坏了没人管。",
    "asked": "修好了没",
    "days": "3月5日走访2户，昨天1户。",
    "figures": "9381726450",
    "one character": "一",
    "emoji": "😂👍",
    "spaces": " ",
    "marks": "，。！？",
    "traditional": "今天走訪了老王家，路燈壞了沒人管。",
}
# the figure of getrusage would be that of the process that starts this one, if greater
_LOADING = r"""
import re, time
from pathlib import Path
start = time.perf_counter()
from bot.text import warm
warm()
taken = time.perf_counter() - start
most = re.search(r"VmHWM:\s+([0-9]+)", Path("/proc/self/status").read_text())
print(taken, int(most[1]) / 1024)
"""


@dataclass(frozen=True, slots=True)
class Slowest:
    """The message of greatest length that takes longest. milliseconds: to read; jieba: to be cut."""

    kind: str
    milliseconds: float
    jieba: float


@dataclass(frozen=True, slots=True)
class Loading:
    """A process of its own until it can read. seconds: with imports. megabytes: the most it held."""

    seconds: float
    megabytes: float


def messages(count: int) -> list[Message]:
    """So many messages as a group writes them, the same each time."""
    telling, chatter = [], []
    for each in labelled():
        message = Message(each.text, datetime.fromisoformat(each.at), Speaker(each.speaker), each.reply_to)
        if each.acts:
            telling.append(message)
        elif each.id.startswith(_CHATTER):
            chatter.append(message)
    shuffled = random.Random(7)
    shuffled.shuffle(telling)
    shuffled.shuffle(chatter)
    some = count * _ACTS_IN_TEN // 10
    mixed = [*islice(cycle(telling), some), *islice(cycle(chatter), count - some)]
    shuffled.shuffle(mixed)
    return mixed


def measure(count: int) -> list[Figure]:
    """The yardstick and reading."""
    told = messages(count)
    warm()
    jieba.initialize()
    for message in told[:50]:
        understand(message, Context())
    cut = max(rate(count, lambda: [jieba.lcut(each.text) for each in told]) for _ in range(_ROUNDS))
    alone = Figure("messages cut by jieba alone", cut)
    read = max(rate(count, lambda: [understand(each, Context()) for each in told]) for _ in range(_ROUNDS))
    return [alone, Figure("messages read", read, alone)]


def slowest() -> Slowest:
    """The worst of the longest messages, each of one kind."""
    kinds = {**_KINDS, "prose": "。".join(message.text for message in messages(400))}
    return max((_timed(kind, part) for kind, part in kinds.items()), key=lambda one: one.milliseconds)


def _timed(kind: str, part: str) -> Slowest:
    text = (part * _LONGEST)[:_LONGEST]
    at = messages(1)[0].at
    read = max(
        _seconds(lambda: understand(Message(text, at, speaker, text)))  # noqa: B023  # called at once
        for speaker in (Speaker.MEMBER, Speaker.RESIDENT)
    )
    return Slowest(kind, read * 1000, _seconds(lambda: jieba.lcut(text)) * 1000)


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def loading() -> Loading:
    """A fresh process that loads the dictionaries."""
    told = subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True, text=True)
    seconds, megabytes = told.stdout.split()
    return Loading(float(seconds), float(megabytes))
