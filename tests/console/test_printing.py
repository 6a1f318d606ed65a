"""The papers in a real browser: what is printed fits its sheets, whatever the names and however many."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
import segno
from playwright.async_api import Browser, Page, async_playwright

from bot.services.papers.door_plates import Plate, Plates, Responsible
from bot.services.papers.handbook import Handbook, Line, Linked, Month
from bot.services.papers.make_paper import Paper
from bot.services.papers.member_cards import Card, Cards
from bot.services.papers.session_sheet import Item, SessionSheet
from bot.services.papers.table import Column, Table
from handlers.console.paper_pages import as_html
from tests.playground_page.conftest import CHROMIUM_ARGS

A4, A4_WIDE, A5, A5_WIDE = (210, 297), (297, 210), (148, 210), (210, 148)
LONG_NAME = "买买提江·阿布都热合曼·吾守尔"
LONG_PLACE = "青石沟村北头老水井往西第三条巷子尽头右手边红砖墙院内二楼东户（原供销社家属院）"
DUTIES = tuple(f"第{number}样到位：做好这一样" for number in "一二三四五六七八")
# What is cut on purpose, with an ellipsis, is cut by lines; anything else that does not fit is a fault.
SPILLED = """() => [...document.querySelectorAll('section, .frame, .front, .back, .title, .hint, td, th, h1')]
    .filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
    .filter(one => !one.classList.contains('cut'))
    .map(one => one.className + ' ' + one.textContent.trim().slice(0, 40))"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium on this machine (looked for CHROMIUM and chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    await page.close()
    assert asked == [], "a paper asks nothing of anybody"


async def printed(page: Page, paper: Paper) -> list[tuple[int, int]]:
    """The sizes of the pages that a printer gets, in millimetres; nothing on them spills over."""
    await page.set_content(as_html(paper))
    assert await page.evaluate(SPILLED) == []
    pdf = await page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in boxes]


def plates(count: int, *, per_page: int, members: int = 1, long: bool = False) -> Plates:
    name, place = (LONG_NAME, LONG_PLACE) if long else ("李桂英", "杏林路12号")
    plate = Plate(
        head=name,
        address=place,
        group="第一党小组",
        members=(Responsible(name, "138 0000 0000"),) * members,
        scope="40 户：" + "、".join([name] * 12) + "等",
        code="K7M3X",
        link="https://t.me/lianxin_bot?start=K7M3X",
    )
    return Plates("huozhou", f"{place}党支部", name, DUTIES, (plate,) * count, per_page)


