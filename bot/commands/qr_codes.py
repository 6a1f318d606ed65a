"""QR codes that open the bot, as printable pictures with the name under each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import segno

_MODULE, _QUIET = 8, 4  # units of the picture to a module; modules of white around the code
_TEXT, _GAP = 34, 14  # units: height of the text under the code, and what is between


@dataclass(frozen=True, slots=True)
class Labelled:
    """A link with what is printed under its code. file: the picture's name, without its ending."""

    link: str
    lines: tuple[str, ...]
    file: str


def write_codes(codes: Sequence[Labelled], folder: Path) -> list[Path]:
    """Write an SVG picture for each link; those of before with the same name are replaced.

    A picture prints sharp at any size, and its text is text: no font of this machine gets into it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, code in enumerate(codes, start=1):
        path = folder / f"{number:03}_{_file_name(code.file)}.svg"
        path.write_text(_picture(code), encoding="utf-8")
        written.append(path)
    return written


def _picture(code: Labelled) -> str:
    qr = segno.make(code.link, error="m", micro=False)
    side = (qr.symbol_size(scale=1, border=_QUIET)[0]) * _MODULE
    height = side + len(code.lines) * (_TEXT + _GAP)
    dark = "".join(
        f"M{(x + _QUIET) * _MODULE} {(y + _QUIET) * _MODULE}h{_MODULE}v{_MODULE}h-{_MODULE}z"
        for y, row in enumerate(qr.matrix)
        for x, module in enumerate(row)
        if module
    )
    texts = "".join(
        f'<text x="{side / 2:g}" y="{side + number * (_TEXT + _GAP) - _GAP}" font-size="{_TEXT}" '
        f'text-anchor="middle" font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif">'
        f"{escape(line)}</text>"
        for number, line in enumerate(code.lines, start=1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {height}" width="{side}" '
        f'height="{height}"><title>{escape(" ".join(code.lines))}</title>'
        f'<rect width="100%" height="100%" fill="#fff"/><path d="{dark}"/>{texts}</svg>\n'
    )


def _file_name(name: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s.]+', "_", name).strip("_") or "_"
