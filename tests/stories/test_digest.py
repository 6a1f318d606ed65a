"""The morning's digest: what waits for whom, decided in the message itself."""

from __future__ import annotations

from bot.playground.messages import Message
from tests.stories.telling import Tale, labels


def digest_of(village: Tale, name: str) -> Message:
    """The latest digest that somebody has."""
    person = village.village.people[name]
    return [one for one in village.from_bot(person.id) if (one.text or "").startswith(f"{name}，")][-1]


async def test_what_waits_is_decided_in_the_digest_where_its_outcome_then_stands(village: Tale) -> None:
    await village.say("王德福", "村口路灯坏了三天没人管")
    await village.say("王德福", "垃圾池满了好几天没人清理")
    await village.turn_to(village.now.replace(day=12, hour=7, minute=59))
    village.listen_from_now()
    await village.turn_to("08:00")
    # 李建国 has had them since the 10th, and by half past twelve he has to take them on.
    [own] = village.heard("李建国")
    assert own.splitlines()[:3] == [
        "李建国，您今天的事：",
        "【您手上的】",
        "· 第1号：村口路灯坏了三天没人管；今天 12:30前要有人接手",
    ]
    assert village.heard("张海燕") == []
    # He does not: they go up to 张海燕.
    await village.turn_to(village.now.replace(day=13, hour=7, minute=59))
    village.listen_from_now()
    await village.turn_to("08:00")
    assert village.heard("李建国") == []
    [text] = village.heard("张海燕")
    assert text.splitlines() == [
        "张海燕，杏林村有事等您定：",
        "【还没人接手】",
        "· 第1号：村口路灯坏了三天没人管；明天 07:30前要有人接手",
        "· 第2号：垃圾池满了好几天没人清理；明天 07:30前要有人接手",
    ]
    digest = digest_of(village, "张海燕")
    choices = ["我来处理", "转给…", "报上级"]
    assert labels(digest) == [f"#{number} {choice}" for number in (1, 2) for choice in choices]

    await village.press("张海燕", "#1 我来处理", on=digest)
    assert (await village.matter(1)).assignee == "张海燕"
    assert (await village.matter(1)).status == "acknowledged"
    digest = digest_of(village, "张海燕")
    assert "✓ 第1号：村口路灯坏了三天没人管——张海燕接手了" in (digest.text or "")
    assert labels(digest) == [f"#2 {choice}" for choice in choices]

    await village.press("张海燕", "#2 转给…", on=digest)
    await village.press("张海燕", "何文")
    digest = digest_of(village, "张海燕")
    assert (digest.text or "").splitlines()[2:] == [
        "✓ 第1号：村口路灯坏了三天没人管——张海燕接手了",
        "✓ 第2号：垃圾池满了好几天没人清理——转给何文，等答复",
    ]
    assert labels(digest) == []
    await village.press("何文", "我来办")
    assert (await village.matter(2)).assignee == "何文"
    await village.nothing_is_left_over()


async def test_who_has_nothing_to_decide_gets_none_and_what_is_over_is_not_in_it(village: Tale) -> None:
    lamp = await village.say("王德福", "村口路灯坏了三天没人管")
    await village.say("王德福", "撤回", reply_to=lamp)
    village.listen_from_now()
    await village.turn_to(village.now.replace(day=13, hour=8, minute=30))
    assert village.heard("张海燕") == []
    assert await village.notices("digest.daily") == []


async def test_what_is_offered_is_taken_in_the_digest(village: Tale) -> None:
    await village.say("王德福", "村口路灯坏了三天没人管")
    await village.say("陈志强", "#1 转给何文", private=True)
    village.listen_from_now()
    await village.turn_to("08:00")
    heard = village.heard("何文")
    assert len(heard) == 1, heard
    [text] = heard
    assert "【转给您的，接不接】\n· 第1号：村口路灯坏了三天没人管；陈志强转给您，明天 12:30前答复" in text
    digest = digest_of(village, "何文")
    assert labels(digest) == ["#1 我来办", "#1 接不了"]
    await village.press("何文", "#1 我来办", on=digest)
    assert (await village.matter()).assignee == "何文"
    assert "✓ 第1号：村口路灯坏了三天没人管——何文接手了" in (digest_of(village, "何文").text or "")
