"""Signing in where the easy case ends: many members, no group, two branches, busy days, who joins whom."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.domain.errors import NotEntitled, NotPossible
from bot.domain.inbound import Inbound
from bot.domain.meetings import PARTY_DAY, Presence
from bot.services.chat.speaker import Speaking, who_is
from bot.services.meetings.announce_sessions import announce
from bot.services.meetings.ask_absent import ask_absent
from bot.services.meetings.run_sessions import next_sign_in, run_sessions
from bot.services.meetings.sign_in import enter_present, press_sign_in, sign_in_by_word
from bot.services.meetings.take_minutes import take_minutes
from storage.queries import meetings
from storage.queries import sessions as session_rows
from storage.queries.promises import promises_of
from storage.tables import ActivitySession, AgendaItem, Attendance, Chat, Notice, Person, Unit
from tests.services.time.village import at, matter, notices, person, unit

GROUP = -1001


async def _speaking(session, one: Person, now) -> Speaking:
    return await who_is(session, one.telegram_id, one.name, chat=None, at=now)


async def _planned(session) -> ActivitySession:
    return (await session.exec(select(ActivitySession))).one()


async def _with_group(session, village) -> None:
    session.add(
        Chat(
            telegram_id=GROUP,
            kind="supergroup",
            title="柳树村联户群",
            unit_id=village.branch,
            seen_at=at("10-01 09:00"),
        )
    )
    await session.flush()


async def _opened(session, village) -> ActivitySession:
    """5 November 2026, a Thursday: the branch's Party day, 9:30."""
    await announce(session, now=at("11-05 09:00"))
    assert await run_sessions(session, now=at("11-05 09:00"))
    return await session_rows.planned_as(session, f"{PARTY_DAY}:{village.branch}:2026-11")


async def test_sixty_members_stand_on_one_board(session, village) -> None:
    await _with_group(session, village)
    people = [
        await person(session, f"党员{number:02}号", village.branch, ("member", village.group))
        for number in range(60)
    ]
    held = await _opened(session, village)
    for one in people:
        now = at("11-05 09:20")
        answer = await press_sign_in(session, held.id, await _speaking(session, one, now), now=now)
        assert answer == "好，签到了。"
    board = await session.get_one(Notice, held.board_notice_id)
    assert "已签到 60 人，应到 63 人" in board.text
    assert all(one.name in board.text for one in people)
    assert len(board.text) < 4096
    assert [len(row) for row in board.buttons] == [1]


async def test_a_branch_without_a_group_signs_in_privately(session, village) -> None:
    held = await _opened(session, village)
    assert held.board_notice_id is None
    invited = await notices(session, "meeting.sign_in")
    assert [one.recipient for one in invited] == ["王建国", "赵六", "钱守信"]
    assert invited[0].text == "主题党日9:30开始，到了请点“签到”，或者写“签到”。"
    now = at("11-05 09:20")
    speaking = await _speaking(session, village.wang, now)
    assert await sign_in_by_word(session, speaking, now=now) == "好，签到了。"


async def test_somebody_of_another_branch_is_told_so(session, village) -> None:
    other = await unit(session, "branch", "槐树村党支部", village.town, "huozhou")
    stranger = await person(session, "周正", other, ("member", other))
    held = await _opened(session, village)
    now = at("11-05 09:20")
    with pytest.raises(NotEntitled) as refused:
        await press_sign_in(session, held.id, await _speaking(session, stranger, now), now=now)
    assert (refused.value.key, refused.value.values) == (
        "meetings.other_branch",
        {"branch": "柳树村党支部"},
    )
    assert len(await meetings.attendance_of(session, held.id)) == 3


async def test_who_has_not_claimed_their_name_learns_what_to_do(session, village) -> None:
    held = await _opened(session, village)
    now = at("11-05 09:20")
    stranger = await who_is(session, 77, "建国", chat=None, at=now)
    with pytest.raises(NotEntitled) as refused:
        await press_sign_in(session, held.id, stranger, now=now)
    assert refused.value.key == "meetings.not_known"


