"""Messages without a mark, dictated or from whoever never types one, are read as if they had them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.acts import Grievance, Urgency, Visit
from bot.text import Context, Message, Speaker
from bot.text.hearing import heard
from bot.text.normalise import normalise
from bot.text.pauses import lacks_marks, with_pauses
from tests.text.labelled import held_out
from tests.text.reading_aids import WEDNESDAY, acts_of

FOUND = 0.6  # of the commas and full stops of labelled messages
RIGHT = 0.75  # of the pauses that are heard

MARKS = re.compile("[,。!?;~…、:\n ]+")


@pytest.mark.parametrize(
    ("text", "heard_as"),
    [
        ("今天跑了三家王大爷家漏雨老李家没啥事", "今天跑了三家,王大爷家漏雨,老李家没啥事"),
        ("电梯里有糊味物业没人理", "电梯里有糊味物业没人理"),
        ("今天走了4户", "今天走了4户"),
        ("2025年三月1号入户看望了两户老人", "2025年三月1号入户看望了两户老人"),
    ],
)
def test_a_pause_is_heard_where_somebody_reading_it_aloud_would_make_one(text: str, heard_as: str) -> None:
    reading = heard(Message(text, WEDNESDAY, Speaker.MEMBER), Context())
    assert reading.text == heard_as


@given(count=st.integers(2, 9))
@pytest.mark.parametrize(
    "report",
    [
        "走访{0}户打电话三户视频一户都平安",
        "微信里跟{0}户聊了打电话三户上门两户",
        "上午入户{0}户下午又去了两户王大爷家灯坏了",
    ],
)
def test_pauses_stand_alike_beside_a_numeral_and_a_figure(report: str, count: int) -> None:
    spoken, typed = (report.format(numeral) for numeral in ("零一两三四五六七八九"[count], count))
    assert pauses_of(spoken) == pauses_of(typed)


def test_a_round_told_in_one_breath_keeps_its_number_and_its_need() -> None:
    visit, need = acts_of("我今天走了四户有一户说水管冻裂了没水吃另外三户都好着呢")
    assert isinstance(visit, Visit) and visit.count == 4
    assert isinstance(need, Grievance) and need.urgency is Urgency.URGENT


def test_what_is_quoted_is_as_it_was_written() -> None:
    said = "喂喂听得见不俺就是问问俺家那窖里的水管昨晚冻裂了水淌了一地谁能来看看"
    (need,) = acts_of(said, "resident")
    assert isinstance(need, Grievance) and need.span in said


def test_whoever_makes_marks_makes_them_where_they_mean_them() -> None:
    text = normalise("今天跑了三家，王大爷家漏雨老李家没啥事").text
    assert not lacks_marks(text)


@given(st.text(st.sampled_from("今昨天走访了三3户家老王李大娘修灯坏了没人管又叁👍"), min_size=1, max_size=80))
def test_only_commas_are_added_and_every_character_keeps_its_place(written: str) -> None:
    plain = normalise(written)
    paused = with_pauses(plain)
    assert paused.text.replace(",", "") == plain.text.replace(",", "")
    assert len(paused.origin) == len(paused.text)
    own = [at for char, at in zip(paused.text, paused.origin, strict=True) if char != ","]
    assert own == list(plain.origin)
    assert sorted(paused.origin) == list(paused.origin)


def test_pauses_stand_where_the_marks_of_others_stood() -> None:
    """On messages that were not learned from."""
    found = made = written = 0
    for message in held_out()[::10]:
        text = normalise(message.text).text
        stretches = [each for each in MARKS.split(text) if each]
        if len(stretches) > 1:
            heard_in = with_pauses(normalise("".join(stretches))).text.split(",")
            marks, pauses = ends(stretches), ends(heard_in)
            found += len(marks & pauses)
            made, written = made + len(pauses), written + len(marks)
    assert found / written >= FOUND
    assert found / made >= RIGHT


def ends(stretches: list[str]) -> set[int]:
    """How many characters stand before each mark."""
    return {sum(map(len, stretches[:count])) for count in range(1, len(stretches))}


def pauses_of(text: str) -> list[int]:
    heard_as = with_pauses(normalise(text)).text
    return [place for place, character in enumerate(heard_as) if character == ","]
