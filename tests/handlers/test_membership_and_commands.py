"""Joining, binding, claiming a name, growing into a supergroup, and what people can ask to see."""

from __future__ import annotations

from typing import Any

from storage.tables import Chat, Invite, Matter, Notice, Person, Report
from tests.handlers.conversation import BOT_ID, Conversation
from tests.services.acts.village import GROUP_CHAT, QIAN, STRANGER, WANG, XIAOMEI, ZHAO, at

NEW_GROUP = -300


async def _invite(talk: Conversation, code: str, *, person: int | None = None) -> None:
    async with talk.database.transaction() as session:
        kind = "group" if person is None else "person"
        session.add(
            Invite(
                code=code,
                kind=kind,
                unit_id=talk.village.branch,
                person_id=person,
                created_at=at("10-01 09:00"),
            )
        )


def _status(chat: int, was: str, status: str) -> dict[str, Any]:
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "连心桥"}

    def member(name: str) -> dict[str, Any]:
        return {"status": name, "user": bot, **({"until_date": 0} if name == "kicked" else {})}

    kind = {"type": "private", "first_name": "某人"} if chat > 0 else {"type": "supergroup", "title": "新群"}
    return {
        "chat": {"id": chat, **kind},
        "from": {"id": WANG, "is_bot": False, "first_name": "王建国"},
        "date": 1,
        "old_chat_member": member(was),
        "new_chat_member": member(status),
    }


async def _chat(talk: Conversation, telegram_id: int) -> Chat:
    return next(chat for chat in await talk.rows(Chat) if chat.telegram_id == telegram_id)


async def test_added_to_a_group_it_says_what_it_lacks(talk: Conversation) -> None:
    talk.profile.can_read_all_group_messages = False
    await talk.feed("my_chat_member", _status(NEW_GROUP, "left", "member"))
    (said,) = talk.said_to(NEW_GROUP)
    assert "/bind" in said
    assert "/setprivacy" in said
    await talk.says(WANG, "大家好", NEW_GROUP)
    assert len(talk.said_to(NEW_GROUP)) == 1


async def test_only_an_admin_binds_and_a_code_binds_one_group(talk: Conversation) -> None:
    await _invite(talk, "abc234")
    await talk.says(WANG, "/bind abc234", NEW_GROUP)
    assert talk.said_to(NEW_GROUP) == ["绑定要由群管理员来做。"]
    talk.telegram.admins.add(WANG)
    await talk.says(WANG, "/bind ABC234", NEW_GROUP)
    assert (await _chat(talk, NEW_GROUP)).unit_id == talk.village.branch
    assert "柳树村党支部" in talk.said_to(NEW_GROUP)[-1]
    await talk.says(WANG, "/bind abc234", -301)
    assert talk.said_to(-301)[-1].startswith("这个绑定码已经用过了")
    await talk.says(WANG, "/bind nothing", -301)
    assert talk.said_to(-301)[-1].startswith("没有这个绑定码")
    assert (await _chat(talk, -301)).unit_id is None


async def test_a_name_is_claimed_once(talk: Conversation) -> None:
    async with talk.database.transaction() as session:
        zhou = Person(branch_id=talk.village.branch, name="周九", created_at=at("10-01 09:00"))
        session.add(zhou)
        await session.flush()
        zhou_id = zhou.id
    await _invite(talk, "zhou234", person=zhou_id)
    await talk.says(STRANGER, "/start zhou234", STRANGER)
    assert talk.said_to(STRANGER)[0].startswith("周九，您好")
    await talk.says(STRANGER, "/start zhou234", STRANGER)
    first, again = talk.said_to(STRANGER)
    assert first.startswith(f"{again}\n")  # what is kept of them is told once
    await talk.says(3003, "/start zhou234", 3003)
    assert talk.said_to(3003)[0].startswith("这个链接已经用过了")
    await talk.says(WANG, "/start zhou234", WANG)
    (row,) = [person for person in await talk.rows(Person) if person.name == "周九"]
    assert row.telegram_id == STRANGER


async def test_somebody_else_on_the_roster_cannot_take_a_fresh_code(talk: Conversation) -> None:
    await _invite(talk, "sun2345", person=talk.village.sun)
    await talk.says(WANG, "/start sun2345", WANG)
    assert talk.said_to(WANG) == ["您已经登记为 王建国 了，这个链接是别人的。"]


