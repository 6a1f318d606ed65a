"""For whom a session is: by what members, the secretary or the roster have said of their time."""

from __future__ import annotations

from bot import presets
from bot.domain.meetings import StudyKind
from bot.services.chat.speaker import who_is
from bot.services.meetings.audience import audience, kinds_from_notes, set_kind
from storage.queries import member_records
from tests.services.time.village import at

NOW = at("11-01 10:00")


async def test_each_studies_with_their_kind_and_the_unsaid_with_those_who_farm(session, village) -> None:
    zhao = await who_is(session, village.zhao.telegram_id, "赵六", chat=None, at=NOW)
    qian = await who_is(session, village.qian.telegram_id, "钱守信", chat=None, at=NOW)
    await set_kind(session, "migrant", None, zhao, now=NOW)
    await set_kind(session, "retired", "钱守信", qian, now=NOW)
    preset = presets.load("xuanbao")
    found = {
        rule.audience: [one.name for one in await audience(session, village.branch, rule, preset)]
        for rule in preset.meetings.planned
    }
    assert found == {
        StudyKind.FARMING: ["王建国"],
        StudyKind.MIGRANT: ["赵六"],
        StudyKind.RETIRED: ["钱守信"],
        None: ["王建国", "赵六", "钱守信"],
    }


async def test_what_was_said_stays_when_the_roster_says_otherwise(session, village) -> None:
    zhao = await who_is(session, village.zhao.telegram_id, "赵六", chat=None, at=NOW)
    await set_kind(session, "migrant", None, zhao, now=NOW)
    notes = {"王建国": "退休教师", "赵六": "务农", "钱守信": "耳背", "孙八": "退休"}
    await kinds_from_notes(session, village.branch, notes, now=NOW)
    everybody = [village.wang.id, village.zhao.id, village.qian.id, village.sun.id]
    assert await member_records.kinds_of(session, everybody) == {
        village.wang.id: "retired",
        village.zhao.id: "migrant",
    }


async def test_of_somebody_who_is_no_member_it_is_talk_like_any_other(session, village) -> None:
    qian = await who_is(session, village.qian.telegram_id, "钱守信", chat=None, at=NOW)
    assert await set_kind(session, "retired", "李桂兰", qian, now=NOW) is None
