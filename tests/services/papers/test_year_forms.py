"""The year-end form: what the year sheet says, worded, with points only where they are kept."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import NotFound, NotPossible
from bot.domain.papers import PaperKind
from storage.tables import Unit, Verdict
from tests.services.papers.conftest import NOW, Print
from tests.services.time.village import report

YEAR = PaperKind.YEAR


async def test_a_form_has_what_was_done_of_what_fell_to_the_member(session, village, print_paper: Print):
    await report(session, village, village.li, day=date(2026, 11, 3), now=NOW)
    session.add(
        Verdict(
            branch_id=village.branch, person_id=village.wang.id, year=2026, grade="basic", reasons="走访少",
            next_step="和组长结对", entered_at=NOW,
        )
    )  # fmt: skip
    await session.flush()
    paper = await print_paper(YEAR)
    assert paper.title == "柳树村党支部2026年党员联户情况表"
    [form] = paper.forms  # the others answer for nobody
    lines = dict(form.lines)
    assert (form.name, form.reasons, form.next_step) == ("王建国", "走访少", "和组长结对")
    assert (lines["联系过的户"], lines["走访到的"], lines["等次"]) == ("2", "1 / 2（50%）", "基本合格")
    assert lines["走访次数"].startswith("1 / ")
    assert (lines["群众评议"], lines["党员互评"]) == ("", "")
    assert "积分" not in lines
    assert [column.title for column in paper.table.columns][-1] == "等次"
    assert paper.table.rows[0][:5] == (1, "第一党小组", "王建国", "2", "1 / 2（50%）")


async def test_points_stand_in_it_where_they_are_kept(session, village, print_paper: Print):
    branch = await session.get_one(Unit, village.branch)
    branch.overrides = {"points.on": True}
    await session.flush()
    paper = await print_paper(YEAR, member="王建国")
    assert dict(paper.forms[0].lines)["积分"] == "0"
    assert paper.table.columns[-1].title == "积分"
    assert len(paper.table.columns) == len(paper.table.rows[0])


async def test_whoever_is_named_has_a_form_even_with_nobody_to_answer_for(village, print_paper: Print):
    paper = await print_paper(YEAR, member="钱守信")
    assert [form.name for form in paper.forms] == ["钱守信"]


@pytest.mark.parametrize(
    ("period", "error"), [("2026-11", NotFound), ("今年", NotFound), ("2027", NotPossible)]
)
async def test_it_is_of_a_year_that_has_begun(village, print_paper: Print, period, error):
    with pytest.raises(error):
        await print_paper(YEAR, period=period)
