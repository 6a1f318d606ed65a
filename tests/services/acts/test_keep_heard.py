"""What is written in groups is kept sealed, for a month at most, and nothing that is said privately."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from bot.secrets import Secrets
from bot.services.chat.keep_heard import erase_heard, heard_lately, heard_message, keep_heard
from storage.tables import HeardMessage, Unit
from tests.services.acts.village import WANG, Village, at, said, speaks

SECRETS = Secrets("x" * 32)
SENT = at("11-10 18:00")
WORDS = "晚上打牌三缺一"


async def _hear(session: AsyncSession, inbound: Inbound, *, secrets: Secrets | None = SECRETS) -> None:
    speaking = await speaks(session, WANG, SENT, private=inbound.private)
    await keep_heard(session, (), speaking, inbound, secrets)
    await session.flush()


async def test_it_is_sealed_and_opened_with_the_key_alone(session: AsyncSession, village: Village) -> None:
    message = said(WORDS, WANG, SENT)
    await _hear(session, message)
    [row] = await session.exec(select(HeardMessage))
    assert WORDS not in row.sealed
    where = (message.chat_id, message.message_id)
    heard = await heard_message(session, SECRETS, *where)
    assert heard is not None
    assert (heard.text, heard.name, heard.speaker) == (WORDS, "王建国", "member")
    assert await heard_message(session, Secrets("y" * 32), *where) is None
    assert await heard_message(session, None, *where) is None


async def test_its_new_words_take_the_place_of_the_old(session: AsyncSession, village: Village) -> None:
    await _hear(session, said(WORDS, WANG, SENT, id=7))
    await _hear(session, said("晚上下棋", WANG, SENT, id=7))
    [heard] = await heard_lately(session, SECRETS, village.branch, now=SENT)
    assert heard.text == "晚上下棋"


async def test_nothing_private_nothing_without_a_key_and_nothing_where_it_is_switched_off(
    session: AsyncSession, village: Village
) -> None:
    await _hear(session, said(WORDS, WANG, SENT, private=True))
    await _hear(session, said(WORDS, WANG, SENT), secrets=None)
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"retention.heard_days": 0}
    await _hear(session, said(WORDS, WANG, SENT))
    assert (await session.exec(select(HeardMessage))).all() == []


async def test_it_is_erased_when_its_days_are_over(session: AsyncSession, village: Village) -> None:
    await _hear(session, said(WORDS, WANG, SENT))
    assert await erase_heard(session, now=SENT + timedelta(days=31)) == 0
    later = SENT + timedelta(days=31, minutes=1)
    assert await heard_lately(session, SECRETS, village.branch, now=later) == []
    assert await erase_heard(session, now=later) == 1
    assert (await session.exec(select(HeardMessage))).all() == []
