"""Draws the life of a matter from the tables that the program runs by: `python -m tests.domain.draw_matters`.

Writes `docs/事项的一生.md` and `docs/images/matter-life.svg`. Every way from state to state needs a place in
`_WAYS`: one that is missing there stops the drawing, so that no move is left out of the picture.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from pathlib import Path

from bot.domain.matters import MAY, TRANSITIONS, MatterStatus, Move, Part
from bot.wording import say

DOCS = Path(__file__).parents[2] / "docs"
PAGE, PICTURE = DOCS / "事项的一生.md", DOCS / "images" / "matter-life.svg"

_S, _M = MatterStatus, Move
_RUNNING = "running"  # the frame around the states in which somebody has to act by a deadline
_FRAMED = (_S.OPEN, _S.ACKNOWLEDGED, _S.IN_HAND)

# Left, top, width, height.
_BOXES: dict[str, tuple[int, int, int, int]] = {
    _RUNNING: (40, 150, 660, 190),
    _S.OPEN: (70, 220, 130, 56),
    _S.ACKNOWLEDGED: (300, 220, 130, 56),
    _S.IN_HAND: (540, 220, 130, 56),
    _S.CLAIMED_SOLVED: (850, 220, 130, 56),
    _S.CLOSED: (1090, 220, 110, 56),
    _S.ON_LEDGER: (300, 470, 130, 56),
    _S.WITHDRAWN: (850, 470, 130, 56),
    _S.MERGED: (70, 470, 130, 56),
}
# Each way from one box to another: its corners, and where its words stand (the middle of the first line).
_WAYS: dict[tuple[str, str], tuple[tuple[tuple[int, int], ...], tuple[int, int]]] = {
    ("", _S.OPEN): (((10, 248), (70, 248)), (20, 205)),
    (_S.OPEN, _S.ACKNOWLEDGED): (((200, 248), (300, 248)), (250, 240)),
    (_S.ACKNOWLEDGED, _S.IN_HAND): (((430, 248), (540, 248)), (485, 240)),
    (_S.OPEN, _S.IN_HAND): (((160, 276), (160, 312), (605, 312), (605, 276)), (380, 306)),
    (_RUNNING, _S.OPEN): (((90, 150), (90, 112), (135, 112), (135, 220)), (112, 84)),
    (_RUNNING, _S.ACKNOWLEDGED): (((320, 150), (320, 112), (365, 112), (365, 220)), (342, 84)),
    (_S.ACKNOWLEDGED, _S.ACKNOWLEDGED): (((400, 220), (400, 194), (424, 194), (424, 220)), (470, 200)),
    (_S.IN_HAND, _S.ACKNOWLEDGED): (((560, 276), (560, 292), (400, 292), (400, 276)), (512, 288)),
    (_RUNNING, _S.CLAIMED_SOLVED): (((700, 248), (850, 248)), (775, 240)),
    (_S.CLAIMED_SOLVED, _S.CLOSED): (((980, 248), (1090, 248)), (1035, 240)),
    (_RUNNING, _S.CLOSED): (((660, 150), (660, 92), (1165, 92), (1165, 220)), (1040, 86)),
    (_S.CLAIMED_SOLVED, _S.OPEN): (((915, 220), (915, 44), (48, 44), (48, 232), (70, 232)), (560, 38)),
    (_S.CLOSED, _S.OPEN): (((1145, 220), (1145, 14), (24, 14), (24, 264), (70, 264)), (560, 10)),
    (_RUNNING, _S.ON_LEDGER): (((340, 340), (340, 470)), (318, 410)),
    (_S.ON_LEDGER, _S.OPEN): (((300, 486), (225, 486), (225, 390), (110, 390), (110, 276)), (165, 384)),
    (_S.ON_LEDGER, _S.ACKNOWLEDGED): (
        ((405, 470), (405, 380), (448, 380), (448, 262), (430, 262)),
        (450, 398),
    ),
    (_S.ON_LEDGER, _S.CLAIMED_SOLVED): (((430, 486), (760, 486), (760, 264), (850, 264)), (620, 480)),
    (_S.ON_LEDGER, _S.WITHDRAWN): (((430, 510), (850, 510)), (620, 528)),
    (_S.ON_LEDGER, _S.MERGED): (((300, 510), (200, 510)), (250, 528)),
    (_RUNNING, _S.MERGED): (((80, 340), (80, 470)), (60, 430)),
    (_RUNNING, _S.WITHDRAWN): (((640, 340), (640, 440), (880, 440), (880, 470)), (720, 434)),
    (_S.CLAIMED_SOLVED, _S.WITHDRAWN): (((930, 276), (930, 470)), (952, 380)),
}
_SIZE = (1240, 580)
_FRAME_LABEL = "还在办（有期限）"
_PARTS = {
    Part.REPORTER: "反映的人（也反映了的人、那一户的人）",
    Part.HOLDER: "经办的人",
    Part.MEMBER: "本村别的党员（不公开的事除外）",
    Part.ABOVE: "上面几级（组长、书记、镇里）",
    Part.SECRETARY: "书记、镇里",
    Part.ADDRESSEE: "被问到的人",
    Part.TIME: "到时间自动",
}
_INTRO = """# 事项的一生

