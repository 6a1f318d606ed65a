"""The linear model: what it sees of a text, and how its weights are summed."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.answered import answered
from bot.text.messages import Speaker
from bot.text.opinion import (
    ACTS,
    OUTPUTS,
    SCALE,
    USUAL,
    Opinion,
    Weights,
    laid_out,
    read_from,
    write_to,
)
from bot.text.signs import BIAS, Beside, framed, n_grams, signs_of

SPEAKERS = st.sampled_from(Speaker)
TEXTS = st.text(st.sampled_from("路灯坏了没人修走访户家老王今天好的哈|^$ ,。0123三五"), max_size=40)


def row(number: int) -> list[int]:
    """Weights of one sign, each output's another."""
    return [number + 3 * at for at in range(OUTPUTS)]


@given(text=TEXTS, speaker=SPEAKERS, reply_to=st.none() | TEXTS)
def test_every_output_sums_the_weights_of_all_that_is_seen(
    text: str, speaker: Speaker, reply_to: str | None
) -> None:
    signs = ["路", "路灯", "^路灯", "了没人", "了$", "0户", " ", "|", "|resident", "|answers asks", BIAS]
    signs += ["other:坏", "reports:路灯", "tells:^", "to:修", "to:走访", "to:0户$"]
    rows = {sign: row(at - 5) for at, sign in enumerate(signs)}
    beside = Beside(speaker, answered(reply_to))
    seen, length = Counter(signs_of(text, beside)), len(n_grams(framed(text)))
    expected = [
        rows[BIAS][at] / SCALE
        + sum(rows[sign][at] * seen[sign] for sign in signs) / SCALE / math.sqrt(length)
        for at in range(1 + len(ACTS))
    ]
    held = Opinion(text, beside, weights=Weights(*laid_out(rows)))
    longer = held.told.matter - expected[1]
    assert longer == pytest.approx(0) or (longer > 0 and len(text) > USUAL)
    assert [held.anything, held.told.matter - longer, *held.told[1:]] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [("走访3户", "走访128户"), ("走访三户", "走访十五户"), ("水停了,急", "水停了!!!急"), ("在  家", "在家")],
)
def test_numbers_and_marks_look_alike_to_it(one: str, other: str) -> None:
    assert framed(one).replace(" ", "") == framed(other).replace(" ", "")


def test_likelihoods_of_kinds_sum_to_one() -> None:
    held = Opinion("村口路灯坏了半个月没人修", Beside(Speaker.RESIDENT))
    assert sum(held.category.values()) == pytest.approx(1)
    assert sum(held.urgency.values()) == pytest.approx(1)
    assert sum(held.activity.values()) == pytest.approx(1)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    rows = {"路灯": row(-9), "坏了": row(4), BIAS: row(1)}
    write_to(tmp_path, rows)
    written, held = (
        Opinion("路灯坏了", Beside(Speaker.RESIDENT), weights=weights)
        for weights in (read_from(tmp_path), Weights(*laid_out(rows)))
    )
    assert (written.anything, written.told, written.category) == (held.anything, held.told, held.category)


def test_talk_of_another_world_is_strange_to_it() -> None:
    known, other = (
        Opinion(text, Beside(Speaker.RESIDENT)) for text in ("路灯坏了没人修", "鼋鼍醯鸡蠛蠓翾翾")
    )
    assert known.strange < 0.1
    assert other.strange > 0.8
