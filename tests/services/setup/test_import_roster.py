from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.domain.roster import Role
from bot.secrets import Secrets
from bot.services.roster.import_roster import RosterRefused, import_roster
from bot.services.roster.roster_file import read_roster
from storage.database import Database
from storage.queries import roster
from storage.queries.units import groups_within
from storage.tables import AuditEntry, Household, Link, Person, RoleHeld, Unit
from tests.services.setup.conftest import NOW, TODAY, bring, make_branch

SAMPLE = Path(__file__).parents[3] / "docs" / "samples" / "花名册.csv"
TOMORROW = TODAY + timedelta(days=1)


async def test_the_sample_roster_is_brought_in(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        branch = await make_branch(session)
        done = await import_roster(
            session, read_roster(SAMPLE).rows, branch=None, secrets=secrets, today=TODAY, now=NOW
        )
    assert (done.people_new, done.households_new, done.links_new) == (8, 20, 20)
    assert branch.id is not None
    async with database.reading() as session:
        [secretary] = await roster.people_with_role(session, branch.id, Role.SECRETARY)
        assert secretary.name == "周明远"
        assert branch.parent_id is not None
        [officer] = await roster.people_with_role(session, branch.parent_id, Role.TOWN_OFFICER)
        assert (officer.name, officer.branch_id) == ("沈文静", None)
        member = (await session.exec(select(Person).where(Person.name == "张建军"))).one()
        assert member.id is not None
        group = await roster.group_of_person(session, member.id)
        assert group is not None
        assert group.name == "一组"
        heads = [one.head for one in await roster.households_linked(session, member.id, TODAY)]
        assert heads == ["王福来", "李秀兰", "赵大柱", "陈玉梅", "孙有田"]
        assert member.phone_encrypted is not None
        assert "13800000002" not in member.phone_encrypted
        assert secrets.decrypt_phone(member.phone_encrypted) == "13800000002"
        li = (await session.exec(select(Household).where(Household.head == "黄翠花"))).one()
        assert li.kinds == ["old_alone", "disabled"]
        audit = (await session.exec(select(AuditEntry.action))).all()
    assert "roster.import" in audit


async def test_a_group_within_another_is_written_with_both(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        branch = await make_branch(session)
        for _ in range(2):
            await bring(session, secrets, ("三号院/2号楼", "张建军", "王福来"), ("三号院", "刘春生", "马德"))
        groups = await groups_within(session, branch.id or 0)
        assert [group.name for group in groups] == ["三号院", "2号楼"]
        assert groups[1].parent_id == groups[0].id
        household = (await session.exec(select(Household).where(Household.head == "王福来"))).one()
        assert household.group_id == groups[1].id


async def test_importing_the_same_again_changes_nothing(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        rows = read_roster(SAMPLE).rows
        await import_roster(session, rows, branch=None, secrets=secrets, today=TODAY, now=NOW)
        again = await import_roster(session, rows, branch=None, secrets=secrets, today=TOMORROW, now=NOW)
        assert (again.people_new, again.people_changed) == (0, 0)
        assert (again.households_new, again.households_changed) == (0, 0)
        assert (again.links_new, again.links_ended, again.absent) == (0, 0, [])


async def test_one_wrong_row_keeps_everything_out(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
    with pytest.raises(RosterRefused) as refused:
        async with database.transaction() as session:
            await bring(session, secrets, ("一组", "张建军", "王福来"), ("一组", "", "李秀兰"))
    assert [fault.row for fault in refused.value.faults] == [3]
    async with database.reading() as session:
        assert (await session.exec(select(Person))).all() == []


async def test_a_household_given_to_another_member_changes_hands_on_the_day(
    database: Database, secrets: Secrets
) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        await bring(session, secrets, ("一组", "张建军", "王福来"), ("一组", "刘春生", "马德胜"))
        done = await bring(
            session,
            secrets,
            ("一组", "张建军"),
            ("一组", "刘春生", "马德胜"),
            ("一组", "刘春生", "王福来"),
            today=TOMORROW,
        )
        assert (done.links_new, done.links_ended, done.households_new) == (1, 1, 0)
        wang = (await session.exec(select(Household).where(Household.head == "王福来"))).one()
        assert wang.id is not None
        before = await roster.members_linked(session, wang.id, TODAY)
        after = await roster.members_linked(session, wang.id, TOMORROW)
        assert [person.name for person in before] == ["张建军"]
        assert [person.name for person in after] == ["刘春生"]


async def test_a_household_that_moved_and_a_member_with_a_new_phone_stay_themselves(
    database: Database, secrets: Secrets
) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        before = {"党员": "张建军", "手机": "13800000002", "户主": "王福来", "地址": "1号"}
        await bring(session, secrets, before)
        done = await bring(
            session, secrets, {"党员": "张建军", "手机": "13800000009", "户主": "王福来", "地址": "9号"}
        )
        assert (done.people_new, done.people_changed) == (0, 1)
        assert (done.households_new, done.households_changed, done.links_ended) == (0, 1, 0)
        household = (await session.exec(select(Household))).one()
        person = (await session.exec(select(Person))).one()
        assert household.address == "9号"
        assert person.phone_encrypted is not None
        assert secrets.decrypt_phone(person.phone_encrypted) == "13800000009"


async def test_namesakes_stay_two_people_through_every_import(database: Database, secrets: Secrets) -> None:
    both = (
        {"党小组": "一组", "党员": "王伟", "手机": "13800000001", "户主": "甲"},
        {"党小组": "二组", "党员": "王伟", "手机": "13800000002", "户主": "乙"},
    )
    async with database.transaction() as session:
        await make_branch(session)
        await bring(session, secrets, *both)
        done = await bring(session, secrets, *reversed(both))
        assert (done.people_new, done.people_changed, done.links_new) == (0, 0, 0)
        assert len((await session.exec(select(Person))).all()) == 2


async def test_whom_the_roster_does_not_name_stays_and_is_named(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        await bring(session, secrets, ("一组", "张建军", "王福来"), ("一组", "刘春生", "马德胜"))
        done = await bring(session, secrets, ("一组", "张建军", "王福来"))
        assert done.absent == ["刘春生"]
        assert len((await session.exec(select(Link).where(Link.until == None))).all()) == 2  # noqa: E711 - SQL


async def test_roles_follow_the_roster(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        branch = await make_branch(session)
        await bring(session, secrets, {"党员": "张建军", "角色": "党员、书记", "党小组": "一组"})
        await bring(session, secrets, {"党员": "张建军", "角色": "党员、组长", "党小组": "二组"})
        held = (await session.exec(select(RoleHeld.role, Unit.name).join(Unit))).all()
        assert sorted(held) == [("group_leader", "二组"), ("member", "二组")]
        assert branch.id is not None
        assert await roster.people_with_role(session, branch.id, Role.SECRETARY) == []


async def test_rows_go_to_the_branches_they_name(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        one = await make_branch(session, "柳湾村")
        two = await make_branch(session, "石桥村")
        await bring(
            session,
            secrets,
            {"支部": "柳湾村党支部", "党员": "张建军", "户主": "王福来"},
            {"支部": "石桥村", "党员": "张建军", "户主": "王福来"},
        )
        people = (await session.exec(select(Person.branch_id).order_by(Person.id))).all()
        assert list(people) == [one.id, two.id]
        assert len((await session.exec(select(Household))).all()) == 2


async def test_rows_without_a_place_are_faults(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        one = await make_branch(session, "柳湾村", town=None)
        await make_branch(session, "石桥村", town=None)
        with pytest.raises(RosterRefused) as refused:
            await bring(
                session,
                secrets,
                {"党员": "张建军"},
                {"党员": "刘春生", "支部": "梨树沟"},
                {"党员": "沈文静", "支部": "石桥村", "角色": "镇干部"},
            )
        assert [fault.row for fault in refused.value.faults] == [2, 3, 4]
        assert "--branch" in refused.value.faults[0].problem
        assert "init" in refused.value.faults[1].problem
        assert "--town" in refused.value.faults[2].problem
        with pytest.raises(RosterRefused) as refused:
            await bring(session, secrets, {"党员": "张建军", "支部": "石桥村"}, branch=one)
        assert "柳湾村" in refused.value.faults[0].problem


async def test_a_town_officer_of_two_branches_is_one_person(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session, "柳湾村")
        await make_branch(session, "石桥村")
        officer = {"党员": "沈文静", "角色": "镇干部", "手机": "13800000007"}
        done = await bring(session, secrets, {"支部": "柳湾村", **officer}, {"支部": "石桥村", **officer})
        assert (done.people_new, done.people_changed) == (1, 0)


async def test_every_household_gets_a_code_that_it_keeps(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await make_branch(session)
        given = [("一组", "张建军", f"王{n}", f"村东{n}号") for n in range(60)]
        await bring(session, secrets, *given)
        codes = list(await session.exec(select(Household.plate).order_by(col(Household.id))))
        await bring(session, secrets, *given)
        assert list(await session.exec(select(Household.plate).order_by(col(Household.id)))) == codes
    assert len(set(codes)) == 60
    assert None not in codes


async def test_the_notes_tell_by_which_names_a_household_goes(database: Database, secrets: Secrets) -> None:
    row = {"党员": "张建军", "户主": "王福来", "备注": "小名二孬，儿子王小军"}
    async with database.transaction() as session:
        await make_branch(session)
        await bring(session, secrets, row)
        household = (await session.exec(select(Household))).one()
        assert household.nicknames == ["二孬", "王小军"]
        await bring(session, secrets, {**row, "备注": "外号铁嘴"})
        assert household.nicknames == ["铁嘴"]
