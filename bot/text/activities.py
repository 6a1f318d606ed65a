"""Collective events that the speaker held or took part in."""

from __future__ import annotations

import re

from bot.domain.acts import Activity, ActivityKind
from bot.text.dates import Span
from bot.text.numbers import NUMERAL, read_numeral
from bot.text.reading import Reading

_PEOPLE = re.compile(
    rf"(?P<n>{NUMERAL})(?:多|余|来|几)?(?P<range>(?:-|到|至)[0-9]+)?(?:名|个|位|号)?(?:老|"
    rf"青年|在家|流动|退休)?(?:多)?(?P<who>党员|群众|村民|志愿者|同志|代表|人(?!次|均|民|"
    rf"家|民币)|居民|干部|学生|老人|妇女|户代表|乡亲|老少爷们|后生|爷们)"
)
_CAME = re.compile(
    rf"(?:到了|实到|到会|参加|参与|来了|出席|到场|到|去了)(?:了|"
    rf"的)?(?:有)?(?P<n>{NUMERAL})(?:多|余|来)?(?:(?:名|个|位)(?:人|党员)?|人|党员)"
)
_TOTAL = re.compile(
    rf"(?:一共|共|总共|合计)(?:有|来了|到了|去了|出动)?(?P<n>{NUMERAL})(?:多|余)?(?:名|个|"
    rf"位)?(?:人|党员|群众|村民)"
)
_DONE = re.compile(r"了|着|份|完|毕|过(?!去|来)|结束|散会|成功|圆满|顺利|开展(?!的?通知)|召开|组织|举办|参加")
_ORDER = (
    ActivityKind.PARTY_DAY,
    ActivityKind.MEDIATION,
    ActivityKind.MEETING,
    ActivityKind.STUDY,
    ActivityKind.VOLUNTEER,
    ActivityKind.PUBLICITY,
)
_COLLECTIVE = re.compile(
    r"支部|党员|一起|跟着|组织|带着|带领|集体|我们|俺们|巡逻队|志愿|小组|大家|全村|三个人|"
    r"几个|个人|参加|党课|座谈|茶馆|主题党日|议事|会|摆摊|宣讲|\d+人|名|巡逻|护学|义务"
)


def find_activity(reading: Reading, *, visits: bool) -> Activity | None:
    """The event reported, if any; announcements and what was done for a household on a visit are none."""
    text = reading.text
    if _ahead(reading):
        return None
    kind = next((k for k in _ORDER if reading.has(f"act_{k.value}")), None)
    if kind is None or (reading.has("act_absent") and not _CAME.search(text)) or text.rstrip().endswith("?"):
        return None
    if reading.has("joke") and not re.search("支部|党员", text):
        return None
    if (
        (reading.has("elsewhere") and kind is not ActivityKind.PARTY_DAY)
        or reading.has("advert")
        or reading.has("story")
    ):
        return None
    if visits and kind not in (ActivityKind.PARTY_DAY, ActivityKind.MEETING):
        return None
    word = _word(reading, f"act_{kind.value}")
    led = re.search("带领|带着|组织|出动|发动", text)
    told = (
        _DONE.search(text)
        or (_PEOPLE.search(text) and led)
        or (_PEOPLE.search(text) and any(d.span is Span.DAY for d in reading.days))
    )
    if not told or not _happened(reading, kind, word):
        return None
    participants = _participants(text)
    day = reading.today
    past = [d for d in reading.days if d.span is not Span.FUTURE]
    if past:
        pick = past[0]
        if pick.span is Span.PERIOD:
            day = pick.day if len(past) == 1 and pick.day != reading.today else reading.today
            day = next((d.day for d in past if d.span is not Span.PERIOD), day)
        else:
            day = pick.day
    return Activity(kind, participants, day, evidence=(word,))


def _word(reading: Reading, name: str) -> str:
    start, end = reading.hits[name][0]
    return reading.text[start:end]