async def test_scanning_the_plate_makes_a_resident_known(talk: Conversation) -> None:
    async with talk.database.transaction() as session:
        from storage.tables import Household

        household = await session.get_one(Household, talk.village.zhang)
        household.plate = "P001"
        session.add(household)
    await talk.says(STRANGER, "/start P001", STRANGER)
    await talk.says(STRANGER, "村口路灯坏了三天没人管", STRANGER)
    (matter,) = await talk.rows(Matter)
    assert (matter.household_id, matter.assignee_id) == (talk.village.zhang, talk.village.zhao)


async def test_removed_and_blocked_are_remembered(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "/start", XIAOMEI)
    await talk.feed("my_chat_member", _status(XIAOMEI, "member", "kicked"))
    await talk.feed("my_chat_member", _status(GROUP_CHAT, "member", "left"))
    assert (await _chat(talk, XIAOMEI)).bot_status == "kicked"
    assert (await _chat(talk, GROUP_CHAT)).bot_status == "left"


async def test_a_group_that_became_a_supergroup_goes_on_there(talk: Conversation) -> None:
    raw = await talk.says(WANG, "今天走访了老王家")
    await talk.says(1, "", migrate_to_chat_id=-900, text=None)
    await talk.says(1, "", -900, migrate_from_chat_id=GROUP_CHAT, text=None)
    again = talk.message(WANG, "今天走访了李大娘家", -900)
    again["message_id"] = raw["message_id"]  # the supergroup numbers its messages anew
    await talk.feed("message", again)
    reports = await talk.rows(Report)
    assert [report.chat_id for report in reports] == [GROUP_CHAT, -900]
    assert (await _chat(talk, GROUP_CHAT)).migrated_to == -900


async def test_what_waits_for_a_group_follows_it(talk: Conversation) -> None:
    async with talk.database.transaction() as session:
        session.add(
            Notice(
                key="k",
                kind="k",
                priority=30,
                chat_id=GROUP_CHAT,
                reply_to=5,
                text="t",
                created_at=talk.now,
                due_at=at("11-22 10:00"),
            )
        )
    await talk.says(1, "", migrate_to_chat_id=-900, text=None)
    (notice,) = await talk.rows(Notice)
    assert (notice.chat_id, notice.reply_to) == (-900, None)


async def test_each_sees_what_is_theirs(talk: Conversation) -> None:
    await talk.says(WANG, "今天走访了老王家和李大娘家")
    await talk.says(XIAOMEI, "村口路灯坏了三天没人管")
    for words in ("我的", "待办", "进度", "事项 1", "帮助"):
        await talk.says(WANG, words, WANG)
    mine, todo, board, matter, helped = talk.said_to(WANG)[-5:]
    assert "合计 2 户" in mine
    assert "#1 " in todo
    assert "没办完的事 1 件" in board
    assert "经办：王建国" in matter
    assert "撤回" in helped
    await talk.says(XIAOMEI, "我的", XIAOMEI)
    assert "#1 " in talk.said_to(XIAOMEI)[-1]
    await talk.says(STRANGER, "/matter 1", STRANGER)
    assert talk.said_to(STRANGER)[-1].startswith("我还不知道")
    await talk.says(XIAOMEI, "/forget", XIAOMEI)
    assert talk.said_to(XIAOMEI)[-1].startswith("要删除您的信息吗？")


async def test_residents_do_not_command_the_bot_in_a_group(talk: Conversation) -> None:
    await talk.says(XIAOMEI, "/board")
    await talk.says(XIAOMEI, "帮助")
    assert talk.said_to(GROUP_CHAT) == []


async def test_the_ledger_opens_to_who_decides_and_in_private_alone(talk: Conversation) -> None:
    await talk.says(QIAN, "台账")
    assert talk.said_to(GROUP_CHAT) == []
    await talk.says(QIAN, "台账", QIAN)
    assert f"https://ledger.example/{talk.village.qian}" in talk.said_to(QIAN)[-1]
    await talk.says(WANG, "/ledger", WANG)
    assert talk.said_to(WANG)[-1].startswith("台账页面只给")


async def test_whoever_has_blocked_the_bot_is_stood_in_for_by_the_next_above(talk: Conversation) -> None:
    for user in (WANG, ZHAO):
        await talk.says(user, "/start", user)
    await talk.feed("my_chat_member", _status(WANG, "member", "kicked"))
    await talk.says(XIAOMEI, "我家门口路塌了一块，没法走")
    assert "王建国在这里收不到消息" in talk.said_to(ZHAO)[-1]


async def test_what_is_kept_of_somebody_is_told_in_private_alone(talk: Conversation) -> None:
    for words in ("/forget", "删除我的信息", "看我的信息"):
        await talk.says(WANG, words)
    assert talk.said_to(GROUP_CHAT) == ["这个请私下说：点开我的头像，再说一遍。"] * 3
