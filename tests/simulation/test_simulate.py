"""A small district through faults and kills; and that what is lost, doubled or left waiting is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col, select
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.simulation import simulate
from bot.simulation.book import Book
from bot.simulation.district import District
from bot.simulation.losses import Findings, compare
from storage.tables import Household, Matter, Notice, Visit

_SMALL = ("simulate", "--villages", "1", "--days", "3", "--kills", "2")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*_SMALL, *arguments], catch_exceptions=False)


def test_nothing_is_lost_between_faults_and_kills(tmp_path: Path) -> None:
    result = run("--keep", str(tmp_path / "kept"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "断电 2 次" in result.stdout
    assert "平台故障 0 次" not in result.stdout
    [row] = [line for line in result.stdout.splitlines() if line.startswith("│ 柳湾村")]
    _, _, said, recorded, told, raised, _, _ = (cell.strip() for cell in row.split("│"))
    assert int(said) == int(recorded) > 10
    assert int(told) == int(raised) > 0
    assert list((tmp_path / "kept").glob("*.db"))
    assert run("--keep", str(tmp_path / "kept")).exit_code == 2  # there is something already


def test_each_kind_of_loss_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    expected: list[str] = []

    async def spoil(here: District, book: Book) -> Findings:
        async with here.app.database.transaction() as session:
            visits = select(Visit, Household.head).join(
                Household, col(Household.id) == col(Visit.household_id)
            )
            visit, head = (await session.exec(visits)).all()[0]
            await session.delete(visit)
            expected.append(f"{head}家应记 1 次，记了 0 次")
            matter = (await session.exec(select(Matter))).all()[0]
            matter.message_id += 1_000_000
            expected.append("应记 1 件事，记了 0 件")
            expected.append(f"第 {matter.number} 号事项（{matter.text}）没有人说过")
            sent = select(Notice).where(Notice.state == "sent", Notice.method == "send")
            first, second, third = (await session.exec(sent)).all()[:3]
            first.state = "pending"
            expected.append(f"通知 {first.id}（{first.kind}，给{first.recipient}）已经到时间")
            second.state = "failed"
            expected.append(f"通知 {second.id}（{second.kind}，给{second.recipient}）停在“failed”")
            third.message_id = 1_000_000
            expected.append(f"通知 {third.id}（{third.kind}，给{third.recipient}）记为已发，可是没有到")
        (chat, number), text = next(iter(book.sent.items()))
        book.sent[chat, number + 1_000_000] = text
        expected.append(text.splitlines()[0][:40])
        return await compare(here, book)

    monkeypatch.setattr(simulate, "compare", spoil)
    result = run("--no-faults")
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    for sentence in expected:
        assert any(sentence in line for line in told), (sentence, told)
