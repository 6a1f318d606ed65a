from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import select

from bot.demo.village import DATABASE, Village, village
from bot.doors import Doors, DoorShut
from bot.playground import people
from bot.secrets import Secrets
from storage.tables import AuditEntry, Person
from tests.fakes.times import HandClock
from tests.stories.conftest import Founded

KEY = "x" * 32


@pytest.fixture
async def here(founded: Founded, tmp_path: Path) -> AsyncIterator[Village]:
    shutil.copyfile(founded.file, tmp_path / DATABASE)
    async with village(tmp_path, invites=founded.invites) as here:
        yield here


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    # The cookies of an address without a name are kept as well.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


async def link_of(here: Village, name: str) -> str:
    async with here.app.database.reading() as session:
        person_id = (await session.exec(select(Person.id).where(Person.name == name))).one()
    return here.app.doors.link(person_id or 0, now=here.clock.now())


async def test_the_secretary_sees_the_ledger_with_what_stands_behind_each_row(
    here: Village, http: aiohttp.ClientSession
) -> None:
    said = "今天走访了老王家和李大娘家，李大娘家水管漏了"
    people.say(here.world, here.group.id, here.people["李建国"].id, said)
    await here.settle()
    async with http.get(await link_of(here, "陈志强")) as response:
        page = await response.text()
        assert response.status == 200
        assert str(response.url) == f"{here.app.url}/console/"
    for shown in ("杏林村台账", "#1", "李大娘家水管漏了", "等人接手", "王德福、李桂英", said):
        assert shown in page
    async with here.app.database.reading() as session:
        [entry] = await session.exec(select(AuditEntry).where(AuditEntry.action == "console.enter"))
    assert entry.by_name == "陈志强"


async def test_a_town_officer_sees_the_villages_of_the_town(
    here: Village, http: aiohttp.ClientSession
) -> None:
    async with http.get(await link_of(here, "赵敏")) as response:
        assert "杏林村台账" in await response.text()


@pytest.mark.parametrize("name", ["李建国", "张海燕", "王德福"])
async def test_members_and_residents_are_told_where_their_own_list_is(
    here: Village, http: aiohttp.ClientSession, name: str
) -> None:
    async with http.get(await link_of(here, name)) as response:
        assert response.status == 403
        assert "没有权限" in await response.text()


async def test_without_a_pass_or_with_a_made_up_one_nobody_gets_in(
    here: Village, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{here.app.url}/console/") as response:
        assert response.status == 401
    async with http.get(f"{here.app.url}/console/in?t=made-up") as response:
        assert response.status == 403
    async with http.get(f"{here.app.url}/console/", headers={"Cookie": "lianxin_pass=made-up"}) as response:
        assert response.status == 401
        assert "台账" not in (await response.text()).partition("<body>")[0]


async def test_a_branch_that_is_not_theirs_stays_shut(here: Village, http: aiohttp.ClientSession) -> None:
    async with http.get(await link_of(here, "陈志强")):
        pass
    async with http.get(f"{here.app.url}/console/?branch=999") as response:
        assert response.status == 403


async def test_a_fault_of_ours_is_told_in_plain_words(
    here: Village, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret of the program")

    monkeypatch.setattr("handlers.console.pages.look_into", fails)
    async with http.get(await link_of(here, "陈志强")) as response:
        page = await response.text()
    assert response.status == 500
    assert "记录都在，没有丢" in page and "secret" not in page


async def test_what_people_write_is_shown_as_text_and_never_as_a_page(
    here: Village, http: aiohttp.ClientSession
) -> None:
    words = "村口路灯坏了三天没人管，没人修<script>1</script>"
    people.say(here.world, "private", here.people["钱玉兰"].id, words)
    await here.settle()
    async with http.get(await link_of(here, "陈志强")) as response:
        page = await response.text()
        policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy, "no script runs, even if one got in"
    assert "<script>" not in page
    assert "路灯坏了" in page


def test_links_and_passes_expire_and_do_not_stand_in_for_each_other() -> None:
    clock = HandClock()
    doors = Doors(Secrets(KEY), url="https://example.invalid")
    token = doors.link(7, now=clock.now()).partition("t=")[2]
    assert doors.person_by_link(token, now=clock.now()) == 7
    visit = doors.make_pass(7, now=clock.now())
    assert doors.person_by_pass(visit, now=clock.now()) == 7
    for wrong in (
        lambda: doors.person_by_pass(token, now=clock.now()),
        lambda: doors.person_by_link(visit, now=clock.now()),
        lambda: Doors(Secrets("y" * 32), url="").person_by_link(token, now=clock.now()),
    ):
        with pytest.raises(DoorShut):
            wrong()
    clock.turn(timedelta(minutes=31))
    with pytest.raises(DoorShut):
        doors.person_by_link(token, now=clock.now())
    clock.turn(timedelta(hours=12))
    with pytest.raises(DoorShut):
        doors.person_by_pass(visit, now=clock.now())
