"""The gates before the grammars never hold back an act."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.acts import Act
from bot.text import Message, Speaker, understand
from bot.text import gate as gates
from bot.text.lexicon import lexicon
from tests.text.reading_aids import WEDNESDAY

HERE = Path(__file__).parent
LABELLED = [HERE / "own.jsonl", *sorted((HERE / "messages").glob("*.jsonl"))]
GATES = ("may_tell_anything", "may_tell_visit", "may_tell_event", "may_tell_mending")


@contextmanager
def gates_open() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in GATES:
            patch.setattr(import_module("bot.text.understand"), name, lambda _reading: True)
        yield


def acts(message: Message) -> tuple[tuple[Act, ...], tuple[bool, ...]]:
    found = understand(message)
    return found.acts, found.likely


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
@pytest.mark.parametrize("speaker", Speaker)
def test_no_labelled_message_is_read_otherwise_with_the_gates_open(path: Path, speaker: Speaker) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    messages = [
        Message(row["text"], datetime.fromisoformat(row["at"]), speaker, row.get("reply_to"))
        for row in rows
        # a part is enough, chosen by its name: most of what this speaker wrote themselves
        if zlib.crc32(f"{speaker} {row['id']}".encode()) % (8 if row["speaker"] == speaker else 32) == 0
    ]
    assert messages
    as_they_are = [acts(message) for message in messages]
    with gates_open():
        assert [acts(message) for message in messages] == as_they_are


# single words of the lists, and what numbers, days and names are made of
PIECES = [
    *"今昨天走访了户家老王李大娘3十两几多初月号周没是不共累计的,。、 灯水坏修好又第#?",
    "走访",
    "打电话",
    "去过了",
    "党员大会",
    "修好了",
    "12号",
    "挨家",
]


@settings(max_examples=200)
@given(
    pieces=st.lists(
        st.one_of(st.sampled_from(PIECES), st.sampled_from(sorted(lexicon().scanner.words))), max_size=12
    ),
    speaker=st.sampled_from(Speaker),
    reply=st.sampled_from([None, "村口路灯坏了没人修", "今天走访3户：老王、李大娘"]),
)
def test_no_jumble_is_read_otherwise_with_the_gates_open(
    pieces: list[str], speaker: Speaker, reply: str | None
) -> None:
    message = Message("".join(pieces), WEDNESDAY, speaker, reply)
    as_it_is = acts(message)
    with gates_open():
        assert acts(message) == as_it_is


def test_the_gates_tested_are_all_there_are() -> None:
    assert {name for name in vars(gates) if name.startswith("may_tell")} == set(GATES)