async def test_two_branches_have_a_day_each(session, village) -> None:
    other = await unit(session, "branch", "槐树村党支部", village.town, "huozhou")
    await person(session, "周正", other, ("member", other), ("secretary", other))
    await announce(session, now=at("11-02 09:00"))
    planned = list(await session.exec(select(ActivitySession)))
    assert {one.planned_as for one in planned} == {
        f"{PARTY_DAY}:{village.branch}:2026-11",
        f"{PARTY_DAY}:{other}:2026-11",
    }
    assert await announce(session, now=at("11-02 10:00")) == 0


async def test_sign_in_opens_and_closes_once_and_says_when_next(session, village) -> None:
    await announce(session, now=at("11-04 09:00"))
    assert await next_sign_in(session, now=at("11-04 10:00")) == at("11-05 09:00")
    assert await run_sessions(session, now=at("11-05 08:59")) == 0
    assert await run_sessions(session, now=at("11-05 09:00")) == 1
    assert await run_sessions(session, now=at("11-05 09:00")) == 0
    assert await next_sign_in(session, now=at("11-05 10:00")) == at("11-05 12:30")
    assert await run_sessions(session, now=at("11-05 12:30")) == 1
    assert await run_sessions(session, now=at("11-05 12:31")) == 0
    assert await next_sign_in(session, now=at("11-05 13:00")) is None


async def test_a_day_on_which_nobody_signs_in_asks_nobody_why(session, village) -> None:
    held = await _opened(session, village)
    await run_sessions(session, now=at("11-05 12:30"))
    [over] = await notices(session, "meeting.over")
    assert over.text == (
        "主题党日（11月5日（周四）9:30）没有人签到。"
        "开了的话，把来了的人写给我：签到 王建国 李秀英；没开就不用管。"
    )
    assert await ask_absent(session, now=at("11-06 09:00")) == 0
    assert held.status == "planned"
    now = at("11-06 10:00")
    told = await enter_present(
        session, ["王建国", "赵六"], await _speaking(session, village.qian, now), now=now
    )
    assert told == "补签了：王建国、赵六。主题党日现在实到 2 人。"
    assert (held.status, held.expected, held.participants) == ("recorded", 3, 2)


async def test_on_paused_days_nobody_is_asked_and_it_is_made_up_for(session, village) -> None:
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"calendar.busy": ["2026-11-04..2026-11-08"]}
    assert await ask_absent(session, now=at("11-03 09:00")) == 0
    held = await _opened(session, village)
    now = at("11-05 09:20")
    await press_sign_in(session, held.id, await _speaking(session, village.qian, now), now=now)
    await run_sessions(session, now=at("11-05 12:30"))
    for day in (6, 7, 8):
        assert await ask_absent(session, now=at(f"11-0{day} 09:00")) == 0
    assert await ask_absent(session, now=at("11-09 09:00")) == 2
    asked = await notices(session, "meeting.absent")
    assert asked[0].text.startswith("王建国，11月5日（周四）的主题党日没见到您签到。")
    assert await ask_absent(session, now=at("11-10 09:00")) == 0


async def test_a_draft_on_a_paused_day_offers_the_open_ones(session, village) -> None:
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"calendar.busy": ["2026-11-04..2026-11-08"]}
    await announce(session, now=at("11-01 09:00"))
    [draft] = await notices(session, "meeting.draft")
    assert "这天在停下来的日子里（节假日或农忙）。" in draft.text


async def test_private_and_accusing_matters_never_stand_on_an_agenda(session, village) -> None:
    now = at("10-28 10:00")
    open_one = await matter(session, village, text="水渠堵了", now=now)
    hidden = await matter(session, village, text="有人病了", now=now)
    hidden.private = True
    accusing = await matter(session, village, text="书记收钱", now=now)
    accusing.accused_ids = [village.qian.id]
    conduct = await matter(session, village, text="作风问题", now=now)
    conduct.category = "discipline"
    later = await matter(session, village, text="吵架了", now=now)
    await announce(session, now=at("10-29 09:00"))
    items = list(await session.exec(select(AgendaItem)))
    assert [item.matter_id for item in items] == [open_one.id, later.id]
    later.private = True  # it has become so since
    await announce(session, now=at("11-04 09:00"))
    told = [one.text for one in await notices(session, "party.reminder") if one.recipient == "王建国"]
    assert "水渠堵了" in told[-1]
    assert not any(word in "".join(told) for word in ("病了", "收钱", "作风", "吵架"))


