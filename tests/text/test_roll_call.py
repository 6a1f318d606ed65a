"""The line that opens a roll-call, and how households are told of while one is open."""

from __future__ import annotations

import pytest

from bot.text.household_states import may_tell, read_states
from bot.text.households import Candidate
from bot.text.roll_call import (
    CallOrder,
    opens_roll_call,
    read_call_order,
    read_opening,
    read_receiver,
    residents_in,
)

GROUPS = ("一组", "二组", "三组", "四组", "五组", "河沿组")


@pytest.mark.parametrize(
    ("line", "title", "scope"),
    [
        ("点名 暴雨转移，三组四组", "暴雨转移", "三组 四组"),
        ("应急点名：全村 防汛撤离", "防汛撤离", ""),
        ("点名 三、四组 暴雨", "暴雨", "三组 四组"),
        ("点名 3-5组 防汛", "防汛", "三组 四组 五组"),
        ("点名 三到五组 防汛", "防汛", "三组 四组 五组"),
        ("点名 第三组、第五组 台风", "台风", "三组 五组"),
        ("点名 3组4组 台风", "台风", "三组 四组"),
        ("点名 三四组 暴雨转移", "暴雨转移", "三组 四组"),
        ("点名三组四组 暴雨", "暴雨", "三组 四组"),
        ("点名 河沿组 山洪", "山洪", "河沿组"),
        ("点名 除二组外 暴雨转移", "暴雨转移", "-二组"),
        ("点名 暴雨转移 除了一组、二组以外", "暴雨转移", "-一组 -二组"),
        ("点名：独居老人 寒潮", "寒潮", "+old_alone"),
        ("应急点名 三组重点户 山洪", "山洪", "三组 +key"),
        ("点名 独居老人、残疾人 停电", "停电", "+old_alone +disabled"),
        ("现在应急点名！三组暴雨转移", "暴雨转移", "三组"),
        ("應急點名：三組四組 暴雨轉移", "暴雨转移", "三组 四组"),
        ("防汛点名 三组", "防汛", "三组"),
        ("点名 全镇 暴雨转移", "暴雨转移", "*"),
        ("点名 暴雨转移，九组", "暴雨转移", "?9"),
        ("应急点名", "", ""),
    ],
)
def test_what_a_line_asks_for(line: str, title: str, scope: str) -> None:
    opening = read_opening(line, GROUPS)
    assert opening is not None
    found = [*opening.scope.groups, *(f"-{one}" for one in opening.scope.excepted)]
    found += [f"+{kind}" for kind in opening.scope.kinds]
    found += ["*"] * opening.scope.all_villages + [f"?{one}" for one in opening.scope.missing]
    assert (opening.title, " ".join(found)) == (title, scope)


@pytest.mark.parametrize(
    ("line", "drill", "sure"),
    [
        ("点名 暴雨转移", False, True),
        ("应急点名 三组", False, True),
        ("点名演练 全村 防汛", True, True),
        ("应急演练点名 全村", True, True),
        ("点名 防汛演练，一组", True, True),
        ("点名 李建国 到会", False, False),
        ("点名 三组 开会", False, False),
    ],
)
def test_whether_there_is_any_doubt(line: str, drill: bool, sure: bool) -> None:
    opening = read_opening(line, GROUPS)
    assert opening is not None
    assert (opening.drill, opening.sure) == (drill, sure)


@pytest.mark.parametrize(
    "chatter", ["点名表扬李建国", "点名册在哪", "昨天开会点名了", "点名批评", "今天点名没来的说一下", ""]
)
def test_talk_opens_nothing(chatter: str) -> None:
    assert not opens_roll_call(chatter)


def test_what_follows_the_command_needs_no_word() -> None:
    opening = read_opening("暴雨转移 三组、四组", GROUPS, command=True)
    assert opening is not None
    assert (opening.title, opening.scope.groups, opening.sure) == ("暴雨转移", ("三组", "四组"), True)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("结束点名", CallOrder.CLOSE),
        ("点名结束！", CallOrder.CLOSE),
        ("撤销点名", CallOrder.WITHDRAW),
        ("点名发错了", CallOrder.WITHDRAW),
        ("点名什么时候结束", None),
    ],
)
def test_what_is_to_become_of_it(text: str, order: CallOrder | None) -> None:
    assert read_call_order(text) == order


@pytest.mark.parametrize("text", ["安置点：何文", "安置点由何文负责", "安置点 何文接收", "避难点归何文管"])
def test_who_receives_at_the_shelter(text: str) -> None:
    assert read_receiver(text) == "何文"


@pytest.mark.parametrize(
    ("note", "residents"),
    [
        ("5口人", 5),
        ("三口人，刚出院", 3),
        ("常住3人", 3),
        ("人口：4", 4),
        ("父母在外务工", None),
        ("耳背，打电话要大声", None),
        ("", None),
    ],
)
def test_how_many_live_there_by_the_roster(note: str, residents: int | None) -> None:
    assert residents_in(note) == residents


