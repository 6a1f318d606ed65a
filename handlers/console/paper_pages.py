"""Papers as pages that print as they should: nothing is fetched from elsewhere, black on white is enough."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.services.papers.door_plates import Plates, plates_for_printers
from bot.services.papers.handbook import Handbook
from bot.services.papers.make_paper import Paper
from bot.services.papers.member_cards import Cards
from bot.services.papers.session_sheet import SessionSheet
from bot.services.papers.spreadsheet import as_xlsx
from bot.services.papers.table import Cell, Table
from bot.services.papers.year_forms import YearForms
from bot.wording import say

PRINT_SCRIPT = 'document.getElementById("print").addEventListener("click", () => print());'
"""The one script of these pages."""

_script_hash = base64.b64encode(hashlib.sha256(PRINT_SCRIPT.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_script_hash}'; "
    "base-uri 'none'; form-action 'none'"
)
"""What these pages may do: nothing but that."""

T = TypeVar("T")

_CARDS_A_PAGE = 5
_DENSE = 16  # households from which a card is set smaller


def as_html(paper: Paper) -> str:
    """The paper as one page that needs nothing else."""
    match paper:
        case Plates():
            plates = _in_pages(paper.plates, paper.per_page)
            return _render("plates", paper.preset, paper=paper, pages=plates)
        case Cards():
            cards = _in_pages(paper.cards, _CARDS_A_PAGE)
            return _render("cards", paper.preset, paper=paper, pages=cards, dense=_DENSE)
        case Handbook():
            return _render("handbook", paper.preset, paper=paper)
        case SessionSheet():
            return _render("session", paper.preset, paper=paper, table=paper.table)
        case YearForms():
            return _render("year", paper.preset, paper=paper)
        case Table():
            return _render("table", None, table=paper)


def as_sheet(paper: Paper) -> bytes | None:
    """The paper as a spreadsheet; null: it is one to print only."""
    match paper:
        case Plates():
            return as_xlsx(plates_for_printers(paper))
        case SessionSheet() | YearForms():
            return as_xlsx(paper.table)
        case Table():
            return as_xlsx(paper)
        case _:
            return None


def qr(content: str) -> Markup:
    """A QR code as an image within the page. It can lose a quarter of itself to the weather and be read."""
    code = segno.make(content, error="q", micro=False, boost_error=False)
    return Markup(code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None))


def _render(name: str, preset: str | None, **values: object) -> str:
    words = partial(_words, preset)
    page = _pages.get_template(f"{name}.html")
    return page.render(t=words, policy=POLICY, script=Markup(PRINT_SCRIPT), **values)


def _words(preset: str | None, name: str, **values: object) -> str:
    return say(f"papers.{name}", preset, **values)


def _in_pages(items: Sequence[T], count: int) -> list[Sequence[T]]:
    return [items[start : start + count] for start in range(0, len(items), count)]


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case float():
            return f"{value:.0%}"
        case _:
            return str(value)


_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates" / "papers"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters |= {"qr": qr, "cell": _cell}
