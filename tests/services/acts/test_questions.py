"""Between sure and no stands one question, to the speaker alone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Sureness, Visit, VisitMode
from bot.domain.errors import NotEntitled, Stale
from bot.domain.inbound import Inbound
from bot.services.chat.amend_by_edit import amend_by_edit
from bot.services.chat.answer_question import answer_question
from bot.services.chat.take_message import take_message
from storage.tables import Question
from tests.services.acts import village as told
from tests.services.acts.village import GROUP_CHAT, WANG, ZHAO, Village, at, said, speaks

NOW = at("11-21 19:00")
PERHAPS = Visit(
    2, (), date(2026, 11, 21), VisitMode.HOME, cumulative=False, services=(), sureness=Sureness.PROBABLY
)


async def ask(session: AsyncSession) -> tuple[Question, Inbound]:
    inbound = said("转了两家", WANG, NOW)
    await take_message(session, [PERHAPS], await speaks(session, WANG, NOW), inbound, now=NOW)
    return (await session.exec(select(Question))).one(), inbound


async def answer(session: AsyncSession, question: Question, choice: str, by: int = WANG) -> str:
    speaking = await speaks(session, by, NOW, private=True)
    return await answer_question(session, question.id or 0, choice, speaking, now=NOW)


async def test_it_is_asked_in_the_group_when_no_private_chat_is_open(
    session: AsyncSession, village: Village
) -> None:
    await ask(session)
    (asked,) = await told.notices(session)
    assert asked.chat_id == GROUP_CHAT
    assert [button["text"] for button in asked.buttons[0]] == ["是，记上", "不是"]
    assert await told.reports(session) == []


async def test_it_is_asked_privately_when_that_is_possible(session: AsyncSession, village: Village) -> None:
    await told.open_private(session, WANG)
    await ask(session)
    (asked,) = await told.notices(session)
    assert asked.chat_id == WANG


async def test_yes_records_it_where_it_was_said(session: AsyncSession, village: Village) -> None:
    question, inbound = await ask(session)
    assert await answer(session, question, "yes") == "好，记上了。"
    (report,) = await told.reports(session)
    assert (report.count, report.message_id, report.group_id) == (2, inbound.message_id, village.group)
    with pytest.raises(Stale):
        await answer(session, question, "no")


async def test_no_records_nothing_and_forgets_the_words(session: AsyncSession, village: Village) -> None:
    question, _ = await ask(session)
    assert await answer(session, question, "no") == "好，不记。"
    assert question.act == {}
    assert await told.reports(session) == []


async def test_nobody_else_answers(session: AsyncSession, village: Village) -> None:
    question, _ = await ask(session)
    with pytest.raises(NotEntitled):
        await answer(session, question, "yes", by=ZHAO)
    assert question.answered_at is None


async def test_editing_the_message_cancels_it(session: AsyncSession, village: Village) -> None:
    question, inbound = await ask(session)
    await told.deliver(session, NOW)
    await amend_by_edit(session, [], await speaks(session, WANG, NOW), inbound, now=NOW)
    assert question.answer == "cancelled"
    with pytest.raises(Stale):
        await answer(session, question, "yes")
    (edit,) = [notice for notice in await told.notices(session) if notice.method == "edit"]
    assert edit.buttons == []


async def test_editing_without_a_change_leaves_it_waiting(session: AsyncSession, village: Village) -> None:
    question, inbound = await ask(session)
    await amend_by_edit(session, [PERHAPS], await speaks(session, WANG, NOW), inbound, now=NOW)
    assert question.answered_at is None
    assert len(await told.notices(session)) == 1


async def test_the_household_chosen_is_visited(session: AsyncSession, village: Village) -> None:
    await told.open_private(session, WANG)
    act = Visit(1, ("没这家",), date(2026, 11, 21), VisitMode.HOME, cumulative=False, services=())
    await take_message(session, [act], await speaks(session, WANG, NOW), said("走访", WANG, NOW), now=NOW)
    question = (await session.exec(select(Question))).one()
    await answer(session, question, str(village.li))
    (report,) = await told.reports(session)
    assert (report.unknown_names, report.unclaimed) == ([], 0)
    assert await told.heads_visited(session) == ["李桂兰"]
