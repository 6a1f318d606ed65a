"""Reports that an earlier matter is dealt with."""

from __future__ import annotations

import re

from bot.domain.acts import Resolution
from bot.text.names import NameKind
from bot.text.numbers import read_numeral
from bot.text.reading import Reading

_N = r"[0-9]{1,5}|[一二三四五六七八九十百]{1,4}"
_NUMBER = re.compile(
    rf"#\s*([0-9]{{1,5}})|(?:第)?({_N})号(?=[、,和]|(?:那个|那件|这个|这件|的)?(?:事|问题|"
    rf"诉求|事项|工单|件|单)|(?:已|都|也)?(?:办结|解决|处理|修|弄))|(?:事项|问题|工单|诉求|"
    rf"编号)[ :#]*([0-9]{{1,5}})(?![0-9件个条户起项宗])"
)
# 12号修好了 alone: a done word makes the number a matter, though it could be a day
_BARE_NUMBER = re.compile(
    rf"(?:报告|汇报|书记|:|,| )*(?:第|#)?(?P<numbers>(?:{_N})号?(?:[、,和](?:第|#)?(?:{_N})号?)*)(?<=号)"
    r"(?:事项?|问题)?的?[:, ]?"
    r"(?:已经?|都|也|今天|刚刚?|全部?)*(?P<done>(?:修|弄|搞|办|处理|解决|清理|疏通|装|换|补)"
    r"(?:好|完|妥|通|上)(?:了|啦)|(?:处理|解决|办理)(?:了|完毕)|办结(?:了)?|解决了?|搞定了?|已?销号了?|完成了)"
)
_BEFORE = re.compile(
    r"(?:还好|幸亏|幸好|好在|亏得|没|还没|没有|未|不|哪|咋|什么时候|啥时候|甚时候|几时|何时|多会儿?|能不能|希望|想|"
    r"才能|等|明天|后天|准备|要|得|需|下周|建议|请|尽快|打算|说是|说要|一直没|迟迟|抓紧|"
    r"没人|谁能|赶紧|麻烦|争取|预计|可以|早日|早点|怎么|帮忙|帮我|帮俺|为啥|凭啥|如果|"
    r"要是|假如|就能|应该|应当|去把|来把|马上|快点|谁给|求|年内|月底|计划|盼|盼着|多久|"
    r"怎样|如何|为什么|不知道|看看)[^,。;!?]{0,6}$"
)
_MOST = 40  # words of mending looked at in one message
_ASKS = re.compile(r"\?|吗|没有?$|了没|没啊|么$|咋样|行不")


def find_resolution(reading: Reading, *, troubled: bool, visits: bool) -> Resolution | None:
    """A resolution, if the message reports one.

    troubled: the message tells trouble of its own (then mending it makes that matter resolved).
    """
    text, hits = reading.text, reading.hits
    fixed = [h for h in hits["fixed"][:_MOST] if not _BEFORE.search(text, max(0, h[0] - 10), h[0])]
    numbers = _numbers(text)
    if hits.names & {"again_bad"} and not numbers:
        return None
    if reading.has("visit_others") and "#" not in text:
        return None
    if reading.has("visit_rule") and not numbers and not reading.by_resident:
        return None
    if reading.has("story") or reading.has("elsewhere") or reading.has("joke"):
        return None
    bare = _BARE_NUMBER.fullmatch(text.strip(" \n。!,~"))
    if bare:
        found = [read_numeral(n) for n in re.findall(_N, bare["numbers"])]
        return Resolution(tuple(n for n in found if n is not None), evidence=(bare["done"],))
    if numbers and fixed and not _ASKS.search(text):
        return Resolution(tuple(numbers), _about(reading), evidence=_words(reading, fixed))
    if numbers and re.search("满意|没事了|好了|行了|可以销|销号|可销", text) and not _ASKS.search(text):
        return Resolution(tuple(numbers), _about(reading), evidence=("number",))
    done = [h for h in hits["fixed_reply"][:_MOST] if not _BEFORE.search(text, max(0, h[0] - 10), h[0])]
    if done and re.search("#", text) and numbers and not _ASKS.search(text):
        return Resolution(tuple(numbers), _about(reading), evidence=_words(reading, done))
    if (
        not fixed
        and done
        and len(text) <= 40
        and not troubled
        and (reading.message.reply_to or reading.has("matter_word"))
    ):
        fixed = done
    if not fixed or (troubled and not _explains(reading, fixed)):
        return None
    if visits and not reading.has("matter_word"):
        return None
    if any(_asked(reading, h) for h in fixed):
        return None
    reply = reading.message.reply_to
    if reply is not None:
        if _settles_reply(reading, fixed):
            return Resolution((), _about(reading), evidence=_words(reading, fixed))
        return None
    if reading.has("notice") or reading.has("advert") or reading.has("hypothetical"):
        return None
    if not _tells_of_a_thing(reading, fixed):
        return None
    return Resolution((), _about(reading), evidence=_words(reading, fixed))


