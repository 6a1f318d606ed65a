import pytest

from bot.domain.continuing import More, count_of


@pytest.mark.parametrize(
    ("base", "named", "more", "count"),
    [
        (3, 0, [More(3)], 3),  # 走访了3户 / 老王、李大娘、建国
        (3, 0, [More(2)], 3),  # one of them stays unnamed
        (3, 0, [More(4)], 3),  # the number wins over the list, as in one message
        (3, 1, [More(2)], 3),  # 走访了3户，有老王 / 还有李大娘、建国
        (3, 1, [More(3)], 4),
        (3, 0, [More(3), More(1, besides=True)], 4),  # … / 还有老赵家
        (3, 0, [More(1, besides=True)], 4),
        (1, 1, [More(1)], 2),  # 走访了老王家 / 李大娘家
        (None, 0, [More(count=3)], 3),  # 走访完了 / 3户
        (None, 0, [More(2)], 2),  # 走访完了 / 老王、李大娘
        (None, 0, [More(2), More(count=3)], 3),
        (None, 0, [More(2), More(1)], 3),
        (None, 0, [More()], None),  # 走访完了 / 都挺好的
        (2, 2, [], 2),
    ],
)
def test_later_messages_fill_the_number_or_come_on_top(
    base: int | None, named: int, more: list[More], count: int | None
) -> None:
    assert count_of(base, named, more, cumulative=False) == count


def test_names_add_nothing_to_a_running_total() -> None:
    assert count_of(12, 0, [More(1, besides=True), More(2)], cumulative=True) == 12
