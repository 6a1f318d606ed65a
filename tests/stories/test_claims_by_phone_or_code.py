"""Whose name is whose, shown by the phone or by a code: no number is kept, and no code can be guessed."""

from __future__ import annotations

from sqlalchemy import select

from bot.playground import people
from bot.services.roster.find_branch import all_branches
from bot.services.roster.make_invites import make_invites
from storage.tables import metadata
from tests.stories.newcomers import ASKED, VISITED, WELCOME, joins, latest, opens, sends_contact, unbound
from tests.stories.telling import Tale, on

SAY_WHO = "和花名册上的手机对得上，马上就能用。不方便发手机号，就写一句“我是某某”，我去请书记认一认。"


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
    await village.turn_to(on(11, 10, "18:31"))
    assert "您是 钱玉兰 家的" in (await opens(village, "生人", "helian-9"))[0]
