from __future__ import annotations

import pytest

from bot.domain.long_texts import LONGEST, split, units


def test_the_limit_is_counted_as_the_platform_counts() -> None:
    assert units("好😀") == 3
    assert LONGEST == 4096


@pytest.mark.parametrize(
    ("text", "longest", "parts"),
    [
        ("short", 10, ["short"]),
        ("0123456789x", 10, ["0123456789", "x"]),
        ("0123456\nabc", 10, ["0123456", "abc"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),  # two units each
        ("😀😀😀", 5, ["😀😀", "😀"]),  # never within one
    ],
)
def test_texts_are_split_at_lines_and_never_within_a_character(
    text: str, longest: int, parts: list[str]
) -> None:
    assert split(text, longest) == parts
