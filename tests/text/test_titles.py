"""Letters' titles are matters though nobody is addressed; what people say of their own day is none."""

from __future__ import annotations

import pytest

from bot.domain.acts import Category, Grievance
from bot.text import Context, Message, Speaker
from bot.text.grievances import find_grievances
from bot.text.reading import read
from tests.text.reading_aids import WEDNESDAY

TITLES = {
    Category.INFRASTRUCTURE: (
        "关于柳林路与松江街路口红绿灯时长的建议",
        "咨询开往高新区的公交专线何时开通",
        "梧桐苑三期至今未通天然气",
        "南关大桥天天堵车，何时拓宽",
    ),
    Category.ENVIRONMENT: (
        "投诉楼下烧烤店油烟扰民",
        "某石材厂夜间生产噪音扰民",
        "反映清水河被化工厂偷排污水",
    ),
    Category.SAFETY: ("举报河西村有人聚众赌博", "小区消防通道长期被占用"),
    Category.DISPUTE: ("建筑公司拖欠农民工工资半年未付", "请求解决工伤赔偿问题"),
    Category.POLICY: (
        "咨询外地户口落户需要哪些材料",
        "关于公积金异地提取的疑问",
        "灵活就业人员医保断缴如何补缴",
    ),
    Category.EDUCATION: ("桃园小学学区划分不合理", "某民办初中违规补课收费"),
    Category.LAND_HOUSING: ("开发商逾期交房两年", "请求公布征地补偿标准", "安置房交付后不动产证迟迟未办"),
    Category.HEALTH: ("镇卫生院夜间无人值班", "县医院挂号难"),
    Category.OTHER: ("出租车拒载不打表", "物业公司擅自上调物业费", "景区停车收费过高"),
    Category.DISCIPLINE: ("举报村主任侵占集体资金", "窗口工作人员态度恶劣"),
    Category.HARDSHIP: ("请求给孤寡老人安排助餐", "白血病患儿家庭求助医疗救助"),
    Category.LIVELIHOOD: ("请求帮助柑橘滞销的果农", "春灌在即机井还没修"),
}
NO_TITLES = (
    "酒店隔音太差，前台态度也不好",
    "这家店的火锅一般，服务员倒是不错",
    "请问去古城的公交在哪里坐",
    "地铁上没信号，晚点再聊",
    "快递又没到，卖家说明天发货",
    "宿舍又停电了，哈哈，早点睡吧",
    "他说公司里的网络太慢，加班到十点",
    "小说看到一半烂尾了",
    "球队防守漏洞太多，裁判也黑",
    "电影院离我家太远了",
    "记者从教育局获悉，新学期起实行新规定",
    "全国铁路今起实行新的列车运行图",
    "请大家明天带好材料准时参加",
    "驾照考过了，科目三一把过",
    "医生说没啥大事，开了点药",
)


def matters(text: str, speaker: Speaker = Speaker.RESIDENT) -> list[Grievance]:
    """As the rules have them, before the second opinion."""
    reading = read(Message(text, WEDNESDAY, speaker), Context())
    return [matter for matter, _ in find_grievances(reading, visits=False)]


@pytest.mark.parametrize(
    ("text", "category"), [(text, category) for category, texts in TITLES.items() for text in texts]
)
def test_a_residents_title_is_a_matter_of_its_field(text: str, category: Category) -> None:
    (matter,) = matters(text)
    assert matter.category is category


@pytest.mark.parametrize("text", NO_TITLES)
def test_what_people_say_of_their_own_day_is_none(text: str) -> None:
    assert matters(text) == []


def test_members_do_not_write_titles() -> None:
    assert matters("关于路灯亮化工作的情况", Speaker.MEMBER) == []
