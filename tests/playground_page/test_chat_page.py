"""The page through a browser: compose as a person, watch the bot's answers, press, turn the clock."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from bot.playground import members
from tests.playground_page.conftest import Village

pytestmark = pytest.mark.asyncio(loop_scope="session")


def bubbles(page: Page, pane: str = "group") -> Locator:
    return page.locator(f"#{pane}-pane .bubble")


async def speak_as(page: Page, name: str) -> None:
    await page.locator(".persona-button").click()
    await page.get_by_role("option", name=name).click()


async def say(page: Page, text: str, pane: str = "group") -> None:
    field = page.locator(f"#{pane}-pane .say")
    await field.fill(text)
    await field.press("Enter")
    await expect(bubbles(page, pane).filter(has_text=text).last).to_be_visible()


async def test_a_newcomers_first_click_is_a_suggested_sentence(page: Page, village: Village) -> None:
    suggestion = page.locator("#group-pane .suggestion")
    await suggestion.click()
    await expect(page.locator("#group-pane .say")).to_have_value(re.compile("李大娘家水管漏了"))
    await page.locator("#group-pane .send-button").click()
    await expect(bubbles(page).filter(has_text="今天走访了老王家")).to_be_visible()
    await expect(suggestion).to_be_hidden()
    [said] = [m for m in village.group.messages.values() if m.text]
    assert said.author_id == village.chen.id


async def test_whoever_is_picked_is_who_speaks(page: Page, village: Village) -> None:
    await speak_as(page, "周海燕")
    await say(page, "大家辛苦了")
    assert list(village.group.messages.values())[-1].author_id == village.zhou.id
    await expect(page.locator("#private-pane .head-title")).to_contain_text("周海燕")
    await expect(page.locator("#group-pane .row.mine")).to_have_count(1)
    await speak_as(page, "陈秀英")
    await expect(page.locator("#group-pane .row.mine")).to_have_count(0)


async def test_reactions_and_edits_arrive_live(page: Page, village: Village) -> None:
    await say(page, "下午入户三家，都好")
    number = village.group.last_message_id
    await village.bot(
        "setMessageReaction",
        chat_id=village.group.id,
        message_id=number,
        reaction=[{"type": "emoji", "emoji": "👍"}],
    )
    await expect(page.locator("#group-pane .reaction")).to_have_attribute("aria-label", re.compile("连心桥"))
    sent = await village.bot("sendMessage", chat_id=village.group.id, text="今日进度：走访 3 户")
    await expect(bubbles(page).last).to_contain_text("今日进度：走访 3 户")
    await village.bot(
        "editMessageText", chat_id=village.group.id, message_id=sent["message_id"], text="今日进度：走访 5 户"
    )
    await expect(bubbles(page).last).to_contain_text("今日进度：走访 5 户")
    await expect(bubbles(page).last).to_contain_text("已编辑")


async def test_a_pressed_button_reaches_the_bot_and_its_answer_is_shown(page: Page, village: Village) -> None:
    keyboard = {
        "inline_keyboard": [
            [{"text": "我来办", "callback_data": "take:18"}],
            [{"text": "说明", "callback_data": "why"}],
        ]
    }
    await village.bot("sendMessage", chat_id=village.group.id, text="水管漏水", reply_markup=keyboard)
    await page.get_by_role("button", name="我来办").click()
    query = await village.heard("callback_query")
    assert (query["data"], query["from"]["id"]) == ("take:18", village.chen.id)
    await village.bot("answerCallbackQuery", callback_query_id=query["id"], text="记下了")
    await expect(page.locator(".toast")).to_contain_text("记下了")
    await expect(page.locator(".toast")).to_contain_text("只有陈秀英看得到")

    await page.get_by_role("button", name="说明").click()
    query = await village.heard("callback_query")
    await village.bot(
        "answerCallbackQuery", callback_query_id=query["id"], text="因为水管漏了", show_alert=True
    )
    await expect(page.get_by_role("dialog")).to_contain_text("因为水管漏了")
    await page.get_by_role("button", name="知道了").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_the_button_that_asks_for_a_phone_sends_the_persons_own(page: Page, village: Village) -> None:
    await page.locator(".chat-item:has(.chat-item-name:text-is('周海燕'))").click()
    await page.get_by_role("button", name="开始").click()
    assert (await village.heard("message"))["text"] == "/start"
    asking = {"keyboard": [[{"text": "发手机号", "request_contact": True}]], "one_time_keyboard": True}
    await village.bot("sendMessage", chat_id=village.zhou.id, text="请发手机号", reply_markup=asking)
    page.once("dialog", lambda dialog: dialog.accept("13800001209"))
    await page.locator(".reply-key").click()
    contact = (await village.heard("message"))["contact"]
    assert contact == {"phone_number": "8613800001209", "first_name": "周海燕", "user_id": village.zhou.id}
    await expect(bubbles(page, "private").last).to_contain_text("8613800001209")
    await expect(page.locator(".reply-key")).to_have_count(0)


async def test_a_private_message_counts_as_unread_until_it_is_looked_at(page: Page, village: Village) -> None:
    await page.locator(".chat-item:has(.chat-item-name:text-is('周海燕'))").click()
    await page.get_by_role("button", name="开始").click()
    await expect(bubbles(page, "private")).to_have_count(1)
    await page.locator(".chat-item:has(.chat-item-name:text-is('陈秀英'))").click()
    await village.bot("sendMessage", chat_id=village.zhou.id, text="有 1 件事等您定")
    item = page.locator(".chat-item:has(.chat-item-name:text-is('周海燕'))")
    await expect(item.locator(".badge")).to_have_text("1")
    await page.locator(".peek").click()
    await expect(bubbles(page, "private").last).to_contain_text("有 1 件事等您定")
    await expect(item.locator(".badge")).to_have_count(0)


async def test_the_clock_is_turned_by_buttons(page: Page, village: Village) -> None:
    # Where the clock is turned to stands beside it all the while that it turns.
    time, day = page.locator("#clock-face .face-time"), page.locator("#clock-face .face-day")
    await expect(time).to_have_text("19:05")
    await expect(day).to_contain_text("2026年11月21日 星期六")
    await page.get_by_role("button", name="+1 小时").click()
    await expect(time).to_contain_text("20:05")
    await page.get_by_role("button", name="到明早 8:00").click()
    await expect(day).to_contain_text("11月22日 星期日")
    await expect(time).to_contain_text("08:00")
    await page.get_by_role("button", name="到主题党日").click()
    await expect(day).to_contain_text("12月5日 星期六")
    assert village.playground.clock.now().isoformat() == "2026-12-05T08:00:00+08:00"
    await page.get_by_role("button", name="到别的时间").click()
    await page.locator("input[type=datetime-local]").fill("2026-12-06T09:30")
    await page.get_by_role("button", name="转过去").click()
    await expect(day).to_contain_text("12月6日 星期日")
    await expect(time).to_contain_text("09:30")
    assert village.playground.clock.now().isoformat() == "2026-12-06T09:30:00+08:00"
    await page.get_by_role("switch", name=re.compile("时间停着")).click()
    await expect(page.get_by_role("switch", name=re.compile("时间在走"))).to_be_visible()
    assert village.playground.clock.running


async def test_a_message_can_be_answered_corrected_and_taken_back(page: Page, village: Village) -> None:
    await say(page, "走访了三户")
    await bubbles(page).last.click(button="right")
    await page.get_by_role("menuitem", name="编辑").click()
    await page.locator("#group-pane .say").fill("走访了四户")
    await page.locator("#group-pane .say").press("Enter")
    await expect(bubbles(page).last).to_contain_text("走访了四户")
    await expect(bubbles(page).last).to_contain_text("已编辑")
    await bubbles(page).last.click(button="right")
    await page.get_by_role("menuitem", name="回复").click()
    await say(page, "都好")
    await expect(bubbles(page).last.locator(".quote")).to_contain_text("走访了四户")
    await bubbles(page).last.click(button="right")
    await page.get_by_role("menuitem", name="删除").click()
    await expect(bubbles(page).filter(has_text="都好")).to_have_count(0)


async def test_data_is_text_and_never_markup(page: Page, village: Village) -> None:
    await say(page, "<img src=x onerror=alert(1)> <b>粗</b>")
    await expect(page.locator("#group-pane .text").last).to_have_text(
        "<img src=x onerror=alert(1)> <b>粗</b>"
    )
    await village.bot(
        "sendMessage", chat_id=village.group.id, text="🙂<b>老王家</b>，<code>1</code>", parse_mode="HTML"
    )
    await expect(page.locator("#group-pane .text strong")).to_have_text("老王家")
    await expect(page.locator("#group-pane .text code")).to_have_text("1")


async def test_days_are_named_anew_when_the_clock_passes_midnight(page: Page, village: Village) -> None:
    await say(page, "晚上好")
    await expect(page.locator("#group-pane .day")).to_have_text("今天 · 11月21日 星期六")
    await page.get_by_role("button", name="到明早 8:00").click()
    await expect(page.locator("#group-pane .day")).to_have_text("昨天 · 11月21日 星期六")
    await say(page, "早上好")
    await expect(page.locator("#group-pane .day").last).to_have_text("今天 · 11月22日 星期日")


async def test_a_link_of_the_bot_opens_the_private_chat(page: Page, village: Village) -> None:
    button = {"text": "认领", "url": "https://t.me/lianxin_bot?start=AB12"}
    await village.bot(
        "sendMessage", chat_id=village.group.id, text="请认领", reply_markup={"inline_keyboard": [[button]]}
    )
    await page.get_by_role("button", name="认领", exact=True).click()
    await expect(bubbles(page, "private").last).to_contain_text("/start AB12")


async def test_a_group_that_becomes_a_supergroup_is_followed(page: Page, village: Village) -> None:
    world = village.playground.world
    small = members.add_chat(world, "group", "普通小群", members=[village.chen.id, world.bot.id])
    await page.locator(".chat-item:has(.chat-item-name:text-is('普通小群'))").click()
    await page.locator("#faults-button").click()
    await page.get_by_role("button", name="升级当前的群").click()
    await expect(page.get_by_role("button", name="升级当前的群")).to_have_count(0)
    await page.locator("#faults-close").click()
    await say(page, "新群里说话")
    assert small.migrated_to is not None
    assert [m.text for m in world.chat(small.migrated_to).messages.values() if m.text] == ["新群里说话"]


async def test_an_album_is_one_bubble(page: Page, village: Village) -> None:
    await page.locator("#group-pane .ways-button").click()
    await page.get_by_role("menuitem", name="发三张照片的相册").click()
    await say(page, "院子收拾出来了")
    await expect(bubbles(page)).to_have_count(1)
    await expect(page.locator("#group-pane .picture")).to_have_count(3)


async def test_faults_are_switched_on_and_shown(page: Page, village: Village) -> None:
    await page.locator("#faults-button").click()
    drawer = page.locator("#faults")
    await drawer.get_by_role("switch", name=re.compile("429")).click()
    await drawer.get_by_role("switch", name=re.compile("重复")).click()
    await drawer.get_by_role("switch", name="周海燕").click()
    await expect(page.locator("#faults-count")).to_have_text("3")
    shown = village.playground.world.faults.show()
    assert shown["too_many_requests"] == {"times": 3, "retry_after": 5}
    assert shown["duplicate_updates"] is True
    assert village.zhou.blocked_bot
    await drawer.get_by_role("button", name="全部恢复正常").click()
    await expect(page.locator("#faults-count")).to_have_text("1")
    assert "too_many_requests" not in village.playground.world.faults.show()


async def test_the_tour_plays_its_steps_with_captions(page: Page, village: Village) -> None:
    village.playground.tour.load(
        [
            {
                "caption": "陈秀英走访回来",
                "say": {"chat": "石桥村联户群", "user": "陈秀英", "text": "今天走访了老王家"},
            },
            {"caption": "她私下问机器人", "say": {"chat": "private", "user": "周海燕", "text": "待办"}},
        ]
    )
    await page.reload()
    tour = page.locator("#tour")
    await tour.get_by_role("button", name="开始导览").click()
    await expect(tour).to_contain_text("陈秀英走访回来")
    await expect(bubbles(page).last).to_contain_text("今天走访了老王家")
    await tour.get_by_role("button", name="下一步").click()
    await expect(page.locator("#private-pane .head-title")).to_contain_text("周海燕")
    await expect(bubbles(page, "private").last).to_contain_text("待办")


async def test_thousands_of_messages_open_at_once_and_are_read_upwards(page: Page, village: Village) -> None:
    world = village.playground.world
    for number in range(3000):
        world.post(village.group, sender=village.zhou, author_id=village.zhou.id, text=f"第 {number} 条")
    await page.reload()
    await page.wait_for_selector("body.ready")
    await expect(bubbles(page).last).to_contain_text("第 2999 条")
    assert await bubbles(page).count() <= 100
    await page.locator("#group-pane .messages").evaluate("list => list.scrollTo(0, 0)")
    await expect(bubbles(page).filter(has_text="第 2850 条")).to_be_attached()
    await village.bot("sendMessage", chat_id=village.group.id, text="新来的")
    await expect(page.locator("#group-pane .to-bottom")).to_have_attribute("aria-label", "1 条新消息")
    await page.locator("#group-pane .to-bottom").click()
    await expect(bubbles(page).last).to_be_in_viewport()


async def test_the_page_finds_back_after_the_server_was_away(page: Page, village: Village) -> None:
    village.playground.world.events.close()
    await expect(page.locator("#banner")).to_be_visible()
    village.playground.world.events.reopen()
    await expect(page.locator("#banner")).to_be_hidden()
    await village.bot("sendMessage", chat_id=village.group.id, text="又连上了")
    await expect(bubbles(page).last).to_contain_text("又连上了")
