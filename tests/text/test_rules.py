"""Each rule by a message that it decides."""

from __future__ import annotations

import pytest

from bot.domain.acts import Sureness
from bot.text import Message, Speaker, understand
from bot.text.resolutions import RULES as RESOLVING
from bot.text.visits.late_numbers import RULES as LATE
from bot.text.visits.rules import RULES as VISITING
from tests.text.reading_aids import WEDNESDAY, acts_of

DECIDES = {
    # no visit
    "no_contact": ("今天走访了3户，明天甭去", None),
    "asked_after": ("今天走访了几户？", None),
    "not_done": ("明天我走访3户，后天再走2户", None),
    "own_family": ("今天走访了3户，下午去了爸妈那", None),
    "own_kin": ("今天走访了3户，初二走了丈人家", None),
    "own_errand": ("今天走亲戚去了3户", None),
    "matter_refused": ("下午去老王家，3号的事办不了，跟他解释了", None),
    "matter_taken_up": ("上回说的老焦家屋顶，我到他家看，瓦都换好了", None),
    "only_left_over": ("走到还剩2户", None),
    # a visit
    "counted": ("今天走访了3户", None),
    "counted_bare": ("今天走了仨", None),
    "named": ("今天去了老王家", None),
    "at_home": ("在李大娘家坐着呢", None),
    "named_well": ("老王家，都正常", None),
    "in_order": ("第一家老王，第二家老李，都在家", None),
    "doors_counted": ("晚饭后走了仨门，聊到九点", None),
    "that_household": ("没手机的那户我跑了一趟，人好着", "重点户都去问问"),
    "named_before": ("老王腿摔了，我过去看了一趟，去看了", None),
    "answered": ("我去看了，没啥大事", "老王家水管漏了"),
    "told": ("今天入户走访了，一切正常", None),
    "all_of_them": ("今天联系户都走了一遍", None),
    "listed_after": ("今天都走了一遍，老王、老李、老周，都好", None),
    "number_to_come": ("今天去了村东头，3户", None),
    # a matter dealt with
    "bare_number": ("12号修好了", None),
    "numbered": ("#12已经修好了，水压正常", None),
    "numbered_content": ("#12满意", None),
    "numbered_faintly": ("#12补上", None),
    "answer": ("来水了", "停水两天了，一滴都没有"),
    "thing_mended": ("后街水管修好了", None),
    "no_more_needed": ("不用来了，物业已经换好了", None),
}


@pytest.mark.parametrize("rule", DECIDES)
def test_the_rule_decides(rule: str) -> None:
    text, reply = DECIDES[rule]
    found = understand(Message(text, WEDNESDAY, Speaker.MEMBER, reply))
    assert rule in {note.rule for account in found.accounts for note in account.notes}


def test_every_rule_is_shown() -> None:
    assert {rule.__name__ for rule in (*VISITING, *RESOLVING)} == set(DECIDES)


# what a later clause does to the visit told before it: counts of the visits read
LATER = {
    "with_another_day": ("十月走访了8户，算上今天的是9户", [9]),
    "running_total": ("今日走访2户，本月累计5户", [2, 5]),
    "another_day": ("上午走访3户，昨天4户", [3, 4]),
    "correction": ("今天走访12户，不对，是11户", [11]),
    "number_alone": ("今天入户走访了，共4户", [4]),
    "number_of_object": ("今天入户走访，联系群众4户", [4]),
    "sum_of_named": ("2号去了老佟家，3号去了老卜家，两户都好", [1, 1]),
    "sum_of_all": ("周一走访3户，周二走访4户，共7户", [3, 4]),
    "total_after_parts": ("上午走访2户，一共5户", [5]),
}


@pytest.mark.parametrize("rule", LATER)
def test_a_later_number_goes_where_it_belongs(rule: str) -> None:
    text, counts = LATER[rule]
    assert [getattr(act, "count", None) for act in acts_of(text)] == counts


def test_every_rule_of_later_numbers_is_shown() -> None:
    assert {rule.__name__ for rule in LATE} == set(LATER)


# numbers told in parts, or of whom not all were met: counts of the visits read
PARTS = {
    "places": ("今天走访七栋三户八栋两户", [5]),
    "places before the verb": ("一组两户，三组四户，都转到了", [6]),
    "kinds": ("看望老党员3名、困难户2户", [5]),
    "parts of a total": ("今天走访5户，一组2户，二组3户", [5]),
    "means": ("上门3户电话2户，都没啥事", [3, 2]),
    "nobody in": ("上门两户，一户没人，一户人在，聊了聊", [1]),
    "the rest reached": ("除了老靳家没人，其余四户都走到了", [4]),
    "calls answered": ("电话打了5个，通了3个，都说蛮好", [3]),
    "days after a heading": ("本周走访汇总：周一2户，周二3户", [2, 3]),
    "the household away": ("去了老郗家又去了老庞家，老庞家没人", [1]),
    "none": ("走访0户", []),
    "to come": ("国庆前我把那五户孤寡都转一遍", []),
    "a tally of groups": ("一组9户二组11户三组才2户，三组的同志加把劲啊", []),
}


@pytest.mark.parametrize("told", PARTS)
def test_of_numbers_told_in_parts_the_sum_counts(told: str) -> None:
    text, counts = PARTS[told]
    assert [getattr(act, "count", None) for act in acts_of(text)] == counts


@pytest.mark.parametrize("name", ["张保国", "李建国", "王卫国"])
def test_a_name_that_ends_as_the_state_begins_is_no_news(name: str) -> None:
    message = Message(f"今天走访了{name}家，{name}家水管漏了", WEDNESDAY, Speaker.MEMBER)
    visit, trouble = understand(message).acts
    assert (visit.households, trouble.about) == ((name,), name)
    assert visit.sureness is Sureness.SURE
