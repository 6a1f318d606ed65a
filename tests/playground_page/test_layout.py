"""Nothing overflows and everything can be reached: phone, laptop, keyboard, with a ledger and without."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, expect

from tests.playground_page.conftest import PHONE, Village

pytestmark = pytest.mark.asyncio(loop_scope="session")

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """() => {
    const scrolling = '.suggestions, .turns, .quick-faces, .rail, .skip';
    const seen = [...document.querySelectorAll('button, textarea, h1, .bubble')]
        .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest(scrolling));
    const outside = ({left, right, width}) => width && (left < -1 || right > innerWidth + 1);
    return seen.filter(node => outside(node.getBoundingClientRect())).map(node => node.outerHTML);
}"""

LONG = "今天走访了老王家和李大娘家，" * 6 + "https://example.org/" + "a" * 90


@pytest.mark.parametrize("viewport", [PHONE])
async def test_on_a_phone_each_tab_fits_and_the_composer_works(page: Page, village: Village) -> None:
    row = [{"text": f"按钮{n}很长的字", "callback_data": str(n)} for n in range(4)]
    await village.bot(
        "sendMessage", chat_id=village.group.id, text=LONG, reply_markup={"inline_keyboard": [row]}
    )
    await expect(page.locator("#group-pane .bubble")).to_contain_text("https://example.org/")
    for pane in ("private", "time", "group"):
        await page.locator(f"#tabs [data-pane={pane}]").click()
        await expect(page.locator(f"#{pane}-pane")).to_be_visible()
        assert await page.evaluate(OVERFLOW) <= 0
        assert await page.evaluate(CUT_OFF) == []
    await expect(page.locator("#private-pane")).to_be_hidden()
    await page.locator("#group-pane .say").fill("收到")
    await page.locator("#group-pane .send-button").click()
    await expect(page.locator("#group-pane .row.mine .bubble")).to_contain_text("收到")
    await page.locator(".rail-button").click()
    await page.locator(".chat-item:has(.chat-item-name:text-is('周海燕'))").click()
    await expect(page.locator("#private-pane .head-title")).to_contain_text("周海燕")


@pytest.mark.parametrize("viewport", [PHONE])
@pytest.mark.parametrize("text", [LONG, "https://example.org/" + "a" * 90])
async def test_on_a_phone_a_peek_at_a_long_message_fits(page: Page, village: Village, text: str) -> None:
    await page.locator("#tabs [data-pane=private]").click()
    await village.bot("sendMessage", chat_id=village.group.id, text=text)
    await expect(page.locator(".peek")).to_contain_text(text[:10])
    assert await page.evaluate(OVERFLOW) <= 0
    assert await page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("viewport", [PHONE])
async def test_on_a_phone_the_clock_has_a_tab_of_its_own(page: Page, village: Village) -> None:
    await page.locator("#tabs [data-pane=time]").click()
    await page.get_by_role("button", name="+1 天").click()
    await expect(page.locator("#clock-large")).to_contain_text("11月22日")


@pytest.mark.parametrize("width", [1100, 1280, 1366, 1440, 1920])
async def test_on_a_desktop_nothing_is_cut_off(page: Page, village: Village, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 768})
    await expect(page.locator("#group-pane")).to_be_visible()
    await expect(page.locator("#private-pane")).to_be_visible()
    assert await page.evaluate(OVERFLOW) <= 0
    assert await page.evaluate(CUT_OFF) == []


async def test_without_a_ledger_its_pane_is_gone(page: Page, village: Village) -> None:
    await expect(page.locator("#panel-pane")).to_be_hidden()


@pytest_asyncio.fixture(loop_scope="session")
async def ledger(village: Village) -> AsyncIterator[None]:
    """A ledger on a port of its own, which tells its height as the page asks."""

    async def show(request: web.Request) -> web.Response:
        text = (
            f"<!doctype html><title>台账</title><p id=n>{len(village.group.messages)} 条</p>"
            "<script>parent.postMessage({type: 'panel', height: 3100, href: location.href}, '*')</script>"
        )
        return web.Response(text=text, content_type="text/html", charset="utf-8")

    application = web.Application()
    application.router.add_get("/", show)
    async with TestServer(application) as server:
        village.playground.panel_url = str(server.make_url("/"))
        yield
        village.playground.panel_url = None


async def test_the_ledger_is_loaded_again_after_a_change_and_keeps_its_place(
    page: Page, village: Village, ledger: None
) -> None:
    await page.reload()
    frame = page.frame_locator(".panel-frame:not(.loading)")
    await expect(frame.locator("#n")).to_have_text("1 条")
    scroller = page.locator(".panel-scroll")
    await expect(page.locator(".panel-frame:not(.loading)")).to_have_css("height", "3100px")
    await scroller.evaluate("box => box.scrollTo(0, 700)")
    await village.bot("sendMessage", chat_id=village.group.id, text="石桥-018")
    await expect(frame.locator("#n")).to_have_text("2 条")
    await expect(page.locator(".panel-frame")).to_have_count(1)
    assert await scroller.evaluate("box => box.scrollTop") == 700


@pytest.mark.parametrize("viewport", [PHONE])
async def test_on_a_phone_the_ledger_is_loaded_when_its_tab_is_opened(
    page: Page, village: Village, ledger: None
) -> None:
    await page.reload()
    await page.wait_for_selector("body.ready")
    await expect(page.locator(".panel-frame")).to_have_count(0)
    await page.locator("#tabs [data-pane=panel]").click()
    await expect(page.frame_locator(".panel-frame:not(.loading)").locator("#n")).to_have_text("1 条")
    assert await page.evaluate(OVERFLOW) <= 0


async def test_the_keyboard_alone_changes_the_speaker_speaks_and_answers(
    page: Page, village: Village
) -> None:
    await page.locator(".persona-button").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option", name="陈秀英")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await page.keyboard.type("键盘也行")
    await page.keyboard.press("Enter")
    await expect(page.locator("#group-pane .row.mine .bubble")).to_contain_text("键盘也行")
    await page.locator("#group-pane .messages").focus()
    for key in ("ArrowUp", "Enter"):
        await page.keyboard.press(key)
    await page.get_by_role("menuitem", name="回复").click()
    await expect(page.locator("#group-pane .context")).to_contain_text("键盘也行")
    assert list(village.group.messages.values())[-1].author_id == village.zhou.id
