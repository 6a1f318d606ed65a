"""Corrections of an earlier report of visits."""

from __future__ import annotations

import re

from bot.domain.acts import Correction
from bot.text.normalise import normalise
from bot.text.numbers import Count, CountKind, bare_numbers, counts
from bot.text.reading import Reading
from bot.text.replies import takes_back

_WRONG = re.compile(
    r"更正|纠正|订正|勘误|改正一下|修正|报错了?|写错了?|说错了?|打错(?:字|了)|发错了?|"
    r"算错了?|数错了?|记错了?|记岔了?|弄岔了?|搞混了?|弄混了?|数岔了?|填错了?|弄错了?|"
    r"搞错了?|输错了?|念错了?|看错了?|数重|算重|报重|重复(?:报|了|算)|重报|"
    r"多报|少报|漏报|多写|少写|多算|少算|多打|少打|漏了(?:一|两|二|1|2)?[户家]|漏写|漏算|"
    r"是重复|有重复|按[0-9一二两三四五六七八九十]+户算|以[0-9一二两三四五六七八九十]+户为准|"
    r"多数了|少数了|写成|报成|打成|说成|记成|发成|有误|错别字|口误|笔误|手误|手滑"
)
_TAKE_BACK = re.compile(
    r"撤回|撤销|作废|收回|删掉|删了吧|删除|不算数|别记|不要记|取消(?:上|刚|那|前|这|昨)|"
    r"当没(?:发|说)|那条不算|不作数|忽略|上条(?:不算|取消)|那条取消|划掉|抹掉|请无视|"
    r"别统计"
)
_EARLIER = re.compile(
    r"刚才|刚刚|刚发|上一?条|那条|前面|上面|昨天报|前天报|昨儿报|昨晚报|前天报|上午报|上午那|"
    r"上午发|下午那|中午那|昨天那|昨天发|昨天的|昨天说|之前|报的|发的|写的|说的|我报|我那|"
    r"前一条|上次报|那个数|走访数|户数|时间|日期|名字|早上那|晚上那|刚|多报|少报|多写|"
    r"少写|多算|少算|漏报|重报|漏了|走的[一二两三四五六七八九十0-9]+[户家]里|昨天走|"
    r"前天走|数重|算重|报重"
)
_REPORT_WORDS = re.compile(r"走访|入户|户|走了|报|家|上门|看望|慰问|名字|日期|时间|联系|条|数|人")
_NOT_NUMBER = re.compile(
    r"(?:不是|并非|非|写成|报成|打成|说成|写的|写了|报的|报了|原来|原报|多报了?|少报了?|"
    r"多写了?|漏了|漏报了?|多算了?|由|从|把|数重了?|算重了?|记成|发成|说的|填成|写的是|"
    r"报的是|多打了?|有)$"
)
_NEXT_REPORT = re.compile(r"今天又|今日又|今天走|又走|今天去|另外今天|今天入户|今天上午|今天下午")


def find_correction(reading: Reading) -> tuple[Correction, int] | None:
    """The correction and where in the text it ends (a new report may follow)."""
    if reading.by_resident:
        return None
    text = reading.text
    if takes_back(text):
        return Correction(None, withdraw=True, evidence=(text.strip(),)), len(text)
    back = _TAKE_BACK.search(text)
    wrong = _WRONG.search(text)
    not_but = re.search(r"不是.{1,10}[,、 ]?(?:而)?是|应(?:该|为|是|当是)|改(?:为|成)|不是", text)
    reply = reading.message.reply_to
    replies_to_report = bool(
        reply
        and re.search(
            r"走访|入户|[0-9一二两三四五六七八九十]+户|看望|慰问|联系|上门|党课|主题党日|参加|走了", reply
        )
    )
    amends = bool(re.search(r"(?:报|写|发|说)的.{0,8}(?:改成|改为|应为|应该是|其实是)", text))
    if not back and not wrong and not amends and not (not_but and replies_to_report and _changes(text)):
        return None
    if re.search(r"[?]|别写错|不要报错|谁报错|谁写错|以免|防止", text) and not back:
        return None
    if wrong and not back and _self_corrected(text, wrong) and not replies_to_report:
        return None
    if not (
        replies_to_report
        or _EARLIER.search(text)
        or text.strip().startswith(("更正", "撤回", "纠正", "订正", "作废"))
    ):
        return None
    if not _REPORT_WORDS.search(text) and not replies_to_report:
        return None
    if reply and not replies_to_report and not _EARLIER.search(text):
        return None
    said = next((m for m in (wrong, back, not_but) if m), None)
    fresh = _NEXT_REPORT.search(text, said.end() if said else 0)
    end = fresh.start() if fresh else len(text)
    evidence = tuple(m[0] for m in (back, wrong, not_but) if m)
    if back and not _right_number(reading, end):
        return Correction(None, withdraw=True, evidence=evidence), end
    number = _right_number(reading, end)
    return Correction(number, withdraw=False, evidence=evidence), end


def _changes(text: str) -> bool:
    return bool(re.search(r"不是.{1,12}(?:是|,)|应(?:该|为|是)|改(?:为|成)", text))


def _self_corrected(text: str, wrong: re.Match[str]) -> bool:
    """A slip mended in the breath that made it (走访12户,说错了,11户) is but the visit."""
    before = text[: wrong.start()]
    return bool(
        re.search(r"(?:走访|入户|走了|去了|看了|看望|跑了|上门)[^。]{0,10}(?:户|家)", before)
    ) and not _EARLIER.search(before)


def _right_number(reading: Reading, end: int) -> int | None:
    """The number that holds now; null when what changes is no number of households."""
    text = reading.text
    if re.search(r"户数(?:不变|没变|没错|对的)", text):
        return None
    own = [c for c in counts(text) if c.start < end and c.kind is CountKind.HOUSEHOLDS]
    if not own:
        return _bare(text, end) if re.search("户", _reply(reading)) else None
    totals = [
        c
        for c in own
        if reading.hits.any_within(max(0, c.start - 3), c.start, "total") and not _negated(text, c)
    ]
    right = totals or [c for c in own if not _negated(text, c)]
    said = [
        c
        for c in right
        if re.search(
            r"(?:是|应为|为|成|改|实际|就|共|只有|只|按|以|:|走了|走访)(?:了)?(?:该是)?$",
            text[max(0, c.start - 4) : c.start],
        )
    ]
    chosen = said or right
    value = chosen[-1].value if chosen else None
    old = _old_number(reading)
    if not chosen and old is not None:
        return None
    return value


def _negated(text: str, count: Count) -> bool:
    return _NOT_NUMBER.search(text, max(0, count.start - 6), count.start) is not None


def _bare(text: str, end: int) -> int | None:
    m = re.search(r"(?:应该是|应为|是|改成|改为|实际)([0-9]{1,3})(?![0-9号月日人个名位:])", text[:end])
    if m and not re.search(r"不$", text[: m.start()]):
        return int(m[1])
    found = bare_numbers(text, 0, end)
    return found[0].value if len(found) == 1 and re.search("更正", text) else None


def _reply(reading: Reading) -> str:
    return normalise(reading.message.reply_to or "").text


def _old_number(reading: Reading) -> int | None:
    found = counts(_reply(reading))
    return found[0].value if found else None
