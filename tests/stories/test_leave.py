"""Somebody goes on leave: who stands in, what is lent, and that it comes back by itself."""

from datetime import datetime, timedelta

import pytest

from bot.demo.village import ZONE
from tests.stories.telling import Tale, on

TROUBLE = "李大娘家水管漏了"


async def _leave_agreed(village: Tale) -> None:
    """李建国 is away from 12 to 14 November, 何文 stands in."""
    await village.say("李建国", "请假 11月12日到14日，何文代", private=True)
    [answer] = village.heard("李建国")
    assert answer == ("好，11月12日（周四）到11月14日（周六）请假。已经问了何文能不能代，等他点头就告诉您。")
    [asked] = village.heard("何文")
    assert "李建国11月12日（周四）到11月14日（周六）请假，想请您代管" in asked
    assert "谢谢" in await village.press("何文", "同意")
    assert "何文同意代您" in village.heard("李建国")[0]
    assert village.heard("陈志强") == ["李建国11月12日（周四）到11月14日（周六）请假，何文代。"]


async def test_links_and_matters_are_lent_and_come_back_by_themselves(village: Tale) -> None:
    await village.say("李建国", TROUBLE)
    await village.press("李建国", "我来处理")
    village.listen_from_now()
    await _leave_agreed(village)
    assert (await village.matter()).assignee == "李建国"

    await village.turn_to(on(11, 12, "00:00"))
    assert (await village.matter()).assignee == "何文"
    assert village.heard("何文") == []  # nobody is woken for it
    await village.turn_to(on(11, 12, "07:00"))
    begins, lent = village.heard("何文")
    assert "从今天起您替李建国代管，到11月14日（周六）。" in begins
    assert "李桂英" in begins and "#1" in begins
    assert "李建国请假，到11月14日（周六）由您代办。" in lent

    await village.turn_to(on(11, 14))
    village.listen_from_now()
    # An emergency of a household of his goes to the substitute at once.
    await village.say("王德福", "快来人！我家着火了")
    assert any("着火" in text for text in village.heard("何文"))
    assert "着火" not in "".join(village.heard("李建国"))
    await village.press("何文", "我来处理")

    await village.turn_to(on(11, 15, "00:00"))
    assert (await village.matter()).assignee == "李建国"
    assert (await village.matter(2)).assignee == "何文"  # whoever took it on sees it through
    village.listen_from_now()
    await village.turn_to(on(11, 15, "07:00"))
    [back] = [text for text in village.heard("何文") if "代管到期" in text]
    assert "1 件事都还给李建国了。这几天新接手的事，谁接的谁办完。辛苦了。" in back
    [own] = [text for text in village.heard("李建国") if "您的假到期了" in text]
    assert "1 件事都交还给您了，谢谢何文。" in own
    notes = [event.note for event in (await village.matter()).events if event.kind == "reassign"]
    assert notes == ["李建国请假，到11月14日（周六）由何文代办", "李建国回来了，接着办"]
    await village.nothing_is_left_over()


async def test_reminders_of_visits_go_to_the_substitute(village: Tale) -> None:
    await village.say("何文", "请假 11月12日到14日，李建国代", private=True)
    await village.press("李建国", "同意")
    village.listen_from_now()
    await village.turn_to(on(11, 13, "09:00"))  # 谢秀珍 lives alone: every three days
    assert any("谢秀珍" in text for text in village.heard("李建国"))
    assert not any("谢秀珍" in text for text in village.heard("何文"))


async def test_without_a_substitute_the_group_leader_gets_the_matters(village: Tale) -> None:
    await village.say("李建国", TROUBLE)
    await village.press("李建国", "我来处理")
    village.listen_from_now()
    await village.say("李建国", "请假 今天到11月14日", private=True)
    assert "走访先不算您的" in village.heard("李建国")[0]
    [told] = village.heard("张海燕")
    assert "李建国请假（到11月14日（周六）），没有人代，这件事现在交给您。" in told
    matter = await village.matter()
    assert (matter.step, matter.assignee, matter.status) == ("group", "张海燕", "open")
    assert "没有人代" in village.heard("陈志强")[0]


async def test_coming_back_early_takes_everything_back_at_once(village: Tale) -> None:
    await village.say("李建国", TROUBLE)
    await _take_and_leave(village)
    await village.turn_to(on(11, 13))
    village.listen_from_now()
    await village.say("李建国", "销假", private=True)
    assert "好，销假了。欢迎回来。" in village.heard("李建国")
    assert (await village.matter()).assignee == "李建国"
    assert any("李建国回来了。代管到期" in text for text in village.heard("何文"))
    village.listen_from_now()
    await village.turn_to(on(11, 16))
    assert not any("代管到期" in text for text in village.heard("何文"))


