"""Whose name somebody claims, where several branches and people are on the roster."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.claims import ClaimState
from bot.domain.errors import ExpectedError
from bot.secrets import Secrets
from bot.services.roster.claim_in_words import claim_by_phone, claim_by_word, plain_number
from bot.services.roster.find_named import find_named
from bot.services.roster.name_claims import Claimant
from storage.database import Database
from storage.tables import NameClaim, Person
from tests.services.setup.conftest import NOW, bring, make_branch

SOMEBODY = Claimant(701, "小王")


async def _two_villages(session: AsyncSession, secrets: Secrets) -> None:
    for name in ("柳湾村", "石桥村"):
        branch = await make_branch(session, name)
        await bring(
            session,
            secrets,
            {"党员": "周明远", "角色": "书记", "手机": f"1380000{len(name)}{branch.id:03}"},
            {"党员": "王伟", "党小组": "一组", "手机": "13800000022"},
            {"党员": "沈文静", "角色": "镇干部", "手机": "13800000023"},
            branch=branch,
        )
    for secretary in await session.exec(select(Person).where(Person.name == "周明远")):
        secretary.telegram_id = 900 + (secretary.id or 0)
        session.add(secretary)
    await session.flush()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("王伟", 2),
        ("石桥村的王伟", 1),
        ("石桥的王伟", 1),
        ("柳湾村一组王伟", 1),
        ("一组的王伟", 2),
        ("梨树沟的王伟", 0),
        ("伟", 0),
        ("沈文静", 1),
    ],
)
async def test_a_name_and_a_place(database: Database, secrets: Secrets, said: str, found: int) -> None:
    async with database.transaction() as session:
        await _two_villages(session, secrets)
        assert len(await find_named(session, said)) == found


async def test_of_several_so_called_the_place_says_which(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await _two_villages(session, secrets)
        with pytest.raises(ExpectedError, match=r"names\.several_called"):
            await claim_by_word(session, "王伟", SOMEBODY, now=NOW)
        answer = await claim_by_word(session, "石桥村的王伟", SOMEBODY, now=NOW)
        assert answer is not None and answer.startswith("收到。我去请周明远认一认")
        await claim_by_word(session, "柳湾村的王伟", SOMEBODY, now=NOW + timedelta(minutes=1))
        states = [claim.state for claim in await session.exec(select(NameClaim))]
        assert states == [ClaimState.DROPPED, ClaimState.WAITING]  # one at a time


async def test_a_phone_that_two_have_opens_nothing(database: Database, secrets: Secrets) -> None:
    async with database.transaction() as session:
        await _two_villages(session, secrets)
        with pytest.raises(ExpectedError, match=r"names\.phone_of_several"):
            await claim_by_phone(session, "+8613800000022", SOMEBODY, secrets, now=NOW)
        answer = await claim_by_phone(session, "8613800000023", SOMEBODY, secrets, now=NOW)
        assert answer.startswith("沈文静，您好！连上了“青溪镇”。")


async def test_phones_under_another_key_open_nothing(database: Database, secrets: Secrets) -> None:
    other = Secrets("another key that is long enough too, really")
    async with database.transaction() as session:
        await _two_villages(session, secrets)
        with pytest.raises(ExpectedError, match=r"names\.phone_unknown"):
            await claim_by_phone(session, "13800000023", SOMEBODY, other, now=NOW)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("+8613800000022", "13800000022"),
        ("008613800000022", "13800000022"),
        ("13800000022", "13800000022"),
        ("85291234567", "85291234567"),
    ],
)
def test_a_number_as_rosters_write_it(written: str, plain: str) -> None:
    assert plain_number(written) == plain
