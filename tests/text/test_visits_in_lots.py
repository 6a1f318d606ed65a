"""Visits told by several numbers: by days, by means, with their sum, fewer by those who were not in."""

from __future__ import annotations

import pytest

from bot.domain.acts import Visit
from tests.text.reading_aids import acts_of

# what is counted, and whether it is a running total
LOTS = {
    "两天走了6户，昨天4户，今天2户，这两户都好": [(4, False), (2, False)],
    "昨儿三家，今儿四家": [(3, False), (4, False)],
    "昨天傍晚五户，今天清早两户": [(5, False), (2, False)],
    "晚饭前四户，晚饭后一户，共五户": [(5, False)],
    "今早4户+晚上2户=6户": [(6, False)],
    "今日又添二户，月计十户": [(2, False), (10, True)],
    "四户四户四户，重要的事说三遍": [(4, False)],
    "敲了9家，应门5家": [(5, False)],
    "周日敲门五家开四家": [(4, False)],
    "打了七个电话，三个没人接": [(4, False)],
    "二月底汇总：我家访11户，电话4户": [(11, True), (4, True)],
    "八月结账：入户9、电话3、视频1": [(9, True), (3, True), (1, True)],
    "上坡三户没事，下坡两户也没事": [(5, False)],
    "昨天去看望了刚做完手术的老组长，他还惦记修桥": [(1, False)],
    "慰问了老党员盖秀峰，米面油都送到了": [(1, False)],
    "上午去0608家，老先生让我帮他看看手机": [(1, False)],
    "到后街万家，老人抱着重孙子晒太阳": [(1, False)],
    "去谷家坐坐，老谷说广播声音正好": [(1, False)],
    "今天去5户，四户没交过钱，一户说去年交了两百": [(5, False)],
    "今天慰问特困人员6人，每人一袋面": [(6, False)],
    "今日入户4，其中一户新添了娃": [(4, False)],
    "今天4户，比昨天多1户": [(4, False)],
    "粽子分给了七户": [(7, False)],
    "今天2户，九月到这会儿一共8户": [(2, False), (8, True)],
    "组里六户今天我跑了三户，剩那三户锁着门": [(3, False)],
    "昨天、前天各四户": [(4, False), (4, False)],
    "3号和5号各走了一户": [(1, False), (1, False)],
    "前天走东头仨，昨天走西头俩，今天歇着": [(3, False), (2, False)],
    "昨天3，今天4": [(3, False), (4, False)],
    "入户：4｜电话：2": [(4, False), (2, False)],
    "3组2户+6组1户": [(3, False)],
    "清早一户，擦黑两户": [(3, False)],
    "老段4户，小贺6户，我3户": [(3, False)],
    "她们四户，我两户": [(2, False)],
    "应走七户，实走七户": [(7, False)],
    "冬至给四个孤老送了扁食肉": [(4, False)],
    "给三对空巢老夫妻都送了药，人都硬朗": [(3, False)],
    "今天一口气走了六个羊倌家": [(6, False)],
    "电话问了在外的，打了八个，通了五个，都平安": [(5, False)],
    "半年了，我走了四十一户，名单在本子里": [(41, True)],
    "打卡✅ 走访×3": [(3, False)],
    "走了段湾、柳湾、石湾，一湾三户，九户": [(9, False)],
    "瓦匠老闵，木匠老项，昨天两户": [(2, False)],
    "五户，前两户走着去的，后三户骑车": [(5, False)],
    "头一户老闵，第二户老项，第三户老柳，都好": [(3, False)],
    "今天走了四家第一家没事第二家也没事第三家腌菜第四家也好": [(4, False)],
    "今日走访，一户在晒谷，一户在绣花，一户没开门": [(2, False)],
    "跟我包的三户讲了防火，两户听进去了，一户嫌烦": [(3, False)],
    "三户，不对不对，我想想，四户": [(4, False)],
    "十一户走了七户，四户在外地": [(7, False)],
    "到竹弄，六户，一户关门，实到五户": [(5, False)],
    "走到侯七家，他的三轮借出去了": [(1, False)],
    "入户2户，1003家孩子想上托班": [(2, False)],
    "送米到三户，五百一户": [(3, False)],
    "小湾、大湾各四户，都跑遍了": [(8, False)],
    "四楼五楼六楼，每层三家，全去过了": [(9, False)],
    "带队走十户，分两路，我这路四户": [(4, False)],
    "去三道街看了仨老人，屋里闷": [(3, False)],
    "今晚补了四个电话，完成任务": [(4, False)],
    "就打了打电话，六个都接了": [(6, False)],
    "微信联系7户，6户回": [(6, False)],
    "敲了八家的门，四家回应": [(4, False)],
    "我名下七户：四户面谈，三户语音": [(4, False), (3, False)],
    "上旬三户，中旬五户": [(3, True), (5, True)],
    "给老闵隔壁的柳三爷换了块玻璃": [(1, False)],
    "到桂花家，桂花婆婆在绣花": [(1, False)],
    "前半晌一家，后半晌两家，黑了再一家": [(4, False)],
    "到溪东三家，到溪西两家，一晌没歇": [(5, False)],
    "溪口三户，溪里两户": [(5, False)],
    "两个村走五户，山南三户山北两户": [(5, False)],
    "电话回访六户，一户说路灯不亮": [(6, False)],
    "敲门敲了四家，应了三家": [(3, False)],
    "我跟村医跑了一上午，三户高血压、两户糖尿病，都量了": [(5, False)],
    "给七位老人量了血压，一位偏高": [(7, False)],
    "早上散步敲了502的门，老两口刚起": [(1, False)],
    "早上路过顺便进了两家门，都在吃早饭": [(2, False)],
    "周一走的3户，周二走的2户，今天1户": [(3, False), (2, False), (1, False)],
    "9号、11号、14号分别走了2户、1户、3户": [(2, False), (1, False), (3, False)],
    "上周一三各两户": [(2, False), (2, False)],
    "周一、周二各走2户，今天3户": [(2, False), (2, False), (3, False)],
    "昨天和前天都各走了两户": [(2, False), (2, False)],
    "走了崖上两户，沟里三户，庙后一户": [(6, False)],
    "今天上午2户下午4户": [(6, False)],
    "上午邵湾两户，下午桑坪一户": [(3, False)],
    "走访种菜大户2户、养蜂大户1户": [(3, False)],
    "昨天走了瞿家、缪家，今天走了宣家": [(2, False), (1, False)],
    "今天走了一二三四五家，都好": [(5, False)],
    "见着老万一户": [(1, False)],
    "今天走访3户，有一户是摸黑去的": [(3, False)],
    "花送到了，6位老人6户": [(6, False)],
    "今天到了六位独居妇女家，都好": [(6, False)],
    "昨天给7户困难户送了棉被，我和会计一户一户送的": [(7, False)],
    "走访：2单元301、2单元302。302室的灯坏了": [(2, False)],
    "上门看了5号楼602，王老师，血压还好": [(1, False)],
    "陪村医老周去了趟老霍家，都好": [(1, False)],
    "今天走访四户，名单明天补": [(4, False)],
    "今天没出门，跟在外地的三户视频了一圈": [(3, False)],
    "昨天剩的两家今天补上，都挺好": [(2, False)],
    "志愿者日，给我包的三位老人理发，都高兴": [(3, False)],
    "老邵家没事，儿子三年没打钱，我走了两户": [(2, False)],
    "小年前抓紧跑，今天入户5户": [(5, False)],
    "文宝、长根、粉香三家都在收稻": [(3, False)],
}

