"""What must not change the reading: how numbers are written, greetings, script, another day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.reading_aids import CAPITALS, DIGITS, WEDNESDAY, acts_of, bare, visit_of


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
