"""Ballots are secret: what is stored, exported and told is the same whoever has cast which vote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.appraisal import Opinion
from bot.domain.errors import NotPossible
from bot.domain.inbound import Inbound
from bot.services.appraisal.cast_ballot import keep_words
from bot.services.appraisal.close_round import close_round
from bot.services.figures.audit_sums import find_faults
from bot.services.figures.export_rows import ExportKind, Wanted, export_rows
from storage.queries import ballot_words, ballots
from storage.tables import BallotWords, Notice, Unit, metadata
from tests.services.appraisal.ballots import OPENED, open_now, paper_of, press, vote
from tests.services.appraisal.conftest import Here
from tests.services.time import village as places

YES, FAIRLY, NO, UNSURE = Opinion.CONTENT, Opinion.FAIRLY, Opinion.DISCONTENT, Opinion.UNSURE
CAST = [YES, YES, FAIRLY, NO, YES, UNSURE]
OTHERWISE = [
    [NO, YES, YES, YES, FAIRLY, UNSURE],
    [UNSURE, FAIRLY, NO, YES, YES, YES],
    [YES, NO, UNSURE, FAIRLY, YES, YES],
]
WORDS = ["来得少", "很热心"]


async def _everything(session: AsyncSession) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables in the order in which the database has them, but for keys drawn at random."""
    found = {}
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if str(column) != "ballot_words.id"]
        kept = [tuple(map(repr, row)) for row in await session.exec(select(*columns))]
        found[table.name] = sorted(kept) if table.name == BallotWords.__tablename__ else kept
    return found


async def _exported(session: AsyncSession, here: Here) -> list[list[dict[str, Any]]]:
    branch = await session.get_one(Unit, here.village.branch)
    return [
        await export_rows(session, Wanted(kind, [branch], True, None, None, OPENED + timedelta(days=11)))
        for kind in (ExportKind.NOTICES, ExportKind.AUDIT, ExportKind.APPRAISALS, ExportKind.MEMBERS)
    ]


async def _whole_round(session: AsyncSession, here: Here, cast: list[Opinion], words: list[str]) -> list[Any]:
    """What is left of a round: while it is open, and closed; and what is exported. All is undone."""
    undone = await session.begin_nested()
    held = await open_now(session, here)
    await vote(session, held, here.residents, cast)
    for resident, said in zip(here.residents, words, strict=False):
        await press(session, resident, await paper_of(session, held, resident), "words")
        await keep_words(session, _private(resident.telegram_id or 0, said), now=OPENED)
    await session.flush()
    left = [await _everything(session)]
    await close_round(session, held, preset=here.preset, now=OPENED + timedelta(days=10))
    await session.flush()
    left += [await _everything(session), await _exported(session, here)]
    session.expunge_all()
    await undone.rollback()
    return left


def _private(user_id: int, text: str) -> Inbound:
    return Inbound(user_id, 7, OPENED, text, user_id=user_id, user_name="住户", private=True)


@pytest.mark.parametrize("otherwise", OTHERWISE)
async def test_everything_is_the_same_whoever_voted_what(
    session: AsyncSession, here: Here, otherwise: list[Opinion]
) -> None:
    assert sorted(otherwise) == sorted(CAST)
    left = await _whole_round(session, here, CAST, WORDS)
    assert await _whole_round(session, here, otherwise, WORDS[::-1]) == left
    other_votes = await _whole_round(session, here, [NO, *CAST[1:]], WORDS)
    assert other_votes != left  # the votes themselves are seen


async def test_a_row_of_votes_has_neither_voter_nor_time_nor_order(session: AsyncSession, here: Here) -> None:
    held = await open_now(session, here)
    before = {row.choice: row.votes for row in await _counts(session)}
    assert set(before.values()) == {0}  # the rows are there before anybody votes
    await vote(session, held, here.residents, CAST)
    assert _columns("ballot_count") == {"round_id", "subject_id", "choice", "votes"}
    assert _columns("ballot_words") == {"id", "round_id", "subject_id", "words"}
    assert _columns("ballot_paper") == {"id", "round_id", "subject_id", "household_id", "voter_id", "cast"}


