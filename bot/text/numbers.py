"""Numbers as people write them (3, 三, 叁, 俩, 卅, 五六, 十来), and counts of households."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from bot.text.lexicon import load

_DIGITS = {
    char: value
    for chars in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for value, char in enumerate(chars)
}
_DIGITS |= {"两": 2, "俩": 2, "仨": 3, "幺": 1}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10000}
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
_ABOUT = {"百十": 100, "百八十": 80, "半百": 50, "半打": 6}
_DOZEN = "打"
_COUNTED_ALOUD = 4  # digits from one on
# 12, 3千, 12,345, 1.2万
_FIGURES = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<fraction>[0-9]{1,4}))?(?P<unit>[百千万]?)"
)
_CHINESE = "".join(_DIGITS) + "".join(_UNITS) + "".join(_TENS)
# every number, however vague, has one of these
NUMERAL_CHARACTERS = frozenset(f"0123456789{_CHINESE}几数多若")

# bounded, or a long run of digits would be gone through again from each of them
NUMERAL = rf"(?:[0-9]{{1,9}}[百千万]?|[{_CHINESE}]{{1,12}})"
_RANGE = r"(?:[-~—–]{1,2}|至|到|、|或者?)"


def _units_apart(chars: str) -> int | None:
    """三百二十五, 十二, 一百零五, 一百二; null when the order makes no number."""
    total, section, digit, last_unit, after_zero = 0, 0, None, 1, False
    for char in chars:
        if char in _DIGITS:
            value = _DIGITS[char]
            if digit not in (None, 0):
                return None
            after_zero = after_zero or value == 0
            digit = value
        else:
            unit = _UNITS[char]
            if unit == 10000:
                total = (total + section + (digit or 0) or 1) * unit
                section = 0
            else:
                section += (1 if digit is None else digit) * unit
            digit, last_unit, after_zero = None, unit, False
    if digit and last_unit >= 100 and not after_zero:
        digit *= last_unit // 10
    return total + section + (digit or 0)


def read_numeral(text: str) -> int | None:
    """The number a numeral stands for, the lower end of one like 五六 or 三五十; null when it is none."""
    for short, long in _TENS.items():
        text = text.replace(short, long)
    if text in _ABOUT:
        return _ABOUT[text]
    if text.endswith(_DOZEN):
        dozens = read_numeral(text.removesuffix(_DOZEN))
        return None if dozens is None else 12 * dozens
    figures = _FIGURES.fullmatch(text)
    if figures:
        whole, fraction = figures["whole"].replace(",", ""), figures["fraction"] or ""
        value, rest = divmod(int(whole + fraction) * _UNITS.get(figures["unit"], 1), 10 ** len(fraction))
        return None if rest or len(whole) > 9 else value
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return _digits_only(text)
    # 二三十, 十一二, 一百七八十: of two digits side by side the first is the lower end
    lower = re.sub(r"([一二两三四五六七八九])([一二两三四五六七八九俩])", r"\1", text)
    return _units_apart(lower)


def _digits_only(text: str) -> int | None:
    values = [_DIGITS[char] for char in text]
    if len(values) == 1:
        return values[0]
    if text == "三两":
        return 2
    if len(values) == 2 and 0 < values[0] < values[1]:
        return values[0]
    if len(values) >= _COUNTED_ALOUD and list(dict.fromkeys(values)) == list(range(1, values[-1] + 1)):
        return values[-1]  # 走了一二三四五家
    if len(values) >= 3 or 0 in values:  # digit by digit: 二〇二六
        return int("".join(map(str, values)))
    return None


class CountKind(StrEnum):
    """What is counted: households, people called on one by one, times (户次), or no unit said (走了仨)."""

    HOUSEHOLDS = "households"
    PEOPLE = "people"
    TIMES = "times"
    BARE = "bare"


class Count(NamedTuple):
    """A counted quantity. value: lower end of an estimate; null for a word such as 几户. unit: as written."""

    start: int
    end: int
    value: int | None
    kind: CountKind
    unit: str


_MORE = r"(?:多|来|余|几|好几|把|来多|数|\+|左右|上下)?"
# households: 户 and its compounds, 家 where no business follows
_HU = (
    r"个?(?:联系|联络|包联|包保|结对|帮扶|重点|困难|贫困|低保|脱贫|监测|特困|普通|一般|"
    r"党员|独居|孤寡|烧煤|留守|残疾|军属|烈属)?"
    r"(?:住|农|村|居|租|散|老)?户(?!次|口|籍|型|名|主|均(?![为是已无在])|数|部|外(?![出地来])|头|用)"
    r"|屋人家?|个(?:[^,。;了在是0-9]{1,6}的)?(?:家庭|人家)"
    r"|个(?!大|国|人|自|老人|厂|商|店|公|专)[^,。;的了在是0-9一二两三四五六七八九十户家]{2,3}家(?=[,。;! ]|$)"
    r"|家(?:农户|住户|人家|群众)|户(?=次)"
)
_JIA = (
    r"个?家(?!店|餐|饭|酒|公司|企业|超市|工厂|厂|医院|银行|宾馆|宾舘|旅|景|馆|咖|奶茶|"
    r"理发|小卖|商|门|药|诊所|学校|幼儿园|单位|"
    r"火锅|烧烤|面|早餐|快递|民宿|客栈|书|网|影|媒|电|中介|机构|平台|机关|长|具|乡|务|"
    r"里(?!头?有?[一二两三四五六七八九1-9][户家])|"
    r"访|属|教|政|伙|什|畜|禽|族|谱|境|规|训|风|常|用|庭|亲|去|走|跑|串|不错|比较|更|最|"
    r"都是卖|卖|做|吃|好吃)"
)
# who is called on
_WHO = (
    "老人家?|老党员|老年人|老同志|老兵|老乡|群众|大爷|大娘|大妈|奶奶|爷爷|老太太?|老汉|老婶子?|老妈妈|老街坊|老姊妹|老姐妹|老伙计|老哥哥|老寿星|工程师|新生|考生|遗属|租客|孤儿|教师|老师|大学生|"
    "儿童|娃娃?|孩子|学生|病人|患者|残疾人|五保户?|军属|烈属|低保|困难党员|党员|军人|孕妇|产妇|妈妈|姑娘|后生|光棍汉?|"
    "务工人员|妇女|老娘|老妈|孤老(?!头)|寡妇嫂|军嫂|住户|对象|户(?![口籍型])"
)
_WHO_OF_PAIR = "叔|婶|伯|嫂|阿姨|阿婆|大姐|大哥|婆婆|老头|老哥|瞎子|聋子|媳妇|租客|长辈"
_BETWEEN = r"[^,。;!?\n、0-9了一二两三四五六七八九十]"
_PEOPLE = (
    rf"(?:位|名|个(?!人|多?月|半月|周|星期|礼拜|小时|钟|季|工作日)|对)(?:[六七八九6789][十0]多?岁(?:以上)?的?)?{_BETWEEN}{{0,6}}?(?:{_WHO})|"
    rf"[位名](?=[,。;!\n]|$)|位(?!置|子|于)(?=[一-龥])|(?<=[俩仨])(?!娃|孩|学生){_BETWEEN}{{0,3}}?(?:{_WHO}|{_WHO_OF_PAIR})"
)
_BEFORE = (
    rf"(?P<not>第|每|逢|毎|分之|[0-9一二三四五六七八九十]点|(?<![外里东西南北前后上下])头(?=[0-9一]))?(?P<low>近|约|上|几|好几|好|(?<![户总])数(?=[十拾]))?"
    rf"(?!(?:(?<=周)|(?<=星期)|(?<=礼拜))[一二三四五六][0-9一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾])(?!(?<=初)[一二三四五六七八九十][一二两三四五六七八九十]{{1,2}}户)(?P<n>(?:[0-9]{{1,3}},[0-9]{{3}}|[0-9]{{1,4}}\.[0-9]{{1,4}})[百千万]?|半[百打]|{NUMERAL}{_DOZEN}?)"
)
_COUNT = re.compile(
    rf"(?:{_BEFORE}(?:{_RANGE}(?P<n2>{NUMERAL}))?(?P<more>{_MORE})|(?P<some>个把|好几|几|十几|几十|数|多|若干))"
    rf"(?:(?P<times>户次|人次)|(?P<hu>{_HU})|(?P<people>{_PEOPLE})|(?P<jia>{_JIA}))"
)
_SOME = {"个把": 1, "十几": 10, "几十": 20}
_BARE = re.compile(r"[俩仨]|(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,2})(?=个?(?:[,。;:!?\n ”\")]|$))")
# what an address or an order number has behind it; a street name before it
_ADDRESS_AFTER = re.compile(r"号?楼|单元|栋|幢|组|队|区|弄|院|排|巷|层|门|座|期|室|号")
_ROOM = re.compile("(?:[1-9]|[1-3][0-9])0[1-9]")
_ONE_BY_ONE = re.compile("一户一户|一家一家")
_PRICE = re.compile("[百千]一[户家]$")
_LISTS = load("names")["lists"]
_SURNAMES = frozenset("".join(_LISTS["surnames"].split())) - frozenset(_LISTS["doubtful"])
# before the name of a home
_GONE = re.compile(r"(?:^|[去到在给帮替陪看访进了家弟哥叔伯的和跟与,。;:!? \n])$")
_FAMILY = re.compile(r"人|子|口")


def counts(text: str) -> list[Count]:
    """All counts of households and of people called on in `text`, in order."""
    out: list[Count] = []
    for m in _COUNT.finditer(text):
        if m["not"]:
            continue
        kind, unit = CountKind.HOUSEHOLDS, m["hu"] or m["jia"] or m["people"] or m["times"]
        if m["times"]:
            kind = CountKind.TIMES
        elif m["people"] and not m["people"].endswith("户"):
            kind = CountKind.PEOPLE
        value = _SOME.get(m["some"]) if m["some"] else _value(m)
        if value is None and m["some"] is None:
            continue
        follows = text[m.end() : m.end() + 1]
        if m["jia"] and value == 1 and (_FAMILY.match(follows) or follows in tuple("老小三四五六七八")):
            continue  # 一家人, 一家老小
        start = m.start("n") if m["n"] else m.start()
        if m["n"] and len(m["n"]) > 1 and m["n"][0] == "万":  # 老万一户
            start, value = start + 1, read_numeral(m["n"][1:])
        if m["jia"] and m["n"] and m["n"][0] == "万":
            continue  # the home of somebody so called
        if m["hu"] and _ROOM.fullmatch(text, start, m.start("hu")) and m["hu"][0] in "租住":
            continue  # 706租户
        if m["jia"] and (_is_home(text, start, m.start("jia")) or _is_room(text, start, m.start("jia"))):
            continue
        if _ONE_BY_ONE.match(text, start) or _ONE_BY_ONE.match(text, max(0, start - 2)):
            continue
        if _PRICE.search(text, start, m.end()):
            continue  # 五百一户: for each of them
        out.append(Count(start, m.end(), value, kind, unit))
    return out


def _is_home(text: str, start: int, end: int) -> bool:
    """侯七家, 周老六家, 伍家: one home, called by a name."""
    if text[start - 1 : start] in ("老", "小", "幺", "阿"):
        return True
    numeral = text[start:end]
    if numeral in _SURNAMES:
        return _GONE.search(text, 0, start) is not None
    named = start > 0 and text[start - 1] in _SURNAMES and not numeral[0].isdigit()
    return named and _GONE.search(text, 0, start - 1) is not None


def _is_room(text: str, start: int, end: int) -> bool:
    """1003家, 0608家: somebody's door, not so many of them."""
    return text[start] == "0" or _ROOM.fullmatch(text, start, end) is not None


def _value(m: re.Match[str]) -> int | None:
    numeral = m["n"]
    if m["low"] in ("几", "好几", "数"):  # 几十户
        return 20 if numeral in ("十", "拾") else None
    value = read_numeral(numeral)
    if value is None and not numeral[0].isdigit() and len(numeral) > 1:
        # 一二三户: a slip of the grammar, not a number
        return None
    if m["n2"] and value is not None:
        upper = read_numeral(m["n2"])
        if upper is not None and upper < value and len(m["n2"]) < len(numeral):
            return value
        if upper is not None and upper < value:
            return upper
    return value


def bare_numbers(text: str, start: int, end: int) -> list[Count]:
    """Numbers without a unit in the stretch (走了仨, 走访户数:4)."""
    out = []
    for m in _BARE.finditer(text, start, end):
        value = read_numeral(m["n"] or m[0])
        if value is not None and not _ADDRESS_AFTER.match(text, m.end()):
            out.append(Count(m.start(), m.end(), value, CountKind.BARE, ""))
    return out
