"""Reports filled in like a form: 时间:… 户数:… 对象:… 方式:…"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.acts import VisitMode
from bot.text.dates import Span
from bot.text.numbers import read_numeral
from bot.text.reading import Reading

_FIELD = re.compile(
    r"(?:^|(?<=[\n。;, \])】]))(?P<key>(?:走访|入户|联系|家访)?(?:时间|日期|户数|数量|对象|"
    r"户主|住户|农户|户名|户|方式|形式|内容|情况|问题|地点|人|党员|事项)|存在(?:的)?问题|"
    r"党员(?:姓名)?|姓名|存在困难|诉求|备注|反映问题|结果)"
    r"(?:[: ]+|(?=[0-9]))(?P<value>[^\n]*?)(?=$|\n|[;。, ](?:走访|入户|联系)?(?:时间|日期|"
    r"户数|对象|户主|住户|方式|形式|内容|情况|存在问题|问题|诉求|备注|结果)[: ])"
)
_MODE = (
    ("电话", VisitMode.PHONE),
    ("微信", VisitMode.ONLINE),
    ("视频", VisitMode.ONLINE),
    ("线上", VisitMode.ONLINE),
)


@dataclass(frozen=True, slots=True)
class Form:
    """What a form says. count: null when the field is missing."""

    count: int | None
    households: tuple[str, ...]
    day: date
    mode: VisitMode
    cumulative: bool
    evidence: tuple[str, ...]


def read_form(reading: Reading) -> Form | None:
    """The form, or null when the message is none: at least two fields, one of them whom or how many."""
    text = reading.text
    fields = {m["key"]: m for m in _FIELD.finditer(text)}
    number = next((m for key, m in fields.items() if key.endswith(("户数", "数量"))), None)
    whom = next(
        (
            m
            for key, m in fields.items()
            if key.endswith(("对象", "户主", "住户", "农户", "户名", "走访户", "入户户", "联系户"))
        ),
        None,
    )
    when = next((m for key, m in fields.items() if key.endswith(("时间", "日期"))), None)
    how = next((m for key, m in fields.items() if key.endswith(("方式", "形式"))), None)
    if (
        (number is None and whom is None)
        or len(fields) < (2 if number is not None and when is not None else 3)
        or not re.search("走访|入户|家访|联系|慰问", text)
    ):
        return None
    if re.search("请各|请大家|模板|格式|样式|按.{0,6}填|示例|例如", text):
        return None
    count = None
    if number is not None:
        digits = re.search(r"[0-9]+|[一二两三四五六七八九十俩仨廿卅百]+", number["value"])
        count = read_numeral(digits[0]) if digits else None
    households: tuple[str, ...] = ()
    if whom is not None:
        start, end = whom.span("value")
        households = tuple(
            dict.fromkeys(reading.written(n) for n in reading.names if start <= n.start and n.end <= end)
        )
    if count is None and not households:
        return None
    day = reading.today
    span = Span.DAY
    if when is not None:
        start, end = when.span("value")
        found = [d for d in reading.days if start <= d.start < end and d.span is not Span.FUTURE]
        if found:
            day, span = found[-1].day, found[-1].span
    mode = VisitMode.HOME
    if how is not None:
        mode = next((code for word, code in _MODE if word in how["value"]), VisitMode.HOME)
    return Form(count, households, day, mode, span is Span.PERIOD and count is not None, ("form", *fields))
