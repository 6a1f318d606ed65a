from __future__ import annotations

import re
from datetime import timedelta

import aiohttp
import pytest

from bot.demo.village import Village
from bot.playground import people
from tests.console.test_ledger_page import here, http, link_of
from tests.stories.test_discretion import AGAINST_SECRETARY

__all__ = ["here", "http"]


async def test_the_secretary_sees_the_rates_what_they_mean_and_the_burden(
    here: Village, http: aiohttp.ClientSession
) -> None:
    people.say(here.world, here.group.id, here.people["王德福"].id, "村口路灯坏了三天没人管")
    await here.settle()
    await here.playground.turn_to(here.clock.now() + timedelta(days=3))
    async with http.get(await link_of(here, "陈志强")) as response:
        assert "figures?branch=" in await response.text()
    async with http.get(f"{here.app.url}/console/figures") as response:
        page = await response.text()
        assert response.status == 200
    for rate in ("0%（0/1，数太少，只作参考）", "还没有（0 件）"):
        assert rate in page
    for shown in ("解决率＝", "基础设施", "消息负担", "张海燕"):
        assert shown in page, shown


@pytest.mark.parametrize("name", ["李建国", "王德福"])
async def test_members_and_residents_do_not_see_them(
    here: Village, http: aiohttp.ClientSession, name: str
) -> None:
    async with http.get(await link_of(here, name)):
        pass
    async with http.get(f"{here.app.url}/console/figures") as response:
        assert response.status in (401, 403)
        assert "满意率" not in await response.text()


async def test_another_branchs_figures_stay_shut(here: Village, http: aiohttp.ClientSession) -> None:
    async with http.get(await link_of(here, "陈志强")):
        pass
    async with http.get(f"{here.app.url}/console/figures?branch=999") as response:
        assert response.status == 403


async def test_each_published_figure_opens_to_its_rows(here: Village, http: aiohttp.ClientSession) -> None:
    said = (("李建国", "今天走访了王德福家和李桂英家，李桂英家水管漏了"), ("马小军", AGAINST_SECRETARY))
    for name, text in said:
        people.say(here.world, here.group.id, here.people[name].id, text)
        await here.settle()
    async with http.get(await link_of(here, "陈志强")):
        pass
    async with http.get(f"{here.app.url}/console/figures?period=2026-Q4") as response:
        page = await response.text()
    for shown in ("10月1日到11月10日", "参与率＝报过走访的党员", "16.7%（1/6）", ">2件</a>"):
        assert shown in page, shown
    [link] = re.findall(r'href="(figure[^"]*key=participation)"', page)
    async with http.get(f"{here.app.url}/console/{link.replace('&amp;', '&')}") as response:
        rows = await response.text()
    assert "<li>张海燕 ✗</li>" in rows
    assert "<li>李建国 ✓</li>" in rows
    # What accuses the visitor is a number among others.
    async with http.get(f"{here.app.url}/console/figure?key=opinions_collected") as response:
        matters = await response.text()
    assert "<li>#1 11月10日" in matters
    assert "<li>#2" not in matters
    assert "还有1条不公开" in matters
    async with http.get(f"{here.app.url}/console/figure?key=category_discipline") as response:
        assert "现在一条也没有" in await response.text()
    for wrong in ("key=nonsense", "key=visits&branch=999"):
        async with http.get(f"{here.app.url}/console/figure?{wrong}") as response:
            assert response.status == 403
