"""Whatever people press, write, edit and repeat, in whatever order: no matter is lost or out of order.

Each example is a village of its own on a SQLite file, driven by raw updates as Telegram sends them. Buttons
are pressed by anybody, old ones too; updates come twice; the program is started again; time goes on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.domain.matters import UNFINISHED, MatterStatus, Move, status_told_by
from bot.steps import CYCLE
from storage.database import Database
from storage.tables import Matter, MatterEvent, MatterOffer, Notice
from tests.handlers.any_order import PEOPLE, Life, live
from tests.handlers.conversation import reply_to
from tests.services.acts.village import WANG, XIAOMEI, deliver

TROUBLES = ("村口路灯坏了三天没人管", "李大娘家水管漏了", "快来人，王福家着火了", "匿名：村口垃圾没人清")
ORDERS = (
    "转给王建国",
    "转给赵六",
    "我来办",
    "开始办了",
    "报上级，要钱",
    "挂账到12月底，等拨款",
    "恢复办理",
    "延期到12月20日，配件没到",
    "合并到#1",
    "合并到#2",
    "拆成两件：灯坏了；沟堵了",
    "改成急件",
    "改成一般",
    "办不了，没有钱",
    "修好了",
    "撤回",
    "补充：今天又去看了",
)
ANSWERS = ("我来", "已解决", "还没好", "收到", "谢谢", "下午两点再去看", "到12月底，等拨款", "算了", "撤回")
SPANS = ({"minutes": 20}, {"hours": 5}, {"days": 1}, {"days": 9}, {"days": 40})

STEP = st.one_of(
    st.tuples(st.just("tell"), st.sampled_from(PEOPLE), st.sampled_from(TROUBLES)),
    st.tuples(st.just("order"), st.sampled_from(PEOPLE), st.sampled_from(ORDERS), st.integers(1, 3)),
    st.tuples(st.just("press"), st.integers(0, 10_000)),
    st.tuples(st.just("press"), st.integers(0, 10_000)),
    st.tuples(st.just("press_of_another"), st.integers(0, 10_000), st.sampled_from(PEOPLE)),
    st.tuples(st.just("answer"), st.integers(0, 10_000), st.sampled_from(ANSWERS)),
    st.tuples(st.just("say"), st.sampled_from(PEOPLE), st.sampled_from(ANSWERS)),
    st.tuples(st.just("edit"), st.integers(0, 10_000), st.sampled_from(TROUBLES)),
    st.tuples(st.just("again")),
    st.tuples(st.just("restart")),
    st.tuples(st.just("later"), st.sampled_from(SPANS)),
)


@dataclass
class MattersLife(Life):
    """A village whose people have troubles."""

    latest: tuple[str, dict[str, Any]] | None = None

    async def _tell(self, who: int, words: str) -> None:
        raw = self.talk.message(who, words, who)
        self.told.append(raw)
        await self._feed("message", raw)

    async def _order(self, who: int, words: str, number: int) -> None:
        await self._feed("message", self.talk.message(who, f"#{number} {words}", who))

    async def _say(self, who: int, words: str) -> None:
        await self._feed("message", self.talk.message(who, words, who))

    async def _press(self, pick: int) -> None:
        if shown := self.button(pick):
            notice, data = shown
            await self._feed("callback_query", self.pressed(notice, data, notice.chat_id or 0))

    async def _press_of_another(self, pick: int, who: int) -> None:
        if shown := self.button(pick):
            await self._feed("callback_query", self.pressed(*shown, who))

    async def _answer(self, pick: int, words: str) -> None:
        said = [one for one in self.talk.sent if one.method == "send" and (one.chat_id or 0) > 0]
        if said:
            notice = said[-1 - pick % len(said)]
            who = notice.chat_id or 0
            await self._feed("message", self.talk.message(who, words, who, **reply_to(notice)))

    async def _edit(self, pick: int, words: str) -> None:
        if self.told:
            raw = self.told[pick % len(self.told)]
            changed = {**raw, "text": words, "edit_date": int(self.talk.now.timestamp())}
            await self._feed("edited_message", changed)

    async def _again(self) -> None:
        """The same update once more: it has had its effect."""
        if self.latest is None or self.latest[0] == "edited_message":
            return
        before = await self._counts()
        await self.talk.feed(*self.latest)
        assert await self._counts() == before, self.latest

    async def _restart(self) -> None:
        await self.talk.database.close()
        self.talk.database = Database(f"sqlite+aiosqlite:///{self.path}")

    async def _later(self, span: dict[str, int]) -> None:
        self.talk.later(**span)
        self.latest = None
        for step in CYCLE:
            for _ in range(20):
                async with self.talk.database.transaction() as session:
                    if not await step.work(session, now=self.talk.now):
                        break
        async with self.talk.database.transaction() as session:
            self.talk.sent += await deliver(session, self.talk.now)

    async def _feed(self, kind: str, event: dict[str, Any]) -> None:
        self.latest = (kind, event)
        await self.talk.feed(kind, event)

    async def _counts(self) -> tuple[int, ...]:
        tables = (Matter, MatterEvent, MatterOffer, Notice)
        return tuple([len(await self.talk.rows(table)) for table in tables])

    async def is_in_order(self) -> None:
        """Each matter's events lead to its state, it can't be forgotten, and nothing is told twice."""
        events: dict[int, list[Move]] = {}
        for event in await self.talk.rows(MatterEvent):
            events.setdefault(event.matter_id, []).append(Move(event.kind))
        matters = {matter.id: matter for matter in await self.talk.rows(Matter)}
        for matter in matters.values():
            assert status_told_by(events[matter.id]) == matter.status, (matter.number, events[matter.id])
            if matter.status == MatterStatus.OPEN:
                assert matter.acknowledge_by is not None, matter.number
            if matter.status in (MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND):
                assert matter.assignee_id is not None
            if matter.status in UNFINISHED - {MatterStatus.CLAIMED_SOLVED, MatterStatus.ON_LEDGER}:
                assert matter.solve_by is not None, matter.number
            assert (matter.status == MatterStatus.ON_LEDGER) == (matter.review_at is not None), matter.number
            assert (matter.status == MatterStatus.MERGED) == (matter.merged_into_id is not None)
        open_offers = [one for one in await self.talk.rows(MatterOffer) if one.answer is None]
        assert len({one.matter_id for one in open_offers}) == len(open_offers)
        running = (MatterStatus.OPEN, MatterStatus.ACKNOWLEDGED, MatterStatus.IN_HAND)
        assert all(matters[one.matter_id].status in running for one in open_offers)
        sent = [one for one in await self.talk.rows(Notice) if one.state == "sent" and one.method == "send"]
        told = Counter((one.kind, one.key, one.recipient) for one in sent)
        assert [each for each, times in told.items() if times > 1] == []


@pytest.mark.parametrize("part", range(2))
def test_any_order_leaves_everything_in_order(migrated_file: Path, part: int) -> None:
    steps = st.lists(STEP, min_size=8 + 4 * part, max_size=14 + 10 * part)
    first = [("tell", XIAOMEI, TROUBLES[0]), ("tell", WANG, TROUBLES[1])]
    live(MattersLife, migrated_file, steps, first=first, examples=5)
