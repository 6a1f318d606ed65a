"""Whatever is written can be read, and nothing is read from nothing."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.acts import Visit
from tests.text.reading_aids import CHINA, acts_of


@pytest.mark.parametrize("text", ["", " ", "\n", "1", "？？？", "🀄", "[图片]", "，，，", "[强][强]"])
@pytest.mark.parametrize("speaker", ["member", "resident", "secretary"])
def test_nothing_is_read_from_nothing(text: str, speaker: str) -> None:
    assert acts_of(text, speaker) == ()


@settings(max_examples=150)
@given(
    text=st.text(st.characters(codec="utf-8"), max_size=80),
    speaker=st.sampled_from(["member", "resident", "secretary"]),
)
def test_any_text_can_be_read(text: str, speaker: str) -> None:
    acts_of(text, speaker, reply_to=text or None)


@settings(max_examples=150)
@given(
    text=st.text(
        st.sampled_from(
            list("今昨天走访了户家老王李大娘3十两初五月号周一没是不共累计的，。、 灯水坏修好又第")
        ),
        max_size=40,
    )
)
def test_any_jumble_of_village_words_can_be_read(text: str) -> None:
    for act in acts_of(text, at=datetime(2028, 2, 29, 23, 59, tzinfo=CHINA)):
        if isinstance(act, Visit):
            assert act.date <= datetime(2028, 2, 29, tzinfo=CHINA).date()
