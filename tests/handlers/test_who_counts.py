"""Whose words count, and where."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage.tables import AlbumPhoto, Chat, Matter, Report
from tests.handlers.conversation import Conversation
from tests.services.acts.village import GROUP_CHAT, STRANGER, WANG, XIAOMEI

VISIT = "今天走访了老王家"
TROUBLE = "村口路灯坏了三天没人管"


@pytest.mark.parametrize(
    "more",
    [
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "某人"}},
        {"is_automatic_forward": True, "sender_chat": {"id": -5, "type": "channel", "title": "村广播"}},
        {"from": {"id": 7, "is_bot": True, "first_name": "别的机器人"}},
    ],
    ids=["forwarded", "passed on from a channel", "written by a bot"],
)
async def test_is_nobodys_word(talk: Conversation, more: dict[str, object]) -> None:
    await talk.says(WANG, VISIT, **more)
    assert await talk.rows(Report) == []
    assert talk.sent == []


async def test_an_anonymous_admin_raises_matters_and_reports_no_visits(talk: Conversation) -> None:
    as_the_group = {"sender_chat": {"id": GROUP_CHAT, "type": "supergroup", "title": "柳树村联户群"}}
    await talk.says(None, VISIT, **as_the_group)
    await talk.says(None, TROUBLE, **as_the_group)
    assert await talk.rows(Report) == []
    (matter,) = await talk.rows(Matter)
    assert (matter.reporter_telegram_id, matter.reporter_name) == (None, "群管理员")


async def test_in_a_group_that_is_not_bound_it_says_once_what_it_lacks(talk: Conversation) -> None:
    for _ in range(2):
        await talk.says(WANG, VISIT, -777)
    (said,) = talk.said_to(-777)
    assert "/bind" in said
    assert await talk.rows(Report) == []


async def test_of_a_bound_topic_only_its_messages_count(talk: Conversation) -> None:
    async with talk.database.transaction() as session:
        chat = (await session.exec(select(Chat).where(Chat.telegram_id == GROUP_CHAT))).one()
        chat.topic_id = 7
        session.add(chat)
    await talk.says(WANG, VISIT)
    assert await talk.rows(Report) == []
    await talk.says(WANG, VISIT, message_thread_id=7, is_topic_message=True)
    assert len(await talk.rows(Report)) == 1


async def test_a_stranger_writing_privately_is_told_how_to_join(talk: Conversation) -> None:
    await talk.says(STRANGER, TROUBLE, STRANGER)
    (said,) = talk.said_to(STRANGER)
    assert "二维码" in said
    assert await talk.rows(Matter) == []


async def test_what_is_told_privately_stays_out_of_the_group(talk: Conversation) -> None:
    await talk.says(2001, TROUBLE, 2001)
    (matter,) = await talk.rows(Matter)
    assert matter.private
    assert talk.said_to(GROUP_CHAT) == []
    assert talk.said_to(2001)[0].startswith("已登记 #1")


async def test_an_album_counts_once_and_keeps_its_photos_in_whichever_order(talk: Conversation) -> None:
    def photo(name: str) -> list[dict[str, object]]:
        return [{"file_id": name, "file_unique_id": name, "width": 9, "height": 9}]

    album = {"media_group_id": "album", "text": None}
    first = talk.message(2001, "", photo=photo("a"), **album)
    second = talk.message(2001, "", photo=photo("b"), caption=TROUBLE, **album)
    third = talk.message(2001, "", photo=photo("c"), **album)
    for raw in (first, second, third, first):
        await talk.feed("message", raw)
    (matter,) = await talk.rows(Matter)
    assert matter.photos == ["a", "b", "c"]
    assert len(await talk.rows(AlbumPhoto)) == 3


async def test_the_same_message_twice_is_recorded_and_answered_once(talk: Conversation) -> None:
    raw = await talk.says(WANG, f"{VISIT}。{TROUBLE}")
    before = len(talk.sent)
    await talk.feed("message", raw)
    assert len(await talk.rows(Report)) == 1
    assert len(await talk.rows(Matter)) == 1
    assert len(talk.sent) == before


async def test_what_accuses_a_member_by_name_goes_above_them_and_is_not_read_in_the_group(
    talk: Conversation,
) -> None:
    await talk.says(WANG, "/start", WANG)
    raw = await talk.says(XIAOMEI, "王建国收了人家的礼才给办低保，没人管吗")
    await talk.edits(raw, "王建国收了人家的礼才给办低保，没人管吗？？")
    (matter,) = await talk.rows(Matter)
    assert (matter.category, matter.private, matter.assignee_id) == ("discipline", True, talk.village.qian)
    assert "王建国" not in talk.said_to(GROUP_CHAT)[-1]
    await talk.says(WANG, "事项 1", WANG)
    assert "低保" not in talk.said_to(WANG)[-1]
