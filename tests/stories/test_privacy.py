"""What is kept of people: told once, shown to them, masked in time, and erased when they ask."""

from datetime import datetime

from sqlalchemy import text as sql

from bot.demo.village import ZONE
from bot.playground import members, people
from bot.services.privacy.retain import retain
from storage import inbox
from storage.tables import AuditEntry, Consent, Matter, Notice
from tests.stories.telling import Tale, labels

CONSENT = (
    "您说的事和您的称呼、联系方式会记下来，只用来替您办事，办结180天后隐去姓名、电话和住址；"
    "想看记了什么，私下跟我说“看我的信息”，想删就说“删除我的信息”。"
)
PHONE = "13811112222"


async def everything_stored(village: Tale) -> dict[str, str]:
    """All rows of the database as text, by table."""
    async with village.village.app.database.reading() as session:
        connection = await session.connection()
        names = await connection.execute(sql("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return {
            name: repr((await connection.execute(sql(f'SELECT * FROM "{name}"'))).fetchall())
            for (name,) in names.fetchall()
        }


async def a_stranger(village: Tale, name: str) -> int:
    """A neighbour in the group who has never spoken with the bot."""
    user = village.village.world.add_user(name, label="住户")
    members.set_member(village.village.world, village.village.group.id, user.id, "member")
    return user.id


async def test_a_resident_is_told_once_what_is_kept(village: Tale) -> None:
    [greeting] = village.said_to("马小军")
    assert greeting.splitlines()[-1] == CONSENT
    assert {one.way for one in await village.rows(Consent)} == {"plate"}
    village.listen_from_now()
    people.open_link(
        village.village.world,
        village.village.people["马小军"].id,
        f"https://t.me/{village.village.world.bot.username}?start=helian-11",
    )
    await village.village.settle()
    await village.say("马小军", "村口路灯坏了三天没人管")
    assert CONSENT not in "".join([*village.heard("马小军"), *village.heard_in_group()])
    # Whoever holds an office has been told by holding it.
    assert not any(CONSENT in one for one in village.said_to("李建国"))


async def test_whoever_is_first_heard_of_in_the_group_is_told_below_their_number(village: Tale) -> None:
    user_id = await a_stranger(village, "周小兰")
    for told in ("村口路灯坏了三天没人管", "我家门口路塌了一块，没法走"):
        people.say(village.village.world, village.village.group.id, user_id, told)
        await village.village.settle()
    first, second = village.heard_in_group()[-2:]
    assert first.splitlines()[-1] == CONSENT
    assert first.startswith("已登记 #1")
    assert CONSENT not in second


async def test_one_sees_all_that_is_kept_of_oneself(village: Tale) -> None:
    await village.say("马小军", "村口路灯坏了三天没人管", private=True)
    village.listen_from_now()
    await village.say("马小军", "看我的信息", private=True)
    [told] = village.heard("马小军")
    assert told.splitlines() == [
        "这里记着您的这些：",
        "· 称呼：马小军",
        f"· 这个账号的编号：{village.village.people['马小军'].id}",
        "· 住户：马德胜 河沿11号",
        "· 11月10日告诉过您记什么、怎么删",
        "您反映的事（1件）：",
        "· #1 11月10日 村口路灯坏了三天没人管（等人接手）",
        "我发给您的消息，存着2条，最早的是11月10日。",
        "哪里不对，请找书记改；想删，说“删除我的信息”。",
    ]
    await village.say("何文", "今天走访了3户")
    await village.say("何文", "看我的信息", private=True)
    member = village.heard("何文")[-1]
    assert "· 身份：党员（杏林村）" in member
    assert "您报的走访（1次）：\n· 11月10日 今天走访了3户" in member
    assert "封存着1条，31天后自动删" in member


async def test_nothing_of_a_resident_is_left_who_wants_to_be_forgotten(village: Tale) -> None:
    user_id = village.village.people["马小军"].id
    await village.say("马小军", f"我是马小军，村口路灯坏了三天没人管，电话{PHONE}")
    await village.press("刘春梅", "我来处理")
    await village.say("马小军", "我家门口垃圾没人拉，找马小军", private=True)
    await village.say("马小军", "今天天气不错")
    village.listen_from_now()

    await village.say("马小军", "删除我的信息", private=True)
    [asked] = village.heard("马小军")
    assert "会删掉：您的名字、电话，和这个账号的联系" in asked
    assert "您还有2件没办完的事" in asked
    chat = village.from_bot(user_id)[-1]
    assert labels(chat) == ["删除，事情不留名接着办", "删除，事情也撤回", "先不删"]
    assert await village.press("马小军", "先不删") == "好，什么也没删。"
    assert "马小军" in (await everything_stored(village))["person"]

    assert await village.press("马小军", "删除，事情不留名接着办") == "删好了"
    assert village.heard("马小军") == ["删好了，您的信息这里没有了。以后有事再说，就当头一回认识。"]
    await village.turn_to(datetime(2026, 11, 13, 12, tzinfo=ZONE))
    async with village.village.app.database.transaction() as session:
        await retain(session, now=village.now)
        await inbox.forget_done(session, village.now)
    stored = await everything_stored(village)
    for planted in ("马小军", PHONE, str(user_id)):
        assert {name for name, content in stored.items() if planted in content} == set(), planted
    # The matters go on, and the ledger can still be read.
    first, second = sorted(await village.rows(Matter), key=lambda one: one.number)
    assert (first.status, first.reporter_name, first.reporter_telegram_id) == (
        "acknowledged",
        "一位乡亲",
        None,
    )
    assert first.text == "我是一位乡亲，村口路灯坏了三天没人管，电话"
    assert second.text == "我家门口垃圾没人拉，找一位乡亲"
    [entry] = [one for one in await village.rows(AuditEntry) if one.action == "person.forget"]
    assert (entry.by_name, entry.subject, entry.detail) == ("已删除", "", "2 matters, 0 withdrawn")
    await village.say("刘春梅", "#1 已解决")
    await village.nothing_is_left_over()
    # Whoever was forgotten is a stranger.
    village.listen_from_now()
    await village.say("马小军", "我的", private=True)
    assert village.heard("马小军") == ["您还没有反映过事情。有事直接说就行。"]


async def test_what_is_not_over_can_be_taken_back_with_it(village: Tale) -> None:
    await village.say("马小军", "我家门口垃圾没人拉", private=True)
    await village.say("马小军", "/forget", private=True)
    await village.press("马小军", "删除，事情也撤回")
    [matter] = await village.rows(Matter)
    assert (matter.status, matter.reporter_name, matter.household_id) == ("withdrawn", "一位乡亲", None)
    assert matter.masked_at is not None


async def test_a_member_stays_on_the_roster_and_the_secretary_is_told(village: Tale) -> None:
    await village.say("何文", "今天走访了3户")
    village.listen_from_now()
    await village.say("何文", "删除我的信息", private=True)
    assert "您的名字还在花名册上，花名册由村里管" in village.heard("何文")[0]
    assert await village.press("何文", "删除") == "删好了"
    assert village.heard("陈志强") == [
        "何文删除了自己在这里的信息：名字还在花名册上，提醒和要办的事发不到了。要办的事请您另外安排。"
    ]
    stored = await everything_stored(village)
    assert str(village.village.people["何文"].id) not in stored["person"] + stored["heard_message"]
    assert "何文" in stored["person"]
    assert "今天走访了3户" in stored["report"]  # the ledger stands
    village.listen_from_now()
    await village.say("何文", "今天走访了2户")  # as anybody's who is not on the roster
    assert len((await village.ledger()).reports) == 1


async def test_pressed_twice_or_in_a_second_copy_it_does_nothing_more(village: Tale) -> None:
    await village.say("马小军", "删除我的信息", private=True)
    asked = village.from_bot(village.village.people["马小军"].id)[-1]
    await village.press("马小军", "删除", on=asked)
    await village.press("马小军", "删除", on=asked)
    await village.nothing_is_left_over()


async def test_a_matter_is_masked_when_it_has_been_over_for_180_days(village: Tale) -> None:
    await village.say("马小军", f"马德胜家水管漏了，河沿11号，打{PHONE}")
    await village.press("刘春梅", "我来处理")
    await village.say("刘春梅", "#1 已解决，马德胜签了字")
    await village.press("马小军", "好了")
    [closed] = await village.rows(Matter)
    assert closed.status == "closed"
    async with village.village.app.database.transaction() as session:
        await retain(session, now=closed.closed_at.replace(year=2027, month=5, day=8))
    assert (await village.rows(Matter))[0].masked_at is None  # 179 days
    async with village.village.app.database.transaction() as session:
        await retain(session, now=closed.closed_at.replace(year=2027, month=5, day=10))
    [masked] = await village.rows(Matter)
    assert masked.text == "某某家水管漏了，某处，打"
    assert (masked.reporter_name, masked.household_id, masked.reporter_telegram_id) == (
        "一位乡亲",
        None,
        None,
    )
    assert (masked.status, masked.outcome, masked.category) == (
        closed.status,
        closed.outcome,
        closed.category,
    )
    stored = await everything_stored(village)
    about = {
        name: stored[name] for name in ("matter", "matter_event", "co_reporter", "notice", "digest_item")
    }
    for planted in ("马德胜", "河沿11号", PHONE, str(village.village.people["马小军"].id)):
        assert {name for name, content in about.items() if planted in content} == set(), planted
    assert "刘春梅" in stored["matter_event"]  # who saw to it stays
    [entry] = [one for one in await village.rows(AuditEntry) if one.action == "privacy.mask"]
    assert (entry.by_name, entry.subject, entry.detail) == ("系统", "#1", "杏林村")
    # A second night changes nothing.
    async with village.village.app.database.transaction() as session:
        assert await retain(session, now=closed.closed_at.replace(year=2027, month=5, day=11)) == 0


async def test_old_messages_are_emptied_but_for_those_on_what_is_not_over(village: Tale) -> None:
    await village.say("马小军", "村口路灯坏了三天没人管")
    await village.turn_to(datetime(2026, 11, 12, 12, tzinfo=ZONE))
    async with village.village.app.database.transaction() as session:
        await retain(session, now=datetime(2027, 6, 1, 3, tzinfo=ZONE))
    kept = [one for one in await village.rows(Notice) if one.text and one.state != "pending"]
    assert {one.subject_kind for one in kept} == {"matter"}
