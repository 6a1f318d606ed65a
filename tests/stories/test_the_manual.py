"""What the manual says that people can say is said, and does what it says."""

from __future__ import annotations

import re
from pathlib import Path

from tests.stories.telling import Tale

MANUAL = (Path(__file__).parents[2] / "docs" / "用户手册.md").read_text(encoding="utf-8")


async def test_every_sentence_of_the_table_of_visits_is_recorded_as_it_says(village: Tale) -> None:
    table = MANUAL.split("| 您说 | 记成 |", 1)[1].split("\n\n", 1)[0]
    rows = re.findall(r"^\| ([^-].*?) \| (.*?) \|$", table, re.MULTILINE)
    assert len(rows) >= 6
    for sentences, recorded in rows:
        for sentence in sentences.split(" / "):
            before = len((await village.ledger()).reports)
            await village.say("李建国", sentence)
            reports = (await village.ledger()).reports
            made = sorted(str(report.count) for report in reports[: len(reports) - before])
            assert made == sorted(re.findall(r"(\d+) 户", recorded)), sentence


async def test_every_trouble_it_quotes_gets_its_number(village: Tale) -> None:
    quoted = re.findall(r"^> (.+)$", MANUAL, re.MULTILINE)
    assert len(quoted) >= 3
    for number, sentence in enumerate(quoted, start=1):
        await village.say("钱玉兰", sentence)
        assert village.heard_in_group()[-1].startswith(f"已登记 #{number} ")


async def test_a_false_alarm_in_its_words_calls_everybody_off(village: Tale) -> None:
    fire = await village.say("王德福", "我家着火了，快来人")
    village.listen_from_now()
    [words] = re.findall(r"虚惊一场的，回复那条消息说“(.*?)”", MANUAL)
    await village.say("王德福", words, reply_to=fire)
    for name in ("李建国", "张海燕", "陈志强"):
        assert "您不用再管" in village.heard(name)[0]


async def test_in_an_emergency_its_words_in_the_group_take_it_on(village: Tale) -> None:
    await village.say("王德福", "我家着火了，快来人")
    [words] = re.findall(r"或在群里说“(.*?)”", MANUAL)
    await village.say("何文", words)
    assert (await village.matter()).assignee == "何文"


async def test_every_word_it_names_is_answered_in_private(village: Tale) -> None:
    await village.say("李建国", "李大娘家水管漏了")
    for name, asked in (
        ("李建国", ("我的", "待办", "进度", "事项 1", "帮助")),
        ("陈志强", ("台账",)),
        ("赵敏", ("待办", "进度", "事项 1", "杏林村 事项 1", "台账", "帮助")),
        ("王德福", ("我的", "进度", "帮助")),
    ):
        for words in asked:
            village.listen_from_now()
            await village.say(name, words, private=True)
            [said] = village.heard(name)
            assert "不知道您是哪个村" not in said
            assert "没听出" not in said


async def test_the_bot_gives_whoever_offers_help_the_matter_and_its_buttons(village: Tale) -> None:
    lamp = await village.say("王德福", "村口路灯坏了三天没人管")
    await village.say("何文", "我去看看", reply_to=lamp)
    await village.press("何文", "已解决")
    assert (await village.matter()).status == "claimed_solved"
    assert "何文说已经好了" not in "".join(village.said_to("何文"))
    await village.press("王德福", "好了")
    assert (await village.matter()).outcome == "satisfied"
    await village.say("王德福", "又坏了", reply_to=lamp)
    assert ((await village.matter()).status, (await village.matter()).assignee) == ("open", "张海燕")


async def test_names_sent_later_fill_a_number_told_before(village: Tale) -> None:
    said = await village.say("李建国", "电话联系了3户")
    await village.say("李建国", "老王", reply_to=said)
    await village.say("李建国", "李大娘、周大山", private=True)
    [report] = (await village.ledger()).reports
    assert set(report.households) == {"王德福", "李桂英", "周大山"}


async def test_its_words_for_leave_promises_and_the_calendar_do_what_it_says(village: Tale) -> None:
    [leave] = re.findall(r"私下发“(请假 .*?)”", MANUAL)
    await village.say("李建国", leave, private=True)
    assert "已经问了何文能不能代" in village.heard("李建国")[0]
    [busy] = re.findall(r"书记私下发“(农忙 .*?)”", MANUAL)
    await village.say("陈志强", busy, private=True)
    assert "每年5月28日到6月10日" in village.heard("陈志强")[-1]
    lamp = await village.say("钱玉兰", "村口路灯坏了三天没人管")
    [words] = re.findall(r"回复那条消息说“(周五前修好)”", MANUAL)
    await village.say("刘春梅", words, reply_to=lamp)
    assert (await village.matter()).promises == ("答应：刘春梅，11月13日（周五）前办好",)
