"""A bare number of visits: which households it meant is asked once, and only when nobody says so."""

from __future__ import annotations

from storage.tables import Notice
from tests.stories.telling import Tale, on


async def test_a_bare_number_is_asked_about_once_and_picked_from_what_is_due(village: Tale) -> None:
    await village.turn_to(on(11, 20))
    await village.say("李建国", "走访王德福、周大山家")
    village.listen_from_now()
    await village.say("李建国", "今天走访了2户")
    assert village.heard("李建国") == []  # the names may follow by themselves
    await village.fast_forward(minutes=11)
    [asked] = village.heard("李建国")
    assert asked == "您今天报的走访 2 户，是下面哪几家？点一下就选上，再点“就这些”。"
    [notice] = [one for one in await village.rows(Notice) if one.text == asked]
    labels = [button["text"] for row in notice.buttons for button in row]
    assert labels == ["李桂英", "吴春生", "王德福", "周大山", "就这些", "都不是"]  # what is due first

    assert await village.press("李建国", "就这些") == "先点去过的是哪几家。"
    assert await village.press("李建国", "李桂英") == "已选 1 户"
    assert await village.press("李建国", "吴春生") == "已选 2 户"
    assert await village.press("李建国", "王德福") == "只报了 2 户，再选就多了。先点掉一家。"
    assert await village.press("李建国", "就这些") == "好，记上了：李桂英、吴春生。"
    assert (await village.stands("李桂英")).standing.last_contact == on(11, 20).date()
    assert (await village.stands("吴春生")).standing.last_contact == on(11, 20).date()
    await village.nothing_is_left_over()


async def test_names_that_follow_by_themselves_spare_the_question(village: Tale) -> None:
    await village.say("李建国", "今天走访了2户")
    await village.say("李建国", "王德福、周大山")
    await village.fast_forward(hours=1)
    assert not any("是下面哪几家" in text for text in village.heard("李建国"))


async def test_none_of_them_counts_for_the_report_and_for_no_household(village: Tale) -> None:
    await village.say("李建国", "今天走访了2户")
    await village.fast_forward(minutes=11)
    assert "照样算在您的走访里" in await village.press("李建国", "都不是")
    [report] = (await village.ledger()).reports
    assert report.count == 2
    for head in ("王德福", "李桂英"):
        assert (await village.stands(head)).standing.last_contact is None
