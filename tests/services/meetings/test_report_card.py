"""What a member reads out: plain, short, and true for every kind of zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot import presets
from bot.services.meetings.report_card import Card, card_of, script
from tests.services.time.village import at, matter, report

NOTHING = Card(
    since=date(2026, 11, 5),
    households=0,
    visited=0,
    times=0,
    unnamed=0,
    due=(),
    raised=0,
    solved=0,
    held=0,
    promised=0,
    kept=0,
)
MONTH = replace(NOTHING, households=8, visited=6, times=11, raised=3, solved=2, held=1)


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (NOTHING, "我现在没有分联系户。这段时间没有新报的事。我的汇报完了。"),
        (
            replace(NOTHING, households=8, due=("老王",)),
            "我联系8户。11月5日党日以来还没有走访，接下来抓紧补上。还有1户该去了，这几天就去。"
            "这段时间没有新报的事。我的汇报完了。",
        ),
        (
            MONTH,
            "我联系8户。11月5日党日以来，走访了6户，一共11次。群众的事我报了3件，办好了2件，还有1件在办。"
            "我手上还有1件没办完，接着办。我的汇报完了。",
        ),
        (
            replace(MONTH, visited=8, solved=3, held=0, promised=2, kept=2),
            "我联系8户。11月5日党日以来，户户都走到了，一共11次。群众的事我报了3件，都办好了。"
            "答应大家的2件都办到了。我的汇报完了。",
        ),
        (
            replace(MONTH, visited=0, times=2, solved=0, held=0, promised=3, kept=2),
            "我联系8户。11月5日党日以来，一共走访了2次，自己的联系户还没走到。群众的事我报了3件，都还在办。"
            "到期的承诺3件，办到了2件，没办到的我接着办。我的汇报完了。",
        ),
        # "走访了4户", and nobody has said which
        (
            replace(NOTHING, households=4, times=4, unnamed=4),
            "我联系4户。11月5日党日以来，一共走访了4户次。这段时间没有新报的事。我的汇报完了。",
        ),
    ],
)
def test_the_script(card: Card, words: str) -> None:
    assert script(card, presets.load("huozhou")) == words


def test_it_speaks_as_the_preset_does() -> None:
    assert script(MONTH, presets.load("damang")).startswith("我包8户。")


async def test_it_is_drawn_from_the_records_since_the_last_party_day(session, village) -> None:
    # What was visited on the day itself was told on it.
    await report(session, village, village.li, day=date(2026, 11, 5), now=at("11-05 18:00"))
    await report(session, village, village.li, village.chen, day=date(2026, 11, 9), now=at("11-09 18:00"))
    await report(session, village, village.chen, day=date(2026, 11, 20), now=at("11-20 18:00"), unclaimed=2)
    for number, accused in ((1, []), (2, [village.qian.id])):
        one = await matter(session, village, text=f"事{number}", now=at("11-10 09:00"))
        one.reporter_person_id, one.accused_ids = village.wang.id, accused
        session.add(one)
    await session.flush()
    now = at("12-04 09:00")
    card = await card_of(session, village.wang, presets.load("huozhou"), today=now.date(), now=now)
    assert (card.since, card.households, card.visited) == (date(2026, 11, 5), 2, 2)
    assert (card.times, card.unnamed) == (5, 2)
    assert card.due == ("陈阿婆", "李桂兰")  # every three days; five days before the end of the month's
    assert (card.raised, card.solved, card.held) == (1, 0, 2)
