"""Which visits households are asked about, and what their answers come to."""

from __future__ import annotations

import pytest

from bot.domain.spot_checks import Answer, answers_of, is_drawn


@pytest.mark.parametrize(
    ("share", "least", "most"), [(0.1, 920, 1080), (0.5, 4850, 5150), (0, 0, 0), (1, 10_000, 10_000)]
)
def test_so_many_are_drawn_as_the_share_says(share: float, least: int, most: int) -> None:
    drawn = sum(is_drawn(visit, seed="柳湾村", share=share) for visit in range(10_000))
    assert least <= drawn <= most


def test_the_same_visit_is_drawn_again_and_another_seed_draws_others() -> None:
    def drawn(seed: str) -> list[int]:
        return [visit for visit in range(500) if is_drawn(visit, seed=seed, share=0.1)]

    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")


def test_the_rate_is_of_those_who_remember() -> None:
    answers = answers_of({Answer.CAME: 8, Answer.NOT: 2, Answer.UNSURE: 3, None: 7})
    assert (answers.asked, answers.unanswered, answers.unsure) == (20, 7, 3)
    assert (answers.confirmed.count, answers.confirmed.of) == (8, 10)
    assert answers.confirmed.low == pytest.approx(0.490, abs=1e-3)
    assert answers.confirmed.high == pytest.approx(0.943, abs=1e-3)


def test_without_answers_there_is_no_rate() -> None:
    assert answers_of({None: 3}).confirmed.value is None
