"""The shapes of day expressions. One group a shape; `date_readers.py` says what day each comes to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.text.feasts import FEASTS
from bot.text.lexicon import load


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    """The words by their first characters, the longest first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(word)
    return by_first


def _any_of(words: Iterable[str]) -> str:
    """An expression for the longest of the words, branching on the first character first."""
    return "|".join(
        f"{first}(?:{'|'.join(re.escape(word[1:]) for word in same)})"
        for first, same in _by_first(words).items()
    )


_LISTS = load("days")
OFFSETS = {word: int(offset) for offset, words in _LISTS["offsets"].items() for word in words.split()}
VAGUE = {word: kind for kind, words in _LISTS["vague"].items() for word in words.split()}
YEARS = {word: int(offset) for offset, words in _LISTS["years"].items() for word in words.split()}

_DIGITS = "0123456789"
_NUMERALS = "一二三四五六七八九十廿卅两〇零"
_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十廿卅两]{1,3})"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12][0-9]|0?[1-9])"
WEEK = r"(?:周|星期|礼拜)"
_WEEKDAY = "[一二三四五六日天末1-7]"
_YEAR_DIGITS = r"(?<![0-9])(?:19|20)[0-9]{2}|[一二三四五六七八九〇零]{4}|两千零?[一二三四五六七八九十]{0,3}"
_SHORT_YEAR = r"(?<![0-9])[0-9]{2}|[一二三四五六七八九〇零]{2}"
_YEAR_WORD = rf"(?:{_any_of(YEARS)})(?![纪级])"
_YEAR = rf"(?:{_YEAR_WORD}|(?:{_YEAR_DIGITS}|{_SHORT_YEAR})年)"
_TO = r"(?:到|至|[-~—–]{1,2}|、|和)"
_THIS = r"这个?|本|当"
_LAST = r"(?<![早晚])上{1,4}一?个?"
_LUNAR = "(?:农历|阴历|旧历)"
# 周三四五: those between the first and the last
_IN_A_ROW = "|".join(
    f"(?<={a})、?{b}(?=、?{c})" for a, b, c in zip("一二三四五", "二三四五六", "三四五六日", strict=True)
)
# 一 of 一共, not of 周一
_SHARED = "(?<=一)(?:[共起块带趟边同般样些年]|直(?!接)|下(?!午)|定(?!期))"
_NO_ADDRESS = (  # 3号楼, 12号问题, 2号井 and the like are no days
    r"(?!楼|院|文|线|桌|门|机|店|问题|事项|诉求|工单|件|那个|那件|的问题|的事|的诉求|户|家|"
    r"房|地|井|屋|坑|变|池|塘|杆|泵|闸|闺|"
    r"[0-9]{3,4}(?![0-9户])|记|常|子|头|期|召|称|码|令|角|本|夜|光|用|渠|厂|车|柜|仓|矿|库|沟|棚|树|墙|站|坝|桥|岗|卡|摊|单元|栋|网|里|底楼|灶|弄|后门|前门|台风|路(?!过|上|遇)|街(?!上|头|道))"
)
_COUNTED = "[户家人元斤亩度里公米万块个名%-]"
_DAY_NUMERAL = (
    r"十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|[一二三四五六七八九]"
)

