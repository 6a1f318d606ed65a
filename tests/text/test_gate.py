"""The gates before the grammars never hold back an act."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.acts import Act
from bot.text import Message, Speaker, understand
from bot.text import gate as gates
from bot.text.lexicon import lexicon
from tests.text.labelled import Labelled, labelled
from tests.text.reading_aids import WEDNESDAY

LABELLED = {name: list(those) for name, those in groupby(labelled(), key=lambda each: each.written_in)}
GATES = ("may_tell_anything", "may_tell_visit", "may_tell_event", "may_tell_mending")


@contextmanager
def gates_open() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in GATES:
            patch.setattr(import_module("bot.text.one_telling"), name, lambda _reading: True)
        yield


def acts(message: Message) -> tuple[tuple[Act, ...], tuple[bool, ...]]:
    found = understand(message)
    return found.acts, found.likely


@pytest.mark.parametrize("written", LABELLED.values(), ids=LABELLED.keys())
@pytest.mark.parametrize("speaker", Speaker)
def test_no_labelled_message_is_read_otherwise_with_the_gates_open(
    written: list[Labelled], speaker: Speaker
) -> None:
    messages = [
        Message(each.text, datetime.fromisoformat(each.at), speaker, each.reply_to)
        for each in written
        # a part is enough, chosen by its name: most of what this speaker wrote themselves
        if zlib.crc32(f"{speaker} {each.id}".encode()) % (8 if each.speaker == speaker else 32) == 0
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
