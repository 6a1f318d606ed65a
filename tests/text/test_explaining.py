"""Why a message was read as it was."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

import bot.text
from bot.domain.acts import ActivityKind
from bot.text import Context, Message, Speaker, understand
from bot.text.explaining import explain
from bot.text.grievances.evidence import AFTERWARDS, AT_FIRST
from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.numbers import NUMERAL
from bot.text.resolutions import RULES as RESOLVING
from bot.text.visits.rules import RULES as VISITING
from tests.text.labelled import learned_from
from tests.text.reading_aids import WEDNESDAY

ROOM = Path(bot.text.__file__).parent


def explained(text: str, speaker: str = "member") -> list[dict[str, Any]]:
    message = Message(text, WEDNESDAY, Speaker(speaker))
    return explain(understand(message), message, Context())


def test_a_matter_comes_with_its_words_frames_weights_sum_and_runner_up() -> None:
    (matter,) = explained("村口路灯坏了没人管", "resident")
    trouble = next(note for note in matter["notes"] if note["rule"] == "trouble")
    assert trouble["words"][0]["text"] == "路灯坏了没"
    assert trouble["frames"][0].startswith("trouble_infrastructure: ")
    assert matter["score"] == pytest.approx(sum(note["weight"] for note in matter["notes"]), abs=0.05)
    assert matter["score"] > matter["thresholds"]["sure"]
    assert matter["runner_up"]["category"] != "infrastructure"


def test_what_was_read_by_itself_is_said() -> None:
    (whole,) = explained("书记好，村口路灯坏了没人管", "resident")
    assert whole["text"] == "村口路灯坏了没人管" and not any(
        "分开来读" in sentence for sentence in whole["says"]
    )
    (part,) = explained("早上好，愿大家三冬暖！村口路灯坏了没人管", "resident")
    assert part["text"] == "村口路灯坏了没人管" and "分开来读" in part["says"][0]


def test_what_falls_short_says_by_how_much_and_what_would_have_helped() -> None:
    (matter,) = explained("空调坏了", "resident")
    assert matter["outcome"] == "none" and matter["score"] < matter["thresholds"]["ask"]
    assert {"change": "added", "rule": "ask", "words": [], "then": None} in matter["difference"]
    assert any("请" in sentence and "就会问" in sentence for sentence in matter["says"])


def test_every_rule_that_reads_a_labelled_message_can_say_so() -> None:
    for each in learned_from()[::40]:
        message = Message(each.text, WEDNESDAY, Speaker(each.speaker), each.reply_to)
        for said in explain(understand(message), message, Context()):
            assert said["says"], each.text


@pytest.mark.parametrize(
    ("text", "rule", "denying"),
    [
        ("今天没走访2户", "not_done", "没"),
        ("明天走访2户，张家李家", "not_done", "明天"),
        ("今天走访了2户？", "asked_after", "?"),
    ],
)
def test_a_visit_denied_says_what_denies_it_and_what_it_would_have_been(
    text: str, rule: str, denying: str
) -> None:
    (visit,) = explained(text)
    assert visit["outcome"] == "none"
    assert visit["difference"] == [
        {"change": "removed", "rule": rule, "words": [denying], "then": ["走访2户"]}
    ]


def test_a_visit_says_without_which_words_it_were_none() -> None:
    (visit,) = explained("今天走访了老王家")
    assert [note["rule"] for note in visit["notes"]] == ["named"]
    assert visit["difference"][0]["words"] == ["走访", "老王"] and visit["difference"][0]["then"] == []


def test_nothing_is_said_of_what_tells_nothing() -> None:
    assert explained("早上好") == []


# ------------------------------------------------------------------ the lists are whole


def test_every_rule_has_a_sentence() -> None:
    weighing = load("weighing")
    rules = {rule.__name__ for rule in (*AT_FIRST, *AFTERWARDS, *VISITING, *RESOLVING)}
    rules |= {*weighing["for"], *weighing["against"], *(f"event_{kind}" for kind in ActivityKind)}
    assert rules <= set(load("explaining")["rules"])


def test_every_rule_of_evidence_has_a_weight_and_every_weight_a_rule() -> None:
    assert {rule.__name__ for rule in (*AT_FIRST, *AFTERWARDS)} == set(load("weighing")["rules"])


def test_every_listed_expression_is_used_and_can_be_compiled() -> None:
    used = {
        node.value
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in (ROOM / "lexicon").glob("patterns_*.toml"):
        listed = patterns(path.stem.removeprefix("patterns_"), numeral=NUMERAL)
        assert listed.names <= used, path.name
        for name in listed.names:
            assert listed[name].pattern
