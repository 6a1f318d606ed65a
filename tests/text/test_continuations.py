from __future__ import annotations

import pytest

from bot.text.continuations import Addition, read_addition


@pytest.mark.parametrize(
    ("text", "names", "besides"),
    [
        ("老王、李大娘、建国", ("老王", "李大娘", "建国"), False),
        ("老王 李大娘 建国都去了", ("老王", "李大娘", "建国"), False),
        ("分别是老王和李大娘", ("老王", "李大娘"), False),
        ("老王家和李大娘家，都好", ("老王家", "李大娘家"), False),
        ("还有老赵家", ("老赵家",), True),
        ("还有老赵、老钱两家", ("老赵", "老钱"), True),
        ("另外还有老赵", ("老赵",), True),
        ("3-2-501、3-2-502", ("3-2-501", "3-2-502"), False),
    ],
)
def test_names_alone_are_read_as_names(text: str, names: tuple[str, ...], besides: bool) -> None:
    found = read_addition(text)
    assert found is not None
    assert (found.names, found.besides) == (names, besides)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3户", Addition(count=3)),
        ("三", Addition(count=3)),
        ("都挺好的", Addition(well=True)),
        ("一切正常", Addition(well=True)),
        ("都没啥事，身体也好", Addition(well=True)),
        ("如图", Addition(picture=True)),
        ("现场照片", Addition(picture=True)),
        ("老王去了吗？", None),
        ("", None),
        ("说" * 500, None),
    ],
)
def test_a_number_how_they_are_or_a_picture_is_told_apart(text: str, found: Addition | None) -> None:
    assert read_addition(text) == found


@pytest.mark.parametrize(
    "text",
    ["就是三组那个路口", "在村东头", "三组路口那里", "位置在小学门口", "东街12号", "就是老李家", "就在桥头"],
)
def test_where_it_is(text: str) -> None:
    found = read_addition(text)
    assert found is not None
    assert found.place == text


@pytest.mark.parametrize(
    "text",
    [
        "在家",
        "在路上",
        "收到",
        "我在路口等你",
        "谢谢大家",
        "还有老赵家",
        "明天去村口",
        "好的",
        "没在家",
        "谁在村口",
    ],
)
def test_what_is_no_place(text: str) -> None:
    found = read_addition(text)
    assert found is None or not found.place
