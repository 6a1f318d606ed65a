"""What is said of meetings, in the forms in which people say it; and what only sounds like it."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.text.meetings import (
    Asks,
    Decision,
    ToldAttendance,
    kind_in_note,
    read_decisions,
    read_meeting,
    read_move,
    read_names,
    read_parts,
    read_told,
)

TODAY = date(2026, 11, 28)  # a Saturday


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("党日", Asks.SHOW),
        ("主题党日。", Asks.SHOW),
        ("主題黨日", Asks.SHOW),
        ("活动日是哪天", Asks.SHOW),
        ("看议题", Asks.SHOW),
        ("改期", Asks.MOVE_ALONE),
        ("党日改期", Asks.MOVE_ALONE),
        ("改到12日", Asks.MOVE_BARE),
        ("取消本月党日", Asks.CALL_OFF),
        ("党日不开了", Asks.CALL_OFF),
        ("签到", Asks.SIGN_IN),
        ("到", Asks.SIGN_IN),
        ("我到了！", Asks.SIGN_IN),
        ("定稿", Asks.FIX),
        ("议题定稿", Asks.FIX),
        ("就这样定吧", Asks.FIX),
        ("会议记录", Asks.MINUTES_SHOW),
        ("党费", Asks.DUES_SHOW),
        ("党费已交", Asks.DUES_PAID),
        ("我交了党费", Asks.DUES_PAID),
        ("11月党费交了", Asks.DUES_PAID),
        ("报到", Asks.REPORT_IN),
        ("报到情况", Asks.REPORT_IN_SHOW),
        ("到时候再说", None),
        ("到哪儿了", None),
        ("党日那天我去接孙子", None),
        ("他签到了没有", None),
        ("昨天交了水费", None),
        ("儿子在外打工", None),
        ("老李家在种地", None),
        ("我们村务工的人多", None),
        ("去掉这个按钮吧", None),
        ("今天开展主题党日，到会12人", None),
    ],
)
def test_whole_messages_in_a_narrow_form(text: str, what: Asks | None) -> None:
    asked = read_meeting(text, TODAY)
    assert (None if asked is None else asked.what) == what


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("党日改到12日", date(2026, 12, 12), None),
        ("主题党日改期到12月12日", date(2026, 12, 12), None),
        ("党日推迟到下周五", date(2026, 12, 4), None),
        ("党日改到12月12日下午3点", date(2026, 12, 12), time(15)),
        ("党日改到下周五晚上7点半", date(2026, 12, 4), time(19, 30)),
        ("党日改到明天14:30", date(2026, 11, 29), time(14, 30)),
        ("党日改到哪天好", None, None),
    ],
)
def test_the_day_to_which_it_is_moved(text: str, day: date | None, hour: time | None) -> None:
    asked = read_meeting(text, TODAY)
    assert asked is not None and asked.what is Asks.MOVE
    assert (asked.day, asked.hour) == (day, hour)


def test_a_day_alone_in_answer_to_the_question() -> None:
    assert read_move("12日下午3点", TODAY) == (date(2026, 12, 12), time(15))
    assert read_move("还没想好", TODAY) == (None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("议题加 村口路灯", "村口路灯"),
        ("加一条议题：换届", "换届"),
        ("议题：秋收互助，怎么排？", "秋收互助，怎么排？"),
        ("党日请假，家里有事", "家里有事"),
        ("学习请假 出差", "出差"),
        ("党日我去不了，孙子病了", "孙子病了"),
        ("记录：3号事项，决定月底前修好。散会", "3号事项，决定月底前修好。散会"),
        ("会议记录\n一、学习", "一、学习"),
        ("重写记录：都改了", "都改了"),
    ],
)
def test_words_are_kept_as_they_were_written(text: str, words: str) -> None:
    asked = read_meeting(text, TODAY)
    assert asked is not None and asked.words == words


@pytest.mark.parametrize(
    ("text", "number"), [("去掉第3条", 3), ("议题去掉二", 2), ("删掉议题10", 10), ("不议第1条", 1)]
)
def test_which_item_is_dropped(text: str, number: int) -> None:
    asked = read_meeting(text, TODAY)
    assert asked is not None and (asked.what, asked.number) == (Asks.DROP, number)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("签到 王建国 李秀英", ("王建国", "李秀英")),
        ("代签：王建国、李秀英和张三同志", ("王建国", "李秀英", "张三")),
        ("签到：王建国，王建国", ("王建国",)),
    ],
)
def test_who_is_signed_in(text: str, names: tuple[str, ...]) -> None:
    asked = read_meeting(text, TODAY)
    assert asked is not None and (asked.what, asked.names) == (Asks.SIGN_IN_FOR, names)
    assert read_names("、".join(names)) == names


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("我是务工的", "migrant", ()),
        ("我在外打工", "migrant", ()),
        ("我务农", "farming", ()),
        ("王建国是退休的", "retired", ("王建国",)),
    ],
)
def test_kinds_of_members(text: str, kind: str, names: tuple[str, ...]) -> None:
    asked = read_meeting(text, TODAY)
    assert asked is not None and (asked.kind, asked.names) == (kind, names)


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("在外务工", "migrant"),
        ("退休教师", "retired"),
        ("种地", "farming"),
        ("务农，兼做生意", ""),
        ("耳背", ""),
    ],
)
def test_a_note_on_a_member(note: str, kind: str) -> None:
    assert kind_in_note(note) == kind


def test_decisions_of_minutes() -> None:
    minutes = (
        "学习了文件。3号事项决定月底前修好。第2条同意由王建国周五前办；#12 先等一等\n"
        "事项5，12月10日前答复。讨论了秋收。6号事项。"
    )
    assert read_decisions(minutes, TODAY) == [
        Decision("月底前修好", number=3, due=date(2026, 11, 30)),
        Decision("由王建国周五前办", item=2, due=date(2026, 12, 4)),
        Decision("先等一等", number=12),
        Decision("12月10日前答复", number=5, due=date(2026, 12, 10)),
    ]


def test_attendance_told_in_words() -> None:
    assert read_told("应到15人，实到12人，请假2人") == ToldAttendance(15, 12, 2)
    assert read_told("今天组织学习，到会12人，2人请假") == ToldAttendance(None, None, 2)
    assert read_told("今天组织学习") == ToldAttendance()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("上月学习：两次；上月工作：走访30户；本月打算：修路", ("两次", "走访30户", "修路")),
        ("1、学习两次\n2、走访30户\n3、打算修路", ("学习两次", "走访30户", "打算修路")),
        ("学习了两次。走访30户。", ("学习了两次", "走访30户")),
    ],
)
def test_the_parts_of_a_report(text: str, parts: tuple[str, ...]) -> None:
    assert read_parts(text) == parts
