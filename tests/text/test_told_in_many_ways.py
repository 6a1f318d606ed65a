"""Visits, corrections, mending and events as different people tell them, and what only sounds like them."""

from __future__ import annotations

import pytest

from bot.domain.acts import Activity, Correction, Grievance, Resolution, Visit
from tests.text.reading_aids import acts_of

VISITS = {
    "礼拜六礼拜天两天走了九户，尹大爷讲晾衣杆只有三根，根本不够": (9, "尹大爷"),
    "走了俩钟头，给窦大伯送了一壶油": (1, "窦大伯"),
    "下午去焦家，教焦大妈刷脸认证": (1, "焦大妈"),
    "汛后走访第二天，今天七户。": (7, ""),
    "年前漏的补上：走了四户": (4, ""),
    "今儿后晌上俺三嫂家拍了会儿话": (1, "三嫂"),
    "夜个黑了到二孬家喷了会儿空": (1, "二孬"),
    "昨个跑了趟吴阿婆家，望了望她": (1, "吴阿婆"),
    "去了趟卫婆婆那儿，她腿好些了": (1, "卫婆婆"),
    "刚从孤寡老人何奶奶那回来": (1, "何奶奶"),
    "把陈二牛家的电线查了一遍": (1, "陈二牛"),
    "帮刘叔把柴劈了，又挑了两担水": (1, "刘叔"),
    "铁柱家灶台裂了，我和了泥给他抹好了": (1, "铁柱"),
    "上门看了王丽和她婆婆": (1, "王丽"),
    "邬阿婆家的床板断脱了，我拿两根木条钉好了": (1, "邬阿婆"),
    "老庞家爷俩又不说话了，我劝了一晌，答应坐一桌了": (1, "老庞"),
    "给冯老爹带了份报纸，他天天等着看": (1, "冯老爹"),
    "陪盲人小蒋去办了公交卡": (1, "小蒋"),
    "早上碰见包的老顾，他说家里都好": (1, "老顾"),
    "嵇洪礼家，门虚掩，喊了几声才出来": (1, "嵇洪礼"),
    "老郜身上起红疙瘩，我今天去看他，抓得都流血了": (1, "老郜"),
    "打卡 5户": (5, ""),
    "上午两户，下午三户": (5, ""),
    "六户，都好": (6, ""),
    "八户走了一半": (4, ""),
    "敲了9户门，开门的6户": (6, ""),
    "给在外打工的打了七个电话": (7, ""),
    "第一家老葛，第二家老孟，第三家谭婶，都没啥要求": (3, "老葛"),
    "周二五户": (5, ""),
}
NO_VISITS = (
    "雨大路断了，今天的走访泡汤",
    "老邓又去看魏婆婆了，比亲闺女都勤",
    "志愿者给盲人小贺家装了扶手，小贺连声道谢",
    "带上户口本到村部找小阮登记",
    "明天上午我去老王家看看",
    "要不是下雨，今天我就到李大娘家了",
    "今天走访：无",
    "老王今天去了李大娘家",
    "小赵和小钱走了6户，我还没动",
    "刘霞今天走访了4户，真快",
    "人家二组都走完8户了",
    "老周那户我托小何去的",
    "隔壁支部慰问了八户，真快",
    "每人每月至少走访5户，月底交表",
    "走访不要扎堆，别一天把六户跑完",
    "写了三页走访体会",
    "上个月走访情况通报：一组12户，二组9户",
    "示例：今日走访××2户，照这个格式报",
    "演练：转移12户，请各组就位",
    "值班表：周一老齐，周二小苏，周三我",
    "老王家的狗跑到我家来了",
    "刚才去老王那借了把锄头",
    "送快递的又把老王家的件送错了",
    "给李大娘打了三个电话都没人接",
    "上门三家，全部不在",
    "跑了三家超市没买到",
)


@pytest.mark.parametrize("text", VISITS)
def test_a_visit(text: str) -> None:
    count, name = VISITS[text]
    (visit,) = [act for act in acts_of(text) if isinstance(act, Visit)]
    assert visit.count == count
    assert visit.households[:1] == ((name,) if name else ())


@pytest.mark.parametrize("text", NO_VISITS)
def test_no_visit(text: str) -> None:
    assert not [act for act in acts_of(text) if isinstance(act, Visit)]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("今天走访了梁保国家，他家电线老是跳闸", "梁保国"),
        ("去了邢改花家，她想给小子办入学，户口在外地", "邢改花"),
    ],
)
def test_a_matter_beside_a_visit(text: str, about: str) -> None:
    visit, matter = acts_of(text)
    assert isinstance(visit, Visit)
    assert visit.households == (about,)
    assert isinstance(matter, Grievance)
    assert matter.about == about


CORRECTIONS = {
    "写错，2户": 2,
    "前天那个数不对，四户，不是五户": 4,
    "刚才说的“走访13户”多打了个1，3户": 3,
    "昨天我说四户是吧，其实是五户，我记岔了": 5,
    "那户撤了，没见着人": None,
    "刚说的赵大柱是赵大树": None,
    "昨天的两户记成前天的了，改一下日期": None,
    "上面那张照片是老钱家的，不是今天的": None,
    "刚报的少了一户，应该是6户": 6,
    "上午报重了，减一户，按4户算": 4,
    "我那条的日期错了，是昨天去的": None,
    "刚才那条漏了老孙家，总共5户": 5,
    "昨天那六户里头有一户是重复的，算五户": 5,
    "昨天的17户改16": 16,
    "昨天走访数量更正为6，多写了一户": 6,
    "上次我说去了老逄家，记岔了，是去的老庞家": None,
    "前天说走访三户，实际走访两户，雪大": 2,
    "撤回昨天的“走访9户”": None,
}
NO_CORRECTIONS = (
    "你那份材料日期写错了，我给你改过来了",
    "账单上的名字打错了，找谁改",
    "今天走访3户，都挺好",
    "报数别写错户数",
)


