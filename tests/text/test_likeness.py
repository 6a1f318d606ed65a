"""Which troubles are worth asking whether they are one: a question too many costs more than one too few."""

from __future__ import annotations

import pytest

from bot.text.likeness import ALIKE, Told, likeness, says_also

WANG, LI, ZHANG = 1, 2, 3  # households
EAST, WEST = 10, 20  # groups


def told(text: str, household: int | None = None, group: int | None = EAST, about: str | None = None) -> Told:
    return Told(text, about, household, group)


ALIKE_PAIRS = [
    (told("村口路灯坏了三天没人管"), told("村口的灯不亮了，晚上出门害怕")),
    (told("村口路灯坏了"), told("进村口那个路灯瞎了好几天")),
    (told("路灯坏了"), told("村口路灯不亮")),
    (told("村口路灯坏了", group=EAST), told("村口的灯不亮了", group=WEST)),  # everybody passes there
    (told("二组的路灯全灭了"), told("2组路灯不亮，走夜路摔跤")),
    (told("桥头路灯不亮了"), told("小桥那儿的路灯坏了")),
    (told("三号楼楼道灯坏了"), told("3号楼声控灯不亮")),
    (told("俺家断水两天了", WANG), told("我家也停水了，做饭都没水", LI)),
    (told("停水了"), told("怎么又没水了啊")),
    (told("我们这排房子停水两天", WANG), told("家里没水，前后两排都没有", LI)),
    (told("一组停水了"), told("我们一组没水啊")),
    (told("自来水一滴水都没有"), told("今天又停水")),
    (told("水压太小，二楼上不去"), told("自来水水压低，洗澡都没法洗", WANG)),
    (told("水发黄不敢喝"), told("自来水是浑的，水都是黄的")),
    (told("停电了，冰箱里东西都坏了", WANG), told("我家没电了", LI)),
    (told("变压器又跳闸"), told("电压不稳，老跳闸")),
    (told("没网了"), told("网络断了，孩子没法上网课")),
    (told("手机没信号"), told("这边信号一格都没有")),
    (told("暖气不热", WANG), told("家里暖气冰凉", LI)),
    (told("村西头垃圾堆成山没人拉"), told("村西垃圾好几天没清了")),
    (told("垃圾没人清"), told("垃圾桶满了都外溢了")),
    (told("学校门口垃圾一大堆"), told("小学那里垃圾没人拉，臭死了")),
    (told("河里漂着死鱼"), told("河水发臭，河里都是死鱼")),
    (told("化粪池冒出来了"), told("污水横流，化粪池满了")),
    (told("排水沟堵了"), told("水沟堵住了，一下雨就淹")),
    (told("村口井盖没了，怕孩子掉进去"), told("村口那个井盖丢了")),
    (told("广场舞音响太吵，孩子没法睡"), told("广场上晚上跳舞吵得睡不着")),
    (told("一群野狗在村里乱跑"), told("流浪狗追人，不敢出门")),
    (told("有人烧秸秆，呛得慌"), told("地里烧秸秆，烟太大")),
    (told("进村的路全是坑"), told("路面坑坑洼洼，车没法走")),
    (told("2号楼电梯又停了"), told("二号楼的电梯坏了，老人下不来")),
    (told("健身器材坏了"), told("广场上的健身器断了")),
    (told("李大娘家水管漏了", LI, about="李大娘"), told("李大娘家水管还在漏", LI, about="李桂英")),
    (told("李大娘家水管漏了", LI, about="李大娘"), told("水管漏水漏一地", LI)),
    (told("老王家屋顶漏雨", WANG, about="老王"), told("下雨屋漏，接了三个盆", WANG)),
    (told("老王家着火了", WANG, about="老王"), told("老王家冒烟了快来人", WANG, about="老王")),
    (told("班车取消了，没法去镇上"), told("去镇上的班车不来了")),
]
UNLIKE_PAIRS = [
    (told("一组路灯坏了"), told("二组路灯坏了")),  # the same lamp, of another group
    (told("村口路灯坏了"), told("桥头路灯坏了")),
    (told("路灯坏了", group=EAST), told("路灯坏了", group=WEST)),
    (told("三号楼楼道灯坏了"), told("五号楼楼道灯坏了")),
    (told("村口路灯坏了"), told("村口垃圾没人拉")),
    (told("村口路灯坏了"), told("建议在村口装个路灯")),
    (told("杏林路路灯不亮"), told("河沿路路灯不亮")),
    (told("俺家断水两天了", WANG, EAST), told("我家也停水了", LI, WEST)),
    (told("一组停水"), told("三组停水")),
    (told("停水了"), told("停电了")),
    (told("停水了"), told("水发黄不敢喝")),
    (told("李大娘家水管漏了", LI, about="李大娘"), told("老王家水管漏了", WANG, about="老王")),
    (told("我家水管漏了", WANG), told("我家水管也漏了", LI)),
    (told("我家屋顶漏雨", WANG), told("我家漏雨", ZHANG)),
    (told("老王家两口子吵架", WANG, about="老王"), told("老李家兄弟打架", LI, about="老李")),
    (told("邻居占了我家宅基地", WANG), told("地界说不清，邻居多占", LI)),
    (told("隔壁天天吵架", WANG), told("楼上天天吵架", LI)),
    (told("我家低保停了", WANG), told("低保没批下来", LI)),
    (told("工资拖欠三个月"), told("老板欠我工钱")),
    (told("残疾证咋办", WANG), told("养老金没到账", LI)),
    (told("我妈断药了", WANG), told("俺爹药吃完了", LI)),
    (told("孩子上学没名额", WANG), told("孩子学费交不起", LI)),
    (told("村东头垃圾没人清"), told("村西头垃圾没人清")),
    (told("学校门口垃圾一堆"), told("市场门口垃圾一堆")),
    (told("河里死鱼"), told("池塘边护栏坏了")),
    (told("三巷污水横流"), told("五巷污水横流")),
    (told("村口的路坏了"), told("学校门口的路坏了")),
    (told("前街路面塌了"), told("后街路面塌了")),
    (told("1号楼电梯停了"), told("6号楼电梯停了")),
    (told("希望能有个健身器材"), told("健身器材坏了")),
    (told("排水沟堵了"), told("化粪池满了")),
    (told("老王家着火了", WANG, about="老王"), told("老李家着火了", LI, about="老李")),
    (told("着火了"), told("煤气味很大")),
    (told("孩子走丢了", WANG), told("老人走丢了", LI)),
    (told("桥栏杆断了，桥上危险"), told("公路边护栏撞坏了")),
    (told("想问问养老保险怎么交"), told("想问问合作医疗怎么交")),
    (told("希望多搞点活动"), told("希望村里开会提前通知")),
]


@pytest.mark.parametrize(("one", "other"), ALIKE_PAIRS, ids=lambda one: one.text)
def test_worth_asking(one: Told, other: Told) -> None:
    assert likeness(one, other) >= ALIKE
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize(("one", "other"), UNLIKE_PAIRS, ids=lambda one: one.text)
def test_not_worth_asking(one: Told, other: Told) -> None:
    assert likeness(one, other) < ALIKE
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize(
    "text",
    [
        "+1",
        "＋1",
        "同上",
        "俺家也是",
        "我也是",
        "我这也没水",
        "我家的灯也不亮",
        "俺家也停了",
        "我们楼也没电",
        "咱这儿也一样。",
    ],
)
def test_says_that_it_is_the_same_there(text: str) -> None:
    assert says_also(text)


@pytest.mark.parametrize(
    "text",
    ["我也去", "我家也走访了", "也该修修了", "好的", "我家也想要个低保名额", "谢谢", "1", "也不知道谁管", ""],
)
def test_says_something_else(text: str) -> None:
    assert not says_also(text)
