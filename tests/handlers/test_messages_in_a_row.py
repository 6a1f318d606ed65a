"""Several messages in a row by one speaker are one telling; each trouble stays a matter of its own."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, select

from storage.tables import Continuation, Matter, Report, Visit
from tests.handlers.conversation import Conversation, reply_to
from tests.services.acts.village import STRANGER, WANG, XIAOMEI, ZHAO


def _photo(name: str = "p1", **more: Any) -> dict[str, Any]:
    photo = [{"file_id": name, "file_unique_id": name, "width": 9, "height": 9}]
    return {"text": None, "photo": photo, **more}


async def _visited(talk: Conversation) -> set[int]:
    async with talk.database.reading() as session:
        standing = select(Visit.household_id).where(col(Visit.withdrawn_at).is_(None))
        return set(await session.exec(standing))


async def _counts(talk: Conversation) -> list[tuple[int | None, int]]:
    return [(one.count, one.unclaimed) for one in await talk.rows(Report) if one.status != "withdrawn"]


async def _row(talk: Conversation, *said: str, by: int = WANG) -> list[dict[str, Any]]:
    """These messages, half a minute apart, somebody else chatting in between."""
    messages = []
    for text in said:
        messages.append(await talk.says(by, text))
        talk.later(seconds=20)
        await talk.says(STRANGER, "今天天气不错")
        talk.later(seconds=10)
    return messages


def _all_thumbs(talk: Conversation, messages: list[dict[str, Any]]) -> bool:
    return talk.reactions() == [(one["message_id"], "👍") for one in messages]


@pytest.mark.parametrize(
    ("said", "count", "unclaimed", "heads"),
    [
        (["今天走访了3户", "老王、李大娘、张三"], 3, 0, {"li", "wang_fu", "zhang"}),
        (["今天走访了3户", "老王、李大娘"], 3, 1, {"li", "wang_fu"}),
        (["今天走访了3户", "老王", "李大娘家", "张三"], 3, 0, {"li", "wang_fu", "zhang"}),
        (["今天走访了2户", "老王、李大娘，都挺好的", "还有张三家"], 3, 0, {"li", "wang_fu", "zhang"}),
        (["今天走访了老王家", "李大娘家"], 2, 0, {"li", "wang_fu"}),
        (["今天入户走访", "3户"], 3, 3, set()),
        (["今天入户走访", "3户", "老王、李大娘"], 3, 1, {"li", "wang_fu"}),
        (["今天入户走访", "老王、李大娘"], 2, 0, {"li", "wang_fu"}),
        (["今天走访了2户", "都挺好的"], 2, 2, set()),
        (["今天走访了2户", "去了老王家和李大娘家"], 2, 0, {"li", "wang_fu"}),
    ],
)
async def test_what_follows_a_report_is_part_of_it(
    talk: Conversation, said: list[str], count: int, unclaimed: int, heads: set[str]
) -> None:
    messages = await _row(talk, *said)
    assert await _counts(talk) == [(count, unclaimed)]
    assert await _visited(talk) == {getattr(talk.village, head) for head in heads}
    assert _all_thumbs(talk, messages)
    for raw in messages:
        await talk.feed("message", raw)
    assert await _counts(talk) == [(count, unclaimed)]
    assert _all_thumbs(talk, messages)


async def test_two_minutes_are_counted_from_the_last_message_and_by_its_date(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了3户")
    talk.later(seconds=119)
    await talk.says(WANG, "老王")
    talk.later(seconds=119)
    late = talk.message(WANG, "李大娘")
    talk.later(minutes=30)
    await talk.feed("message", late)  # sent in time, arrived late
    talk.later(seconds=121)
    await talk.says(WANG, "张三")
    assert await _counts(talk) == [(3, 1)]


@pytest.mark.parametrize("words", ["收到", "好的", "哈哈", "老王 你好", "明天开会", "老王去了吗？", "在家"])
async def test_chatter_after_a_report_is_chatter(talk: Conversation, words: str) -> None:
    first, _ = await _row(talk, "今天走访了3户", words)
    assert await _counts(talk) == [(3, 3)]
    assert _all_thumbs(talk, [first])


async def test_somebody_elses_words_go_on_with_nothing_of_mine(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了3户")
    await talk.says(ZHAO, "张三")
    await talk.says(XIAOMEI, "李大娘")
    assert await _counts(talk) == [(3, 3)]


async def test_a_second_visit_told_as_such_stays_a_report_of_its_own(talk: Conversation) -> None:
    await _row(talk, "今天走访了老王家", "又走访了2户")
    assert await _counts(talk) == [(1, 0), (2, 2)]


async def test_editing_what_follows_amends_the_report(talk: Conversation) -> None:
    _, names = await _row(talk, "今天走访了3户", "老王、李大娘")
    await talk.edits(names, "老王、张三")
    assert await _visited(talk) == {talk.village.wang_fu, talk.village.zhang}
    await talk.edits(names, "今天天气不错")
    assert await _visited(talk) == set()
    assert await _counts(talk) == [(3, 3)]
    assert talk.reactions()[-1] == (names["message_id"], "")
    await talk.edits(names, "李大娘")
    assert await _visited(talk) == {talk.village.li}


async def test_editing_what_follows_into_trouble_raises_a_matter(talk: Conversation) -> None:
    _, names = await _row(talk, "今天走访了3户", "老王、李大娘")
    await talk.edits(names, "李大娘家水管漏了")
    assert await _visited(talk) == set()
    (matter,) = await talk.rows(Matter)
    assert matter.household_id == talk.village.li


async def test_editing_the_report_keeps_what_followed(talk: Conversation) -> None:
    report, _, _ = await _row(talk, "今天走访了3户", "老王、李大娘", "还有张三家")
    await talk.edits(report, "昨天走访了4户")
    assert await _counts(talk) == [(4, 1)]
    assert len(await _visited(talk)) == 3
    (row,) = await talk.rows(Report)
    assert row.day.day == talk.now.day - 1


async def test_taking_back_what_follows_leaves_the_report(talk: Conversation) -> None:
    _, names = await _row(talk, "今天走访了3户", "老王、李大娘")
    await talk.says(WANG, "撤回", **reply_to(names))
    assert (await _counts(talk), await _visited(talk)) == ([(3, 3)], set())


async def test_taking_back_the_report_takes_all_of_it_back(talk: Conversation) -> None:
    report, names = await _row(talk, "今天走访了3户", "老王、李大娘")
    await talk.says(WANG, "撤回", **reply_to(report))
    assert (await _counts(talk), await _visited(talk)) == ([], set())
    assert (names["message_id"], "") in talk.reactions()


async def test_a_correction_under_what_follows_is_of_the_report(talk: Conversation) -> None:
    _, names = await _row(talk, "今天走访了3户", "老王、李大娘")
    await talk.says(WANG, "4户", **reply_to(names))
    assert await _counts(talk) == [(4, 2)]
    await talk.edits(names, "老王")
    assert await _counts(talk) == [(4, 3)]


async def test_a_name_that_fits_nobody_is_asked_about_and_completed_by_the_answer(talk: Conversation) -> None:
    await talk.says(WANG, "/start", WANG)
    await _row(talk, "今天走访了3户", "老王、李大娘、孙大娘")
    assert await _counts(talk) == [(3, 1)]
    question = next(one for one in talk.sent if one.kind == "question.which_household")
    assert "孙大娘" in question.text
    await talk.presses(WANG, question, "李桂兰 村东3号")
    assert "都不是" in [button["text"] for row in question.buttons for button in row]


async def test_where_it_is_joins_the_matter(talk: Conversation) -> None:
    _, place = await _row(talk, "村口路灯坏了三天没人管", "就是三组那个路口", by=XIAOMEI)
    (matter,) = await talk.rows(Matter)
    assert matter.text == "村口路灯坏了三天没人管，就是三组那个路口"
    assert (place["message_id"], "👍") in talk.reactions()
    await talk.edits(place, "就是二组那个路口")
    (matter,) = await talk.rows(Matter)
    assert matter.text == "村口路灯坏了三天没人管，就是二组那个路口"
    await talk.says(XIAOMEI, "撤回", **reply_to(place))
    (matter,) = await talk.rows(Matter)
    assert (matter.text, matter.status) == ("村口路灯坏了三天没人管", "open")


async def test_editing_the_matter_keeps_where_it_is(talk: Conversation) -> None:
    trouble, _ = await _row(talk, "村口路灯坏了三天没人管", "就是三组那个路口", by=XIAOMEI)
    await talk.edits(trouble, "村口路灯坏了五天没人管")
    (matter,) = await talk.rows(Matter)
    assert matter.text == "村口路灯坏了五天没人管，就是三组那个路口"


async def test_of_an_emergency_everybody_is_told_where_it_is(talk: Conversation) -> None:
    for user in (WANG, ZHAO):
        await talk.says(user, "/start", user)
    await _row(talk, "快来人，着火了", "就在三组桥头", by=XIAOMEI)
    assert any("三组桥头" in text for text in talk.said_to(ZHAO))


async def test_two_troubles_are_two_matters(talk: Conversation) -> None:
    await _row(talk, "村口路灯坏了三天没人管", "村东的垃圾堆成山了，臭得很", by=XIAOMEI)
    assert [one.number for one in await talk.rows(Matter)] == [1, 2]


async def test_a_photo_is_kept_with_what_was_told_last(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    photo = await talk.says(XIAOMEI, "", **_photo("lamp"))
    await talk.feed("message", photo)
    await talk.says(STRANGER, "", **_photo("cat"))
    await talk.says(XIAOMEI, "", **_photo("dark", caption="如图"))
    talk.later(minutes=3)
    await talk.says(XIAOMEI, "", **_photo("dinner"))
    (matter,) = await talk.rows(Matter)
    assert matter.photos == ["lamp", "dark"]
    assert (photo["message_id"], "👍") in talk.reactions()


async def test_a_photo_after_a_report_is_kept_with_the_report(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了2户")
    await talk.says(WANG, "", **_photo("door", caption="老王、李大娘"))
    (row,) = await talk.rows(Continuation)
    assert (row.photos, row.report_id, row.matter_id) == (["door"], 1, None)
    assert await _counts(talk) == [(2, 0)]


async def test_an_album_without_words_is_kept_whole_and_gets_one_reaction(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    for name in ("a", "b", "c"):
        await talk.says(XIAOMEI, "", **_photo(name, media_group_id="album"))
    (matter,) = await talk.rows(Matter)
    assert matter.photos == ["a", "b", "c"]
    assert len(talk.reactions()) == 1


async def test_an_album_that_tells_trouble_itself_takes_its_photos_along(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    await talk.says(XIAOMEI, "", **_photo("a", media_group_id="album"))
    words = "村东的垃圾堆成山了，臭得很"
    await talk.says(XIAOMEI, "", **_photo("b", media_group_id="album", caption=words))
    await talk.says(XIAOMEI, "", **_photo("c", media_group_id="album"))
    assert [one.photos for one in await talk.rows(Matter)] == [[], ["a", "b", "c"]]


async def test_a_photo_in_reply_belongs_to_what_it_answers_whenever_it_comes(talk: Conversation) -> None:
    first = await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    await talk.says(XIAOMEI, "村东的垃圾堆成山了，臭得很")
    talk.later(hours=5)
    await talk.says(XIAOMEI, "", **_photo("lamp"), **reply_to(first))
    assert [one.photos for one in await talk.rows(Matter)] == [["lamp"], []]


async def test_said_to_the_bot_alone_it_is_the_same(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了3户", WANG)
    await talk.says(WANG, "老王、李大娘、张三", WANG)
    await talk.says(WANG, "", WANG, **_photo("door"))
    assert await _counts(talk) == [(3, 0)]
    assert len(await talk.rows(Continuation)) == 2