def _columns(table: str) -> set[str]:
    return {column.name for column in metadata.tables[table].columns}


async def _counts(session: AsyncSession) -> list[Any]:
    table = metadata.tables["ballot_count"]
    return list(await session.exec(select(table)))


async def test_the_audit_names_a_round_whose_votes_do_not_add_up(session: AsyncSession, here: Here) -> None:
    held = await open_now(session, here)
    await vote(session, held, here.residents, CAST)
    assert await _faults_of_votes(session) == []
    paper = await paper_of(session, held, here.residents[0])
    paper.cast = False
    session.add(paper)
    await session.flush()
    assert await _faults_of_votes(session) == ["柳树村党支部：2026-12-20 开始的评议，投过的票和票数对不上。"]


async def _faults_of_votes(session: AsyncSession) -> list[str]:
    return [str(fault) for fault in await find_faults(session, now=OPENED) if "评议" in fault.sentence]


async def test_keys_of_sentences_are_not_counted_up(session: AsyncSession, here: Here) -> None:
    held = await open_now(session, here)
    paper = await paper_of(session, held, here.residents[0])
    for words in ("第一句", "第二句"):
        await ballot_words.add_words(session, paper, words)
    first, second = [row.id for row in await session.exec(select(metadata.tables["ballot_words"]))]
    assert abs(first - second) > 1_000_000
    assert await ballot_words.words_of(session, held.id or 0) == {here.village.wang.id: ["第一句", "第二句"]}


async def test_the_ballot_says_afterwards_that_the_household_has_voted_and_not_what(
    session: AsyncSession, here: Here
) -> None:
    held = await open_now(session, here)
    resident = here.residents[0]
    paper = await paper_of(session, held, resident)
    sent = next(
        one for one in await places.notices(session, "appraisal.ballot") if one.person_id == resident.id
    )
    sent.state, sent.sent_at, sent.message_id, sent.chat_id = "sent", OPENED, 5, resident.telegram_id
    session.add(sent)
    shown = await press(session, resident, paper, NO)
    assert shown == "投好了，谢谢。"
    [edit] = await places.notices(session, "appraisal.ballot.edit")
    assert edit.text.startswith("2026年下半年评议：您家对王建国的评价已经投好了，谢谢。一户一票，不记名。")
    assert "满意" not in edit.text and "discontent" not in str(edit.buttons)


async def test_a_press_that_fails_is_not_set_aside_with_the_vote_in_it(
    session: AsyncSession, here: Here, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held = await open_now(session, here)
    paper = await paper_of(session, held, here.residents[0])

    async def broken(*_: Any) -> None:
        raise RuntimeError("discontent")

    monkeypatch.setattr(ballots, "cast", broken)
    with pytest.raises(NotPossible, match="not_counted"):
        await press(session, here.residents[0], paper, NO)
    assert "discontent" not in caplog.text and "RuntimeError" in caplog.text


async def test_nobody_is_told_of_a_member_with_fewer_than_five_votes(
    session: AsyncSession, here: Here
) -> None:
    held = await open_now(session, here)
    await vote(session, held, here.residents[:4], [NO] * 4)
    resident = here.residents[0]
    await press(session, resident, await paper_of(session, held, resident), "words")
    await keep_words(session, _private(resident.telegram_id or 0, "从来没来过"), now=OPENED)
    await close_round(session, held, preset=here.preset, now=OPENED + timedelta(days=10))
    told = [notice.text for notice in await _told(session)]
    assert [text for text in told if "票数太少，不公布" in text]
    assert not [text for text in told if "不满意" in text or "从来没来过" in text]


async def _told(session: AsyncSession) -> list[Notice]:
    kinds = ("appraisal.result", "appraisal.closed")
    return [notice for kind in kinds for notice in await places.notices(session, kind)]
