"""A day in the village on PostgreSQL, through both drivers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import URL

from storage.database import Database
from storage.tables import Matter, Report
from tests.databases import postgres_database
from tests.handlers.conversation import Conversation, reply_to
from tests.services.acts.village import WANG, XIAOMEI, found


@pytest.fixture(params=["postgresql+asyncpg", "postgresql+psycopg"])
def url(request: pytest.FixtureRequest, postgres: URL, migrated_postgres: str) -> Iterator[str]:
    with postgres_database(postgres, driver=request.param, template=migrated_postgres) as url:
        yield url


async def test_a_day(url: str) -> None:
    async with Database(url) as database:
        async with database.transaction() as session:
            village = await found(session)
        talk = Conversation(database, village)
        raw = await talk.says(WANG, "今天走访了老王家")
        await talk.edits(raw, "今天走访了老王家和李大娘家")
        raised = await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
        await talk.says(WANG, "我去看看", **reply_to(raised))
        await talk.says(WANG, "1号修好了")
        await talk.says(XIAOMEI, "满意", **reply_to(raised))
        for words in ("我的", "待办", "进度", "事项 1"):
            await talk.says(WANG, words, WANG)
        (report,) = await talk.rows(Report)
        (matter,) = await talk.rows(Matter)
    assert (report.count, report.status) == (2, "amended")
    assert (matter.status, matter.outcome) == ("closed", "satisfied")