async def test_what_comes_to_recur_joins_the_agenda_until_it_is_fixed(session, village) -> None:
    await announce(session, now=at("10-29 09:00"))
    often = await matter(session, village, text="水渠又堵了", now=at("10-30 10:00"))
    often.recurs = [90, 91]
    ordinary = await matter(session, village, text="路灯坏了", now=at("10-30 10:00"))
    await announce(session, now=at("10-31 09:00"))
    items = list(await session.exec(select(AgendaItem)))
    assert [item.matter_id for item in items] == [often.id]
    [draft] = await notices(session, "meeting.draft")
    assert "1. #1 水渠又堵了（反复出现，第 3 次，" in draft.text
    planned = await _planned(session)
    planned.agenda_fixed_at = at("10-31 10:00")
    ordinary.recurs = [92, 93]
    await announce(session, now=at("11-01 09:00"))
    assert len(list(await session.exec(select(AgendaItem)))) == 1


async def test_a_decision_becomes_a_promise_of_the_holder_and_once_only(session, village) -> None:
    one = await matter(session, village, text="水渠堵了", now=at("10-28 10:00"))
    held = await _opened(session, village)
    now = at("11-05 10:00")
    speaking = await _speaking(session, village.qian, now)
    inbound = Inbound(
        chat_id=village.qian.telegram_id,
        message_id=7,
        sent_at=now,
        text="",
        user_id=village.qian.telegram_id,
        user_name="钱守信",
        private=True,
    )
    minutes = "1号事项决定11月20日前疏通"
    for _ in range(2):
        await take_minutes(session, minutes, speaking, inbound, now=now, held=held)
    assert held.minutes == minutes
    told = await notices(session, "meeting.decided")
    assert [(each.recipient, each.text) for each in told] == [
        ("王建国", "主题党日（11月5日（周四）9:30）对 #1 水渠堵了 的决定：11月20日前疏通")
    ]
    promised = (await promises_of(session, [one.id]))[one.id]
    assert [(each.person_id, f"{each.due:%m-%d}") for each in promised] == [(village.wang.id, "11-20")]


async def test_figures_of_attendance(session, village) -> None:
    held = await _opened(session, village)
    for one, clock in ((village.wang, "09:20"), (village.zhao, "09:50")):
        now = at(f"11-05 {clock}")
        await press_sign_in(session, held.id, await _speaking(session, one, now), now=now)
    row = await meetings.attendance_row(session, held.id, village.qian.id)
    row.state = Presence.EXCUSED
    session.add(row)
    await session.flush()
    month = {"first": at("11-01 00:00").date(), "last": at("11-30 00:00").date()}
    [figure] = await meetings.turnouts(session, [village.branch], **month)
    assert figure.turnout.expected == 3
    assert (figure.turnout.present, figure.turnout.late, figure.turnout.absent_with_reason) == (2, 1, 1)
    each = await meetings.attendance_of_members(session, [village.branch], **month)
    assert {key: (one.expected, one.present, one.late, one.excused) for key, one in each.items()} == {
        village.wang.id: (1, 1, 0, 0),
        village.zhao.id: (1, 1, 1, 0),
        village.qian.id: (1, 0, 0, 1),
    }


async def test_before_and_after_its_hours_nobody_signs_in(session, village) -> None:
    await announce(session, now=at("11-05 09:00"))
    held = await _planned(session)
    for clock, key in (("08:59", "meetings.too_early"), ("12:30", "meetings.too_late")):
        now = at(f"11-05 {clock}")
        with pytest.raises(NotPossible) as refused:
            await press_sign_in(session, held.id, await _speaking(session, village.wang, now), now=now)
        assert refused.value.key == key
    assert list(await session.exec(select(Attendance))) == []
