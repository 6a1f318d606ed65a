"""A thing and a word of asking make no matter by themselves: they must be near, and of a place here."""

from __future__ import annotations

import pytest

from bot.text import Context, Message, Speaker
from bot.text.grievances import find_grievances
from bot.text.reading import read
from tests.text.reading_aids import WEDNESDAY

# the rule that speaks against each
WEAK = {
    "unanchored": "取个药要走三站路，顺便问问你什么时候来",
    "asks_loosely": "你好请问，学校在哪个方向",
    "asks_whether_passed_on": "路灯不亮的事反映给社区了吗",
    "nobody_here": "墙皮往下掉呢",
    "private": "酒店的水管坏了，前台给换了间房",
    "own": "面试路上电梯坏了，爬了九层",
    "press": "记者表示，欧洲多国公路堵塞",
}
OF_A_PLACE_HERE = (
    "俺村口那条路烂得没法走，能不能铺铺",
    "小区单元门坏了没人修",
    "咱村机井坏了，地里浇不上水",
    "我们楼道的灯不亮了，麻烦派人看看",
)


def rules_of(text: str) -> set[str]:
    reading = read(Message(text, WEDNESDAY, Speaker.RESIDENT), Context())
    find_grievances(reading, visits=False)
    return {note.rule for account in reading.accounts for note in account.notes}


def matters(text: str) -> int:
    return len(find_grievances(read(Message(text, WEDNESDAY, Speaker.RESIDENT), Context()), visits=False))


@pytest.mark.parametrize("rule", WEAK)
def test_what_is_nobodys_here_is_held_against_it(rule: str) -> None:
    assert rule in rules_of(WEAK[rule])


@pytest.mark.parametrize("rule", ["private", "own", "press", "asks_loosely", "asks_whether_passed_on"])
def test_it_is_no_matter(rule: str) -> None:
    assert matters(WEAK[rule]) == 0


@pytest.mark.parametrize("text", OF_A_PLACE_HERE)
def test_trouble_of_a_place_here_is_one(text: str) -> None:
    assert matters(text) == 1