def _explains(reading: Reading, fixed: list[tuple[int, int]]) -> bool:
    """After the mending the message only says what had been wrong, or gives thanks."""
    text = reading.text
    told = [
        end
        for _, end in reading.hits["bad"]
        if end <= fixed[0][0] and not re.match("[^,。]{0,2}的", text[end:])
    ]
    if told and not reading.has("matter_word"):
        return False  # trouble told first, then its mending: a matter already resolved
    rest = text[fixed[0][1] :]
    return fixed[0][0] < 16 and not re.search(
        r"又|还是|还不|还没|就是|但|可是|不过|能不能|希望|另外|还有|再|只是|没两天", rest
    )


def _numbers(text: str) -> list[int]:
    out: list[int] = []
    for m in _NUMBER.finditer(text):
        value = read_numeral(m[1] or m[2] or m[3])
        if value is not None and value not in out:
            out.append(value)
    if out and not re.search("#|问题|事|诉求|工单|件|单|编号", text):
        return []
    return out


def _words(reading: Reading, fixed: list[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading.text[a:b] for a, b in fixed))[:4]


def _asked(reading: Reading, hit: tuple[int, int]) -> bool:
    text = reading.text
    clause = reading.clause_at(hit[0])
    return clause is not None and (
        text[clause.end : clause.end + 1] == "?" or _ASKS.search(text[hit[0] : clause.end]) is not None
    )


def _settles_reply(reading: Reading, fixed: list[tuple[int, int]]) -> bool:
    """The reply's words say that the trouble told there is over."""
    from bot.text.grievances import find_grievances
    from bot.text.messages import Context, Message, Speaker
    from bot.text.reading import read

    message = reading.message
    earlier = read(Message(message.reply_to or "", message.at, Speaker.RESIDENT), Context())
    return (
        bool(find_grievances(earlier, visits=False))
        or bool(_numbers(earlier.text))
        or earlier.has("trouble_thing")
    )


def _tells_of_a_thing(reading: Reading, fixed: list[tuple[int, int]]) -> bool:
    """The thing mended stands just before the word for it: 后街水管修好了."""
    for start, end in fixed:
        clause = reading.clause_at(start)
        if clause is None:
            continue
        back = max(0, clause.start - 12)
        word = reading.text[start:end]
        if reading.hits.any_within(max(back, start - 14), end + 4, "trouble_thing", "matter_word"):
            if len(word) == 1:
                continue
            if re.search(r"天气|灯亮着|孩子.*上学", reading.text[clause.start : clause.end]):
                continue
            return True
        if re.search(r"来水了|来电了|来气了|找着了|找到了", word):
            return True
    return False


def _about(reading: Reading) -> str | None:
    for name in reading.names:
        if name.kind is NameKind.PERSON and not re.search(
            "谢谢|感谢|辛苦", reading.text[max(0, name.start - 3) : name.start]
        ):
            return reading.written(name)
    return None
