"""What tells nothing changes nothing in the labelled messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from opencc import OpenCC

from bot.domain.acts import Act, Activity, Visit
from tests.text.labelled import Labelled, labelled
from tests.text.reading_aids import CAPITALS, DIGITS, acts_of, bare

TRADITIONAL = OpenCC("s2t")
HOUSEHOLDS = re.compile(r"(?<![0-9.\-~、/:到至第月])[2-9](?=户)")
HALF_WIDTH = str.maketrans("，。！？；：", ",.!?;:")
# Share of the labelled messages that must be read the same after the change.
CHANGES: dict[str, tuple[Callable[[str], str], float]] = {
    "greeting": ("各位好！{}".format, 1.0),
    "greeting by office": ("书记好，{}".format, 1.0),
    "greeting by name": ("张主任您好，{}".format, 1.0),
    "neighbours greeted": ("各位邻居晚上好！{}".format, 1.0),
    "address of a letter": ("尊敬的书记：{}".format, 0.99),
    "hail": ("哈喽，{}".format, 0.99),
    "mention": ("@李书记 {}".format, 1.0),
    "pictures": ("{}🌹🌹".format, 0.999),
    "smile": ("{}😊".format, 0.99),
    "excuses for the trouble": ("{}。给大家添麻烦了".format, 0.99),
    "thanks at length": ("{}，非常感谢！".format, 0.99),
    "good wishes": ("{}，祝您身体健康".format, 0.99),
    "closing": ("{}，汇报完毕".format, 0.999),
    "thanks for the trouble": ("{}，辛苦大家了".format, 0.999),
    "thanks": ("{}，谢谢大家".format, 0.99),
    "traditional script": (TRADITIONAL.convert, 0.99),
    "half width": (lambda text: text.translate(HALF_WIDTH), 0.99),
    # few messages have such numbers: one of them is a twenty-fifth
    "households in Chinese numerals": (lambda text: HOUSEHOLDS.sub(in_chinese, text), 0.95),
    "households in capital numerals": (lambda text: HOUSEHOLDS.sub(in_capitals, text), 0.95),
    "households in full width": (lambda text: HOUSEHOLDS.sub(in_full_width, text), 0.99),
    "spaces for commas": (lambda text: text.replace("，", " "), 0.98),
    # without marks even readers must guess where a sentence ends
    "no punctuation": (lambda text: re.sub("[，。！；]", "", text), 0.93),
}


def in_chinese(found: re.Match[str]) -> str:
    return DIGITS[int(found[0])]


def in_capitals(found: re.Match[str]) -> str:
    return CAPITALS[int(found[0])]


def in_full_width(found: re.Match[str]) -> str:
    return chr(ord(found[0]) + 0xFEE0)


@pytest.fixture(scope="module")
def messages() -> list[tuple[Labelled, list[str]]]:
    """Every twelfth labelled message, with what is read from it."""
    return [(one, read_of(one, one.text)) for one in labelled()[::12]]


def read_of(message: Labelled, text: str, days: int = 0) -> list[str]:
    at = datetime.fromisoformat(message.at) + timedelta(days=days)
    return bare(acts_of(text, message.speaker, at=at, reply_to=message.reply_to))


@pytest.mark.parametrize("change", CHANGES)
def test_what_tells_nothing_changes_nothing(change: str, messages: list[tuple[Labelled, list[str]]]) -> None:
    how, least = CHANGES[change]
    changed = [(one, acts, how(one.text)) for one, acts in messages]
    changed = [each for each in changed if each[2] != each[0].text]
    same = sum(read_of(one, text) == acts for one, acts, text in changed)
    assert changed and same / len(changed) >= least


def test_moving_labelled_messages_by_weeks_moves_their_days(
    messages: list[tuple[Labelled, list[str]]],
) -> None:
    calendar = re.compile(
        "[0-9一二三四五六七八九十]|月|号|日|年|季|节|初|底|中秋|清明|端午|国庆|元旦|除夕|重阳|惊蛰|谷雨|[冬夏]至|[春秋]分|霜降|小满|芒种|[白寒]露|[大小][寒暑雪]|处暑|立[春夏秋冬]"
    )
    moved = [one for one, acts in messages if acts and not calendar.search(one.text)]
    assert moved
    for one in moved:
        here = acts_of(one.text, one.speaker, at=datetime.fromisoformat(one.at), reply_to=one.reply_to)
        at = datetime.fromisoformat(one.at) + timedelta(weeks=3)
        there = acts_of(one.text, one.speaker, at=at, reply_to=one.reply_to)
        assert [day + timedelta(weeks=3) for day in dates(here)] == dates(there), one.text


def dates(acts: tuple[Act, ...]) -> list[date]:
    return [act.date for act in acts if isinstance(act, Visit | Activity)]