# In the order of trial. A shape may begin only with what `OPENINGS` holds.
SHAPES = {
    "word": rf"(?!(?<=[补报写交填登])上前)(?:{_any_of((*OFFSETS, *VAGUE))})",
    "next": rf"(?<!一)(?P<next_p>下{{1,4}})个?"
    rf"(?:{WEEK}(?P<next_d>{_WEEKDAY})?|月(?:份?的?(?P<next_m>{_N})[日号])?)",
    "later": r"(?P<later_n>[0-9]{1,3}|半|[一二两三四五六七八九十]{1,2})"
    rf"(?P<later_u>天|日|个?{WEEK}|个月|年)(?:之|以)?后(?![天面头边来日])",
    "ymd": rf"(?<![0-9.])(?:(?P<ymd_y>(?:19|20)[0-9]{{2}}|[2-9][0-9](?=[./][0-9]{{1,2}}[./]))[-/.]"
    rf"(?P<ymd_m>{_M})[-/.](?P<ymd_d>{_D})|(?P<run_y>20[0-9]{{2}})(?P<run_m>0[1-9]|1[0-2])(?P<run_d>{_D})|"
    rf"(?P<dmy_a>[0-9]{{1,2}})[-/.](?P<dmy_b>[0-9]{{1,2}})[-/.](?P<dmy_y>(?:19|20)[0-9]{{2}}))"
    r"(?![0-9])[日号]?",
    "lunar": rf"(?:{_LUNAR}(?:(?P<lunar_y>{_YEAR})的?)?(?P<lunar_m>正|冬|腊|{_N})|(?P<lunar_w>正|冬|腊))"
    rf"月(?:初(?P<lunar_c>[一二三四五六七八九十])(?!{_COUNTED})|"
    rf"初?(?P<lunar_d>{_N})日?(?![0-9一二三四五六七八九十]|{_COUNTED}))"
    rf"(?:[到至~—–-]{{1,2}}初?(?P<lunar_e>[一二三四五六七八九十廿]{{1,3}}|{_N}日)(?!{_COUNTED}))?|"
    rf"(?P<lunar_n>{_N})月(?P<lunar_t>廿[一二三四五六七八九]?)(?!(?:{_TO}{_N})?[日号])",
    "feast": rf"(?P<feast_l>{_LUNAR}的?(?!新年))?(?:国际|世界|全国|中国|九九)?(?P<feast_n>{_any_of(FEASTS)})"
    r"(?:(?<=初[一二三四五六七八九十])(?=十?[一二三四五六七八九]户)|"
    r"(?![日号月一二三四五六七八九十户家人个位名]|[0-9]+(?![0-9户家])|(?<=小年)[轻纪龄]))"
    r"(?P<feast_part>(?:节气?)?(?:[第这][一二两三四五六七]天|期间|假期|长假|小长假|放假|假|"
    r"前[一天夕夜]?天?|过后|后|[那这当][天日])|节气?)?",
    "lunar_month": rf"(?:{_LUNAR}(?:(?P<lm_y>{_YEAR})的?)?(?P<lm_n>正|冬|腊|{_N})|"
    r"(?P<lm_w>正|冬|腊))月(?!初)",
    "same": rf"(?P<same_p>{_LAST}(?:月|{WEEK}))的?(?:今天|今日|这一?天|同一天)",
    "nth_weekday": rf"(?:(?P<nth_last>{_LAST}月)|(?:{_THIS})月|(?P<nth_m>{_N})月份?)的?"
    rf"(?:第(?P<nth_n>[一二三四五1-5])个?|最后一?个?){WEEK}(?P<nth_d>{_WEEKDAY})",
    "md": rf"(?P<md_m>{_N})月份?(?!{_N}[户家])(?![0-9]{{3,4}}[户家])(?!一[共直起块带趟边般些]|一下(?!午))"
    rf"(?P<md_d>{_N})(?P<md_k>[日号]?)"
    rf"(?:(?:到|至|[-~—–]{{1,2}}|、|和|跟|,)(?P<md_d2>{_N})[日号](?!楼|院|线|桌|门|机|店)|"
    rf"(?:、{_N}){{0,4}}、(?P<md_d4>{_N})(?=[,、]?[两三四五]天)|"
    rf"(?<![日号])[到至](?P<md_d3>{_N})(?![0-9户家人个名位次月年天块元斤亩度点份时组队栋楼单日号一二三四五六七八九十]))?",
    "slash": rf"(?<![0-9./·-])(?P<slash_m>{_M})(?P<slash_s>[./·-])(?P<slash_d>{_D})"
    rf"(?:[到至]|[-~—–]{{1,2}})(?:(?P<slash_m2>{_M})[./·])?(?P<slash_d2>{_D})(?![0-9./·月]|{_COUNTED})|"
    rf"(?<![0-9./·-])(?P<one_m>{_M})(?P<one_s>[./·-])(?P<one_d>{_D})(?![0-9./·月]|{_COUNTED})",
    "month_day": rf"(?:(?P<md_last>{_LAST}月)|这个月|本月|同月|这月|当月|俺?这月|本个月)的?"
    rf"(?P<month_d>{_N})[日号]",
    "year_part": r"(?(in_year)年?|年)(?P<yp>[初底末尾])(?!以来|至今|级|间|国|(?<=初)[一二三四五六七八九十])",
    "month_part": rf"(?:(?P<part_m>{_LAST}月|(?:{_THIS})月|(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})"
    r"月份?)的?(?P<part>上旬|中旬|下旬|月?[底末尾]|月?初(?![一二三0-9])|月?中(?![秋旬午])|第一天|头一天|最后一天|头几天|"
    rf"前(?:{_N}天|半个?月)|"
    r"月?头(?![一二两三四五六七八九十几0-9]))|(?P<part_bare>上旬|(?<!月)上半月|中旬|下旬|月[底末尾初]|月中(?![秋旬午])|"
    r"月头(?![一二两三四五六七八九十几0-9])|(?(in_year)(?:第一天|最后一天)|(?!))))(?!前)",
    "week": rf"(?P<week_p>(?:{_LAST}|这一?个?|本|当|前一?个?|头一?个?)(?:{WEEK}的?)?)?{WEEK}"
    rf"(?P<week_d>(?:[1-7](?![0-9])|[一二三四五六日天末])(?![点个层组号户])(?!家(?!里))(?!{_SHARED}))(?:{_IN_A_ROW})*"
    rf"(?:{_TO}?(?:(?:{_LAST})?{WEEK})?(?P<week_d2>{_WEEKDAY}(?![0-9点个户家]|天|{_SHARED})))?",
    "ago": r"(?<![0-9一二三四五六七八九十第])(?!(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:之|以)?前)"
    r"(?P<ago_n>[0-9]{1,3}|好?几|半|俩|[一二两三四五六七八九十]{1,3})"
    rf"[来几]?(?P<ago_u>个?多?半?(?:天|日|{WEEK}|月|年)半?)(?:之|以)?前(?!{_N}天|半)",
    "recent": rf"(?:近|过去的?)(?P<recent_n>{_N}|半)个?(?P<recent_u>天|日|{WEEK}|月)(?![一二三四五六日天])",
    "week_period": rf"(?P<wp_p>{_LAST}|{_THIS}|这一个?|近一个?){WEEK}"
    rf"(?![一二三四五六日天末](?!户|家(?!里)|{_SHARED}))",
    "months": rf"(?<![0-9.])(?P<months_1>{_N})(?:[到至、]|[-~—–]{{1,2}})(?P<months_2>{_N})月份?"
    r"(?![底初末]|[0-9一二三四五六七八九十])",
    "month_period": rf"(?P<mp_p>{_LAST}|{_THIS}|这一个?|近一个)月份?(?![底初末]|[0-9]{{1,2}}[号日])|"
    r"(?P<mp_n>(?<![0-9个])(?:1[0-2]|[1-9])|(?<![一二三四五六七八九十个])(?:十[一二]|[一二三四五六七八九十]))"
    r"月份?(?!球|饼|初|子|节(?!约|气)|第一[波场批茬]|头一[波场批茬]|开(?:门红|头|局|张|篇)|[第头]一[户家])",
    "half": r"(?P<half_n>上|下)半年",
    "quarter": rf"(?:第?(?P<q_n>[一二三四1-4])|首|(?P<q_p>{_LAST}|这一?个?|本)|"
    r"前(?P<q_first>[一二两三])个?)季度",
    "year": rf"(?P<year_n>(?:{_YEAR_DIGITS}|(?<![0-9])0[0-9]|[零〇][一二三四五六七八九])年)(?![前后])|"
    rf"今年以来|本年度|年初以来|(?P<year_w>{_YEAR_WORD})(?:全年)?|开年以来|年内|全年",
    "days": rf"(?<![0-9#.楼院区路街巷弄组])(?P<days_d>{_N})[日号]?(?:、{_N}[日号]?){{0,5}}"
    rf"(?:{_TO}|跟)(?P<days_d2>{_N})[日号]{_NO_ADDRESS}",
    "day": rf"(?<![0-9#.楼号院区路街巷弄组里村庄沟第星排栋幢座无风])(?!一日{_N}[户家])"
    r"(?!一日(?!走访|入户|上门|看望|慰问|[到至]))(?!(?<=了)[一二三四五六七八九十]+日)"
    rf"(?P<day_d>[0-9]{{1,2}}|{_DAY_NUMERAL})[号日]{_NO_ADDRESS}(?:(?P<day_last>[0-9]{{1,2}})[号日]{_NO_ADDRESS})*",
}
# 去年, 零八年, 2025年 before a day or stretch that every year has
_IN_YEAR = rf"(?:(?P<in_year>{_YEAR})[的 ]?(?!后|前(?![一二两三]个?季)))?"
_ANY_SHAPE = "|".join(f"(?P<{name}>{shape})" for name, shape in SHAPES.items())
_PATTERN = re.compile(f"{_IN_YEAR}(?:{_ANY_SHAPE})")
# What a shape may begin with: figures, or one of these before one of those (上 before 周). Most characters of
# a message are passed over by it.
_HEADS = {
    **dict.fromkeys("上下", "上下一个月周星礼半季旬"),
    **dict.fromkeys("这本当", "一个月周星礼季年"),
    **dict.fromkeys("前头", "一二两三个周星礼"),
    **dict.fromkeys("近半", f"{_DIGITS}{_NUMERALS}半个天日周星礼月年"),
    **dict.fromkeys("农阴旧", "历"),
    **dict.fromkeys("正冬腊同", "月"),
    **dict.fromkeys("年月", "底末尾初头中内"),
    **{"第": f"{_DIGITS}{_NUMERALS}", "周": "一二三四五六日天末1234567", "星": "期", "礼": "拜", "过": "去"},
    **{"好": "几", "几": "个天日周星礼月年多", "俩": "个天日周星礼月", "中": "旬国", "国": "际", "世": "界"},
    **{"全": "年国", "开": "年", "首": "季"},
}


_HEADS |= {
    first: _HEADS.get(first, "") + "".join(word[1] for word in words)
    for first, words in _by_first((*OFFSETS, *VAGUE, *YEARS, *FEASTS)).items()
    if first not in _NUMERALS
}
_OPENING = re.compile(f"[{_DIGITS}{_NUMERALS}{''.join(sorted(_HEADS))}]")


def expressions(text: str) -> Iterator[re.Match[str]]:
    """The day expressions of `text` from left to right, none inside another."""
    end = 0
    for opening in _OPENING.finditer(text):
        start = opening.start()
        seconds = _HEADS.get(opening[0])
        if start < end or (seconds is not None and text[start + 1 : start + 2] not in seconds):
            continue
        if found := _PATTERN.match(text, start):
            end = found.end()
            yield found
