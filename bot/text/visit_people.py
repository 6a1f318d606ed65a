"""Who was visited, who only came along, and what was done for them."""

from __future__ import annotations

import re

from bot.domain.acts import Service
from bot.text.clauses import Clause
from bot.text.names import Name, NameKind, names
from bot.text.normalise import normalise
from bot.text.reading import Reading
from bot.text.visit_counts import sentence_of
from bot.text.visit_signs import PASTIME, is_done, told_as_done

_COMPANION = re.compile(r"(?:跟|和|与|同|叫上|喊上|随|跟着|协同|陪同|会同|联合|喊了|叫了|叫着)[^,。]{0,4}$")


_CREW = re.compile(
    r"(?:我|俺|咱)(?:和|跟|与)[^,。;!?\n]{1,24}?(?:[两三四五六七八]个?人|俩人?|仨人?|一起|"
    r"一块儿?|一道|一同)(?!家)"
)


_TOGETHER = re.compile(
    r"^[^,。、]{0,6}(?:一起|一块|一道|一同|去|走访|入户|两个|俩|两人|仨|三个|结伴|到|上门|走|跑)"
)


_VOCATIVE_AFTER = re.compile(r"^[,:!。 ~]|^(?:我|俺|你|您|汇报|报告)")


_TITLE = re.compile(r"书记|主任|支书|站长|镇长|村长|组长$")


# what is done with, for or at a household, before its name
_CONTACT_BEFORE = re.compile(
    r"(?:给|帮|替|陪|带|领|拉|扶|接|送|跟|和|与|同|到|去|看|找|为|问|教|劝|背|喊|约|上|在|从|拐到|见到)"
    r"(?:着|了|过)?(?:[^,。了]{0,8}(?:的|户|老人|党员|头|院|组|老|街))?$"
)


def went_to(
    reading: Reading,
    clause: Clause,
    called: list[Name],
    phone: list[tuple[int, int]],
    online: list[tuple[int, int]],
) -> bool:
    """Somebody was gone to, called or helped: the name stands where a household does."""
    text = reading.text
    done = is_done(reading, clause)
    for name in called:
        before = text[max(clause.start, name.start - 16) : name.start]
        after = text[name.end : min(clause.end, name.end + 14)]
        gone_to = re.search(
            r"(?:去|到|在|从|上|路过|回|进|打)(?:了|过)?(?:[^,。]{0,12}(?:的|包|联系|后街|西头|"
            r"东头|党员|户|老人|隔壁))?[^,。的]{0,3}$",
            before,
        )
        at_home = after.startswith(("家", "屋", "那", "处", "院", "他家", "她家")) or done
        if gone_to and at_home and not re.search(r"(?:来|叫|喊)我", text[clause.start : clause.end]):
            return True
        if re.search(
            r"(?:看了一眼|看了眼|瞅了一眼|瞧了一眼|看|看看|瞧|瞅|探|望|访|问候|联系|陪|走|转|串)(?:了看|了瞧|了|过|着|到|"
            r"完)?(?:[^,。]{0,8}(?:的|户|老人|党员))?$",
            before,
        ) and (done or after[:1] in "、"):
            return True
        if (phone or online) and re.search(
            r"(?:跟|和|与|给|同|对|联系|问候|问|了)(?:了)?(?:[^,。]{0,10}的)?$", before
        ):
            return bool(done or re.search("聊|说|打|通|联系", after))
        if (
            re.search(r"(?:帮|给|替)(?:着|了)?(?:[^,。]{0,6}的)?$", before)
            and is_done(reading, sentence_of(reading, clause))
            and service_codes(reading, clause.start, clause.end)
        ):
            return True
        if done and re.match(
            r"[^,。]{0,30}?都?(?:敲开|敲了门|见到|见着|见了面|摸排|问到|问了|联系上|打通|跑完|走完|走过|到了|转完|看完|聊了|坐了|走到|走了|看了|去了|跑了|转了|走访|问了|去过|看过|走遍|走过|跑到|"
            r"跑遍|转到|转遍|串了|访了)",
            text[name.end : clause.end],
        ):
            opens = text[clause.start : name.start]
            if re.search(r"把|将|^(?:今天|昨天|上午|下午)?$", opens) or text[name.end : name.end + 1] == "、":
                return True
        if (
            (done or told_as_done(reading, clause))
            and _CONTACT_BEFORE.search(before)
            and not PASTIME.search(text[clause.start : clause.end + 12])
        ):
            return True
        if re.match(
            r"(?:家|那)(?:我|俺)?[^,。]{0,8}(?:去的|去了|去过|走了|看了|走过)", text[name.end : clause.end]
        ):
            return True
        if (
            after.startswith(("家", "那"))
            and done
            and re.search(r"^(?:家|那(?:里|儿)?)(?:去|走|转|坐|看|里坐|也)", after)
        ):
            return True
    return False


