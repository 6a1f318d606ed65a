"""An edited message amends what it made."""

from __future__ import annotations

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Urgency, Visit, VisitMode
from bot.services.chat.amend_by_edit import amend_by_edit
from bot.services.chat.take_message import take_message
from tests.services.acts import village as told
from tests.services.acts.village import WANG, XIAOMEI, Village, at, said, speaks

NOW, LATER = at("11-21 10:00"), at("11-21 10:05")


def trouble(text: str, urgency: Urgency = Urgency.NORMAL) -> Grievance:
    return Grievance(Category.SAFETY, urgency, None, False, text)


async def test_an_edit_that_makes_it_an_emergency_tells_everybody(
    session: AsyncSession, village: Village
) -> None:
    inbound, speaking = said("冒烟", XIAOMEI, NOW), await speaks(session, XIAOMEI, NOW)
    await take_message(session, [trouble("厨房冒烟")], speaking, inbound, now=NOW)
    await told.deliver(session, NOW)
    await amend_by_edit(session, [trouble("厨房着火了", Urgency.EMERGENCY)], speaking, inbound, now=LATER)
    (matter,) = await told.matters(session)
    assert (matter.text, matter.urgency, matter.acknowledge_by) == (
        "厨房着火了",
        "emergency",
        at("11-21 10:20"),
    )
    new = [notice for notice in await told.notices(session, "matter.raised") if notice.created_at == LATER]
    assert {notice.person_id for notice in new} == {village.wang, village.zhao, village.qian}


async def test_an_edit_that_takes_a_matter_out_withdraws_it_and_says_so(
    session: AsyncSession, village: Village
) -> None:
    inbound, speaking = said("路灯坏了", XIAOMEI, NOW), await speaks(session, XIAOMEI, NOW)
    await take_message(session, [trouble("路灯坏了")], speaking, inbound, now=NOW)
    await told.deliver(session, NOW)
    await amend_by_edit(session, [], speaking, inbound, now=LATER)
    (matter,) = await told.matters(session)
    assert (matter.status, matter.acknowledge_by) == ("withdrawn", None)
    (over,) = await told.notices(session, "matter.withdrawn")
    assert over.person_id == village.wang
    (line,) = await told.notices(session, "reply.registered.edit")
    assert line.text == "#1 路灯坏了：已撤回。"


async def test_new_words_reach_the_holder_and_old_buttons_stay_good_for_the_new_ones(
    session: AsyncSession, village: Village
) -> None:
    inbound, speaking = said("路灯坏了", XIAOMEI, NOW), await speaks(session, XIAOMEI, NOW)
    await take_message(session, [trouble("路灯坏了")], speaking, inbound, now=NOW)
    await told.deliver(session, NOW)
    await amend_by_edit(session, [trouble("村东路灯坏了")], speaking, inbound, now=LATER)
    (matter,) = await told.matters(session)
    (edit,) = await told.notices(session, "matter.raised.edit")
    assert edit.text.endswith("已更正：村东路灯坏了")
    assert {button["data"].split(":")[2] for button in edit.buttons[0]} == {str(matter.version)}


async def test_reports_are_paired_in_order(session: AsyncSession, village: Village) -> None:
    def visit(*names: str, day: int) -> Visit:
        return Visit(len(names), names, date(2026, 11, day), VisitMode.HOME, cumulative=False, services=())

    inbound, speaking = said("…", WANG, NOW), await speaks(session, WANG, NOW)
    await take_message(session, [visit("老王", day=20), visit("李大娘", day=21)], speaking, inbound, now=NOW)
    await amend_by_edit(session, [visit("老王", day=19)], speaking, inbound, now=LATER)
    first, second = await told.reports(session)
    assert (first.day, first.status, second.status) == (date(2026, 11, 19), "amended", "withdrawn")
    assert await told.heads_visited(session) == ["王福"]
