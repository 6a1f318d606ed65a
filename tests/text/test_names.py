"""Names of households, as they stand in messages of members."""

from __future__ import annotations

import pytest

from bot.text.names import names
from bot.text.normalise import normalise

FOUND = {
    "看望霍老栓，炉子修好了": ["霍老栓"],
    # called by kinship, trade or what ails them
    "去了蒉奶奶家": ["蒉奶奶"],
    "给祝拐子送了两斤挂面": ["祝拐子"],
    "瞎老太的水缸我给挑满了": ["瞎老太"],
    "在禚姥姥家坐了一会": ["禚姥姥"],
    "梨花姐家今天杀猪": ["梨花姐"],
    # after somebody of theirs
    "看了石滚他娘": ["石滚他娘"],
    "四家，仝老五、仝老五他弟、聂婶": ["仝老五", "仝老五他弟", "聂婶"],
    "就一户：壮壮妈": ["壮壮妈"],
    # by a surname that is more often another word
    "老米屋里的灯绳断了": ["老米"],
    "把药送给联系户老单了": ["老单"],
    # full names, whatever stands around them
    "滕巧莲病好了，能下地了": ["滕巧莲"],
    "跟樊明礼通了话": ["樊明礼"],
    "光棍汉邬拴柱烧炕": ["邬拴柱"],
    "听裴三女说她婆婆摔了": ["裴三女"],
    "三家：晁大强、晁小强、晁俊": ["晁大强", "晁小强", "晁俊"],
    "走访了梁保国家": ["梁保国"],
    "去老秫秸家坐了坐": ["老秫秸"],
    # given names, which only their place tells from words
    "走了两家，建军和喜凤": ["建军", "喜凤"],
    "苏大姐、改改、宝琴三家都好": ["苏大姐", "改改", "宝琴"],
    "联系户凤英家的猪下崽了": ["凤英"],
    "给连生家装了门铃": ["连生"],
    "叔婆和在宁波的彩霞家": ["彩霞"],
    # a surname alone
    "今天：钟家、茅家、戎家": ["钟", "茅", "戎"],
    # doors
    "敲了301的门": ["301"],
    "走了501、502、503": ["501", "502", "503"],
    "1-101、1-203两户": ["1-101", "1-203"],
}

NONE = (
    "走的是201国道，堵了502分钟",
    "爷爷奶奶都好",
    "语文老师来了",
    "小孙子会走了",
    "买了红枣、花生",
    "国家和大家都好",
    "周三和周四都有空",
)


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_names_are_found(text: str, expected: list[str]) -> None:
    assert [name.text for name in names(normalise(text).text)] == expected


@pytest.mark.parametrize("text", NONE)
def test_words_are_no_names(text: str) -> None:
    assert names(normalise(text).text) == []
