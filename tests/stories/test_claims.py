"""Whose name is whose: by the phone, by word, by a code; two who claim one; names that are freed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.demo.village import ZONE
from bot.playground import members, people
from bot.playground.contacts import send_contact
from bot.playground.messages import Message
from bot.services.roster.find_branch import all_branches
from bot.services.roster.make_invites import make_invites
from storage.tables import metadata
from tests.stories.telling import Tale

SAY_WHO = "和花名册上的手机对得上，马上就能用。不方便发手机号，就写一句“我是某某”，我去请书记认一认。"
WELCOME = "何文，您好！连上了“杏林村”。直接用平常的话告诉我就行，发“帮助”看能说什么。"
VISITED = "今天走访了谢秀珍家"
ASKED = "收到。我去请陈志强认一认，认了马上告诉您，在这之前还用不了“何文”。"


def joins(village: Tale, name: str, phone: str | None = None) -> None:
    """Somebody new comes to Telegram."""
    here = village.village
    here.people = {**here.people, name: here.world.add_user(name, phone=phone)}


async def opens(village: Tale, name: str, code: str) -> list[str]:
    """`name` opens the bot with a code."""
    world = village.village.world
    people.open_link(
        world, village.village.people[name].id, f"https://t.me/{world.bot.username}?start={code}"
    )
    await village.village.settle()
    return village.heard(name)


async def sends_contact(village: Tale, name: str, *, of: str | None = None) -> list[str]:
    here = village.village
    send_contact(here.world, here.people[name].id, of=None if of is None else here.people[of].id)
    await here.settle()
    return village.heard(name)


def latest(village: Tale, name: str) -> Message:
    return village.from_bot(village.village.people[name].id)[-1]


async def unbound(village: Tale, name: str = "何文") -> None:
    """The name is free again."""
    await village.say("陈志强", f"解绑 {name}", private=True)
    village.listen_from_now()


async def test_a_phone_that_the_roster_has_opens_the_door_at_once(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何", "+8613800001004")
    await village.say("小何", "/start", private=True)
    asking = latest(village, "小何")
    assert SAY_WHO in (asking.text or "")
    assert asking.markup is not None
    assert asking.markup["keyboard"] == [[{"text": "把我的手机号发过来", "request_contact": True}]]
    village.listen_from_now()
    assert await sends_contact(village, "小何") == [WELCOME]
    assert latest(village, "小何").markup == {"remove_keyboard": True}
    await village.say("小何", "今天走访了谢秀珍家", private=True)
    [visit] = (await village.ledger()).reports
    assert visit.member == "何文"
    assert village.heard("陈志强") == []  # nobody need be asked
    await village.nothing_is_left_over()


async def test_a_number_is_kept_nowhere(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何", "13800001004")
    await sends_contact(village, "小何")
    joins(village, "生人", "13900009999")
    [told] = await sends_contact(village, "生人")
    assert told == (
        "这个手机号和花名册对不上，没有保存。请扫门牌上的二维码，或写一句“我是某某”，我去请书记认一认。"
    )
    raw = await _everything_stored(village)
    assert "13900009999" not in raw and "13800001004" not in raw


async def _everything_stored(village: Tale) -> str:
    async with village.village.app.database.reading() as session:
        connection = await session.connection()
        return repr([list(await connection.execute(select(table))) for table in metadata.sorted_tables])


async def test_somebody_elses_card_opens_nothing(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何", "13800001004")
    joins(village, "生人", "13900009999")
    assert await sends_contact(village, "生人", of="小何") == [
        "这是别人的名片。请点下面的按钮，把您自己的手机号发过来。"
    ]
    here = village.village
    people.say(here.world, "private", here.people["生人"].id, "我的号", forward_from=here.people["小何"].id)
    await here.settle()
    await village.say("生人", VISITED, private=True)
    assert "我还不知道您是哪个村的" in village.heard("生人")[-1]


async def test_the_phone_of_a_household_lets_a_resident_in(village: Tale) -> None:
    joins(village, "宋家人", "13800001103")
    assert await sends_contact(village, "宋家人") == [
        "宋家人，您好！记下了，您是 宋长林 家的。有事直接说，会有人跟进。"
    ]


async def test_a_word_is_for_the_secretary_to_believe(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何")
    await village.say("小何", "您好，我是杏林村的何文", private=True)
    assert village.heard("小何") == [ASKED]
    assert village.heard("陈志强") == [
        "有人私下跟我说自己是何文（一组，党员）。\nTelegram 上的名字：小何（只是这么说）\n"
        "是本人吗？拿不准就先打个电话问他。"
    ]
    await village.say("小何", "我是何文", private=True)
    assert village.heard("小何") == ["已经在等陈志强认了，认了马上告诉您。"]
    assert village.heard("陈志强") == []
    await village.say("小何", VISITED, private=True)  # not in before
    assert "我还不知道您是哪个村的" in village.heard("小何")[0]
    village.listen_from_now()

    assert await village.press("陈志强", "是本人") == "好，小何 现在就是何文了，已经告诉他。"
    assert village.heard("小何") == [f"认过了，是您。{WELCOME}"]
    assert (latest(village, "陈志强").text or "").endswith("—— 陈志强：“小何”是本人")
    assert latest(village, "陈志强").buttons() == []
    await village.nothing_is_left_over()


async def test_whoever_is_not_believed_does_not_get_in(village: Tale) -> None:
    await unbound(village)
    joins(village, "生人")
    await village.say("生人", "我是何文", private=True)
    ask = latest(village, "陈志强")
    assert await village.press("陈志强", "不是") == "好，没有让“生人”用这个名字。"
    village_said = village.heard("生人")[-1]
    assert village_said == (
        "陈志强看过了，说这个账号不是何文本人，所以没有连上。要是弄错了，请当面找他说一声。"
    )
    # Their phone still shows the button.
    people.press(village.village.world, ask.chat.id, ask.id, ask.chat.id, data="name:1:1:yes")
    await village.village.settle()
    await village.say("生人", VISITED, private=True)
    assert "我还不知道您是哪个村的" in village.heard("生人")[-1]


async def test_two_who_claim_one_name_wait_until_the_secretary_has_chosen(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何", "13800001004")
    joins(village, "生人")
    await village.say("生人", "我是何文", private=True)
    first = latest(village, "陈志强")
    village.listen_from_now()
    # The right phone, even: while another claims the name, nobody gets in.
    assert await sends_contact(village, "小何") == [ASKED]
    assert village.heard("陈志强") == [
        "有 2 个人都说自己是何文（一组，党员）：\n1. 生人（只是这么说）\n2. 小何（手机号和花名册一样）\n"
        "哪一个是本人？拿不准就先打个电话问他。点之前，谁也用不了。"
    ]
    assert await village.press("陈志强", "是本人", on=first) == (
        "又有人说自己是他，请看新的一条。什么也没改。"
    )
    await village.village.stop_bot()
    await village.village.start_bot()
    await village.press("陈志强", "是第 2 个")
    assert village.heard("小何") == [f"认过了，是您。{WELCOME}"]
    assert "说这个账号不是何文本人" in village.heard("生人")[0]
    assert first.buttons() == []
    await village.nothing_is_left_over()


async def test_none_of_several_may_be_the_one(village: Tale) -> None:
    await unbound(village)
    for name in ("甲生", "乙生"):
        joins(village, name)
        await village.say(name, "我是何文", private=True)
    assert await village.press("陈志强", "都不是") == "好，谁也没有用上这个名字。"
    for name in ("甲生", "乙生"):
        assert "没有连上" in village.heard(name)[-1]


async def test_a_name_in_use_is_taken_over_only_when_the_secretary_says_so(village: Tale) -> None:
    joins(village, "新手机", "13800001004")
    assert await sends_contact(village, "新手机") == [ASKED]
    [asked] = village.heard("陈志强")
    assert "这个名字现在已经有人在用：何文。点“是本人”就换过去。" in asked
    await village.press("陈志强", "是本人")
    assert village.heard("何文") == [
        "“何文”换到另一个账号了，您这个账号不再收到他的通知。要是弄错了，请找书记。"
    ]
    assert village.heard("新手机") == [f"认过了，是您。{WELCOME}"]


async def test_a_code_waits_too_while_another_claims_the_name(village: Tale) -> None:
    code = await _fresh_code(village, "何文")
    joins(village, "生人")
    joins(village, "小何")
    await village.say("生人", "我是何文", private=True)
    village.listen_from_now()
    [answer] = await opens(village, "小何", code)
    assert answer.startswith(ASKED)  # and, at first contact, what is kept
    assert "2. 小何（拿着他的专属链接）" in village.heard("陈志强")[0]
    await village.press("陈志强", "都不是")
    village.listen_from_now()
    # It is in wrong hands: it opens nothing any more.
    assert await opens(village, "小何", code) == ["这个链接已经用过了。要换人或换号，请找书记。"]


async def _fresh_code(village: Tale, name: str) -> str:
    await unbound(village, name)
    async with village.village.app.database.transaction() as session:
        made = await make_invites(session, await all_branches(session), now=village.now)
    return next(line.code for line in made.lines if line.name == name)


async def test_the_secretary_frees_a_name_and_its_user_is_told(village: Tale) -> None:
    await village.say("陈志强", "解绑 何文", private=True)
    assert village.heard("陈志强") == [
        "好，何文解绑了：那个账号不再是他。要重新连上，让他发手机号、写“我是何文”，或给他一个新链接。"
    ]
    assert village.heard("何文") == [
        "书记把您的账号和“何文”解绑了，您不再收到他的通知。要是弄错了，请找书记，或写一句“我是何文”。"
    ]
    await village.say("何文", "今天走访了谢秀珍家", private=True)
    assert not (await village.ledger()).reports
    village.listen_from_now()
    await village.say("陈志强", "解绑 何文", private=True)
    assert village.heard("陈志强") == ["何文还没有连上账号，不用解绑。"]


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("李建国", "解绑 何文", "解绑要由书记来做。"),
        ("陈志强", "解绑 诸葛亮", "花名册上没有叫“诸葛亮”的人。"),
        ("陈志强", "解绑 陈志强", "这是您自己的账号，不能自己解绑。请让镇里或别的书记来做。"),
        ("赵敏", "解绑 陈志强", "好，陈志强解绑了：那个账号不再是他。"),
    ],
)
async def test_who_may_free_whose_name(village: Tale, who: str, said: str, answer: str) -> None:
    await village.say(who, said, private=True)
    assert village.heard(who)[0].startswith(answer)


async def test_without_a_secretary_the_town_is_asked_and_without_that_a_link_is_needed(village: Tale) -> None:
    await unbound(village)
    await village.say("赵敏", "解绑 陈志强", private=True)
    joins(village, "小何")
    village.listen_from_now()
    await village.say("小何", "我是何文", private=True)
    assert village.heard("小何") == ["收到。我去请赵敏认一认，认了马上告诉您，在这之前还用不了“何文”。"]
    assert len(village.heard("赵敏")) == 1
    members.block(village.village.world, village.village.people["赵敏"].id, blocked=True)
    await village.village.settle()
    joins(village, "书记本人")
    await village.say("书记本人", "我是陈志强", private=True)
    assert village.heard("书记本人") == ["现在没有人能替您认，请向村里要一个专属链接点一下。"]


async def test_guessing_codes_is_slowed_down(village: Tale) -> None:
    joins(village, "生人")
    for _ in range(5):
        [answer] = await opens(village, "生人", "AAAA3")
        assert answer.startswith("这个链接不对，请向村里再要一个。")
    # Now even a right one does not count.
    assert await opens(village, "生人", "helian-9") == [
        "一小时里有 5 个码不对，先停一停，今天 18:30 以后再试。码看不清就找书记要，或写一句“我是某某”。"
    ]
    joins(village, "旁人")
    assert "您是 钱玉兰 家的" in (await opens(village, "旁人", "helian-9"))[0]
    await village.turn_to(datetime(2026, 11, 10, 18, 31, tzinfo=ZONE))
    assert "您是 钱玉兰 家的" in (await opens(village, "生人", "helian-9"))[0]


async def test_the_secretary_is_not_asked_for_ever(village: Tale) -> None:
    joins(village, "生人")
    for name in ("何文", "刘春梅", "孙立新"):
        await village.say("生人", f"我是{name}", private=True)
    village.listen_from_now()
    await village.say("生人", "我是李建国", private=True)
    [said] = village.heard("生人")
    assert said == "一天最多请人认 3 次，今天用完了。请直接找书记，或向村里要一个专属链接。"
    assert village.heard("陈志强") == []


async def test_an_old_claim_counts_no_more(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何", "13800001004")
    joins(village, "生人")
    await village.say("生人", "我是何文", private=True)
    await village.fast_forward(days=8)
    village.listen_from_now()
    assert await sends_contact(village, "小何") == [WELCOME]
    assert await village.press("陈志强", "是本人") == "这件事已经定了，什么也没改。"


async def test_what_only_sounds_like_a_name_is_talk(village: Tale) -> None:
    await village.say("王德福", "我是老实人", private=True)
    assert village.heard("王德福") == ["这句我没听出要记什么。发“帮助”看能说什么。"]
    await village.say("李建国", "我是何文", private=True)  # is somebody already
    assert village.heard("陈志强") == []


async def test_nobody_claims_a_name_in_the_group(village: Tale) -> None:
    await unbound(village)
    await village.say("何文", "我是何文")
    assert village.heard("陈志强") == []
    assert village.heard_in_group() == []


async def test_night_is_night_for_such_questions_too(village: Tale) -> None:
    await unbound(village)
    joins(village, "小何")
    await village.turn_to(datetime(2026, 11, 10, 22, 0, tzinfo=ZONE))
    village.listen_from_now()
    await village.say("小何", "我是何文", private=True)
    assert village.heard("小何") == [ASKED]
    assert village.heard("陈志强") == []
    await village.turn_to(datetime(2026, 11, 11, 7, 0, tzinfo=ZONE) + timedelta(seconds=1))
    assert any("有人私下跟我说自己是何文" in text for text in village.heard("陈志强"))
