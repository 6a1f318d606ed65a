"""Whatever is pressed, said, edited and repeated in a roll-call, and whenever the program dies: what holds
for a household is what its answers come to, and the board shows what the rows say.

Each example is a village of its own on a SQLite file, driven by raw updates as Telegram sends them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.domain.roll_call import EventKind, HouseholdState, Source
from bot.services.rollcalls.answers import known_of
from bot.services.rollcalls.boards import board
from bot.services.rollcalls.run_calls import run_roll_calls
from bot.services.rollcalls.show_calls import BOARD
from bot.services.rollcalls.standing import load
from handlers.aftermath import Aftermath
from storage.queries import roll_calls
from storage.tables import Notice, RollCall, RollCallEvent, RollCallHousehold
from tests.handlers.any_order import PEOPLE, Life, live
from tests.services.acts.village import (
    GROUP_CHAT,
    QIAN,
    STRANGER,
    SUN,
    deliver,
)

LINES = ("应急点名 全村 暴雨转移", "应急点名 一组 山洪", "点名演练 全村 防汛")
WORDS = (
    "我包的都安全",
    "王福家已转移，其余都安全",
    "李大娘家联系不上",
    "李大娘家3口人都转移了",
    "张三家不肯走",
    "张三家已转移",
    "王福家刚才说错了，没转移",
    "我们2口人都安全",
    "1、2户已转移",
    "安置点接到李大娘家3人",
    "安置点：王建国",
    "结束点名",
    "撤销点名",
)
STEP = st.one_of(
    st.tuples(st.just("say"), st.sampled_from((*PEOPLE, STRANGER)), st.sampled_from(WORDS), st.booleans()),
    st.tuples(st.just("say"), st.sampled_from(PEOPLE), st.sampled_from(WORDS[:-2]), st.booleans()),
    st.tuples(st.just("press"), st.integers(0, 10_000), st.booleans()),
    st.tuples(st.just("press"), st.integers(0, 10_000), st.booleans()),
    st.tuples(st.just("press_of_another"), st.integers(0, 10_000), st.sampled_from(PEOPLE)),
    st.tuples(st.just("edit"), st.integers(0, 10_000), st.sampled_from(WORDS[:10])),
    st.tuples(st.just("open"), st.sampled_from((QIAN, SUN)), st.sampled_from(LINES)),
    st.tuples(st.just("later"), st.sampled_from((1, 11, 25, 70))),
)


class _Killed(Exception):
    """The program dies before anything is committed."""


class RollCallLife(Life):
    """A village in which a roll-call goes on."""

    async def _open(self, who: int, line: str) -> None:
        await self.talk.feed("message", self.talk.message(who, line, who))

    async def _say(self, who: int, words: str, dies: bool) -> None:
        raw = self.talk.message(who, words, GROUP_CHAT if who == STRANGER else who)
        self.told.append(raw)
        await self._feed("message", raw, dies)

    async def _edit(self, pick: int, words: str) -> None:
        if self.told:
            raw = {**self.told[pick % len(self.told)], "text": words, "edit_date": 1}
            await self.talk.feed("edited_message", raw)

    async def _press(self, pick: int, dies: bool) -> None:
        if shown := self.button(pick):
            notice, data = shown
            await self._feed("callback_query", self.pressed(notice, data, notice.chat_id or 0), dies)

    async def _press_of_another(self, pick: int, who: int) -> None:
        if shown := self.button(pick):
            await self._feed("callback_query", self.pressed(*shown, who), False)

    async def _later(self, minutes: int) -> None:
        self.talk.later(minutes=minutes)
        for _ in range(20):
            async with self.talk.database.transaction() as session:
                if not await run_roll_calls(session, now=self.talk.now):
                    break
        async with self.talk.database.transaction() as session:
            self.talk.sent += await deliver(session, self.talk.now)

    async def _feed(self, kind: str, event: dict[str, Any], dies: bool) -> None:
        """An update; when the program dies over it, it comes again."""
        if dies:
            with pytest.raises(_Killed):
                async with self.talk.database.transaction() as session:
                    await self.talk.dispatcher.feed_raw_update(
                        self.talk.bot,
                        {"update_id": 1, kind: event},
                        session=session,
                        now=self.talk.now,
                        aftermath=Aftermath(),
                        bot_profile=self.talk.profile,
                    )
                    raise _Killed
        await self.talk.feed(kind, event)

    async def is_in_order(self) -> None:
        events: list[RollCallEvent] = await self.talk.rows(RollCallEvent)
        for row in await self.talk.rows(RollCallHousehold):
            answers = [
                one
                for one in events
                if (one.roll_call_id, one.household_id) == (row.roll_call_id, row.household_id)
                and one.kind in (EventKind.ANSWER, EventKind.LATE)
            ]
            known = known_of(answers)
            assert (row.state, row.people) == (known.state, known.people)
            assert (row.confirmed, row.disputed) == (known.confirmed, known.doubted_by is not None)
            assert (row.state_at is None) == (not answers)
            assert known.source is None or Source(known.source) in Source
        calls: list[RollCall] = await self.talk.rows(RollCall)
        async with self.talk.database.reading() as session:
            for call in calls:
                standing = await load(session, call, now=self.talk.now)
                missing = await roll_calls.count_missing(session, standing.id)
                assert missing == len(standing.missing)
                assert call.show_at is None, "everything has been shown"
                boards = [one for one in await self.talk.rows(Notice) if one.kind == BOARD]
                for notice in (one for one in boards if one.subject_id == call.id):
                    group = None if notice.chat_id != GROUP_CHAT else frozenset({self.talk.village.group})
                    assert await roll_calls.latest_shown(session, notice) == board(standing, group)
                if call.status == "open":
                    assert (call.completed_at is not None) == (missing == 0)
                    assert all(HouseholdState(row.state) for row in standing.rows.values())
        keys = [one.key for one in await self.talk.rows(Notice)]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("part", range(2))
def test_rows_are_what_was_said_and_the_board_is_what_the_rows_say(migrated_file: Path, part: int) -> None:
    steps = st.lists(STEP, min_size=6 + 6 * part, max_size=12 + 10 * part)
    first, last = [("open", QIAN, LINES[0])], [("later", 1)]
    live(RollCallLife, migrated_file, steps, first=first, last=last, examples=6)
