"""What must not change the reading, and what must."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from bot.domain.acts import Act, Activity, Visit
from tests.text.labelled import Labelled, labelled
from tests.text.reading_aids import CHINA, WEDNESDAY, acts_of, visit_of

DIGITS = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def bare(acts: tuple[Act, ...]) -> list[str]:
    """What of the acts makes a record, whatever the names look like."""
    fields = ("count", "date", "cumulative", "urgency", "resolved", "refers", "activity")
    return [f"{type(act).__name__} {[str(getattr(act, field, '')) for field in fields]}" for act in acts]


def spellings(number: int) -> list[str]:
    """Ways to write a number below 100."""

    def chinese(digits: str, ten: str) -> str:
        tens, ones = divmod(number, 10)
        if not tens:
            return digits[ones]
        return (digits[tens] if tens > 1 or digits is CAPITALS else "") + ten + (digits[ones] if ones else "")

    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    return [str(number), wide, chinese(DIGITS, "十"), chinese(CAPITALS, "拾")]


@settings(max_examples=40)
@given(
    number=st.integers(1, 99),
    way=st.integers(0, 3),
    frame=st.sampled_from(
        ["今天走访{}户", "下午走了{}户，都挺好", "今天入户{}户，一切正常", "電話聯繫了{}戶"]
    ),
)
def test_a_number_means_the_same_however_it_is_written(number: int, way: int, frame: str) -> None:
    assert visit_of(frame.format(spellings(number)[way])).count == number


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("两户", 2),
        ("俩户", 2),
        ("仨户", 3),
        ("廿户", 20),
        ("卅户", 30),
        ("十来户", 10),
        ("十几户", 10),
        ("五六户", 5),
        ("三五户", 3),
        ("两三户", 2),
        ("二十多户", 20),
        ("十一二户", 11),
        ("3-5户", 3),
        ("3、4户", 3),
        ("六家", 6),
        ("1百户", 100),
        ("一百二十户", 120),
        ("近二十户", 20),
        ("③户", 3),
    ],
)
def test_numbers_of_the_village(written: str, count: int) -> None:
    assert visit_of(f"今天走访了{written}").count == count


@pytest.mark.parametrize(
    "text",
    [
        "今天走访了3户，刘婶家水管漏了，想找人修修",
        "夜来入户2户，王大爷说村口路灯坏了没人管",
    ],
)
@pytest.mark.parametrize(
    "around", ["书记好，{}", "{}😂", "{}，汇报完毕", "各位好！{}🌹🌹", "@李书记 {}", "{}\n辛苦大家了"]
)
def test_greetings_and_pictures_around_change_nothing(text: str, around: str) -> None:
    assert bare(acts_of(around.format(text))) == bare(acts_of(text))


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("走访6户，发放防汛宣传单", "走訪6戶，發放防汛宣傳單"),
        ("电话联系了5户", "電話聯繫了5戶"),
        ("后山有火光，快来人", "後山有火光，快來人"),
        ("我家水管漏了，找谁上门修一下", "我家水管漏了，找誰上門修一下"),
    ],
)
def test_traditional_script_reads_like_simplified(simplified: str, traditional: str) -> None:
    plain, other = acts_of(simplified), acts_of(traditional)
    assert [type(a) for a in plain] == [type(a) for a in other] != []
    assert [getattr(a, "count", None) for a in plain] == [getattr(a, "count", None) for a in other]


def test_a_name_is_given_as_it_was_written() -> None:
    assert visit_of("今天走訪2戶：榮伯、林阿婆").households == ("榮伯", "林阿婆")


@settings(max_examples=40)
@given(
    shift=st.integers(0, 700),
    phrase=st.sampled_from(
        [
            ("今天", 0),
            ("昨天", 1),
            ("前天", 2),
            ("大前天", 3),
            ("三天前", 3),
            ("昨儿个", 1),
            ("前儿个后晌", 2),
        ]
    ),
)
def test_moving_the_message_moves_its_day(shift: int, phrase: tuple[str, int]) -> None:
    at = WEDNESDAY + timedelta(days=shift)
    words, back = phrase
    assert visit_of(f"{words}走访了3户", at=at).date == at.date() - timedelta(days=back)


@pytest.mark.parametrize(
    "text",
    [
        "今天没走访",
        "明天准备走访3户",
        "今天走访了3户吗？",
        "还没走访，剩3户",
        "打算周六去走访3户",
        "谁今天走访了3户？",
        "每月走访不少于3户",
        "老张今天走访了3户",
        "如果走访3户就够了",
        "今天去了3家店",
        "本支部党员共走访30户",
    ],
)
def test_denied_planned_or_asked_it_is_no_visit(text: str) -> None:
    assert not [act for act in acts_of(text) if isinstance(act, Visit)]


def test_a_resident_reports_no_visit() -> None:
    assert acts_of("今天走访了3户", "resident") == ()


@pytest.mark.parametrize("text", ["", " ", "\n", "1", "？？？", "🀄", "[图片]", "，，，", "[强][强]"])
@pytest.mark.parametrize("speaker", ["member", "resident", "secretary"])
def test_nothing_is_read_from_nothing(text: str, speaker: str) -> None:
    assert acts_of(text, speaker) == ()


@settings(max_examples=150)
@given(
    text=st.text(st.characters(codec="utf-8"), max_size=80),
    speaker=st.sampled_from(["member", "resident", "secretary"]),
)
def test_any_text_can_be_read(text: str, speaker: str) -> None:
    acts_of(text, speaker, reply_to=text or None)


@settings(max_examples=150)
@given(
    text=st.text(
        st.sampled_from(
            list("今昨天走访了户家老王李大娘3十两初五月号周一没是不共累计的，。、 灯水坏修好又第")
        ),
        max_size=40,
    )
)
def test_any_jumble_of_village_words_can_be_read(text: str) -> None:
    for act in acts_of(text, at=datetime(2028, 2, 29, 23, 59, tzinfo=CHINA)):
        if isinstance(act, Visit):
            assert act.date <= datetime(2028, 2, 29, tzinfo=CHINA).date()


# ------------------------------------------------------------------ what takes a report away

REPORTS = ["走访了{}户", "入户走访{}户", "电话联系了{}户", "去了{}户", "看望了{}户老人", "走了{}户"]
PLAIN = ["走访{}户", "入户走访{}户", "电话联系{}户", "去{}户", "看望{}户老人", "走{}户"]
DAYS = ["", "今天", "昨天", "上午"]
AROUND_REPORT = [
    "{}吗？",
    "谁{}？",
    "你{}没有？",
    "{}？",
    "是不是{}？",
    "如果{}就算完成任务",
    "要是{}就好了",
    "假如{}，就记2分",
    "老张说他{}",
    "听说小李{}",
    "王军{}，大家向他学习",
    "小周跟我说，他{}",
    "“{}”，老张在群里这样报的",
]
AROUND_VERB = [
    "没{}",
    "没有{}",
    "没能{}",
    "还没{}",
    "没顾上{}",
    "没来得及{}",
    "明天准备{}",
    "打算周六{}",
    "下周计划{}",
    "后天要去{}",
    "争取明天{}",
]


@settings(max_examples=150)
@given(
    number=st.integers(1, 60),
    report=st.sampled_from(REPORTS),
    day=st.sampled_from(DAYS),
    around=st.sampled_from(AROUND_REPORT),
)
def test_asked_supposed_or_told_by_another_a_report_is_no_visit(
    number: int, report: str, day: str, around: str
) -> None:
    told = day + report.format(number)
    assert visit_of(told).count == number
    assert not [act for act in acts_of(around.format(told)) if isinstance(act, Visit)]


@settings(max_examples=150)
@given(number=st.integers(1, 60), verb=st.sampled_from(PLAIN), around=st.sampled_from(AROUND_VERB))
def test_denied_or_planned_a_visit_is_none(number: int, verb: str, around: str) -> None:
    assert not [act for act in acts_of(around.format(verb.format(number))) if isinstance(act, Visit)]


# ------------------------------------------------------------------ two messages in one

VISITS = ["今天走访了{}户", "昨天电话联系了{}户", "上午入户{}户，一切正常"]
MATTERS = [
    "村口路灯坏了没人管",
    "二组停水两天了没法做饭",
    "河边垃圾没人清，臭得很",
    "小学门口的井盖没了，谁来管管",
]


@settings(max_examples=60)
@given(
    number=st.integers(1, 30),
    visit=st.sampled_from(VISITS),
    matter=st.sampled_from(MATTERS),
    join=st.sampled_from(["。另外", "。另外，", "，另外", "\n还有，", "。对了，"]),
)
def test_joining_a_report_and_a_matter_joins_their_acts(
    number: int, visit: str, matter: str, join: str
) -> None:
    told = visit.format(number)
    assert bare(acts_of(told + join + matter)) == bare((*acts_of(told), *acts_of(matter)))


@settings(max_examples=40)
@given(pair=st.permutations(MATTERS), join=st.sampled_from(["。另外", "\n还有，", "。再一个，"]))
def test_joining_two_matters_joins_their_acts(pair: list[str], join: str) -> None:
    first, second = pair[:2]
    assert bare(acts_of(first + join + second, "resident")) == bare(
        (*acts_of(first, "resident"), *acts_of(second, "resident"))
    )


# ------------------------------------------------------------------ on labelled messages

# Share of the labelled messages that must be read the same after the change.
TRADITIONAL = OpenCC("s2t")
HOUSEHOLDS = re.compile(r"(?<![0-9.\-~、/:到至第月])[2-9](?=户)")
HALF_WIDTH = str.maketrans("，。！？；：", ",.!?;:")
CHANGES: dict[str, tuple[Callable[[str], str], float]] = {
    "greeting": ("各位好！{}".format, 1.0),
    "greeting by office": ("书记好，{}".format, 1.0),
    "mention": ("@李书记 {}".format, 1.0),
    "pictures": ("{}🌹🌹".format, 1.0),
    "closing": ("{}，汇报完毕".format, 1.0),
    "thanks for the trouble": ("{}，辛苦大家了".format, 1.0),
    "thanks": ("{}，谢谢大家".format, 0.99),
    "traditional script": (TRADITIONAL.convert, 0.99),
    "half width": (lambda text: text.translate(HALF_WIDTH), 0.99),
    # few messages have such numbers: one of them is a twenty-fifth
    "households in Chinese numerals": (lambda text: HOUSEHOLDS.sub(in_chinese, text), 0.95),
    "households in capital numerals": (lambda text: HOUSEHOLDS.sub(in_capitals, text), 0.95),
    "households in full width": (lambda text: HOUSEHOLDS.sub(in_full_width, text), 0.99),
    "spaces for commas": (lambda text: text.replace("，", " "), 0.98),
    # without marks even readers must guess where a sentence ends
    "no punctuation": (lambda text: re.sub("[，。！；]", "", text), 0.90),
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
        "[0-9一二三四五六七八九十]|月|号|日|年|季|节|初|底|中秋|清明|端午|国庆|元旦|除夕|重阳|冬至|立[春夏秋冬]"
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
