"""The papers of the console: who prints what, what is refused, and what a plate opens."""

from __future__ import annotations

import re
from io import BytesIO

import aiohttp
import pytest
import segno
from openpyxl import load_workbook
from sqlmodel import select

from bot.demo.village import BRANCH, Village
from bot.playground import people
from storage.tables import AuditEntry, Household, Person, Unit
from tests.console.test_ledger_page import here, http, link_of

__all__ = ["here", "http"]


async def test_the_secretary_prints_what_the_branch_needs(here: Village, http: aiohttp.ClientSession) -> None:
    said = "今天走访了老王家，村口路灯坏了三天没人管"
    people.say(here.world, here.group.id, here.people["李建国"].id, said)
    await here.settle()
    async with http.get(f"{await link_of(here, '陈志强')}&to=papers") as response:
        offered = await response.text()
        assert str(response.url) == f"{here.app.url}/console/papers"
    for shown in ("杏林村打印材料", "门牌（一户一牌，带二维码）", "问题台账", "李建国", "2026年11月"):
        assert shown in offered, shown
    branch = await key_of(here, BRANCH)
    for kind, shown in (
        ("plates", "138 0000 1003"),
        ("cards", "党员联系卡"),
        ("handbook", "党员联户工作手册"),
        ("ledger", "村口路灯坏了三天没人管"),
        ("monthly", "杏林村党员联户月报表"),
        ("roster", "杏林村党员联户公示"),
    ):
        address = f"{here.app.url}/console/paper?kind={kind}&branch={branch}&member=李建国"
        async with http.get(address) as response:
            assert response.status == 200, kind
            assert shown in await response.text(), kind
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    async with here.app.database.reading() as session:
        noted = select(AuditEntry).where(AuditEntry.action == "paper.handbook")
        [entry] = await session.exec(noted)
    assert (entry.by_name, entry.subject, entry.detail) == ("陈志强", "杏林村", "李建国")


async def test_spreadsheets_come_as_files(here: Village, http: aiohttp.ClientSession) -> None:
    async with http.get(await link_of(here, "陈志强")):
        pass
    branch = await key_of(here, BRANCH)
    address = f"{here.app.url}/console/paper?kind=monthly&branch={branch}&format=xlsx"
    async with http.get(address) as response:
        assert "attachment" in response.headers["Content-Disposition"]
        book = load_workbook(BytesIO(await response.read()))
    assert book.worksheets[0]["A1"].value == "杏林村党员联户月报表"


async def test_a_town_officer_has_the_villages_in_one_table(
    here: Village, http: aiohttp.ClientSession
) -> None:
    async with here.app.database.transaction() as session:
        town = (await session.exec(select(Unit).where(Unit.kind == "town"))).one()
        session.add(Unit(kind="branch", name="桃园村", parent_id=town.id, preset="huozhou"))
    async with http.get(f"{await link_of(here, '赵敏')}&to=papers") as response:
        assert "各村合在一张" in await response.text()
    async with http.get(f"{here.app.url}/console/paper?kind=monthly&branch=all") as response:
        page = await response.text()
    for shown in ("青石镇党员联户月报表", "杏林村", "桃园村"):
        assert shown in page, shown
    async with http.get(f"{here.app.url}/console/paper?kind=plates&branch=all") as response:
        assert response.status == 404
        assert "这种材料一次印一个支部" in await response.text()


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ("kind=plates&branch=999", 403, "没有权限"),
        ("kind=plates", 403, "没有权限"),
        ("kind=plates&branch={branch}&group=九组", 404, "杏林村没有叫“九组”的组；现有：一组、二组。"),
        ("kind=handbook&branch={branch}&member=某人", 404, "杏林村没有叫“某人”的党员。"),
        ("kind=handbook&branch={branch}", 404, "手册一人一册，请指明是谁的。"),
        ("kind=ledger&branch={branch}&period=2026-13", 404, "“2026-13”看不懂。"),
        ("kind=monthly&branch={branch}&period=2027-01", 404, "2027年1月还没到，没有可印的。"),
        ("kind=session&branch={branch}&session=1", 404, "还没有开过会，没有可印的。"),
        ("kind=year&branch={branch}&period=2026-11", 404, "这种材料按年印，请写成 2026 的样子。"),
        ("kind=money&branch={branch}", 404, "不认识材料“money”。"),
    ],
)
async def test_what_cannot_be_printed_gets_a_sentence(
    here: Village, http: aiohttp.ClientSession, asked: str, status: int, sentence: str
) -> None:
    async with http.get(await link_of(here, "陈志强")):
        pass
    asked = asked.format(branch=await key_of(here, BRANCH))
    async with http.get(f"{here.app.url}/console/paper?{asked}") as response:
        assert response.status == status
        assert sentence in await response.text()


