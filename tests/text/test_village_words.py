"""What a village has taught is read as it was taught, there and nowhere else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.acts import Act, Category, Grievance, Resolution, Sureness, Urgency, Visit
from bot.domain.taught import Meaning, Taught, TaughtWord
from bot.text import Context, Message, Speaker, understand

AT = datetime(2026, 11, 21, 19, tzinfo=ZoneInfo("Asia/Shanghai"))
DIAODANG = TaughtWord(
    "掉档", Meaning.TROUBLE, category=Category.INFRASTRUCTURE, urgency=Urgency.URGENT
)  # what a village calls it when the voltage drops
TAUGHT = Taught(
    (
        DIAODANG,
        TaughtWord("老孙头", Meaning.PLACE),
        TaughtWord("二孬", Meaning.NICKNAME, household="张建国"),
        TaughtWord("断水梁", Meaning.NO_TROUBLE),
    )
)


def _read(text: str, speaker: Speaker = Speaker.RESIDENT, taught: Taught | None = TAUGHT) -> tuple[Act, ...]:
    return understand(Message(text, AT, speaker), Context(taught=taught)).acts


@pytest.mark.parametrize("text", ["俺家又掉档了", "掉档", "村西頭掉檔，电视都看不成"])
def test_a_taught_trouble_is_a_matter_of_its_kind(text: str) -> None:
    [act] = _read(text)
    assert isinstance(act, Grievance)
    assert (act.category, act.urgency, act.sureness) == (
        Category.INFRASTRUCTURE,
        Urgency.URGENT,
        Sureness.SURE,
    )


@pytest.mark.parametrize("text", ["今天没掉档", "这几天不再掉档", "别掉档就行"])
def test_denied_it_is_none(text: str) -> None:
    assert _read(text) == ()


def test_mended_it_is_the_end_of_one() -> None:
    [act] = _read("掉档修好了")
    assert isinstance(act, Resolution)


def test_announced_it_is_asked_about() -> None:
    [act] = _read("通知：明天检修，可能会掉档，请大家知悉", Speaker.SECRETARY)
    assert act.sureness is Sureness.PROBABLY


def test_an_emergency_stays_one() -> None:
    [act] = _read("电线掉档着火了，快来人救火")
    assert isinstance(act, Grievance)
    assert act.urgency is Urgency.EMERGENCY


def test_a_nickname_names_its_household_and_what_is_wrong_there() -> None:
    visit, matter = _read("今天走访了二孬家和老王家，二孬家掉档", Speaker.MEMBER)
    assert isinstance(visit, Visit)
    assert visit.households == ("二孬", "老王")
    assert isinstance(matter, Grievance)
    assert matter.about == "二孬"


def test_a_place_is_nobodys_name() -> None:
    text = "老孙头的路灯不亮三天了没人管"
    [before] = _read(text, taught=None)
    [after] = _read(text)
    assert isinstance(before, Grievance)
    assert isinstance(after, Grievance)
    assert (before.about, after.about) == ("老孙头", None)


def test_what_is_no_trouble_is_silent() -> None:
    assert len(_read("断水梁没人管", taught=None)) == 1
    assert _read("断水梁没人管") == ()


def test_one_villages_words_are_not_anothers() -> None:
    assert _read("晌午掉档") != ()
    assert _read("晌午掉档", taught=None) == ()
    assert _read("晌午掉档", taught=Taught((TaughtWord("三岔口", Meaning.PLACE),))) == ()


def test_words_are_told_apart_by_what_they_mean() -> None:
    other = Taught((DIAODANG,)).with_word(TaughtWord("掉档", Meaning.NO_TROUBLE))
    assert len(other.words) == 1
    assert other.mark != Taught((DIAODANG,)).mark
    assert Taught((DIAODANG,)).mark == Taught(()).with_word(DIAODANG).mark
