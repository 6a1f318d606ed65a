"""A phone and an identity number that people write reach neither the group, nor the log, nor a page."""

from __future__ import annotations

import logging

import aiohttp
import pytest

from bot.demo.village import BRANCH, Village
from bot.playground import people
from tests.console.test_ledger_page import here, http, link_of
from tests.console.test_papers import key_of

__all__ = ["here", "http"]

PHONE, ID_NUMBER = "13955556666", "34050119500101123X"
NUMBERS = f"打{PHONE}，身份证{ID_NUMBER}"
SAID = (
    ("马小军", f"村口路灯坏了三天没人管，{NUMBERS}"),
    ("李建国", f"今天走访了王德福家，{NUMBERS}"),
    ("李建国", f"今天组织了学习，12人参加，{NUMBERS}"),
    ("陈志强", f"应急点名 暴雨转移，一组，{NUMBERS}"),
    ("李建国", f"王德福家已转移，{NUMBERS}"),
    ("陈志强", "进度"),
    ("李建国", "为什么 收集意见"),
)
PAGES = ("", "figures", "figure?key=opinions_collected", "figure?key=visits", "papers")
PAPERS = ("ledger", "monthly", "handbook", "roster")


@pytest.fixture
async def talked(here: Village) -> Village:
    for name, text in SAID:
        people.say(here.world, here.group.id, here.people[name].id, text)
        await here.settle()
    return here


def told(text: str) -> list[str]:
    return [number for number in (PHONE, ID_NUMBER) if number in text]


async def test_in_the_group_nobody_reads_them_again(talked: Village) -> None:
    bot = talked.world.bot.id
    said = [
        one.text or ""
        for one in talked.world.chats[talked.group.id].messages.values()
        if one.author_id == bot
    ]
    assert len(said) > len(SAID) // 2, "it has spoken there"
    assert {text: told(text) for text in said if told(text)} == {}


async def test_the_log_has_none_of_them(here: Village, caplog: pytest.LogCaptureFixture) -> None:
    for logger in ("", "aiogram"):  # whatever other tests have made of them
        caplog.set_level(logging.INFO, logger=logger)
    for name, text in SAID:
        people.say(here.world, here.group.id, here.people[name].id, text)
        await here.settle()
    assert caplog.records, "something was logged"
    assert {line for line in caplog.text.splitlines() if told(line)} == set()


async def test_no_page_has_them_whole(talked: Village, http: aiohttp.ClientSession) -> None:
    async with http.get(await link_of(talked, "陈志强")):
        pass
    branch = await key_of(talked, BRANCH)
    papers = [f"paper?kind={kind}&branch={branch}&member=李建国" for kind in PAPERS]
    shown = {}
    for page in (*PAGES, *papers):
        async with http.get(f"{talked.app.url}/console/{page}") as response:
            assert response.status == 200, page
            shown[page] = await response.text()
    assert {page: told(text) for page, text in shown.items() if told(text)} == {}
    assert "139****6666" in shown[""], "they were there to be shown"
