"""Whoever leads sees who is missing on a page of its own, and later how it went."""

from __future__ import annotations

from datetime import timedelta

import aiohttp

from bot.demo.village import Village
from bot.playground import people
from tests.console.test_ledger_page import here, http, link_of

__all__ = ["here", "http"]


async def _page(here: Village, http: aiohttp.ClientSession, query: str = "") -> tuple[int, str]:
    async with http.get(f"{here.app.url}/console/rollcalls{query}") as response:
        return response.status, await response.text()


async def _said(here: Village, name: str, text: str) -> None:
    people.say(here.world, here.group.id, here.people[name].id, text)
    await here.settle()


async def test_the_missing_come_first_and_the_page_keeps_itself_up_to_date(
    here: Village, http: aiohttp.ClientSession
) -> None:
    async with http.get(await link_of(here, "陈志强")) as response:
        assert "rollcalls?branch=" in await response.text()
    status, page = await _page(here, http)
    assert (status, "最近三个月没有点过名" in page, "http-equiv" in page) == (200, True, False)

    await _said(here, "陈志强", "应急点名 暴雨转移，一组")
    await here.playground.turn_to(here.clock.now() + timedelta(minutes=3))
    await _said(here, "李建国", "王德福家已转移，周大山家不肯走，李桂英家联系不上，吴春生家安全")
    status, page = await _page(here, http)
    assert '<meta http-equiv="refresh" content="30">' in page
    for shown in ("【应急点名】暴雨转移（一组）", "正在点", "已有着落 3/16 户", "差 13 户", "李建国报的"):
        assert shown in page, shown
    heads = ("高有福", "李桂英", "周大山", "吴春生", "王德福")
    places = [page.index(f"<strong>{head}</strong>") for head in heads]
    assert places == sorted(places)  # nobody knows, cannot be reached, will not go, safe, moved


async def test_members_and_other_villages_do_not_see_it(here: Village, http: aiohttp.ClientSession) -> None:
    async with http.get(await link_of(here, "李建国")):
        pass
    assert (await _page(here, http))[0] in (401, 403)
    async with http.get(await link_of(here, "陈志强")):
        pass
    assert (await _page(here, http, "?branch=999"))[0] == 403
