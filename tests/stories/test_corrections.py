"""What was read wrongly is put right with one tap, and becomes a labelled message."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

from bot.services.figures.export_rows import ExportKind, Wanted, export_rows
from bot.services.roster.find_branch import all_branches
from bot.text.parse_stream import parse_stream
from tests.stories.telling import Tale


async def _labelled(village: Tale) -> list[dict[str, Any]]:
    async with village.village.app.database.reading() as session:
        wanted = Wanted(
            kind=ExportKind.CORRECTIONS,
            branches=await all_branches(session),
            all_branches=True,
            since=None,
            until=None,
            now=village.now,
        )
        return await export_rows(session, wanted)


async def test_what_is_no_matter_is_taken_out_by_the_one_who_said_it(village: Tale) -> None:
    text = "今天走访了老王家和李大娘家，李大娘家水管漏了，电话13812345678"
    await village.say("李建国", text)
    assert "才能改" in await village.press("何文", "不是事项")
    assert "不算事项" in await village.press("李建国", "不是事项")
    matter = await village.matter()
    assert (matter.status, matter.events[-1].kind) == ("withdrawn", "withdraw")
    [row] = await _labelled(village)
    assert list(row) == ["id", "text", "at", "speaker", "reply_to", "acts"]
    assert row["text"].endswith("138****5678")
    assert (row["speaker"], row["at"], row["reply_to"]) == ("member", "2026-11-10T17:30:00+08:00", None)
    [visit] = row["acts"]
    assert (visit["kind"], visit["count"], visit["households"]) == ("visit", 2, ["老王", "李大娘"])
    # What is exported can be read again as it is.
    output = StringIO()
    assert parse_stream(StringIO(json.dumps(row, ensure_ascii=False)), output, StringIO()) == 0
    await village.nothing_is_left_over()


async def test_category_and_urgency_are_changed_by_the_secretary(village: Tale) -> None:
    await village.say("王德福", "村口路灯坏了三天没人管")
    before = await village.matter()
    assert before.solve_by is not None
    assert "急" in await village.press("陈志强", "更急")
    urgent = await village.matter()
    assert urgent.urgency == "urgent"
    assert urgent.solve_by is not None
    assert urgent.solve_by < before.solve_by
    assert urgent.assignee == before.assignee, "it stays with whom it was, not with who puts it right"
    await village.press("陈志强", "类别不对")
    await village.press("陈志强", "安全")
    assert (await village.matter()).category == "safety"
    assert [event.by for event in (await village.matter()).events if event.kind == "amend"] == ["陈志强"] * 2
    await village.press("王德福", "没那么急")
    assert (await village.matter()).urgency == "normal"
    [row] = await _labelled(village)
    [act] = row["acts"]
    assert (act["kind"], act["category"], act["urgency"]) == ("grievance", "safety", "normal")
    await village.nothing_is_left_over()


async def test_a_report_is_put_right_from_my_list(village: Tale) -> None:
    said = await village.say("李建国", "今天走访了3户")
    await village.say("李建国", "我的", private=True)
    await village.press("李建国", "记错了（今天）：今天走访了3户")
    await village.press("李建国", "户数不对")
    await village.press("李建国", "4 户")
    await village.say("李建国", "我的", private=True)
    await village.press("李建国", "日期不对")
    assert "昨天" in await village.press("李建国", "昨天")
    [report] = (await village.ledger()).reports
    assert (report.count, report.day.isoformat(), report.status) == (4, "2026-11-09", "amended")
    [row] = await _labelled(village)
    assert [(act["count"], act["date"]) for act in row["acts"]] == [(4, "2026-11-09")]
    await village.press("李建国", "不是走访")
    assert village.reaction_to(said) is None
    assert [one.status for one in (await village.ledger()).reports] == ["withdrawn"]
    [row] = await _labelled(village)
    assert row["acts"] == []


async def test_an_answered_question_is_a_correction_too(village: Tale) -> None:
    await village.say("陈志强", "教 掉档 是 供电问题 急", private=True)
    await village.press("陈志强", "记住")
    await village.say("陈志强", "通知：明天检修，可能会掉档，请大家知悉")
    await village.press("陈志强", "不是")
    await village.say("陈志强", "通知：后天检修，可能会掉档，请大家知悉")
    await village.press("陈志强", "是，记上")
    denied, confirmed = await _labelled(village)
    assert denied["acts"] == []
    assert [act["category"] for act in confirmed["acts"]] == ["infrastructure"]


async def test_a_matter_told_privately_is_put_right_there(village: Tale) -> None:
    await village.say("王德福", "俺家断水两天了", private=True)
    await village.say("王德福", "事项 1", private=True)
    await village.press("王德福", "没那么急")
    assert (await village.matter()).urgency == "normal"
    [row] = await _labelled(village)
    assert row["speaker"] == "resident"
