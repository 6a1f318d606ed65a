from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest

from bot.demo.village import Village
from bot.playground import people
from tests.console.test_ledger_page import here, http, link_of

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
