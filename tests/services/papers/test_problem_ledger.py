"""The problem ledger: which matters stand in it, and what of each."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlmodel import select

from bot.domain.errors import NotFound, NotPossible
from bot.domain.matters import MatterStatus, Move, Outcome
from bot.domain.papers import LedgerPart, PaperKind
from storage.tables import AuditEntry, Matter, MatterEvent
from tests.services.papers.conftest import Print
from tests.services.time.village import at, matter

TITLES = (
    "序号", "编号", "反映日期", "反映人", "户主、地址", "问题内容", "类别", "责任人", "办理措施和进展",
    "办结时限", "办结日期", "群众评价", "销号",
)  # fmt: skip


async def closed(session, one: Matter, when: datetime) -> None:
    one.status, one.outcome, one.closed_at = MatterStatus.CLOSED, Outcome.SATISFIED, when
    await session.flush()


async def happened(session, one: Matter, move: Move, when: str, note: str = "") -> None:
    session.add(MatterEvent(matter_id=one.id, at=at(when), kind=move, by_name="王建国", note=note))
    await session.flush()


async def test_a_row_tells_a_matter_from_its_telling_to_its_closing_out(session, village, print_paper: Print):
    one = await matter(session, village, now=at("11-02 09:00"), text="水管漏了，电话13800000009")
    one.solve_by = at("11-09 09:00")
    await happened(session, one, Move.ACKNOWLEDGE, "11-02 10:00")
    await happened(session, one, Move.NOTE, "11-03 10:00", "已买好配件，13800000009来拿")
    await happened(session, one, Move.CLAIM_SOLVED, "11-04 10:00", "satisfied")
    await closed(session, one, at("11-05 00:30"))
    table = await print_paper(PaperKind.LEDGER)
    assert tuple(column.title for column in table.columns) == TITLES
    progress = (
        "11月2日 王建国 接手\n11月3日 王建国 备注：已买好配件，138****0009来拿\n11月4日 王建国 说办好了"
    )
    assert table.rows == (
        (
            1, "#1", date(2026, 11, 2), "小李", "李桂兰\n村东3号", "水管漏了，电话138****0009", "基础设施",
            "王建国", progress, date(2026, 11, 9), date(2026, 11, 5), "满意", "已销号",
        ),
    )  # fmt: skip
    assert table.under == ("2026年11月，共 1 件", "截至2026年11月21日")
    assert table.landscape


async def test_what_was_open_when_the_time_began_is_carried_over(session, village, print_paper: Print):
    carried = await matter(session, village, now=at("10-02 09:00"), text="还没办")
    late = await matter(session, village, now=at("10-03 09:00"), text="这月才办好")
    done = await matter(session, village, now=at("10-04 09:00"), text="上月办好")
    taken_back = await matter(session, village, now=at("11-04 09:00"), text="撤回了")
    part = await matter(session, village, now=at("11-05 09:00"), text="并走了")
    await closed(session, late, at("11-01 00:00"))
    await closed(session, done, at("10-31 23:59"))
    taken_back.status, part.status = MatterStatus.WITHDRAWN, MatterStatus.MERGED
    carried.status, carried.review_at = MatterStatus.ON_LEDGER, at("12-31 08:00")
    await matter(session, village, now=at("11-20 09:00"), text="刚说的")
    await session.flush()

    async def told(**asked: object) -> list[str]:
        return [row[5] for row in (await print_paper(PaperKind.LEDGER, **asked)).rows]

    assert await told() == ["还没办", "这月才办好", "刚说的"]
    assert await told(period="2026-10") == ["还没办", "这月才办好", "上月办好"]
    assert await told(period="2026-Q4") == ["还没办", "这月才办好", "上月办好", "刚说的"]
    assert await told(part=LedgerPart.UNFINISHED) == ["还没办", "刚说的"]
    assert await told(part=LedgerPart.ON_LEDGER) == ["还没办"]
    assert await told(part=LedgerPart.CLOSED) == ["这月才办好"]
    [waiting] = (await print_paper(PaperKind.LEDGER, part=LedgerPart.ON_LEDGER)).rows
    assert (waiting[9], waiting[12]) == (date(2026, 12, 31), "挂账")


async def test_a_private_matter_keeps_its_number_and_its_words_are_noted_when_printed(
    session, village, print_paper: Print
):
    one = await matter(session, village, now=at("11-02 09:00"), text="家里有人生病")
    one.private = True
    await happened(session, one, Move.NOTE, "11-03 10:00", "已联系医院")
    [row] = (await print_paper(PaperKind.LEDGER)).rows
    assert row[:6] == (1, "#1", date(2026, 11, 2), "（不公开）", "", "（不公开）")
    assert row[6:9] == ("", "", "")  # the kind of trouble and who sees to it would tell as much
    views = select(AuditEntry).where(AuditEntry.action == "matter.view")
    assert (await session.exec(views)).all() == []
    [row] = (await print_paper(PaperKind.LEDGER, with_private=True)).rows
    assert row[5] == "家里有人生病"
    [seen] = await session.exec(views)
    assert (seen.by_name, seen.subject, seen.detail) == ("钱守信", "#1", "paper")


async def test_nobody_is_named_where_conduct_is_told_and_the_accused_get_none_of_it(
    session, village, print_paper: Print
):
    one = await matter(session, village, now=at("11-02 09:00"), text="书记优亲厚友")
    one.category, one.accused_ids = "discipline", [village.qian.id]
    await happened(session, one, Move.ACKNOWLEDGE, "11-02 10:00")
    [row] = (await print_paper(PaperKind.LEDGER)).rows
    assert (row[7], row[8]) == ("联户党员", "")
    assert (await print_paper(PaperKind.LEDGER, reader=village.qian.id)).rows == ()


async def test_many_voices_and_those_spoken_for_are_told(session, village, print_paper: Print):
    one = await matter(session, village, now=at("11-02 09:00"))
    one.voices, one.on_behalf_of = 3, "李大娘"
    one.explanation = "要等开春才能挖路"
    await session.flush()
    [row] = (await print_paper(PaperKind.LEDGER)).rows
    assert row[3] == "李大娘（小李代）等 3 户"
    assert row[8] == "办不了，说明：要等开春才能挖路"


async def test_what_is_very_long_is_cut(session, village, print_paper: Print):
    await matter(session, village, now=at("11-02 09:00"), text="水" * 4096)
    [row] = (await print_paper(PaperKind.LEDGER)).rows
    assert row[5] == "水" * 240 + "…"


@pytest.mark.parametrize(
    ("period", "error", "key"),
    [
        ("2026-13", NotFound, "figures.period_wrong"),
        ("去年", NotFound, "figures.period_wrong"),
        ("2026-12", NotPossible, "papers.period_ahead"),
        ("2027", NotPossible, "papers.period_ahead"),
    ],
)
async def test_a_time_that_is_not_understood_or_not_come_is_refused(
    village, print_paper: Print, period, error, key
):
    with pytest.raises(error) as refused:
        await print_paper(PaperKind.LEDGER, period=period)
    assert refused.value.key == key


async def test_who_has_printed_what_is_in_the_audit(session, village, print_paper: Print):
    await print_paper(PaperKind.LEDGER, group="第一党小组", period="2026-11")
    [entry] = await session.exec(select(AuditEntry).where(AuditEntry.action == "paper.ledger"))
    assert (entry.by_name, entry.by_person_id) == ("钱守信", village.qian.id)
    assert (entry.subject, entry.detail) == ("柳树村党支部", "第一党小组 2026-11")
