from __future__ import annotations

import pytest

from bot.domain.errors import NotFound
from bot.domain.papers import PaperKind
from tests.services.papers.conftest import Print


async def test_a_card_has_the_member_in_front_and_the_households_behind(village, print_paper: Print) -> None:
    paper = await print_paper(PaperKind.CARDS)
    [card] = paper.cards  # the others answer for nobody
    assert (card.name, card.group, card.phone) == ("王建国", "第一党小组", "138 0000 0001")
    assert card.households == ("李桂兰", "陈阿婆")
    assert paper.duties[0] == "宣传政策到位"


async def test_whoever_answers_for_nobody_has_no_card(village, print_paper: Print) -> None:
    with pytest.raises(NotFound, match="no_links"):
        await print_paper(PaperKind.CARDS, member="赵六")


async def test_the_notice_board_learns_names_alone(session, village, print_paper: Print) -> None:
    table = await print_paper(PaperKind.ROSTER)
    assert table.rows == ((1, "第一党小组", "王建国", 2, "李桂兰、陈阿婆"),)
    assert table.total == ("", "合计", 1, 2, "")
    shown = str(table)
    assert "138" not in shown
    assert "独居" not in shown