@pytest.mark.parametrize(
    ("count", "per_page", "members", "long", "sheets"),
    [
        (3, 4, 1, False, [A4]),
        (12, 4, 2, True, [A4] * 3),
        (40, 4, 1, True, [A4] * 10),
        (1, 1, 1, False, [A5_WIDE]),
        (3, 1, 2, True, [A5_WIDE] * 3),
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_plates_fit_their_sheets(page: Page, count, per_page, members, long, sheets) -> None:
    paper = plates(count, per_page=per_page, members=members, long=long)
    assert await printed(page, paper) == sheets


@pytest.mark.parametrize("households", [3, 12, 40])
@pytest.mark.asyncio(loop_scope="module")
async def test_cards_fit_a_pocket(page: Page, households: int) -> None:
    heads = (*("李桂英",) * (households - 2), LONG_NAME, LONG_NAME)
    card = Card(LONG_NAME, "三号院/2号楼", "138 0000 0000", heads)
    duties = tuple(duty.partition("：")[0] for duty in DUTIES)
    assert await printed(page, Cards("huozhou", "杏林村", duties, (card,) * 6)) == [A4, A4]
    for side in ("front", "back"):
        box = await page.locator(f".{side}").first.bounding_box()
        assert box is not None
        assert (round(box["width"] / 96 * 25.4), round(box["height"] / 96 * 25.4)) == (90, 54)


def handbook(*, households: int, visits: int) -> Handbook:
    told = "入户、打扫。问了用药情况，叮嘱用电用气安全，老人精神不错"
    line = Line("11.3", f"{LONG_NAME}、李桂英", told * 2)
    return Handbook(
        preset="huozhou",
        branch="杏林村",
        group="一组",
        name=LONG_NAME,
        year=2026,
        duties=DUTIES,
        households=(Linked(LONG_NAME, LONG_PLACE, "留守儿童、困难、残疾", "30 天"),) * households,
        months=tuple(
            Month(number, (line,) * visits, (line,) * min(visits, 2), (), ()) for number in range(1, 13)
        ),
        visited=visits * 12,
        handled=2,
        attended=1,
        points=None,
        as_of="截至2026年11月21日",
    )


# Cover, duties, households, twelve months and the year's end. What is more goes over onto pages of its own;
# how many depends on the machine's fonts.
@pytest.mark.parametrize(
    ("households", "visits", "least", "most"),
    [(0, 0, 16, 16), (3, 3, 16, 16), (12, 5, 16, 17), (40, 14, 30, 45)],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_handbook_has_a_page_for_each_month(page: Page, households, visits, least, most) -> None:
    sheets = await printed(page, handbook(households=households, visits=visits))
    assert set(sheets) == {A5}
    assert least <= len(sheets) <= most


def table(rows: int, *, landscape: bool) -> Table:
    widths = (10, 20, 60, 40)
    return Table(
        title="杏林村问题台账",
        under=("2026年11月", "截至2026年11月21日"),
        columns=tuple(Column(f"第{number}栏", width) for number, width in enumerate(widths)),
        rows=((1, date(2026, 11, 2), LONG_PLACE * 4, 0.5),) * rows,
        empty="没有",
        total=("", "合计", "", 1.0),
        notes=("说明",),
        signs=("填表人：", "审核："),
        landscape=landscape,
    )


@pytest.mark.parametrize(
    ("rows", "landscape", "size", "least", "most"),
    [(0, True, A4_WIDE, 1, 1), (3, True, A4_WIDE, 1, 1), (40, False, A4, 5, 9)],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_tables_lie_as_they_should_and_go_on_overleaf(page, rows, landscape, size, least, most) -> None:
    sheets = await printed(page, table(rows, landscape=landscape))
    assert set(sheets) == {size}
    assert least <= len(sheets) <= most


@pytest.mark.asyncio(loop_scope="module")
async def test_a_meetings_sheet_has_room_for_what_is_not_written_yet(page: Page) -> None:
    facts, items = (("时间", "11月5日"),), (Item("学习", ""),) * 3
    paper = SessionSheet("huozhou", "杏林村主题党日", facts, items, "", table(1, landscape=False))
    assert await printed(page, paper) == [A4]
    assert await page.locator(".line").count() == 9


@pytest.mark.parametrize("paper", [plates(1, per_page=4), table(1, landscape=True)])
@pytest.mark.asyncio(loop_scope="module")
async def test_the_one_script_prints_and_the_button_is_not_on_paper(page: Page, paper: Paper) -> None:
    await page.set_content(as_html(paper))
    await page.evaluate("window.print = () => { document.title = 'printed' }")
    await page.click("#print")
    assert await page.title() == "printed"
    await page.emulate_media(media="print")
    assert not await page.locator("#print").is_visible()


@pytest.mark.asyncio(loop_scope="module")
async def test_what_people_are_called_is_text_and_no_page(page: Page) -> None:
    name = "<script>document.title='run'</script><img src=x onerror=alert(1)>"
    plate = Plate(name, name, name, (Responsible(name, ""),), name, "K7M3X", None)
    for paper in (
        Plates("huozhou", name, name, (name,), (plate,), 4),
        Cards("huozhou", name, (name,), (Card(name, name, "", (name,)),)),
        Table(name, (name,), (Column(name, 10),), ((name,),), "", notes=(name,), signs=(name,)),
    ):
        await page.set_content(as_html(paper))
        assert await page.title() != "run"
        assert await page.locator("img").count() == 0
        assert name in await page.locator("body").inner_text()


@pytest.mark.parametrize("per_page", [1, 4])
@pytest.mark.asyncio(loop_scope="module")
async def test_every_module_of_the_code_on_a_plate_is_where_it_should_be(page: Page, per_page: int) -> None:
    """Looked at as a camera would: each module is as dark as the code of this link has it."""
    await page.set_content(as_html(plates(1, per_page=per_page)))
    code = segno.make("https://t.me/lianxin_bot?start=K7M3X", error="q", micro=False, boost_error=False)
    rows = [list(row) for row in code.matrix_iter(border=4)]
    svg = await page.locator(".qr").first.evaluate("one => one.outerHTML")
    await page.goto("about:blank")  # the paper itself may load no image
    dark = await page.evaluate(
        """async ([svg, count]) => {
            const canvas = document.createElement('canvas'), cell = 8;
            canvas.width = canvas.height = count * cell;
            const size = `width="${count * cell}" height="${count * cell}"`;
            const copy = svg.replace('<svg', `<svg xmlns="http://www.w3.org/2000/svg" ${size}`);
            const image = new Image();
            image.src = 'data:image/svg+xml,' + encodeURIComponent(copy);
            await image.decode();
            const context = canvas.getContext('2d');
            context.fillStyle = '#fff';
            context.fillRect(0, 0, canvas.width, canvas.width);
            context.drawImage(image, 0, 0);
            const at = (x, y) => context.getImageData((x + .5) * cell, (y + .5) * cell, 1, 1).data[0] < 128;
            return [...Array(count).keys()].map(y => [...Array(count).keys()].map(x => at(x, y)));
        }""",
        [svg, len(rows)],
    )
    assert dark == [[bool(module) for module in row] for row in rows]
