"""No table is forgotten when somebody is: each text that is kept has its fate, and comes to it."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.roster import Actor
from bot.services.chat.speaker import speaking_for
from bot.services.privacy.forget_person import OpenMatters, forget_person
from bot.services.privacy.retain import retain
from tests.services.privacy.planting import (
    FATES,
    NAME,
    OLD,
    PHONE,
    USER,
    columns_that,
    plant,
    stored,
    texts_kept,
)
from tests.services.time.village import Village

NOW = OLD + timedelta(days=200)


def test_each_text_that_is_kept_has_one_fate() -> None:
    kept = texts_kept()
    assert {name for name, columns in kept.items() if columns} == set(FATES)
    for table, fates in FATES.items():
        named = [name for columns in fates.values() for name in columns]
        assert sorted(named) == sorted(kept[table]), table
        assert set(fates) <= {"nothing", "stays", "forget", "ends"}, table


async def test_the_name_and_the_account_are_nowhere_when_a_resident_is_forgotten(
    session: AsyncSession, village: Village
) -> None:
    planted = await plant(session, village)
    before = await stored(session)
    gone = columns_that("forget", "ends")
    assert {one for one in gone if NAME not in before[one]} == set()
    who = await speaking_for(session, planted.person)
    await forget_person(session, who, OpenMatters.KEEP, by=Actor("operator"), now=NOW)
    session.expire_all()
    after = await stored(session)
    assert {one for one in gone if NAME in after[one]} == set()
    assert {one for one, content in after.items() if str(USER) in content} == set()


async def test_what_is_over_ends_after_the_days_that_the_preset_says(
    session: AsyncSession, village: Village
) -> None:
    await plant(session, village)
    ends = columns_that("ends")
    await retain(session, now=OLD + timedelta(days=179))
    session.expire_all()
    early = await stored(session)
    assert {one for one in ends if NAME not in early[one]} == set()
    await retain(session, now=NOW)
    session.expire_all()
    after = await stored(session)
    assert {one for one in ends if NAME in after[one] or PHONE in after[one]} == set()
    assert await retain(session, now=NOW + timedelta(days=1)) == 0
