"""One spelling for what is written in many, character for character."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.normalise import normalise


def test_every_character_is_spelled_as_unicode_has_it_whichever_way_it_goes() -> None:
    """Most characters go by a table; what the table leaves out goes by NFKC. Both must come to the same."""
    for code in range(sys.maxunicode):
        char = chr(code)
        category = unicodedata.category(char)
        if category in ("Cs", "Cn", "Cc", "Cf") or "①" <= char <= "⑳" or char in "@＠﹫":
            continue
        usual = unicodedata.normalize("NFKC", char)
        if len(usual) == 1 and not usual.isspace() and not unicodedata.combining(usual):
            alone, among = normalise(char).text, normalise(f"x{char}…x").text
            assert among == f"x{alone}...x", hex(code)


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_every_character_knows_where_it_stood(text: str) -> None:
    plain = normalise(text)
    assert len(plain.origin) == len(plain.text)
    assert list(plain.origin) == sorted(plain.origin)
    assert all(0 <= place < len(text) for place in plain.origin)


def test_half_a_character_is_left_out() -> None:
    """Clients that cut a message in the middle of an emoji leave half of it behind."""
    assert normalise("路灯\ud83d坏了").text == "路灯坏了"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [("佢屋企冇水", "他家里没水"), ("唔係三戶", "不是三户"), ("寻晚探咗阿婆", "昨晚看了阿婆")],
)
def test_cantonese_is_read_by_its_mandarin(typed: str, read_as: str) -> None:
    assert normalise(typed).text == read_as


@pytest.mark.parametrize(
    "text", ["蚊子多得很", "唔,知道了", "疫点解除了", "去了老仲家", "周边度假的都回来了"]
)
def test_what_only_looks_like_cantonese_stays_as_it_is(text: str) -> None:
    assert normalise(text).text == text
