"""A roster taken out is the roster that was brought in: bringing it in again changes nothing."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.commands.row_files import as_csv, write_xlsx
from bot.domain.roster import HouseholdKind, Role
from bot.secrets import Secrets
from bot.services.roster.export_roster import RosterLine, export_roster
from bot.services.roster.find_branch import all_branches
from bot.services.roster.import_changes import Imported
from bot.services.roster.import_roster import import_roster
from bot.services.roster.roster_file import COLUMNS, read_roster
from storage.database import Database
from storage.tables import AuditEntry, Household, Link, Person
from tests.services.setup.conftest import NOW, TODAY, bring, make_branch

NAMES = ("张建军", "刘春生", "林晓梅", "宋志强", "王伟", "欧阳建国")
HEADS = ("王福来", "李秀兰", "马德胜", "高铁山", "罗凤英", "唐玉莲", "冯有才")
GROUPS = ("", "一组", "二组", "三号院/2号楼")
_texts = st.text(alphabet=st.sampled_from("耳背打电话要大声，。；、=+-@'\"\n ,;\t小名二孬 12号"), max_size=12)


@st.composite
def _rosters(draw: st.DrawFn) -> list[Mapping[str, str]]:
    """Sound rows: each person in one group with one phone, each link once, one phone a household."""
    found: list[Mapping[str, str]] = []
    phones = {head: draw(st.sampled_from(("", f"138000{n:05}"))) for n, head in enumerate(HEADS, start=200)}
    addresses = {head: draw(_texts) for head in HEADS}
    for number, name in enumerate(draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))):
        group = draw(st.sampled_from(GROUPS))
        roles = {draw(st.sampled_from((Role.MEMBER, Role.DEPUTY)))}
        if group and draw(st.booleans()):
            roles.add(Role.GROUP_LEADER)
        own = {
            "党员": name,
            "党小组": group,
            "手机": draw(st.sampled_from(("", f"13800000{number:03}", f"0371-66000{number:03}"))),
            "角色": "、".join(role.chinese for role in roles),
        }
        heads = draw(st.lists(st.sampled_from(HEADS), unique=True, max_size=4))
        if not heads or draw(st.booleans()):
            found.append({**own, "备注": draw(_texts)})
        for head in heads:
            kinds = draw(st.lists(st.sampled_from(list(HouseholdKind)), unique=True, max_size=2))
            household = {
                "户主": head,
                "地址": addresses[head],
                "户类别": "、".join(kind.chinese for kind in kinds),
                "住户手机": phones[head],
                "备注": draw(_texts),
            }
            found.append({**own, **household})
    return found


@given(roster=_rosters(), as_sheet=st.booleans())
@settings(max_examples=12, deadline=None)
def test_out_and_in_again_changes_nothing(
    migrated_file: Path, secrets: Secrets, roster: list[Mapping[str, str]], as_sheet: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        done = asyncio.run(_out_and_in(migrated_file, Path(folder), secrets, roster, as_sheet=as_sheet))
    assert done.counts == dict.fromkeys(done.counts, 0)
    assert (done.changes, done.absent) == ([], [])


async def _out_and_in(
    migrated: Path, folder: Path, secrets: Secrets, roster: Sequence[Mapping[str, str]], *, as_sheet: bool
) -> Imported:
    shutil.copyfile(migrated, folder / "a.db")
    # As files have it: through a file on the way in, too.
    first = folder / "first.csv"
    first.write_text(as_csv([{column: row.get(column, "") for column in COLUMNS} for row in roster]), "utf-8")
    async with Database(f"sqlite+aiosqlite:///{folder / 'a.db'}") as database:
        async with database.transaction() as session:
            await make_branch(session)
            await _bring_file(session, secrets, first)
        async with database.transaction() as session:
            lines = await _exported(session, secrets)
        second = folder / ("second.xlsx" if as_sheet else "second.csv")
        if as_sheet:
            write_xlsx([dict(line) for line in lines], second)
        else:
            second.write_text(as_csv([dict(line) for line in lines]), "utf-8-sig")
        async with database.transaction() as session:
            return await _bring_file(session, secrets, second)


async def _bring_file(session: AsyncSession, secrets: Secrets, path: Path) -> Imported:
    return await import_roster(
        session, read_roster(path).rows, branch=None, secrets=secrets, today=TODAY, now=NOW
    )


async def _exported(session: AsyncSession, secrets: Secrets, *, masked: bool = False) -> list[RosterLine]:
    branches = await all_branches(session)
    return (await export_roster(session, branches, secrets, masked=masked, now=NOW)).rows


FAMILY = {"党小组": "一组", "党员": "张建军", "手机": "13800000002", "角色": "党员、书记"}
HOME = {"户主": "王福来", "地址": "柳湾路2号", "户类别": "重点", "住户手机": "13800000103", "备注": "耳背"}


async def test_it_has_the_columns_of_a_roster_and_whole_phones(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        await bring(session, secrets, {**FAMILY, **HOME}, {**FAMILY, "备注": "懂法律"})
        lines = await _exported(session, secrets)
        assert [tuple(line) for line in lines] == [COLUMNS, COLUMNS]
        own, linked = lines
        assert own == {**dict.fromkeys(COLUMNS, ""), **FAMILY, "支部": "柳湾村", "备注": "懂法律"}
        assert linked == {"支部": "柳湾村", **FAMILY, **HOME}
        [entry] = await session.exec(select(AuditEntry).where(AuditEntry.action == "export.roster"))
        assert (entry.subject, entry.detail) == ("柳湾村", "2 rows")


async def test_masked_it_shows_no_phone_whole(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        noted = {**HOME, "备注": "儿子电话13800000999", "住户手机": "03716600001"}
        await bring(session, secrets, {**FAMILY, **noted})
        [line] = await _exported(session, secrets, masked=True)
    assert (line["手机"], line["住户手机"]) == ("138****0002", "037****0001")
    assert line["备注"] == "儿子电话138****0999"


async def test_what_is_lent_for_a_leave_is_nobodys_own(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        await bring(session, secrets, {**FAMILY, **HOME}, {"党员": "刘春生"})
        liu = (await session.exec(select(Person).where(Person.name == "刘春生"))).one()
        home = (await session.exec(select(Household))).one()
        lent = Link(
            person_id=liu.id or 0,
            household_id=home.id or 0,
            since=TODAY,
            until=TODAY + timedelta(days=3),
            reason="cover:1",
        )
        session.add(lent)
        await session.flush()
        assert [(line["党员"], line["户主"]) for line in await _exported(session, secrets)] == [
            ("张建军", "王福来"),
            ("刘春生", ""),
        ]


async def test_households_without_a_member_are_named_instead(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        await bring(session, secrets, {**FAMILY, **HOME})
        await bring(session, secrets, FAMILY)
        exported = await export_roster(session, await all_branches(session), secrets, masked=False, now=NOW)
    assert exported.unlinked == ["王福来"]
    assert [line["户主"] for line in exported.rows] == [""]


async def test_the_officers_of_a_town_stand_there_once(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session, "柳湾村")
        await make_branch(session, "石桥村")
        officer = {"党员": "沈文静", "角色": "镇干部", "手机": "13800000007", "备注": "包村干部"}
        await bring(session, secrets, {"支部": "柳湾村", **officer}, {"支部": "石桥村", **officer})
        lines = await _exported(session, secrets)
        assert [(line["支部"], line["党员"], line["备注"]) for line in lines] == [
            ("柳湾村", "沈文静", "包村干部")
        ]
        again = await bring(session, secrets, *lines)
        assert again.counts == dict.fromkeys(again.counts, 0)


async def test_a_household_in_the_next_group_stays_there(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        await bring(session, secrets, ("一组", "张建军", "王福来"), ("二组", "刘春生"))
        home = (await session.exec(select(Household))).one()
        liu = (await session.exec(select(Person).where(Person.name == "刘春生"))).one()
        link = (await session.exec(select(Link))).one()
        link.person_id = liu.id or 0
        session.add(link)
        await session.flush()
        before = home.group_id
        done = await bring(session, secrets, *await _exported(session, secrets))
        assert (done.changes, home.group_id) == ([], before)


async def test_what_an_import_changes_is_told_row_by_row(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        first = await bring(session, secrets, {**FAMILY, **HOME}, {"党员": "刘春生", "手机": "13800000003"})
        assert list(first.lines()) == [
            "第 2 行：新建党小组“一组”；新增住户王福来（柳湾路2号，重点）；新增张建军（一组，党员、书记）；"
            "张建军联系王福来家。",
            "第 3 行：新增刘春生（党员）。",
        ]
        moved = {**HOME, "地址": "南坡1号", "户类别": "独居老人", "备注": "耳背，大声"}
        again = await bring(
            session,
            secrets,
            {**FAMILY, "角色": "党员、副书记", "手机": "13800000009"},
            {"党员": "刘春声", "手机": "13800000003", "党小组": "一组", **moved},
        )
        assert list(again.lines()) == [
            "第 2 行：张建军的角色：党员、书记 → 党员、副书记；张建军的手机改了；张建军不再联系王福来家。",
            "第 3 行：王福来家的地址：柳湾路2号 → 南坡1号；王福来家的户类别：重点 → 独居老人；"
            "王福来家的备注改了；刘春生改名为刘春声（手机一样）；刘春声的党小组：— → 一组；"
            "刘春声联系王福来家。",
        ]
        assert again.absent == []