OWN = [
    Candidate(1, "王德福", "杏林路10号"),
    Candidate(2, "李桂英", "杏林路12号", nicknames=("李大娘",)),
    Candidate(3, "周大山", "杏林路14号"),
    Candidate(4, "吴春生", "杏林路16号"),
]
OTHERS = [Candidate(5, "郑金宝"), Candidate(7, "高有福"), Candidate(8, "马德胜"), Candidate(9, "马小军")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("老王家已转移，李大娘家联系不上，其余都安全", "1 moved, 2 unreached, rest safe"),
        ("我包的都安全", "every safe"),
        ("全部已转移", "every moved"),
        ("都安全", "every safe"),
        ("4户都安全", "every safe"),
        ("我这边4户都撤出来了", "every moved"),
        ("其他的都转移了", "rest moved"),
        ("剩下的都没转移", "rest unchecked"),
        # by the numbers of the list
        ("1、3、5户已转移", "1 moved, 3 moved"),
        ("第3户已转移", "3 moved"),
        ("2号拒绝", "2 refused"),
        ("1安全 2转移 3失联", "1 safe, 2 moved, 3 unreached"),
        ("1-3户已转移，4户联系不上", "1 moved, 2 moved, 3 moved, 4 unreached"),
        ("3户已转移", ""),  # which three?
        # many names, states first, names without a state
        ("老王家、李大娘家已经转移，其余安全", "1 moved, 2 moved, rest safe"),
        ("李大娘和老周都安全", "2 safe, 3 safe"),
        ("王德福，李桂英，都转移了", "1 moved, 2 moved"),
        ("已转移：老王家、老周家；联系不上：李大娘", "1 moved, 3 moved, 2 unreached"),
        ("除了李大娘联系不上，其他都转移了", "2 unreached, rest moved"),
        ("高有福家转移了", "7 moved"),
        ("報告：老王家、老周家已轉移，其餘平安", "1 moved, 3 moved, rest safe"),
        # in haste
        ("王德福周大山已转移", "1 moved, 3 moved"),
        ("李桂英家吴春生家都安全", "2 safe, 4 safe"),
        ("老王老周李大娘已转移", "1 moved, 3 moved, 2 moved"),
        ("王德福路人甲已转移", ""),
        # people counted
        ("老王家3口都转移了", "1 moved 3"),
        ("老王家一家三口都转移了，李大娘一个人在家安全", "1 moved 3, 2 safe 1"),
        ("老王家已到安置点，3口人", "1 moved 3"),
        ("安置点接到老王家3人", "1 moved 3"),
        # refusing, out of reach
        ("李大娘不肯走，劝不动", "2 refused"),
        ("周大山电话打不通，家里没人", "3 unreached"),
        ("老周家去亲戚家了", "3 moved"),
        # put right
        ("老王家刚才说错了，没转移", "1 unchecked"),
        ("老王家不是转移，是联系不上", "1 unreached"),
        # where somebody lives
        ("我们都安全", "home safe"),
        ("我们家3口人都安全", "home safe 3"),
        # not an answer
        ("老王家正在转移", ""),
        ("老王家安全吗？", ""),
        ("大家注意安全", ""),
        ("今天走访了老王家，都好", ""),
        ("村口路灯坏了三天没人管", ""),
    ],
)
def test_what_is_told_of_households(text: str, told: str) -> None:
    found = read_states(text, OWN, OTHERS)
    parts = [f"{one.household_id} {one.state} {one.people or ''}".strip() for one in found.told]
    parts += [f"every {found.every}"] * (found.every is not None)
    parts += [f"rest {found.rest}"] * (found.rest is not None)
    parts += [f"home {found.home} {found.home_people or ''}".strip()] * (found.home is not None)
    assert ", ".join(parts) == told
    assert found.anything == bool(told)


def test_for_a_resident_all_is_their_home() -> None:
    assert read_states("都安全", [], OTHERS).home == "safe"
    assert read_states("一家三口安全", [], OTHERS).home_people == 3


def test_names_that_are_not_clear_are_given_back() -> None:
    found = read_states("老马家安全，老孙家转移了", OWN, OTHERS)
    assert not found.anything
    assert found.ambiguous == (("老马家", (8, 9)),)
    assert found.unknown == ("老孙家",)


def test_trouble_told_besides_is_left_for_others_to_read() -> None:
    found = read_states("老王家联系不上，老周家房子塌了压着人", OWN, OTHERS)
    assert [one.household_id for one in found.told] == [1]
    assert found.else_told == "老周家房子塌了压着人"


def test_most_talk_is_turned_away_at_once() -> None:
    assert may_tell("老王家已转移")
    assert not may_tell("明天几点开会")
