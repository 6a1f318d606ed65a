"""Each act from a plain message of its kind."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.acts import (
    Activity,
    ActivityKind,
    Category,
    Correction,
    Grievance,
    Resolution,
    Service,
    Urgency,
    VisitMode,
)
from tests.text.reading_aids import acts_of, visit_of


def test_a_visit_in_full() -> None:
    visit = visit_of("昨天电话联系了3户：张玉梅、李大娘、3号楼1单元102室，讲了讲防诈骗")
    assert visit.count == 3
    assert visit.households == ("张玉梅", "李大娘", "3号楼1单元102室")
    assert visit.date == date(2026, 11, 17)
    assert visit.mode is VisitMode.PHONE
    assert not visit.cumulative
    assert Service.PUBLICITY in visit.services
    assert visit.evidence


@pytest.mark.parametrize(
    ("number", "count"), [("十余", 10), ("九十多", 90), ("一百零九", 109), ("二十左右", 20)]
)
def test_a_plain_report_is_one_however_odd_its_number(number: str, count: int) -> None:
    assert visit_of(f"昨天走访{number}户群众").count == count


def test_two_days_make_two_visits_and_a_total_makes_its_own() -> None:
    assert [(v.count, v.cumulative) for v in acts_of("周一走了2户，今天走了3户")] == [(2, False), (3, False)]
    assert [(v.count, v.cumulative) for v in acts_of("今日走访2户，本月累计9户")] == [(2, False), (9, True)]


def test_a_companion_is_no_household() -> None:
    assert visit_of("和小李一起走访了3户").households == ()


def test_names_known_beforehand_are_found_wherever_they_stand() -> None:
    (visit,) = acts_of("今天去看了看独臂侠", households=("独臂侠",))
    assert visit.households == ("独臂侠",)


def test_a_matter_keeps_the_words_that_tell_it() -> None:
    _, matter = acts_of("今天走访了老王家和李大娘家，都挺好。另外村口路灯又不亮了")
    assert isinstance(matter, Grievance)
    assert matter.category is Category.INFRASTRUCTURE
    assert "路灯又不亮了" in matter.span and "走访" not in matter.span


def test_what_a_resident_says_first_belongs_to_the_matter() -> None:
    (matter,) = acts_of("井盖叫人揭走了，黑窟窿朝上，一楼的孩子放学都从那过", "resident")
    assert isinstance(matter, Grievance)
    assert matter.span.startswith("井盖")


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("俺家着火了快来人", Urgency.EMERGENCY),
        ("老刘头晕倒了叫不醒", Urgency.EMERGENCY),
        ("煤气味好大，我头晕", Urgency.EMERGENCY),
        ("孩子掉河里了", Urgency.EMERGENCY),
        ("停水两天了，没法做饭", Urgency.URGENT),
        ("井盖没了，差点掉进去", Urgency.URGENT),
        ("路灯坏了没人修", Urgency.NORMAL),
        ("村里垃圾没人清，臭得很", Urgency.NORMAL),
    ],
)
def test_how_urgent_it_is(text: str, urgency: Urgency) -> None:
    (matter,) = acts_of(text, "resident")
    assert isinstance(matter, Grievance)
    assert matter.urgency is urgency


def test_trouble_mended_in_the_same_breath_is_resolved() -> None:
    matter = acts_of("俺家水管漏水了，小杨刚才过来给修好了", "resident")[0]
    assert isinstance(matter, Grievance) and matter.resolved


def test_an_emergency_that_is_over_is_a_resolved_one() -> None:
    (matter,) = acts_of("刚才后街着火了，现在火已经灭了，人没事", "resident")
    assert isinstance(matter, Grievance) and matter.resolved and matter.urgency is Urgency.NORMAL


def test_greed_in_office_is_a_matter_of_conduct() -> None:
    (matter,) = acts_of("老张当组长就知道捞好处，低保都给了他家亲戚", "resident")
    assert isinstance(matter, Grievance)
    assert (matter.category, matter.about) == (Category.DISCIPLINE, "老张")


@pytest.mark.parametrize("text", ["1号办不了，已跟老王说明了", "#3办不了，跟老王解释清楚了"])
def test_explaining_that_a_matter_cannot_be_solved_is_no_visit(text: str) -> None:
    assert acts_of(text) == ()


def test_each_item_of_a_list_is_a_matter() -> None:
    found = acts_of("反映三件事：1、垃圾没人清 2、路灯不亮 3、医保今年交多少钱", "resident")
    assert [m.category for m in found if isinstance(m, Grievance)] == [
        Category.ENVIRONMENT,
        Category.INFRASTRUCTURE,
        Category.POLICY,
    ]


def test_a_number_given_closes_that_matter() -> None:
    (act,) = acts_of("#12、#15 都已处理完毕", "secretary")
    assert isinstance(act, Resolution) and act.refers == (12, 15)


def test_a_reply_that_says_it_works_again_closes_the_matter() -> None:
    (act,) = acts_of("来水了", "resident", reply_to="停水两天了，一滴都没有")
    assert isinstance(act, Resolution) and act.refers == ()


def test_a_reply_that_says_it_is_still_so_tells_the_matter_again() -> None:
    (act,) = acts_of("俺家也是，到现在还没人来", "resident", reply_to="二组停电一天了")
    assert isinstance(act, Grievance) and act.urgency is Urgency.URGENT


def test_corrections() -> None:
    assert acts_of("更正：昨天是4户不是3户") == (
        Correction(4, withdraw=False, evidence=acts_of("更正：昨天是4户不是3户")[0].evidence),
    )
    for text in ("刚才发错了", "刚刚发错了，不好意思", "撤回上午那条，户数没核实"):
        assert [(act.withdraw, act.count) for act in acts_of(text) if isinstance(act, Correction)] == [
            (True, None)
        ]


def test_an_event_that_has_happened() -> None:
    (act,) = acts_of("昨晚党课学习，到了22名党员", "secretary")
    assert isinstance(act, Activity)
    assert (act.activity, act.participants, act.date) == (ActivityKind.STUDY, 22, date(2026, 11, 17))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("党员大会开了，讲四季度任务，到会31人", "meeting"),
        ("党员一早出来铲雪，从小学到卫生室，来了26人", "volunteer"),
        ("支部组织看了警示片，到了19名党员", "study"),
    ],
)
def test_what_kind_of_event_it_was(text: str, kind: str) -> None:
    (event,) = acts_of(text)
    assert isinstance(event, Activity)
    assert event.activity == kind


def test_an_event_to_come_is_none() -> None:
    assert acts_of("通知：明天下午3点开展主题党日，请全体党员参加", "secretary") == ()


@pytest.mark.parametrize(
    "text",
    [
        "早上好！大家周末愉快",
        "这天热得跟着了火一样",
        "哈哈哈笑死我了",
        "刚看新闻说外省一个小区煤气爆炸了",
        "俺家一切都好，没啥困难",
        "几点开会？",
        "专业疏通下水道、修水管，电话13900005566",
        "祝大家新年快乐",
        "谢谢书记，路修得真好",
    ],
)
def test_talk_is_no_matter(text: str) -> None:
    assert acts_of(text, "resident") == ()
