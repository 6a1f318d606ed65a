"""What must not change the reading, and what must."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.acts import Visit
from tests.text.reading_aids import CHINA, WEDNESDAY, acts_of, visit_of

DIGITS = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def spellings(number: int) -> list[str]:
    """Ways to write a number below 100."""

    def chinese(digits: str, ten: str) -> str:
        tens, ones = divmod(number, 10)
        if not tens:
            return digits[ones]
        return (digits[tens] if tens > 1 or digits is CAPITALS else "") + ten + (digits[ones] if ones else "")

    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    return [str(number), wide, chinese(DIGITS, "十"), chinese(CAPITALS, "拾")]


@settings(deadline=None, max_examples=40)
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
    def bare(acts: tuple[object, ...]) -> list[str]:
        return [type(act).__name__ + str(getattr(act, "count", getattr(act, "urgency", ""))) for act in acts]

    assert bare(acts_of(around.format(text))) == bare(acts_of(text))


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("走访6户，发放防汛宣传单", "走訪6戶，發放防汛宣傳單"),
        ("电话联系了5户", "電話聯繫了5戶"),
        ("后山有火光，快来人", "後山有火光，快來人"),
        ("我家纱窗破了，有没有师傅上门换一下", "我家紗窗破了，有沒有師傅上門換一下"),
    ],
)
def test_traditional_script_reads_like_simplified(simplified: str, traditional: str) -> None:
    plain, other = acts_of(simplified), acts_of(traditional)
    assert [type(a) for a in plain] == [type(a) for a in other] != []
    assert [getattr(a, "count", None) for a in plain] == [getattr(a, "count", None) for a in other]


def test_a_name_is_given_as_it_was_written() -> None:
    assert visit_of("今天走訪2戶：榮伯、林阿婆").households == ("榮伯", "林阿婆")


@settings(deadline=None, max_examples=40)
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


@settings(deadline=None, max_examples=150)
@given(
    text=st.text(st.characters(codec="utf-8"), max_size=80),
    speaker=st.sampled_from(["member", "resident", "secretary"]),
)
def test_any_text_can_be_read(text: str, speaker: str) -> None:
    acts_of(text, speaker, reply_to=text or None)


@settings(deadline=None, max_examples=150)
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
