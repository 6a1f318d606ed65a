"""`python -m bot parse`: lines in, lines out."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from bot.text.parse_stream import parse_stream

GOOD = {
    "id": "a",
    "text": "今天走访3户",
    "at": "2026-11-18T19:00:00+08:00",
    "speaker": "member",
    "reply_to": None,
}


def run(lines: list[str], **options: object) -> tuple[int, list[dict[str, object]], str]:
    output, errors = StringIO(), StringIO()
    code = parse_stream(StringIO("\n".join(lines)), output, errors, **options)  # type: ignore[arg-type]  # one dict
    return code, [json.loads(line) for line in output.getvalue().splitlines()], errors.getvalue()


def test_acts_are_written_as_the_guide_says() -> None:
    code, lines, errors = run([json.dumps(GOOD)])
    assert (code, errors) == (0, "")
    assert lines == [
        {
            "id": "a",
            "acts": [
                {
                    "kind": "visit",
                    "count": 3,
                    "households": [],
                    "date": "2026-11-18",
                    "mode": "home",
                    "cumulative": False,
                    "services": [],
                }
            ],
        }
    ]


def test_explanations_come_as_one_more_key() -> None:
    _, lines, _ = run([json.dumps({**GOOD, "text": "今天走访了老王家，村口路灯坏了没人管"})], explain=True)
    visit, matter = lines[0]["explain"]  # type: ignore[misc]  # a list
    assert (visit["kind"], visit["outcome"]) == ("visit", "printed")  # type: ignore[index]  # a dict
    assert "路灯" in str(matter["says"])  # type: ignore[index]  # a dict


def test_a_roster_makes_nicknames_known() -> None:
    _, lines, _ = run([json.dumps({**GOOD, "text": "今天去看了看独臂侠"})], roster=("独臂侠",))
    assert lines[0]["acts"][0]["households"] == ["独臂侠"]  # type: ignore[index]  # a list of dicts


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not a JSON object"),
        ("[]", "not a JSON object"),
        (json.dumps({**GOOD, "id": 3}), "'id'"),
        (json.dumps({**GOOD, "text": None}), "'text'"),
        (json.dumps({**GOOD, "at": "gestern"}), "ISO 8601"),
        (json.dumps({**GOOD, "at": "2026-11-18T19:00:00"}), "no offset"),
        (json.dumps({**GOOD, "speaker": "dog"}), "'speaker'"),
        (json.dumps({**GOOD, "reply_to": 1}), "'reply_to'"),
    ],
)
def test_a_faulty_line_is_named_and_the_rest_goes_on(line: str, says: str) -> None:
    code, lines, errors = run([json.dumps(GOOD), line, "", json.dumps({**GOOD, "id": "b"})])
    assert code == 1
    assert [found["id"] for found in lines] == ["a", "b"]
    assert errors.startswith("line 2: ") and says in errors
