"""124 members get 1,038 people out by the list of households, whatever fails meanwhile."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from sqlmodel import col, func, select

from bot.demo.village import DATABASE, ZONE, Village
from bot.playground import people
from bot.services.figures.audit_sums import find_faults
from bot.services.figures.check_health import check_ledger
from bot.services.figures.export_rows import ExportKind, Wanted, export_rows
from bot.services.roster.find_branch import all_branches
from storage import outbox
from storage.tables import InboxUpdate, Notice, RollCallEvent, RollCallHousehold
from tests.stories.dying import live_until_killed
from tests.stories.evacuation import (
    HOUSEHOLDS,
    MEMBERS,
    PEOPLE_EACH,
    SECRETARY,
    answers_for,
    evacuation,
    head,
    member,
)
from tests.stories.telling import Tale

_AGAIN = "（补发，如已收到请忽略）\n"


async def test_every_member_is_called_and_every_person_accounted_for_once(
    migrated_file: Path, tmp_path: Path
) -> None:
    shutil.copyfile(migrated_file, tmp_path / DATABASE)
    async with evacuation(tmp_path) as here:
        tale = Tale(here)
        people.say(here.world, here.group.id, here.people[SECRETARY].id, "应急点名 全村 防汛撤离")
        await live_until_killed(here, "marked", times=3)  # killed while the cards go out
        await here.start_bot()
        await here.settle()
        await tale.fast_forward(minutes=1)  # what the platform had put off

        for number in range(MEMBERS):
            told = tale.said_to(member(number))
            [card] = {text.removeprefix(_AGAIN) for text in told}
            assert card.startswith("【应急点名】防汛撤离（全村）\n请报一下这")
            assert told.count(card) <= 1 and told.count(_AGAIN + card) <= 1

        here.world.faults.merge({"too_many_requests": {"times": 10, "retry_after": 3}})
        for number in range(MEMBERS // 2):
            _answer(here, tale, number)
        await here.settle()
        for number in range(MEMBERS // 2, MEMBERS):
            _answer(here, tale, number)
        await here.stop_bot()
        await live_until_killed(here, "decided", times=20)  # killed while answers come in
        here.world.faults.merge({"lost_answer": {"method": "editMessageText", "times": 5}})
        await here.start_bot()
        await here.settle()
        await tale.fast_forward(minutes=2)

        await _everybody_is_there_once(tale)
        board = tale.said_in_group()[-1]
        everybody = HOUSEHOLDS * PEOPLE_EACH
        assert f"已有着落 {HOUSEHOLDS}/{HOUSEHOLDS} 户、{everybody}/{everybody} 人：" in board
        assert "都有着落了。" in board
        await _nothing_is_wrong(tale)


def _answer(here: Village, tale: Tale, number: int) -> None:
    """A member reports: most by one press, some in words, alone or in the group."""
    user = here.people[member(number)]
    own = [one for one in range(HOUSEHOLDS) if answers_for(one) == number]
    if number % 12 == 1:
        people.say(here.world, "private", user.id, f"{head(own[0])}家3口都转移了，其余都安全")
    elif number % 12 == 2:
        people.say(here.world, here.group.id, user.id, "我包的都转移了")
    else:
        card = tale.from_bot(user.id)[0]
        button = people.find_button(card, f"没报的 {len(own)} 户都转移了")
        assert button is not None
        people.press(here.world, user.id, card.id, user.id, data=button["callback_data"])


async def _everybody_is_there_once(tale: Tale) -> None:
    async with tale.village.app.database.reading() as session:
        wanted = Wanted(ExportKind.ROLLCALLS, await all_branches(session), True, None, None, now=tale.now)
        [call] = await export_rows(session, wanted)
        answers = await session.exec(
            select(RollCallEvent.household_id, func.count())
            .where(RollCallEvent.kind == "answer")
            .group_by(col(RollCallEvent.household_id))
        )
        assert set(Counter(dict(answers.all())).values()) == {1}, "no answer was taken twice"
        rows = list(await session.exec(select(RollCallHousehold)))
    assert [one["head"] for one in call["households"]] == [head(number) for number in range(HOUSEHOLDS)]
    assert {one["state"] for one in call["households"]} == {"safe", "moved"}
    assert sum(row.residents or 0 for row in rows) == 1038
    assert call["completed_at"] is not None


async def _nothing_is_wrong(tale: Tale) -> None:
    async with tale.village.app.database.reading() as session:
        assert set(await session.exec(select(InboxUpdate.state))) == {"done"}
        assert await find_faults(session, now=tale.now) == []
        assert [one for one in await check_ledger(session, zone=ZONE, secrets=None, now=tale.now)] == []
        ended = dict(
            (await session.exec(select(Notice.state, func.count()).group_by(col(Notice.state)))).all()
        )
        lost = list(await session.exec(select(Notice).where(Notice.state == outbox.UNKNOWN)))
    assert ended.keys() <= {"sent", "cancelled", "unknown"}, ended
    # What was on its way when the program died is sent once more, and says so.
    texts = [text for name in tale.village.people for text in tale.said_to(name)] + tale.said_in_group()
    assert len([text for text in texts if text.startswith(_AGAIN)]) <= len(lost)