@pytest.mark.parametrize("page", ["papers", "paper?kind=plates&branch=2"])
@pytest.mark.parametrize("name", ["李建国", "王德福"])
async def test_members_and_residents_print_nothing(
    here: Village, http: aiohttp.ClientSession, name: str, page: str
) -> None:
    async with http.get(await link_of(here, name)):
        pass
    async with http.get(f"{here.app.url}/console/{page}") as response:
        assert response.status in (401, 403)
        assert "联户党员" not in await response.text()


async def test_what_was_voted_on_members_is_for_their_secretary_alone(
    here: Village, http: aiohttp.ClientSession
) -> None:
    branch = await key_of(here, BRANCH)
    address = f"{here.app.url}/console/paper?kind=year&branch={branch}&member=李建国"
    for name, status, shown in (
        ("赵敏", 404, "只给本支部书记打印"),
        ("陈志强", 200, "杏林村2026年党员联户情况表"),
    ):
        async with http.get(f"{await link_of(here, name)}&to=papers") as response:
            assert ("年度情况表" in await response.text()) is (status == 200)
        async with http.get(address) as response:
            assert response.status == status
            assert shown in await response.text()


async def test_whoever_is_accused_prints_a_ledger_without_it(
    here: Village, http: aiohttp.ClientSession
) -> None:
    words = "村支书陈志强优亲厚友，低保给了他亲戚"
    people.say(here.world, "private", here.people["钱玉兰"].id, words)
    await here.settle()
    branch = await key_of(here, BRANCH)
    shown = {}
    for name in ("赵敏", "陈志强"):
        async with http.get(await link_of(here, name)):
            pass
        address = f"{here.app.url}/console/paper?kind=ledger&branch={branch}&private=1"
        async with http.get(address) as response:
            shown[name] = await response.text()
    assert "优亲厚友" in shown["赵敏"]
    assert "优亲厚友" not in shown["陈志强"]
    assert "共 0 件" in shown["陈志强"]


async def test_scanning_a_plate_binds_whoever_scans_it_to_that_household(
    here: Village, http: aiohttp.ClientSession
) -> None:
    async with http.get(await link_of(here, "陈志强")):
        pass
    branch = await key_of(here, BRANCH)
    address = f"{here.app.url}/console/paper?kind=plates&branch={branch}&household=李桂英"
    async with http.get(address) as response:
        page = await response.text()
    [code] = re.findall(r"<b>([A-Z0-9]{5})</b>", page)
    link = f"https://t.me/lianxin_bot?start={code}"
    drawn = segno.make(link, error="q", micro=False, boost_error=False)
    assert drawn.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None) in page
    stranger = here.world.add_user("李小妹", label="住户")
    people.open_link(here.world, stranger.id, link)
    await here.settle()
    async with here.app.database.reading() as session:
        person = (await session.exec(select(Person).where(Person.telegram_id == stranger.id))).one()
        assert person.household_id is not None
        household = await session.get_one(Household, person.household_id)
    assert household.head == "李桂英"


async def test_a_way_there_is_asked_for_in_the_chat(here: Village, http: aiohttp.ClientSession) -> None:
    heard = {}
    for name in ("陈志强", "李建国"):
        people.say(here.world, "private", here.people[name].id, "打印")
        await here.settle()
        heard[name] = list(here.world.private_chat(here.people[name].id).messages.values())[-1].text
    assert heard["李建国"] == "材料由支部书记和镇干部打印。您要自己的联系卡或手册，请找书记。"
    async with http.get(heard["陈志强"].splitlines()[-1]) as response:
        assert str(response.url) == f"{here.app.url}/console/papers"


async def test_the_word_is_nothing_in_a_group(here: Village) -> None:
    before = len(here.group.messages)
    people.say(here.world, here.group.id, here.people["陈志强"].id, "打印")
    people.say(here.world, here.group.id, here.people["陈志强"].id, "/print")
    await here.settle()
    assert len(here.group.messages) == before + 2
    assert not any("console" in (message.text or "") for message in here.group.messages.values())


async def key_of(here: Village, unit: str) -> int:
    async with here.app.database.reading() as session:
        return (await session.exec(select(Unit.id).where(Unit.name == unit))).one() or 0
