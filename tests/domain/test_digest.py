"""A digest in as many messages as it needs, with nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import Item, Section, as_text, in_messages
from bot.domain.long_texts import units


def numbered(number: int, count: int) -> str:
    return f"（{number}/{count}）"


def section(heading: str, *lines: str) -> Section:
    return Section(heading, [Item(line) for line in lines])


def test_sections_without_items_are_left_out() -> None:
    [message] = in_messages(
        "早", [section("甲", "一"), section("乙"), section("丙", "二", "三")], numbered=numbered
    )
    assert message.text == "早\n甲\n一\n丙\n二\n三"


def test_a_digest_without_any_item_is_not_sent() -> None:
    assert in_messages("早", [section("甲")], numbered=numbered) == []


def test_a_long_digest_goes_on_in_numbered_messages_with_its_heading() -> None:
    lines = [f"第{number}件事" + "很长" * 100 for number in range(60)]
    parts = in_messages("早", [section("甲", *lines)], numbered=numbered)
    assert [part.text.split("\n")[:2] for part in parts] == [[f"早（{n}/4）", "甲"] for n in range(1, 5)]
    assert [one.item.text for part in parts for one in part.placed] == lines


def test_an_items_buttons_stand_under_its_own_message_and_never_more_than_there_may_be() -> None:
    items = [
        Item(f"第{number}件", buttons=[[{"text": f"{number}-{at}", "data": "x"} for at in range(3)]])
        for number in range(40)
    ]
    parts = in_messages("早", [Section("甲", items)], numbered=numbered)
    assert [sum(map(len, part.buttons)) for part in parts] == [99, 21]
    for part in parts:
        assert [row[0]["text"] for row in part.buttons] == [f"{one.item.text[1:-1]}-0" for one in part.placed]


def test_there_is_room_for_the_outcomes_of_all_items() -> None:
    items = [Item("短" * 30, buttons=[[{"text": "好", "data": "x"}]]) for _ in range(100)]
    for part in in_messages("早", [Section("甲", items)], numbered=numbered):
        assert units(part.text) + 60 * len(part.placed) <= 4096


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=60),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 3),
)
def test_every_message_fits_and_nothing_is_lost(lines: list[str], buttons: int) -> None:
    items = [
        Item(line, buttons=[[{"text": "好", "data": str(at)}] * buttons]) for at, line in enumerate(lines)
    ]
    parts = in_messages("早", [Section("甲", items)], numbered=numbered, longest=60, most_buttons=5)
    assert all(units(part.text) <= 60 for part in parts)
    assert all(sum(map(len, part.buttons)) <= 5 for part in parts)
    placed = [one for part in parts for one in part.placed]
    assert "".join(one.item.text for one in placed) == "".join(lines)
    assert [row[0]["data"] for part in parts for row in part.buttons] == [str(at) for at in range(len(lines))]
    assert all(as_text(part.text.split("\n")[0], part.placed) == part.text for part in parts)
