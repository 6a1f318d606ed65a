"""On which day a visit was, wherever the report tells it. All are sent on Wednesday, 18 November 2026."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.acts import Visit
from tests.text.reading_aids import CHINA, acts_of, visit_of


@pytest.mark.parametrize(
    ("report", "day"),
    [
        ("走访5户，时间11月3日", "11-03"),
        ("十几家吧，昨天跟村医跑的，量血压", "11-17"),
        ("闵玉田那头，昨晚我微信语音里聊过", "11-17"),
        ("十月份收官，我这块九户", "10-31"),
        ("走访5户（11月3日）", "11-03"),
        ("入户走访3户 11.6", "11-06"),
        ("走访了3户，是昨天走的", "11-17"),
        ("走访3户。昨天下午去的", "11-17"),
        ("走访老王家、老李家，上周三", "11-11"),
        ("走访5户，日期：11月3日星期二上午9点半", "11-03"),
        ("走访5户，时间：11月3日，11月5日", "11-05"),
        ("走访5户，时间上周", "11-15"),
        ("补上前天的：3户", "11-16"),
        ("走访四户：2号、5号、6号、9号", "11-18"),
        ("2号、5号、6号三户走完", "11-18"),
        ("帮老曾家插了一日秧", "11-18"),
        ("十月前十天走访6户", "10-10"),
        ("国庆不打烊，走访3户", "11-18"),
        ("上周一到上周三一共走了6户", "11-11"),
        ("年初到眼下，我83户了", "11-18"),
        ("前天走的三家今天补报，毛三、毛四、毛五", "11-16"),
        ("昨夜里雷声大，一早打电话给我的9位独居老人", "11-18"),
        ("昨天停电我到了7户看老人，都稳定", "11-17"),
        ("给5号里四位老人拎了水上去", "11-18"),
        ("把昨天剩的2户补上了，都好", "11-18"),
        ("昨夜转移出来的七户，一早我都去看了", "11-18"),
        ("昨天岑奶奶崴了脚，我刚去看过她", "11-18"),
        ("走了3户，昨天的事，刚想起来报", "11-17"),
        ("补报一户，昨天去的竺大爷家", "11-17"),
        ("上周三四五三天走了7户", "11-13"),
        ("这周一、二、三三个晚上跑了9户", "11-18"),
        ("11.9-11.15这一周合计4户", "11-15"),
        ("槐树街6号、8号、10号，3户，都好", "11-18"),
        ("3号、5号、7号、9号，四家都走了", "11-18"),
        ("上月12号的记录补一下：12号走访2户", "10-12"),
        ("台风9号预警，我去低洼的4户讲了转移路线", "11-18"),
        ("走访了国庆家和国庆他三叔家", "11-18"),
        ("走了两户：卫庄、卫国庆", "11-18"),
        ("腊月前走访收尾，最后3户跑完", "11-18"),
    ],
)
def test_a_day_told_behind_the_visit_is_its_day(report: str, day: str) -> None:
    assert visit_of(report).date == date.fromisoformat(f"2026-{day}")


@pytest.mark.parametrize(
    ("report", "day"), [("去年春节走访了3户", date(2025, 1, 29)), ("前年国庆走访了2户", date(2024, 10, 1))]
)
def test_a_feast_with_its_year_is_that_of_the_year(report: str, day: date) -> None:
    assert visit_of(report).date == day


@pytest.mark.parametrize(
    ("report", "day"), [("17号去了小蒋家", 17), ("立冬那天走访了4户", 7), ("柳大爷家昨天去的，腿好了", 17)]
)
def test_a_day_that_is_meant_stays_the_visits(report: str, day: int) -> None:
    assert visit_of(report).date == date(2026, 11, day)


@pytest.mark.parametrize(
    "report", ["走访了3户，昨天有点冷", "今天走访了3户，昨天下雨没去", "走访3户，时间定在下周三再走"]
)
def test_a_day_told_of_something_else_is_not_the_visits(report: str) -> None:
    assert visit_of(report).date == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("report", "day", "count"),
    [
        ("小年走访了3户", "02-10", 3),
        ("夏至入户走访4户", "06-21", 4),
        ("方才走访了2户", "11-18", 2),
        ("周一、周二下午去了老王家", "11-17", 1),
        ("周一~周三走访了6户", "11-18", 6),
        ("11月3号—5号走访了6户", "11-05", 6),
        ("11·3走访2户", "11-03", 2),
        ("我国庆走访了2户", "10-01", 2),
        ("一个月前，走访3户", "10-18", 3),
        ("过去一周走访5户", "11-18", 5),
        ("今天一天走访5户", "11-18", 5),
        ("6月累计13户，再走两户就封顶", "06-30", 13),
        ("上一个周一入户走访4户", "11-09", 4),
    ],
)
def test_days_that_look_like_somebody_or_like_two_clauses(report: str, day: str, count: int) -> None:
    visit = visit_of(report)
    assert (visit.date, visit.count) == (date.fromisoformat(f"2026-{day}"), count)


def test_a_week_told_behind_makes_the_number_a_total() -> None:
    assert visit_of("走访5户，时间上周").cumulative


def test_of_two_sums_told_with_days_each_keeps_its_own() -> None:
    visits = [act for act in acts_of("昨天走访2.0户，今天走访3户") if isinstance(act, Visit)]
    assert [(visit.count, visit.date.day) for visit in visits] == [(2, 17), (3, 18)]


def test_no_household_is_visited_by_half() -> None:
    assert visit_of("走访了3.5户").count is None


@pytest.mark.parametrize(
    "report",
    [
        "去看了前天落水的小石头，带了两斤梨",
        "重阳过了，走访了3户",
        "寒衣节刚过，走了3户",
        "元旦快到了，先走访了2户",
        "给今年不回来过年的6家都拜了个早年",
        "去看了钱大妈，上回说的咳嗽好了",
        "去看了12号的小蒋，脚好多了",
        "给9号的独居老人马阿公换了灯泡",
        "15号301，傍晚去的，一家人都在",
        "立冬，走了四户，家家腌菜",
        "柳大爷昨天摔了一跤，我去看了，能走路",
        "腊月还没到，先看看冬储，走了五户",
        "炭给褚婆婆送去了，够烧到正月",
    ],
)
def test_a_day_only_mentioned_is_not_the_visits(report: str) -> None:
    visit = visit_of(report)
    assert (visit.date, visit.cumulative) == (date(2026, 11, 18), False)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("坝上跑完了，昨天4家今天3家", [(4, 17, "home"), (3, 18, "home")]),
        ("昨日电访3户，今日面访1户", [(3, 17, "phone"), (1, 18, "home")]),
        (
            "11月3日 上门4户；11月5日 电话2户；11月6日 未走访",
            [(4, 3, "home"), (2, 5, "phone")],
        ),
        ("2号那天4户，3号那天1户，今天没走", [(4, 2, "home"), (1, 3, "home")]),
        ("昨天和前天，一天一户", [(1, 17, "home"), (1, 16, "home")]),
        ("上旬漏报的补上：11月3号走4户，11月5号走1户", [(4, 3, "home"), (1, 5, "home")]),
    ],
)
def test_several_days_each_with_its_number(report: str, told: list[tuple[int, int, str]]) -> None:
    visits = [act for act in acts_of(report) if isinstance(act, Visit)]
    assert [(visit.count, visit.date.day, visit.mode.value) for visit in visits] == told


@pytest.mark.parametrize(
    "report",
    [
        "本月截至今天累计联系群众11户",
        "十一月十二户",
        "月中小结：我这块已走8户，剩4户下旬走",
        "这半个月走得少，拢共三家",
        "这两周走了4户，都在河西",
        "双周报：9户",
        "半年38户，够不够格",
        "月底了，我个人8户",
        "11月1号到今天我走了10户",
    ],
)
def test_a_total_of_a_period_so_far(report: str) -> None:
    assert visit_of(report).cumulative


@pytest.mark.parametrize(
    "report",
    [
        "礼拜一到今天，跑了5户",
        "昨天下午到今天上午，前后走了5户",
        "今天走了这个月的头两户",
        "本周第一天就走了2户",
        "磨蹭到这会儿才报：今天3户",
        "走了4户，半个月没下雨，都在浇地",
    ],
)
def test_a_few_days_make_no_period(report: str) -> None:
    assert not visit_of(report).cumulative


def test_a_number_is_of_the_time_that_is_asked_after() -> None:
    (answer,) = acts_of("俺3户", reply_to="大家把本周走访户数报一下")
    assert isinstance(answer, Visit) and answer.cumulative


def test_the_little_new_year_is_kept_on_another_day_elsewhere() -> None:
    south = datetime(2026, 2, 11, 19, 5, tzinfo=CHINA)  # the 24th of the twelfth month
    assert visit_of("小年，给包的2户送了年糕", at=south).date == south.date()


def test_a_second_visit_may_be_to_the_same_household() -> None:
    yesterday, today = acts_of("昨天去了佘奶奶家，今天又去了一趟送单子")
    assert isinstance(yesterday, Visit) and isinstance(today, Visit)
    assert yesterday.households == today.households == ("佘奶奶",)
    assert (yesterday.date, today.date) == (date(2026, 11, 17), date(2026, 11, 18))


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("初三两户，初五三户", [(2, "11-11"), (3, "11-13")]),
        ("初二到初四走访，初二二户，初三三户，初四四户", [(2, "11-10"), (3, "11-11"), (4, "11-12")]),
    ],
)
def test_a_day_of_the_lunar_month_is_no_part_of_the_number(report: str, told: list[tuple[int, str]]) -> None:
    visits = [act for act in acts_of(report) if isinstance(act, Visit)]
    assert [(visit.count, f"{visit.date:%m-%d}") for visit in visits] == told
