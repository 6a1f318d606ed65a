"""Homes told one after another count, whether or not their names are known for names."""

from __future__ import annotations

import pytest

from tests.text.reading_aids import visit_of


@pytest.mark.parametrize(
    ("report", "homes"),
    [
        ("今天走了缪家和荣家", 2),
        ("后晌到滑家、党家、缑家都坐了坐", 3),
        ("孔繁祥家、大个子家、刘木头家走过了", 3),
        ("老佟家、孙二嫂家、小宝他姥家，仨都挺好", 3),
        ("走访：贝老汉、贝家二小子、明婶，都是老户", 3),
        ("今天帮左大爷、戚大妈、钟家从卫生室取了药", 3),
        ("走了小娄家和小娄隔壁", 2),
        ("到老丁家去了一趟，又到老丁他哥家", 2),
        ("冬至给四个独居的包了饺子送去", 4),
        ("去看了三个没儿没女的老婆婆，一人一朵花", 3),
        ("那两位独居老人今天都打了电话", 2),
    ],
)
def test_every_home_of_a_row_counts(report: str, homes: int) -> None:
    assert visit_of(report).count == homes


@pytest.mark.parametrize(
    "report",
    [
        "去了杭家，杭家大儿媳在纺线",
        "去老姬家，他家的羊下了两只羔",
        "看望了老蒲和老伴，老两口都好",
        "昨天去了游大姐家，她跟公婆处得蛮好",
        "到岳家坐了坐，岳家婆媳在择韭菜",
        "去看了小凡家的三个娃，奶奶带得蛮好",
    ],
)
def test_who_lives_in_the_home_makes_no_second_one(report: str) -> None:
    assert visit_of(report).count == 1