@pytest.mark.parametrize("text", CORRECTIONS)
def test_a_correction(text: str) -> None:
    found = [act.count for act in acts_of(text) if isinstance(act, Correction)]
    assert found == [CORRECTIONS[text]]


@pytest.mark.parametrize(
    ("text", "reply", "count"),
    [
        ("不是申补兰，是申补梅，她姐", "今天去申补兰家取了材料", None),
        ("更正下，昨天应该是5家，把老佟家落下了", "昨儿四家，都好着呢", 5),
        ("那三个字我写顺手了，人家叫彭学礼", "今天走了3户，老臧、臧小五、彭驼子", None),
        ("漏了一户，六户", "今天走访5户，都好", 6),
    ],
)
def test_a_correction_in_answer(text: str, reply: str, count: int | None) -> None:
    found = [act.count for act in acts_of(text, reply_to=reply) if isinstance(act, Correction)]
    assert found == [count]


@pytest.mark.parametrize("text", NO_CORRECTIONS)
def test_no_correction(text: str) -> None:
    assert not [act for act in acts_of(text) if isinstance(act, Correction)]


MENDED = {
    ("3号、14号都落实了", None): (3, 14),
    ("20办结", None): (20,),
    ("了结#8", None): (8,),
    ("51号，路补平了，试过不颠", None): (51,),
    ("第33号，河边护栏，焊牢了", None): (33,),
    ("电杆扶正了，供电所连夜弄的", None): (),
    ("井台的水泵换完了，水压正常", None): (),
    ("坑垫平了，还撒了灰", "村口那个坑没人填，摔了两个人"): (),
    ("换了个新的，亮了", "巷子口的路灯黑了三天"): (),
    ("热了热了", "12栋暖气还是冰的"): (),
    ("医药费报下来了", None): (),
    ("桥面的窟窿堵上了，能过车了", None): (),
    ("渠里的淤泥清干净了", None): (),
    ("门口的坎子抹平了，轮椅能推出来", None): (),
    ("我们家也来电了，谢谢师傅", "整栋楼都没电，冰箱要化了"): (),
    ("人寻见了，在车站坐着", "谁见俺爹了，糊涂，出去半天没回来"): (),
    ("拔出来了，就蹭红了一点", "小孩头卡栏杆里了，谁有钳子"): (),
}
NOT_MENDED = (
    "俺家炉子今年换新的了，火旺",
    "俺今儿办了个大事",
    "谢谢书记，路修得真好",
    "办好了也没给我，叫我下礼拜再去",
    "啥时候能把路补平",
    "狗自己回来了",
    "工钱月底前到账",
    "卡冻结了的先去银行",
    "全年收集问题188件，办结179件",
)


@pytest.mark.parametrize(("text", "reply"), MENDED)
def test_mending(text: str, reply: str | None) -> None:
    found = [act.refers for act in acts_of(text, reply_to=reply) if isinstance(act, Resolution)]
    assert found == [MENDED[text, reply]]


@pytest.mark.parametrize("text", NOT_MENDED)
def test_no_mending(text: str) -> None:
    assert not [act for act in acts_of(text, "resident") if isinstance(act, Resolution)]


EVENTS = {
    "今天上午组织十二名党员给行道树浇了水": ("volunteer", 12),
    "后晌几个党员把大队部的窗户玻璃擦了，八个人": ("volunteer", 8),
    "支部晚上开了生活会，到会二十一人": ("meeting", 21),
    "小组会上主要学了怎么写民情日记，来了九个人": ("study", 9),
    "今天在广场给居民讲反诈，来了六十多人": ("publicity", 60),
    "今天在村部调解后街两家的出路，都签了字": ("mediation", None),
    "今早跟大伙一块把广场的草拔了，来了十一个人": ("volunteer", 11),
    "昨天在集上发了两百来份反诈传单": ("publicity", None),
    "读书会读完了第三章，到了9个人": ("study", 9),
    "刚散会，支委五个人碰了碰明年的计划": ("meeting", 5),
    "前晌开了个院坝会，来了二十几号人，定下了明年种啥": ("meeting", 20),
    "主题党日去烈士陵园扫墓，支部去了20人": ("party_day", 20),
    "下午党课讲反邪教，26人参加，缺席3人": ("study", 26),
    "今晚支委会开到现在，5个支委都到了，商量开春修路": ("meeting", 5),
    "两家为地边吵起来，我去劝了半天，各退一步，和好了": ("mediation", None),
    "老年队给路边刷了白，一起去了九个老头": ("volunteer", 9),
}
NO_EVENTS = (
    "俺家浇了一上午水，累得很",
    "明天上党课，请党员准时到会",
    "今天给俺孙女洗头剪指甲",
    "社区今晚7点反诈讲座，请各楼带两名居民来",
    "明天上午扫街，能来的都来",
    "读书会哪天开",
    "重阳节包饺子，妇女们负责馅，党员负责皮",
    "开会我请假，家里有事",
)


@pytest.mark.parametrize("text", EVENTS)
def test_an_event(text: str) -> None:
    found = [(act.activity, act.participants) for act in acts_of(text) if isinstance(act, Activity)]
    assert found == [EVENTS[text]]


@pytest.mark.parametrize("text", NO_EVENTS)
def test_no_event(text: str) -> None:
    assert not [act for act in acts_of(text, "secretary") if isinstance(act, Activity)]
