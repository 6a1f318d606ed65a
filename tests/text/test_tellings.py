"""What is told one after another in a message of several sentences is read as if each had been sent alone."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from bot.domain.acts import Grievance, Visit
from bot.text import Context, Message, Speaker
from bot.text.reading import read
from bot.text.tellings import tellings
from tests.text.labelled import Labelled, held_out
from tests.text.reading_aids import WEDNESDAY, acts_of, bare

JOINED = 0.85  # of pairs of labelled messages that are read as if each stood alone


def told(text: str, speaker: str = "resident") -> list[str]:
    reading = read(Message(text, WEDNESDAY, Speaker(speaker)), Context())
    return [each.text for each in tellings(reading)]


@pytest.mark.parametrize("beside", ["早上好，愿你三冬暖，愿你春不寒！", "俺家二小子考上一中了，都来喝两盅。"])
def test_a_need_is_not_lost_beside_chatter(beside: str) -> None:
    need = "供水管道在俺家门口裂了，全胡同现在没水吃。"
    assert bare(acts_of(need + beside, "resident")) == bare(acts_of(need, "resident")) != []
    assert bare(acts_of(beside + need, "resident")) == bare(acts_of(need, "resident"))


def test_danger_is_seen_behind_an_old_matter() -> None:
    first, second = "垃圾池满了半个月没人拉。", "后院着火了，火苗窜上房檐了，快来人！"
    rubbish, fire = acts_of(first + second, "resident")
    assert isinstance(rubbish, Grievance) and isinstance(fire, Grievance)
    assert (rubbish.urgency, fire.urgency) == ("normal", "emergency")
    assert rubbish.span in first and fire.span in second


def test_danger_told_on_is_one_danger() -> None:
    (gas,) = acts_of("煤气味好大！！3号楼2单元楼道里，谁家漏气了，我头都晕", "resident")
    assert isinstance(gas, Grievance) and gas.urgency == "emergency"


def test_visits_and_matters_of_one_message_each_keep_their_own() -> None:
    visit, matter = acts_of("昨天去了石头娘家，给她量了血压。\n西沟桥栏杆断了两根，娃们上学从那儿过。")
    assert isinstance(visit, Visit) and isinstance(matter, Grievance)
    assert visit.households == ("石头娘",) and matter.about is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("俺家门前那条路冻成溜冰场了。昨儿个他二婶买菜回来摔了一跤。能撒点盐不？", "resident"),
        ("后院的自来水管不出水。缸里就剩个底儿，一家五口等着做饭！", "resident"),
        ("今天走了3户。老耿头在编筐，精神得很。", "member"),
        ("去了两户。老霍家屋顶漏雨，霍建没啥事。", "member"),
    ],
)
def test_what_goes_on_with_the_same_is_one(text: str, speaker: str) -> None:
    assert told(text, speaker) == [text]


def test_each_is_kept_as_it_was_written() -> None:
    text = "巷口的路燈壞了三天。 早上好！愿大家天天开心！\n水费单子上多算了我家二十吨，找谁改？"
    assert "".join(told(text)) == text


def test_what_opens_with_a_word_for_going_over_is_read_without_it() -> None:
    assert told("东头那盏路灯又不亮了，另外河边垃圾堆了半个月没人拉") == [
        "东头那盏路灯又不亮了，",
        "河边垃圾堆了半个月没人拉",
    ]


LISTED = "跟社区反映下：1、垃圾清运不及时 2、大门口道闸杆坏了抬不起来 3、想问问高龄补贴几月份发"
SAID = "俺说两件事，一个是后街下水道盖板烂了，二个是广场舞放到十点多，孩子没法写作业"
BESIDE = "卖树的钱哪去了，从来没见公示过一回"


@pytest.mark.parametrize("listed", [LISTED, SAID])
@pytest.mark.parametrize("mark", ["。", "\n", "\n\n"])
def test_a_list_is_told_as_one_and_what_stands_around_it_by_itself(listed: str, mark: str) -> None:
    assert told(listed + mark + BESIDE) == [listed + mark, BESIDE]
    assert told(BESIDE + mark + listed) == [BESIDE + mark, listed]


def test_a_list_goes_on_with_who_else_was_called_on() -> None:
    text = "今天去了沟里头那几家，一个是老魏，一个是魏老大，再就是回来养病的魏小光"
    assert told(text, "member") == [text]


def test_a_form_of_many_lines_is_one() -> None:
    text = "网格日报 2月23日\n上门：4户\n电话：0\n谭奶奶：想申请家门口装个扶手\n雷师傅：无"
    assert told(text, "member") == [text]


def test_danger_told_bit_by_bit_is_not_lost() -> None:
    (danger,) = acts_of("我妈妈好像煤气中毒了。门窗关着洗澡。叫不醒。脸红红的！四号楼五零一！", "resident")
    assert isinstance(danger, Grievance) and danger.urgency == "emergency"


def test_a_letter_has_one_concern() -> None:
    text = "村口的路灯坏了三个月没有人修。公厕的水管冻裂了，谁来管管。" * 12
    assert told(text) == [text]


@pytest.mark.parametrize("speaker", ["resident", "member"])
def test_joining_two_messages_joins_their_acts(speaker: str) -> None:
    """Of messages never learned from, every so manieth with the next, whatever they are about."""
    ended = [each for each in held_out() if each.speaker == speaker and not each.reply_to]
    pairs = list(pairwise(ended[::60]))
    alike = sum(_joined(*pair) == [*_alone(pair[0]), *_alone(pair[1], like=pair[0])] for pair in pairs)
    assert len(pairs) > 100 and alike / len(pairs) >= JOINED


def _alone(message: Labelled, like: Labelled | None = None) -> list[str]:
    at = datetime.fromisoformat((like or message).at)
    return bare(acts_of(message.text, message.speaker, at=at))


def _joined(one: Labelled, other: Labelled) -> list[str]:
    at = datetime.fromisoformat(one.at)
    return bare(acts_of(f"{one.text}\n{other.text}", one.speaker, at=at))
