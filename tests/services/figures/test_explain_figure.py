"""A figure opened to its rows: for a town officer village by village, and page by page."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import decode
from bot.domain.errors import NotEntitled, NotFound
from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking, who_is
from bot.services.figures.explain_figure import Explained, explain, press_figure
from bot.services.matters.press_order import PressedOn
from bot.text.why import read_why
from storage import outbox
from storage.outbox import Draft, Priority
from storage.tables import Person
from tests.services.figures.hand_village import HandVillage, found
from tests.services.time.village import at

NOW = at("12-05 12:00")
OFFICER = 1001  # the first person there is


@pytest.fixture
async def here(session: AsyncSession) -> HandVillage:
    return await found(session)


async def speaker(session: AsyncSession, who: Person | int) -> Speaking:
    user_id = who if isinstance(who, int) else who.telegram_id
    return await who_is(session, user_id, "", chat=None, at=NOW)


async def asked(session: AsyncSession, who: Person | int, text: str) -> Explained:
    speaking = await speaker(session, who)
    why = read_why(text, date(2026, 12, 5))
    assert why is not None
    told = Inbound(7, 7, NOW, text, speaking.actor.telegram_id, speaking.actor.name, private=True)
    shown = await explain(session, why, speaking, told, now=NOW)
    assert shown is not None
    return shown


async def pressed(session: AsyncSession, who: Person | int, data: str, *, times: int = 1) -> str:
    """Press a button in a private chat; returns what then stands in its message."""
    speaking = await speaker(session, who)
    user_id = speaking.actor.telegram_id or 0
    draft = Draft(
        key=f"shown:{data}:{times}", kind="reply.why", priority=Priority.ANSWER, text="", chat_id=user_id
    )
    notice = await outbox.put(session, draft, now=NOW)
    assert notice is not None
    await outbox.mark_sent(session, notice.id, 50 + times, NOW)
    await press_figure(
        session, decode(data), speaking, PressedOn(user_id, 50 + times, f"press {times}"), now=NOW
    )
    [edit] = await outbox.take_due(session, NOW, 10)
    return edit.text


async def test_a_town_officer_sees_the_villages_and_opens_one(session, here) -> None:
    shown = await asked(session, OFFICER, "为什么 参与率 11月")
    assert shown.text.splitlines() == [
        "参与率（各村合计，11月1日到11月30日）：80%（4/5）",
        "参与率＝报过走访的党员 ÷ 全部党员；整段时间都在请假、又没有走访的不算在内。",
        "各村：",
        "· 杏花村：66.7%（2/3）",
        "· 桃源村：100%（2/2）",
    ]
    [[first, second]] = shown.buttons
    assert (first["text"], second["text"]) == ("杏花村", "桃源村")
    opened = await pressed(session, OFFICER, first["data"])
    assert opened.splitlines()[0] == "参与率（杏花村，11月1日到11月30日）：66.7%（2/3）"
    assert opened.splitlines()[3:] == ["· 丙 ✗", "· 甲 ✓", "· 乙 ✓"]


async def test_sessions_and_roll_calls_are_told_with_what_they_add(session, here) -> None:
    study = await asked(session, here.people["甲"], "为什么 学习到会率 11月")
    assert study.text.splitlines()[-1] == "· 11月8日 学习：3/4"
    calls = await asked(session, here.people["甲"], "为什么 点名到位人数 11月")
    assert calls.text.splitlines()[-1] == "· 11月14日 暴雨转移：5人"
    votes = await asked(session, here.people["甲"], "为什么 群众满意度 11月")
    assert votes.text.splitlines()[-1] == "· 7月1日到10月31日的群众评议：8/10"  # and nobody's own votes


async def test_of_another_village_a_button_opens_nothing(session, here) -> None:
    shown = await asked(session, OFFICER, "为什么 参与率 11月")
    theirs = shown.buttons[0][1]["data"]
    with pytest.raises(NotEntitled):
        await pressed(session, here.people["甲"], theirs)
    for damaged in ("why:0:0:nonsense.20261101.20261130", "why:0:0:visits.1.2", "why:0:0:"):
        with pytest.raises(NotFound):
            await pressed(session, here.people["甲"], damaged, times=len(damaged))


async def test_a_number_that_no_figure_has_is_told_so(session, here) -> None:
    with pytest.raises(NotFound) as refused:
        await asked(session, here.people["甲"], "为什么 77户")
    assert refused.value.values == {"said": "77户"}
    one = await asked(session, here.people["甲"], "为什么 11月 67%")
    assert "有几个数都对得上" in one.text or "66.7%" in one.text