def _ahead(reading: Reading) -> bool:
    """The event is still to come, or the message gives orders."""
    text = reading.text
    if any(d.span is Span.FUTURE for d in reading.days):
        return True
    if reading.has("act_ahead"):
        strong = re.search(
            r"请(?:全体|各|大家|准时|假|党员|带|参加)|准时|不得|定于|将于|将在|准备|打算|计划|"
            r"报名|届时|改到|推迟|取消|延期|别忘|几点",
            text,
        )
        return bool(strong) or reading.has("notice")
    return bool(
        re.search(r"下午[0-9一二三四五六七八九十]+点|晚上[0-9一二三四五六七八九十]+点", text)
    ) and not re.search("了", text)


def _happened(reading: Reading, kind: ActivityKind, word: str) -> bool:
    text = reading.text
    people = _PEOPLE.search(text) or _CAME.search(text)
    member = not reading.by_resident
    if kind is ActivityKind.MEDIATION:
        return (
            bool(
                re.search(
                    r"(?:调解|化解|调处|说和|劝和|调停|说开|劝开)(?:好|了|成功|完|成|下来|完毕)|"
                    r"(?:纠纷|矛盾)(?:解决|化解)了|双方(?:和好|握手|签|达成)|(?:把|给|"
                    r"成功|顺利|完成).{0,24}(?:调解|化解|调处|说和|劝和|说开|劝开)",
                    text,
                )
            )
            and member
        )
    if kind is ActivityKind.PARTY_DAY:
        return (
            bool(re.search(r"开展|组织|举办|召开|参加|完毕|结束|开完|过了|搞了|搞完|圆满|活动", text))
            and member
        )
    if kind is ActivityKind.STUDY:
        if word in ("学习", "学了", "学的", "学习了", "夜校"):
            return bool(
                member
                and (people or re.search("支部|党员|集中|组织|党课|会", text))
                and re.search("了|完|到场|到会|参加|今晚|今天|昨", text)
            ) and not re.search(
                r"向.{1,6}学习|学习榜样|孩子|孙|学校|作业|上学|值得.{0,4}学习|大家学|学学", text
            )
        return member and bool(people or re.search("上|讲|听|学|开展|组织|参加|结束|完", text))
    if kind is ActivityKind.MEETING:
        if word in ("开会", "党员会", "小组会", "开了会", "开了个会", "议事"):
            return bool(member and people and re.search("了|完", text))
        return bool(re.search(r"散会|开了|召开|来了|到了|结束|开完|组织|举办|参加|开展", text))
    if kind is ActivityKind.PUBLICITY:
        if word in ("宣传", "宣传栏", "横幅"):
            return bool(
                member and re.search(r"摆摊|集上|集市|广场|现场|发放|发了|组织|开展|活动|讲座|支部", text)
            )
        return member and bool(re.search(r"发|讲|摆|组织|开展|举办|宣", text))
    joint = bool(people) or bool(
        re.search(
            r"支部|党员|组织|带着|带领|突击队|志愿|巡逻队|跟着|一起|集体|义务|护学|主动|大伙|老少", text
        )
    )
    if not joint:
        return False
    if word in (
        "清理",
        "清了",
        "栽了",
        "种了",
        "打扫",
        "义务",
        "打扫卫生",
        "清运",
        "清洁",
        "巡查",
        "拔草",
        "站岗",
        "除草",
        "修剪",
        "抢收",
    ):
        return bool(
            re.search(
                r"支部|党员|组织|志愿|义务|巡逻队|带着|带领|集体|植树|群众|老少|大伙|乡亲|号人|来人", text
            )
        )
    return True


def _participants(text: str) -> int | None:
    for pattern in (_TOTAL, _CAME, _PEOPLE):
        found = [m for m in pattern.finditer(text) if not re.match("次", text[m.end() : m.end() + 1])]
        if found:
            chosen = found[-1] if pattern is _CAME and len(found) > 1 else found[0]
            value = read_numeral(chosen["n"])
            if value is not None:
                return value
    return None
