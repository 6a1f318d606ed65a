"""Every way in which neighbours name a household, over one invented roster of forty in three groups."""

from __future__ import annotations

import pytest

from bot.text.households import Candidate, resolve

_ROSTER = """
1  | 张建国 | 一组东街12号       |                | 张小军     | A3K7M
2  | 王大   | 一组东街14号       |                |            | B4N9P
3  | 王二   | 一组西街3号        |                |            | C5Q3R
4  | 李栓柱 | 一组村东头大槐树下 | 二孬           |            | D6T4U
5  | 李福贵 | 一组村西头6号      |                | 赵秀英     | E7W5X
6  | 赵铁牛 | 一组北街1号        | 老憨           |            | F8Y6A
7  | 钱玉兰 | 一组北街2号        |                |            | G9B7C
8  | 孙长河 | 一组北街3号        |                | 孙浩       | H3D8E
9  | 周庆和 | 一组后街5号        |                |            | J4F9G
10 | 吴春梅 | 一组后街7号        |                |            | K5H3J
11 | 郑守义 | 一组后街9号        |                |            | M6K4N
12 | 冯德才 | 一组前街11号       |                |            | N7P5Q
13 | 陈国庆 | 一组前街13号       |                |            | P8R6T
14 | 陈国强 |                    |                |            | Q9U7W
15 | 王德福 | 二组3号楼2单元501室 |               | 刘桂芳     | R3X8Y
16 | 王长顺 | 二组3号楼2单元502室 |               |            | T4A9B
17 | 李桂英 | 二组3号楼1单元501室 |               | 何大勇     | U5C3D
18 | 杨树林 | 二组5号楼2单元501室 |               |            | W6E4F
19 | 许广平 | 二组5号楼1单元101室 |               |            | X7G5H
20 | 何玉珍 | 二组5号楼1单元102室 |               |            | Y8J6K
21 | 吕明亮 | 二组5号楼1单元201室 |               |            | A9M7N
22 | 施文斌 | 二组5-1-202        |                |            | B3P8Q
23 | 欧阳明 | 二组7号楼3单元301  | 阿明           |            | C4R9T
24 | 曹玉海 | 二组7号楼3单元302  |                |            | D5U3W
25 | 严守信 | 二组7号楼3单元401  | 铁嘴           |            | E6X4Y
26 | 华秀珍 | 二组幸福小区8栋101 |                |            | F7A5B
27 | 金宝山 | 二组幸福小区8栋102 |                |            | G8C6D
28 | 魏老三 | 二组幸福小区9栋101 |                |            | H9E7F
29 | 刘建设 | 三组15号           |                |            | J3G8H
30 | 刘建军 | 三组16号           |                |            | K4J9K
31 | 马德胜 | 三组18号           |                | 马小兵     | M5M3N
32 | 马玉芬 | 三组村东头20号     |                |            | N6P4Q
33 | 苗水生 | 三组南湾1号        | 水娃           |            | P7R5T
34 | 方志远 | 三组南湾2号        |                |            | Q8U6W
35 | 任家和 | 三组南湾3号        |                |            | R9X7Y
36 | 袁桂香 | 三组西坡4号        |                |            | T3A8B
37 | 李满仓 | 三组西坡5号        | 粮囤           | 李根生     | U4C9D
38 | 唐小宝 | 三组西坡6号        |                |            | W5E3F
39 | 薛凤英 | 三组西坡8号        |                |            | X6G4H
40 | 张玉梅 | 三组西坡10号       |                |            | Y7J5K
"""
_GROUPS = {"一": "第一党小组", "二": "第二党小组", "三": "第三党小组"}


def _candidate(line: str) -> Candidate:
    id, head, address, nicknames, residents, plate = (cell.strip() for cell in line.split("|"))
    group = _GROUPS.get(address[:1])
    return Candidate(
        int(id), head, address or None, tuple(nicknames.split()), plate, tuple(residents.split()), group
    )


BRANCH = [_candidate(line) for line in _ROSTER.strip().splitlines()]
OWN = [one for one in BRANCH if one.id in (1, 2, 3, 4, 5, 15, 16, 32)]  # whom the speaker answers for