一件事从提出到了结，能走到哪些地方、谁能让它走。图和表都由程序里真正在用的那张表（`bot/domain/matters.py`）画出来：
改了程序，跑一次 `make docs`；忘了跑，测试会说。

![事项的一生](images/matter-life.svg)

框里的三种是“还在办”：有人要在期限前接手、办好，到时间没有就往上报。从大框出发的线，三种都能走。
"""


def page() -> str:
    """The page with the table of all moves."""
    lines = [_INTRO, "| 做什么 | 谁能做 | 从哪里 | 到哪里 | 记作 |", "| --- | --- | --- | --- | --- |"]
    for move in Move:
        parts = MAY[move] - ({Part.SECRETARY} if Part.ABOVE in MAY[move] else set())
        who = "、".join(_PARTS[part] for part in Part if part in parts)
        for starts, end in _ways_of(move):
            where = "、".join(_status(one) for one in starts) or "（新的）"
            to = "不变" if end is None else _status(end)
            lines.append(f"| {_label(move)} | {who} | {where} | {to} | `{move}` |")
    over = [one for one in _S if not any(start == one for _, start in TRANSITIONS)]
    lines += ["", f"到了就不再动的：{'、'.join(_status(one) for one in over)}。"]
    lines += ["", "表里没有的，做不了：会用一句话说清为什么、该怎么办，什么也不改。", ""]
    return "\n".join(lines)


def picture() -> str:
    """The picture of the moves that lead to another state."""
    width, height = _SIZE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-size="14" '
        "font-family=\"system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif\">",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0 10 5 0 10z" fill="#5b6b7a"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        _box(_RUNNING, _FRAME_LABEL),
        *(_way(way, moves) for way, moves in _drawn().items()),
        *(_box(status, _status(status)) for status in _S),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _drawn() -> dict[tuple[str, str], list[Move]]:
    """The moves along each way; what is possible in all framed states starts at the frame."""
    ways: dict[tuple[str, str], list[Move]] = defaultdict(list)
    ways["", _S.OPEN].append(_M.RAISE)
    for move in Move:
        for starts, end in _ways_of(move):
            if end is None or not starts:
                continue
            framed = set(_FRAMED) <= set(starts)
            rest = [one for one in starts if not (framed and one in _FRAMED)]
            for start in ([_RUNNING] if framed else []) + list(rest):
                ways[start, end].append(move)
    return ways


def _ways_of(move: Move) -> list[tuple[list[MatterStatus], MatterStatus | None]]:
    """From which states to which; null: it stays, wherever it is."""
    if move is _M.RAISE:
        return [([], _S.OPEN)]
    found = {start: end for (one, start), end in TRANSITIONS.items() if one is move}
    if all(start == end for start, end in found.items()):
        return [(list(found), None)]
    ends = dict.fromkeys(found.values())
    return [([start for start in found if found[start] == end], end) for end in ends]


def _box(name: str, label: str) -> str:
    left, top, width, height = _BOXES[name]
    if name == _RUNNING:
        return (
            f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="14" fill="#f4f8fb" '
            f'stroke="#9db4c6" stroke-dasharray="5 4"/>'
            f'<text x="{left + width - 14}" y="{top + 24}" text-anchor="end" fill="#5b6b7a">{label}</text>'
        )
    fill = "#e8f3ea" if name == _S.CLOSED else "#eeeeee" if name in (_S.WITHDRAWN, _S.MERGED) else "#fff"
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="10" fill="{fill}" '
        f'stroke="#33506a" stroke-width="1.5"/>'
        f'<text x="{left + width // 2}" y="{top + height // 2 + 6}" text-anchor="middle" '
        f'font-size="17" fill="#1d2f3f">{escape(label)}</text>'
    )


def _way(way: tuple[str, str], moves: list[Move]) -> str:
    points, (x, y) = _WAYS[way]
    line = " ".join(f"{a},{b}" for a, b in points)
    words = "".join(
        f'<text x="{x}" y="{y + 17 * row}" text-anchor="middle" fill="#33506a" stroke="#fff" '
        f'stroke-width="4" paint-order="stroke">{escape(_label(move))}</text>'
        for row, move in enumerate(moves)
    )
    return (
        f'<polyline points="{line}" fill="none" stroke="#5b6b7a" stroke-width="1.4" '
        f'marker-end="url(#tip)"/>{words}'
    )


def _status(status: MatterStatus) -> str:
    return say(f"console.status_{status}")


def _label(move: Move) -> str:
    return say(f"console.event_{move}")


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
