"""How fast messages are read, against jieba alone cutting the same messages."""

from __future__ import annotations

import math
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
from tests.bench.figures import Figure
from tests.text.labelled import labelled

_CHATTER = ("group_days-", "private_texts-", "small_talk-")  # as people chat, not what was written to mislead
_ACTS_IN_TEN = 1  # of ten messages in a group nine are chatter
_ROUNDS = 5  # of yardstick and reading in turn; the best time of each message counts: others work too
_TRIES = 3  # of each of the longest messages
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
    "households": "户",
    "digits": "12",
    "numerals": "三五十",
    "surnames": "王李张",
    "brackets": "（【“",
    "items": "1、路灯坏了，2、",
    "addresses": "3号楼2单元201、",
    "chatter": "哈哈哈今天真热，晚上吃什么？",
    "danger": "着火了快来人",
    "mended": "修好了没有又坏了，",
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
    """The yardstick and reading, message by message in turn, so that both meet the same machine."""
    told = messages(count)
    warm()
    jieba.initialize()
    cut, read = [math.inf] * count, [math.inf] * count
    for _ in range(_ROUNDS):
        for place, message in enumerate(told):
            start = time.perf_counter()
            jieba.lcut(message.text)
            between = time.perf_counter()
            understand(message, Context())
            end = time.perf_counter()
            cut[place] = min(cut[place], between - start)
            read[place] = min(read[place], end - between)
    alone = Figure("messages cut by jieba alone", count / sum(cut))
    return [alone, Figure("messages read", count / sum(read), alone)]


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
    for _ in range(_TRIES):
        start = time.process_time()  # of the processor, without what others take of it
        work()
        times.append(time.process_time() - start)
    return min(times)


def loading() -> Loading:
    """A fresh process that loads the dictionaries."""
    told = subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True, text=True)
    seconds, megabytes = told.stdout.split()
    return Loading(float(seconds), float(megabytes))
