import pytest

from bot.text.claims import names_within, read_name, read_unbinding


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("我是王建国", "王建国"),
        ("您好，我是王建国。", "王建国"),
        ("我叫王建国，请登记一下", "王建国"),
        ("我就是王建国本人", "王建国"),
        ("我是柳湾村一组的王建国", "柳湾村一组的王建国"),
        ("我是３组王建国", "3组王建国"),
        ("我是買買提·吐爾遜", "买买提·吐尔逊"),
        ("我不是王建国", None),
        ("我是王建国，今天走访了老王家", None),
        ("王建国", None),
        ("我是", None),
    ],
)
def test_who_somebody_says_they_are(said: str, rest: str | None) -> None:
    assert read_name(said) == rest


def test_the_longest_name_comes_first() -> None:
    assert names_within("柳湾村欧阳建国") == ("湾村欧阳建国", "村欧阳建国", "欧阳建国", "阳建国", "建国")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("解绑 王建国", "王建国"),
        ("解绑：王建国。", "王建国"),
        ("解除绑定 一组王伟", "一组王伟"),
        ("解绑", None),
    ],
)
def test_whose_name_is_freed(said: str, name: str | None) -> None:
    assert read_unbinding(said) == name