async def _take_and_leave(village: Tale) -> None:
    await village.press("李建国", "我来处理")
    village.listen_from_now()
    await _leave_agreed(village)


async def test_whoever_can_not_stand_in_says_so_and_another_is_found(village: Tale) -> None:
    await village.say("李建国", "请假 11月12日到14日，何文代", private=True)
    village.listen_from_now()
    await village.press("何文", "代不了")
    [told] = village.heard("李建国")
    assert told.startswith("何文代不了（11月12日（周四）到11月14日（周六））。请换个人")
    assert await village.press("何文", "同意") == "已经答过了，什么也没改。"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("请假", "要请假，这样写"),
        ("请假 11月30日到25日", "日子写反了"),
        ("请假 11月1日到3日", "已经过去了"),
        ("请假 11月12日到2027年11月1日", "一次最多请 180 天假"),
        ("请假 11月13日", "您已经请了11月12日（周四）到11月14日（周六）的假"),
        ("请假 11月20日，李建国代", "不能让自己代自己"),
        ("请假 11月20日，孙立新代", "孙立新自己11月20日（周五）请假"),
        ("请假 11月20日，诸葛亮代", "没有找到“诸葛亮”"),
        ("请假 11月20日，方志明代", "没有找到“方志明”"),
        ("销假", "好，11月12日（周四）到11月14日（周六）的假取消了。"),
    ],
)
async def test_each_thing_that_can_not_be_gets_one_clear_sentence(
    village: Tale, asked: str, answered: str
) -> None:
    await village.say("李建国", "请假 11月12日到14日", private=True)
    await village.say("孙立新", "请假 11月20日", private=True)
    village.listen_from_now()
    await village.say("李建国", asked, private=True)
    [said] = village.heard("李建国")
    assert answered in said


async def test_busy_farming_days_pause_what_is_not_urgent(village: Tale) -> None:
    await village.say("李建国", "农忙 11月11日到13日", private=True)
    assert village.heard("李建国") == ["农忙由书记来定。"]
    await village.say("陈志强", "农忙 11月11日到13日", private=True)
    [answer] = village.heard("陈志强")
    assert answer == "好，定了农忙：每年11月11日到11月13日。这些日子，一般的事不催、不计时。"
    await village.say("陈志强", "历", private=True)
    [shown] = village.heard("陈志强")
    assert "· 法定节假日" in shown and "· 农忙：每年11月11日到11月13日" in shown

    # Told on the 10th at 17:30: 4 h before the harvest, 20 h after it (14.5 on the 14th).
    await village.say("钱玉兰", "村口路灯坏了三天没人管")
    deadline = datetime(2026, 11, 15, 12, 30, tzinfo=ZONE)
    assert (await village.matter()).acknowledge_by == deadline
    village.listen_from_now()
    await village.turn_to(deadline - timedelta(minutes=1))
    assert any("提醒一下" in text for text in village.heard("刘春梅"))
    assert (await village.matter()).step == "member"
    await village.say("陈志强", "取消农忙", private=True)
    assert village.heard("陈志强")[-1] == "好，农忙都取消了。"


@pytest.mark.parametrize("told", ["李建国11月12日到14日请假，何文代", "李建国请假 11月12日到14日，何文代"])
async def test_a_leader_takes_leave_for_one_of_theirs(village: Tale, told: str) -> None:
    said = await village.say("张海燕", told)
    assert village.reaction_to(said) == "👍"
    assert village.heard_in_group() == []
    assert village.heard("李建国") == [
        "张海燕替您请了假。好，11月12日（周四）到11月14日（周六）请假。"
        "已经问了何文能不能代，等他点头就告诉您。"
    ]
    await village.press("何文", "同意")
    assert village.heard("陈志强") == ["李建国11月12日（周四）到11月14日（周六）请假，何文代。"]


async def test_leave_is_taken_for_nobody_one_does_not_lead(village: Tale) -> None:
    for name, told in (
        ("孙立新", "李建国11月12日到14日请假，何文代"),  # of another group
        ("王德福", "李建国11月12日到14日请假"),
        ("张海燕", "王德福11月12日到14日请假"),  # no member
    ):
        said = await village.say(name, told)
        assert village.reaction_to(said) is None
    assert village.heard("李建国") == []


async def test_what_cannot_be_taken_is_told_to_whoever_tried(village: Tale) -> None:
    await village.say("张海燕", "李建国11月14日到12日请假", private=True)
    [answer] = village.heard("张海燕")
    assert answer == "李建国的假没请成。日子写反了：结束比开始还早。请再写一遍，比如：请假 11月25日到30日。"
    assert village.heard("李建国") == []