def is_bystander(reading: Reading, name: Name) -> bool:
    """A name that is no household visited: a companion, somebody addressed, the next name of a title."""
    text = reading.text
    before = text[max(0, name.start - 8) : name.start]
    after = text[name.end : name.end + 12]
    if name.known:
        return False
    if _CREW.search(text, max(0, name.start - 20), name.end + 16) and any(
        m.start() <= name.start < m.end() for m in _CREW.finditer(text)
    ):
        return True
    if _COMPANION.search(before) and _TOGETHER.match(after) and not re.match("家", after):
        return not re.search("联系|聊|通|视频|说", after[:6])
    if re.search(r"(?:跟|和|与|同|叫上|喊上|陪着?|带着?|会同)$", before) and re.match(
        r"[^,。]{0,14}(?:一起|一块|一道|一同)", text[name.end : name.end + 20]
    ):
        return True
    opening = not text[: name.start].strip(" @,") or text[name.start - 1 : name.start] in "\n@"
    if opening and (
        _VOCATIVE_AFTER.match(after)
        and (_TITLE.search(name.text) or re.match("[,:!。]?(?:我|俺|向你|给你|汇报|报告|你)", after))
    ):
        return True
    if opening and _TITLE.search(name.text):
        return True
    if re.search("书记$|支书$|镇长$", name.text) and not after.startswith("家"):
        return True
    return bool(
        re.search(r"(?:谢谢|感谢|多亏|向|汇报|叫|喊|姓名|我是|我叫|记录|由)$", before)
        and not after.startswith("家")
    )


def household_names(reading: Reading, called: list[Name]) -> tuple[str, ...]:
    """As written, without repeats; an address that only says where the next person lives is left out."""
    out: list[str] = []
    for i, name in enumerate(called):
        if name.kind is NameKind.ADDRESS and i + 1 < len(called):
            following = called[i + 1]
            between = reading.text[name.end : following.start]
            if (
                following.kind is NameKind.PERSON
                and len(between) <= 8
                and not re.search("[、,。;和\n]", between)
            ):
                continue
        out.append(reading.written(name))
    return tuple(dict.fromkeys(out))


def reply_names(reply: str) -> tuple[str, ...]:
    """Names of households in the message replied to."""
    plain = normalise(reply)
    return tuple(
        dict.fromkeys(plain.written(n.start, n.end) for n in names(plain.text) if n.kind is NameKind.PERSON)
    )


def service_codes(reading: Reading, start: int, end: int) -> tuple[Service, ...]:
    out = []
    for service in Service:
        for hit in reading.hits.within(f"svc_{service.value}", start, end):
            clause_end = min(
                (c.end for c in reading.clauses.clauses if c.start <= hit[0] < c.end), default=end
            )
            clause_start = max(
                (c.start for c in reading.clauses.clauses if c.start <= hit[0] < c.end), default=start
            )
            piece = reading.text[clause_start:clause_end]
            asked = re.search(
                r"想|能不能|希望|要不要|请人|找人|得有人|没人|不会|明天|打算|准备|需要|叫人|坏|要求|"
                r"等着|让村",
                piece,
            )
            if not asked:
                out.append(service)
                break
    return tuple(out)
