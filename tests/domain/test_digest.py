"""A digest in as many messages as it needs, with nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import Section, in_messages
from bot.domain.long_texts import units


def numbered(number: int, count: int) -> str:
    return f"（{number}/{count}）"


def test_sections_without_lines_are_left_out() -> None:
    sections = [Section("甲", ["一"]), Section("乙", []), Section("丙", ["二", "三"])]
    assert in_messages("早", sections, numbered=numbered) == ["早\n甲\n一\n丙\n二\n三"]


def test_a_digest_without_any_line_is_not_sent() -> None:
    assert in_messages("早", [Section("甲", [])], numbered=numbered) == []


def test_a_long_digest_goes_on_in_numbered_messages() -> None:
    lines = [f"第{number}件事" + "很长" * 100 for number in range(60)]
    parts = in_messages("早", [Section("甲", lines)], numbered=numbered)
    assert [part.split("\n")[0] for part in parts] == ["早（1/4）", "早（2/4）", "早（3/4）", "早（4/4）"]
    assert [line for part in parts for line in part.split("\n")[1:]] == ["甲", *lines]


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=60),
        min_size=1,
        max_size=30,
    )
)
def test_every_message_fits_and_nothing_is_lost(lines: list[str]) -> None:
    parts = in_messages("早", [Section("甲", lines)], numbered=numbered, longest=60)
    assert all(units(part) <= 60 for part in parts)
    body = "".join("".join(part.split("\n")[1:]) for part in parts)
    assert body == "甲" + "".join(lines)
