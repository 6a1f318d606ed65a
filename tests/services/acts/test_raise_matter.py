"""Who holds a new matter, and who may read of it."""

from __future__ import annotations

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Urgency
from bot.domain.matters import Outcome
from bot.services.chat.take_message import take_message
from storage.tables import Matter, MatterEvent
from tests.services.acts import village as told
from tests.services.acts.village import QIAN, STRANGER, WANG, XIAOMEI, Village, at, said, speaks

NOW = at("11-21 19:00")


def trouble(
    text: str = "路灯坏了",
    *,
    about: str | None = None,
    category: Category = Category.INFRASTRUCTURE,
    urgency: Urgency = Urgency.NORMAL,
    resolved: bool = False,
) -> Grievance:
    return Grievance(category, urgency, about, resolved, text)


async def raised(session: AsyncSession, act: Grievance, by: int | None, *, private: bool = False) -> Matter:
    inbound = said(act.span, by, NOW, private=private)
    speaking = await speaks(session, by, NOW, private=private)
    effect = await take_message(session, [act], speaking, inbound, now=NOW)
    (matter,) = effect.raised
    return matter


@pytest.mark.parametrize(
    ("by", "about", "holder", "step"),
    [
        (WANG, "李大娘", "wang", "member"),  # one of the speaker's own
        (WANG, "张三", "zhao", "member"),  # another member's household
        (WANG, None, "wang", "member"),  # a member, of nobody in particular
        (XIAOMEI, None, "wang", "member"),  # a resident, by where they live
        (STRANGER, "张三", "zhao", "member"),
        (STRANGER, None, "zhao", "group"),  # nobody answers for it: the leader of the chat's group
        (None, None, "zhao", "group"),  # an anonymous admin
    ],
)
async def test_first_holder(
    session: AsyncSession, village: Village, by: int | None, about: str | None, holder: str, step: str
) -> None:
    matter = await raised(session, trouble(about=about), by)
    assert (matter.assignee_id, matter.step) == (getattr(village, holder), step)


async def test_numbers_are_the_branchs_own_and_one_reply_names_them_all(
    session: AsyncSession, village: Village
) -> None:
    acts = [trouble(), trouble("水渠堵了")]
    speaking = await speaks(session, XIAOMEI, NOW)
    await take_message(session, acts, speaking, said("路灯坏了，水渠堵了", XIAOMEI, NOW), now=NOW)
    assert [matter.number for matter in await told.matters(session)] == [1, 2]
    (reply,) = await told.notices(session, "reply.registered")
    assert reply.text == "已登记 #1 路灯坏了，由 王建国 跟进。\n已登记 #2 水渠堵了，由 王建国 跟进。"


@pytest.mark.parametrize(
    ("text", "holder", "step"),
    [
        ("低保名单没公开", "qian", "secretary"),
        ("书记把低保给了亲戚", "sun", "town"),
        ("钱守信账目不清", "sun", "town"),
    ],
)
async def test_a_matter_of_conduct_goes_above_whom_it_accuses(
    session: AsyncSession, village: Village, text: str, holder: str, step: str
) -> None:
    matter = await raised(session, trouble(text, category=Category.DISCIPLINE), XIAOMEI)
    assert (matter.assignee_id, matter.step, matter.private) == (getattr(village, holder), step, True)
    recipients = {n.person_id for n in await told.notices(session, "matter.raised")}
    assert recipients == {getattr(village, holder)}
    (reply,) = await told.notices(session, "reply.registered")
    assert text not in reply.text
    assert "#1" in reply.text


@pytest.mark.parametrize(
    ("act", "private"),
    [
        (trouble("李大娘病了没人管", about="李大娘", category=Category.HEALTH), True),
        (trouble("什么时候打疫苗", category=Category.HEALTH), False),
        (trouble("我的手机13800138000收不到补贴短信"), True),
        (trouble("路灯坏了"), False),
    ],
)
async def test_what_is_nobody_elses_business_stays_out_of_the_group(
    session: AsyncSession, village: Village, act: Grievance, private: bool
) -> None:
    matter = await raised(session, act, WANG)
    assert matter.private is private
    (reply,) = await told.notices(session, "reply.registered")
    assert (act.span in reply.text) is not private


async def test_an_emergency_is_told_to_everybody_up_to_the_secretary(
    session: AsyncSession, village: Village
) -> None:
    await raised(session, trouble("着火了", urgency=Urgency.EMERGENCY), XIAOMEI)
    told_to = {notice.person_id for notice in await told.notices(session, "matter.raised")}
    assert told_to == {village.wang, village.zhao, village.qian}


async def test_told_and_mended_by_a_member_is_closed_without_an_outcome(
    session: AsyncSession, village: Village
) -> None:
    matter = await raised(session, trouble("水管坏了，我修好了", about="李大娘", resolved=True), WANG)
    assert (matter.status, matter.outcome) == ("closed", None)
    assert await told.notices(session, "matter.raised", "matter.confirm") == []


async def test_told_and_mended_by_a_member_is_asked_of_the_resident_who_can_be_reached(
    session: AsyncSession, village: Village
) -> None:
    await told.open_private(session, XIAOMEI)
    matter = await raised(session, trouble("水管坏了，我修好了", about="李大娘", resolved=True), WANG)
    assert matter.status == "claimed_solved"
    (asked,) = await told.notices(session, "matter.confirm")
    assert asked.chat_id == XIAOMEI


async def test_told_and_mended_by_a_resident_is_satisfied(session: AsyncSession, village: Village) -> None:
    matter = await raised(session, trouble("水管坏了，已经修好了", resolved=True), XIAOMEI)
    assert (matter.status, matter.outcome) == ("closed", Outcome.SATISFIED)


async def test_clocks_start_when_it_is_handled_not_when_it_was_written(
    session: AsyncSession, village: Village
) -> None:
    speaking = await speaks(session, XIAOMEI, NOW)
    late = at("11-22 10:00")
    act = trouble("断水了", urgency=Urgency.URGENT)
    effect = await take_message(session, [act], speaking, said("断水了", XIAOMEI, NOW), now=late)
    (matter,) = effect.raised
    assert (matter.created_at, matter.acknowledge_by) == (NOW, at("11-22 12:00"))


async def test_every_move_leaves_an_event(session: AsyncSession, village: Village) -> None:
    from sqlmodel import select

    await raised(session, trouble(), QIAN)
    (event,) = await session.exec(select(MatterEvent))
    assert (event.kind, event.by_name) == ("raise", "钱守信")
