"""Taken on, solved, settled or not: by whom, and what a stale or stranger's press does."""

from __future__ import annotations

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Resolution, Urgency
from bot.domain.buttons import Press, Verb
from bot.domain.errors import NotEntitled, NotPossible, Stale
from bot.domain.matters import Outcome
from bot.services.chat.take_message import take_message
from bot.services.matters.own_words import claim_impossible
from bot.services.matters.press_matter import press_matter
from bot.services.matters.press_order import PressedOn
from storage.tables import Matter
from tests.services.acts import village as told
from tests.services.acts.village import (
    GROUP_CHAT,
    QIAN,
    STRANGER,
    WANG,
    XIAOMEI,
    ZHAO,
    Village,
    at,
    said,
    speaks,
)

NOW = at("11-21 10:00")


async def raise_one(
    session: AsyncSession,
    text: str = "路灯坏了",
    by: int | None = XIAOMEI,
    *,
    about: str | None = None,
    urgency: Urgency = Urgency.NORMAL,
    category: Category = Category.INFRASTRUCTURE,
) -> Matter:
    act = Grievance(category, urgency, about, False, text)
    effect = await take_message(session, [act], await speaks(session, by, NOW), said(text, by, NOW), now=NOW)
    await told.deliver(session, NOW)
    return effect.raised[0]


async def press(
    session: AsyncSession, by: int, verb: Verb, matter: Matter, version: int | None = None, choice: str = ""
) -> str:
    shown = matter.version if version is None else version
    pressed = Press(verb, matter.id or 0, shown, choice)
    speaking = await speaks(session, by, NOW, private=True)
    on = PressedOn(by, 0, f"{verb}:{matter.id}:{shown}")
    return await press_matter(session, pressed, speaking, on, now=NOW)


async def test_a_stale_press_changes_nothing_and_says_so(session: AsyncSession, village: Village) -> None:
    matter = await raise_one(session)
    shown = matter.version
    await press(session, WANG, Verb.ACKNOWLEDGE, matter)
    await press(session, WANG, Verb.SOLVED, matter)
    with pytest.raises(Stale):
        await press(session, WANG, Verb.SOLVED, matter, version=shown)
    assert matter.status == "claimed_solved"


async def test_who_comes_second_hears_who_has_it(session: AsyncSession, village: Village) -> None:
    matter = await raise_one(session)
    await press(session, WANG, Verb.ACKNOWLEDGE, matter)
    with pytest.raises(NotPossible) as refused:
        await press(session, ZHAO, Verb.ACKNOWLEDGE, matter)
    assert refused.value.values["name"] == "王建国"


async def test_a_resident_or_stranger_takes_nothing_on(session: AsyncSession, village: Village) -> None:
    matter = await raise_one(session)
    for stranger in (XIAOMEI, STRANGER):
        with pytest.raises(NotEntitled):
            await press(session, stranger, Verb.ACKNOWLEDGE, matter)
    assert matter.status == "open"


async def test_a_private_matter_is_taken_on_by_those_alone_who_were_told(
    session: AsyncSession, village: Village
) -> None:
    matter = await raise_one(session, "低保名单没公开", category=Category.DISCIPLINE)
    with pytest.raises(NotEntitled):
        await press(session, WANG, Verb.ACKNOWLEDGE, matter)
    await press(session, QIAN, Verb.ACKNOWLEDGE, matter)
    assert matter.assignee_id == village.qian


@pytest.mark.parametrize("outcome", [Outcome.SATISFIED, Outcome.PARTLY, Outcome.CANNOT_EXPLAINED])
async def test_an_outcome_closes_it(session: AsyncSession, village: Village, outcome: Outcome) -> None:
    matter = await raise_one(session)
    if outcome is Outcome.CANNOT_EXPLAINED:
        who = await speaks(session, WANG, NOW)
        await claim_impossible(session, matter, who, words="修不了，要等镇里拨款", now=NOW)
    else:
        await press(session, WANG, Verb.SOLVED, matter)
    (asked,) = await told.notices(session, "matter.confirm")
    offered = {button["data"].split(":")[-1] for row in asked.buttons for button in row}
    assert outcome in offered
    await press(session, XIAOMEI, Verb.OUTCOME, matter, choice=outcome)
    assert (matter.status, matter.outcome, matter.closed_at) == ("closed", outcome, NOW)


async def test_not_solved_opens_it_again_one_step_higher(session: AsyncSession, village: Village) -> None:
    matter = await raise_one(session)
    await press(session, WANG, Verb.SOLVED, matter)
    await press(session, XIAOMEI, Verb.OUTCOME, matter, choice=Outcome.NOT_SOLVED)
    assert (matter.status, matter.step, matter.assignee_id) == ("open", "group", village.zhao)
    assert (matter.solved_at, matter.outcome, matter.acknowledged_at) == (None, None, None)
    (told_again,) = await told.notices(session, "matter.reopened")
    assert told_again.person_id == village.zhao
    assert {button["data"].split(":")[2] for button in told_again.buttons[0]} == {str(matter.version)}
    assert "等人接手" not in told_again.text