ONE_HOUSEHOLD = [
    # by name, as on the roster or as spoken of
    ("张建国", 1),
    ("張建國家", 1),
    ("张建国他家", 1),
    ("张建国同志家", None),
    ("王大", 2),
    ("王二家", 3),
    ("王老大", 2),
    ("王老二家", 3),
    ("王二叔", 3),
    ("王家老二", 3),
    ("刘桂芳", 15),
    ("何大勇家", 17),
    ("建国", 1),
    ("建国家", 1),
    ("建国叔", 1),
    ("阿建国", 1),
    ("志远", 34),
    ("小宝", 38),
    ("小宝家", 38),
    ("欧阳老师", 23),
    ("欧阳家", 23),
    ("魏老三", 28),
    ("老魏", 28),
    # by a name that only neighbours use
    ("二孬", 4),
    ("二孬家", 4),
    ("铁嘴", 25),
    ("水娃他爹", 33),
    ("粮囤媳妇", 37),
    ("阿明", 23),
    # by kinship
    ("老张", 1),
    ("张大爷", 1),
    ("张叔家", 1),
    ("赵奶奶", 5),
    ("刘婶", 15),
    ("栓柱他娘", 4),
    ("栓柱娘", 4),
    ("李栓柱他娘", 4),
    ("建国媳妇", 1),
    ("张建国媳妇", 1),
    ("建国两口子", 1),
    ("小军他爷", 1),
    ("小军爷爷", 1),
    ("浩子", None),
    ("孙浩他爸", 8),
    ("老赵家的", 5),
    ("老钱媳妇", 7),
    ("钱家", 7),
    ("老孙头", 8),
    ("周家大嫂", 9),
    ("福贵哥", 5),
    ("春梅姐", 10),
    # by kinship and place
    ("东头老李", 4),
    ("村东头的老李家", 4),
    ("西头老李", 5),
    ("村西李婶", 5),
    ("三组老李", 37),
    ("西坡老李", 37),
    ("东头老马", 32),
    ("三组的马大娘", 32),
    ("西街老王", 3),
    ("501王奶奶", 15),
    ("王奶奶501", 15),
    ("3号楼2单元502老王", 16),
    ("老王(502)", 16),
    ("前街老冯", 12),
    # by address, in any order or abbreviation
    ("3号楼2单元501", 15),
    ("3号楼2单元501室", 15),
    ("三号楼二单元501室", 15),
    ("三号楼二单元五零一", 15),
    ("3-2-501", 15),
    ("3—2—501", 15),
    ("3#2-501", 15),
    ("3栋2门501", 15),
    ("3幢2单元501", 15),
    ("501室2单元3号楼", 15),
    ("二组3-2-501", 15),
    ("501", 15),
    ("502", 16),
    ("5-2-501", 18),
    ("五号楼501", 18),
    ("5号楼1单元202", 22),
    ("5栋202", 22),
    ("7号楼301", 23),
    ("幸福小区8栋101", 26),
    ("幸福8栋101", 26),
    ("8栋102", 27),
    ("101室8栋", 26),
    ("东街12号", 1),
    ("一组东街12号", 1),
    ("十二号", 1),
    ("三组15号", 29),
    ("15号三组", 29),
    ("南湾2号", 34),
    ("大槐树下", 4),
    # by the code on the door
    ("A3K7M", 1),
    ("a3k7m", 1),
    ("门牌U4C9D", 37),
    ("Ｐ７Ｒ５Ｔ", 33),
    ("p7-r5t户", 33),
    # by sound or with a slip
    ("章建国", 1),
    ("张建囯", 1),
    ("见国", 1),
    ("张剑国", 1),
    ("老章", 1),
    ("二挠", 4),
    ("二闹", 4),
    ("李拴柱", 4),
    ("王得福", 15),
    ("苗水声", 33),
    ("张国建", 1),
    ("曹玉每", 24),
    ("严守新", 25),
    # nobody
    ("孙悟空", None),
    ("王建国", None),  # another family than 张建国's
    ("钱大娘家", 7),
    ("胡大娘家", None),
    ("12号楼3单元9901", None),
    ("Z9Z9Z", None),
    ("东街99号", None),
    ("西街12号", None),
    ("", None),
    ("家", None),
    ("大家", None),
    ("一组" * 2000, None),
]
SEVERAL = [
    ("老王", {2, 3, 15, 16}),
    ("王奶奶", {2, 3, 15, 16}),
    ("王大爷", {2, 3, 15, 16}),
    ("2单元老王", {15, 16}),
    ("李婶", {4, 5}),
    ("老李家的", {4, 5}),
    ("老李媳妇", {4, 5}),
    ("老陈", {13, 14}),
    ("101", {19, 26, 28}),
    ("陈国兴", {13, 14}),
]


@pytest.mark.parametrize(("name", "household"), ONE_HOUSEHOLD)
def test_a_name_finds_the_household_that_neighbours_mean(name: str, household: int | None) -> None:
    found = resolve(name, OWN, BRANCH)
    assert (found.household_id, found.ambiguous) == (household, ())


@pytest.mark.parametrize(("name", "households"), SEVERAL)
def test_what_fits_several_equally_is_not_guessed(name: str, households: set[int]) -> None:
    found = resolve(name, OWN, BRANCH)
    assert (found.household_id, set(found.ambiguous)) == (None, households)


def test_the_words_before_a_name_say_which_of_several() -> None:
    assert resolve("老李", OWN, BRANCH, before="今天走访了东头").household_id == 4
    assert resolve("老王", OWN, BRANCH, before="今天去看了3号楼2单元502的").household_id == 16
    assert set(resolve("老李", OWN, BRANCH, before="今天走访了").ambiguous) == {4, 5}


def test_somebody_who_answers_for_none_means_the_branch() -> None:
    assert resolve("建国", (), BRANCH).household_id == 1
    assert set(resolve("老李", (), BRANCH).ambiguous) == {4, 5, 17, 37}
