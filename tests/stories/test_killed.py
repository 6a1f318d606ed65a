"""The program is killed between any two steps and started again: everything is there, once."""

from __future__ import annotations

import pytest

from bot.playground import people
from tests.stories.dying import POINTS, live_until_killed
from tests.stories.telling import Tale
from tests.stories.test_village_day import SENTENCE

_AGAIN = "（补发，如已收到请忽略）\n"
_ON_ITS_WAY = {"started", "sent", "reacted", "marking", "marked"}


@pytest.mark.parametrize("point", POINTS)
async def test_killed_when(point: str, village: Tale) -> None:
    tale, here = village, village.village
    # From here on the program in this process rests, and its double lives and dies.
    await here.stop_bot()
    tale.listen_from_now()
    said = people.say(here.world, here.group.id, here.people["李建国"].id, SENTENCE)
    await live_until_killed(here, point)
    await here.start_bot()
    await here.settle()

    ledger = await tale.ledger()
    assert [(report.member, report.count) for report in ledger.reports] == [("李建国", 2)]
    assert [matter.number for matter in ledger.matters] == [1]
    assert tale.reaction_to(said) == "👍"
    [line] = {text.removeprefix(_AGAIN) for text in tale.heard_in_group()}
    assert "#1" in line
    told = tale.heard("李建国")
    [telling] = {text.removeprefix(_AGAIN) for text in told}
    assert "水管漏了" in telling
    # Nothing stands there twice but what was on its way when the program died, and that says so.
    assert told.count(telling) <= 1
    assert told.count(_AGAIN + telling) <= (1 if point in _ON_ITS_WAY else 0)