NOT_THE_SPEAKERS = (
    "老范今天把我俩合包的那片都走了，他自己报",
    "我姐夫也是党员，他昨天走了两户",
    "送本子来的老齐说今天走了六家",
    "还剩老侯一家没去，他上山了",
    "去了老庄家，没遇着人",
    "下午我走两户再说",
    "每位党员每周至少上门2户，当天交记录",
    "帮老梅代报：今天5户",
    "老关一天走了七家，我替他报个喜",
    "网格员小鞠这周入户32户，号召大家学习",
    "一小组21户，二小组18户，三小组25户，加把劲",
    "打算周六带小李一块去看看王奶奶",
    "如果今天走了3户就算完成",
)


@pytest.mark.parametrize(("text", "expected"), LOTS.items())
def test_numbers_are_told_in_lots(text: str, expected: list[tuple[int, bool]]) -> None:
    visits = [act for act in acts_of(text) if isinstance(act, Visit)]
    assert [(visit.count, visit.cumulative) for visit in visits] == expected


@pytest.mark.parametrize("text", NOT_THE_SPEAKERS)
def test_nobody_was_visited_by_the_speaker(text: str) -> None:
    assert not [act for act in acts_of(text) if isinstance(act, Visit)]


@pytest.mark.parametrize(
    "text", ["巷头巷尾认得的人家都进去坐了坐", "名单上的我都对上号了，人也都见了", "全走完了，一户没落"]
)
def test_all_of_them_are_as_many_as_nobody_says(text: str) -> None:
    assert [act.count for act in acts_of(text) if isinstance(act, Visit)] == [None]