async def test_a_member_confirms_for_a_household_that_cannot_be_reached(
    session: AsyncSession, village: Village
) -> None:
    matter = await raise_one(session, "张三家断水了", WANG, about="张三")
    await press(session, ZHAO, Verb.SOLVED, matter)
    (asked,) = await told.notices(session, "matter.confirm")
    assert (asked.chat_id, asked.reply_to) == (GROUP_CHAT, matter.message_id)
    assert "张三那边水来了吗？" in asked.text
    await press(session, WANG, Verb.OUTCOME, matter, choice=Outcome.SATISFIED)
    assert matter.outcome == Outcome.SATISFIED


async def test_of_an_anonymous_post_the_secretary_says_how_it_ended(
    session: AsyncSession, village: Village
) -> None:
    await told.open_private(session, QIAN)
    matter = await raise_one(session, by=None)
    await press(session, ZHAO, Verb.SOLVED, matter)
    (asked,) = await told.notices(session, "matter.confirm")
    assert asked.chat_id == QIAN
    with pytest.raises(NotEntitled):
        await press(session, WANG, Verb.OUTCOME, matter, choice=Outcome.SATISFIED)
    await press(session, QIAN, Verb.OUTCOME, matter, choice=Outcome.SATISFIED)
    assert matter.status == "closed"


async def test_the_line_in_the_group_follows_the_matter(session: AsyncSession, village: Village) -> None:
    matter = await raise_one(session)
    await press(session, WANG, Verb.ACKNOWLEDGE, matter)
    (edit,) = await told.notices(session, "reply.registered.edit")
    assert edit.text == "#1 路灯坏了：王建国 已接手。"


async def solve_in_words(
    session: AsyncSession, text: str, by: int, *, refers: tuple[int, ...] = (), about: str | None = None
) -> None:
    act = Resolution(refers, about)
    await take_message(session, [act], await speaks(session, by, NOW), said(text, by, NOW), now=NOW)


async def test_words_with_a_number_solve_that_matter(session: AsyncSession, village: Village) -> None:
    matter = await raise_one(session)
    await solve_in_words(session, "#1修好了", WANG, refers=(1,))
    assert matter.status == "claimed_solved"


async def test_an_unknown_number_is_said_to_be_unknown(session: AsyncSession, village: Village) -> None:
    await solve_in_words(session, "#9修好了", WANG, refers=(9,))
    (said_back,) = await told.notices(session, "reply.refused.0")
    assert said_back.text == "没有找到 #9。"


async def test_of_several_numbers_one_that_is_unknown_leaves_all_as_they_were(
    session: AsyncSession, village: Village
) -> None:
    matter = await raise_one(session)
    await solve_in_words(session, "#1、#9已处理", WANG, refers=(1, 9))
    (said_back,) = await told.notices(session, "reply.refused.0")
    assert said_back.text == "没有找到 #9。一起说的别的编号也没有动，请核对以后再说一遍。"
    await session.refresh(matter)
    assert matter.status == "open"


@pytest.mark.parametrize(
    ("text", "about", "solved"),
    [
        ("路灯修好了", None, [1]),  # words in common
        ("李大娘家的弄好了", "李大娘", [2]),  # the household named
        ("院墙修好了", None, []),  # nothing like it
    ],
)
async def test_words_without_a_number_mean_what_they_fit(
    session: AsyncSession, village: Village, text: str, about: str | None, solved: list[int]
) -> None:
    await raise_one(session, "村口路灯坏了")
    await raise_one(session, "李大娘家水管漏了", WANG, about="李大娘")
    await solve_in_words(session, text, WANG, about=about)
    done = [matter.number for matter in await told.matters(session) if matter.status == "claimed_solved"]
    assert done == solved


async def test_words_that_fit_several_are_asked_about(session: AsyncSession, village: Village) -> None:
    await raise_one(session, "村口路灯坏了")
    await raise_one(session, "水渠堵了")
    await solve_in_words(session, "修好了", WANG)
    (asked,) = await told.notices(session, "reply.which_matter.100000")
    assert [row[0]["text"] for row in asked.buttons] == ["#1 村口路灯坏了", "#2 水渠堵了", "都不是"]
    assert {matter.status for matter in await told.matters(session)} == {"open"}


async def test_the_one_who_raised_it_settles_it_by_saying_so(session: AsyncSession, village: Village) -> None:
    matter = await raise_one(session)
    await solve_in_words(session, "路灯修好了", XIAOMEI)
    assert (matter.status, matter.outcome) == ("closed", Outcome.SATISFIED)
