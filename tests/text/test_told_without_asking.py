"""Trouble told without asking: beside a visit and among neighbours; and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.domain.acts import Grievance, Urgency
from tests.text.reading_aids import acts_of

BESIDE_A_VISIT = (
    "今天走访了两户，老秦、桂香婶，桂香婶的膝盖风湿犯了，下不了炕",
    "走访3户：老贺、巧云、石头他娘，石头他娘青光眼，看东西模模糊糊，怕花钱没去看",
    "到家看了四户，腊梅想学理发，问镇上哪有班",
    "入户了老孔家，他想养蜂，没本钱",
    "今天去了马奶奶家，家里冷锅冷灶，一天就吃一顿",
    "看望了老申，他住院了，家里三只羊没人喂",
    "走访2户，老丁、小范，小范房东下月要收房，催搬",
    "到翠兰家坐了坐，两口子又闹离婚，叫我给劝劝",
    "今天走访了五户，田大爷家炕塌了个角，要找个会盘炕的",
    "看了老戚，他家灶台裂了道缝，烟往屋里倒",
    "今天走了三户，秀莲想给娃申请助学金，不知道找谁",
)
MENDED_ON_THE_VISIT = (
    "看了石婶，她家窗户锁扣坏了，风吹得哐哐响，我拿绳子绑住了",
    "到老蒋家看了看，他家锅台裂了，我和泥给他抹好了",
    "到铁柱家看了看，猪圈塌了个角，我给他砌好了",
)
AMONG_NEIGHBOURS = (
    "粮补多晚发？别的庄都到账了",
    "开春哪块招人？俺会电焊，有证",
    "俺家橘猫跑丢两天了，能不能用喇叭帮忙喊一声",
    "萝卜一毛一斤，拉到城里不够油钱",
    "咱村的蒜薹卖到两毛钱，比去年还低",
    "今年葱卖六毛，贩子还压秤",
    "集上买的玉米种子，一半不发芽",
    "俺家两只羊跑丢了，谁见着了",
    "谁瞅见俺家驴了，灰的",
    "谁家有抽水泵，借俺使一天浇浇地",
    "咱村甚时候通天然气",
    "啥时候能给俺们接自来水",
    "走廊的灯坏了一半",
    "一到晚上电弱得很，电磁炉带不动",
    "单车堆成山，把盲道占满了",
    "楼道里看见一只大老鼠",
    "隔壁天天打麻将打到半夜，吵得孩子睡不着",
    "楼上空调外机滴水，滴到我家被子上",
    "拉煤车一天过几百趟，窗台上一层灰",
    "去居委会开证明，窗口的人嗑瓜子聊天，让我干等一上午",
    "救济粮光给有关系的，俺家没摊上",
    "工资拖了三个月，老板躲着不见",
    "校车挤得跟沙丁鱼一样，坐了三十多个娃",
)
URGENT = (
    "电梯又停了，四楼的婶子坐轮椅，下不来楼",
    "房子让水泡塌了，今晚没处住",
    "娃的准考证落家里了，再不送考场就进不去了",
    "水表冻裂了，楼道全是冰，老人不敢出门",
    "天然气停到现在，一家人啃面包",
    "电杆冲歪了，线离地一人高",
    "麦子摊在路上没人收，眼看雨就到",
    "俺家小的才半岁，奶粉吃完了，谁家有",
    "马桶往上返，客厅全是粪水",
    "门口的沟没盖板，昨晚老人差点掉下去",
)
NOTHING_TO_SEE_TO = (
    "今天走访了老秦，他关节炎好多了，都下地了",
    "走访4户，腊梅学理发学成了，开了店",
    "看望了马奶奶，炕烧得热，锅里炖着肉，啥都不缺",
    "去了小范家，房东人好，房租没涨",
    "翠兰两口子和好了，一块儿赶集去了",
    "田大爷自己会盘炕，手艺好得很",
    "入户两户，讲了低保政策，都没啥事",
)
CHATTER = (
    "白菜三毛一斤，我买了十斤包饺子",
    "苹果卖到五块，今年赚着了",
    "谁丢了钥匙，我捡到了，来领",
    "我家羊下了两只羊羔",
    "谁家有梯子？我家那个让我爹刷成红的了，哈哈",
    "晚上的灯会真好看，灯一闪一闪的",
    "动画片里那只老鼠太逗了",
    "孩子半夜唱歌，逗得全家直笑",
    "骑单车去河边转了一圈",
    "公交上人真多，好在有座",
    "工资发了，请大伙吃羊汤",
    "今年高考作文题目挺难",
    "这酒没味，像酒精兑水的",
    "冰雕全是冰，漂亮得很",
    "麦子晒好入仓了，雨来得正好",
)


def matter_of(text: str, speaker: str) -> Grievance:
    (matter,) = (act for act in acts_of(text, speaker) if isinstance(act, Grievance))
    return matter


@pytest.mark.parametrize("text", BESIDE_A_VISIT)
def test_trouble_beside_a_visit_is_a_matter(text: str) -> None:
    assert not matter_of(text, "member").resolved


@pytest.mark.parametrize("text", MENDED_ON_THE_VISIT)
def test_what_the_member_mended_is_a_matter_resolved(text: str) -> None:
    assert matter_of(text, "member").resolved


@pytest.mark.parametrize("text", AMONG_NEIGHBOURS)
def test_trouble_among_neighbours_is_a_matter_though_nothing_is_asked(text: str) -> None:
    assert matter_of(text, "resident").urgency is Urgency.NORMAL


@pytest.mark.parametrize("text", URGENT)
def test_what_follows_makes_it_urgent(text: str) -> None:
    assert matter_of(text, "resident").urgency is Urgency.URGENT


@pytest.mark.parametrize("text", NOTHING_TO_SEE_TO)
def test_news_from_a_visit_is_no_matter(text: str) -> None:
    assert not any(isinstance(act, Grievance) for act in acts_of(text, "member"))


@pytest.mark.parametrize("text", CHATTER)
def test_chatter_with_the_same_words_is_no_matter(text: str) -> None:
    assert not any(isinstance(act, Grievance) for act in acts_of(text, "resident"))


def test_slipping_that_is_only_feared_is_no_emergency() -> None:
    assert matter_of("码头的台阶断了，老太太洗衣服都要滑下去了", "resident").urgency is not Urgency.EMERGENCY
