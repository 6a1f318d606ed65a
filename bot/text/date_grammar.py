"""The shapes of day expressions. One group a shape; `date_readers.py` says what day each comes to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.text.feasts import FEASTS
from bot.text.lexicon import load


def _any_of(words: Iterable[str]) -> str:
    """An expression for the longest of the words, branching on the first character first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())


_LISTS = load("days")
OFFSETS = {word: int(offset) for offset, words in _LISTS["offsets"].items() for word in words.split()}
VAGUE = {word: kind for kind, words in _LISTS["vague"].items() for word in words.split()}

_DIGITS = "0123456789"
_NUMERALS = "一二三四五六七八九十廿卅两〇零"
_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十廿卅两]{1,3})"
WEEK = r"(?:周|星期|礼拜)"
_WEEKDAY = "[一二三四五六日天末1-7]"
_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二三四五六七八九〇零]{4})"
_YEAR_SAID = rf"(?:今年|本年|去年|前年|大前年|{_YEAR}年)"
_TO = r"(?:到|至|[-~—–]|、|和)"
_THIS = r"这个?|本|当"
_SHARED = "(?<=一)[共直起块带趟边同般下样定些年]"  # 一 of 一共, not of 周一
_NO_ADDRESS = (  # 3号楼, 12号问题, 2号井 and the like are no days
    r"(?!楼|院|文|线|桌|门|机|店|问题|事项|诉求|工单|件|那个|那件|的问题|的事|的诉求|户|家|"
    r"房|地|井|屋|坑|变|池|塘|杆|泵|闸|闺|"
    r"记|常|子|头|期|召|称|码|令|角|本|夜|光|用|渠|厂|车|柜|仓|矿|库|沟|棚|树|墙|站|坝|桥|岗|卡|摊|单元|栋)"
)
_DAY_NUMERAL = (
    r"十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|[一二三四五六七八九]"
)
_UNIT = rf"个?(?:多)?(?:天|日|{WEEK}|月|年)"

# In the order of trial. A shape may begin only with what `OPENINGS` holds.
SHAPES = {
    "word": _any_of((*OFFSETS, *VAGUE)),
    "next": rf"(?P<next_p>下+)个?(?:{WEEK}(?P<next_d>{_WEEKDAY})?|月(?:份?的?(?P<next_m>{_N})[日号])?)",
    "later": r"(?P<later_n>[0-9]{1,3}|半|[一二两三四五六七八九十]{1,2})"
    rf"(?P<later_u>天|日|个?{WEEK}|个月|年)(?:之|以)?后(?![天面头边来日])",
    "ymd": rf"(?P<ymd_y>(?<![0-9])(?:19|20)[0-9]{{2}}|(?<![0-9])[0-9]{{2}}(?=年)|"
    rf"[一二三四五六七八九〇零]{{4}})(?:年|[-/.])(?P<ymd_m>{_N})(?:月|[-/.])(?P<ymd_d>{_N})(?![0-9])[日号]?",
    "lunar": rf"(?:农历|阴历|旧历)(?:(?P<lunar_y>{_YEAR})年)?"
    rf"(?P<lunar_m>正|冬|腊|{_N})月初?(?P<lunar_d>{_N})日?",
    "feast": rf"(?:(?P<feast_y>{_YEAR_SAID})的?)?(?P<feast_n>{_any_of(FEASTS)})"
    r"(?![日号月一二三四五六七八九十0-9户家人个位名])"
    r"(?P<feast_part>节?[第这][一二两三四五六七]天|节?(?:期间|假期|长假|小长假|放假|假)|"
    r"节?前[一天夕夜]?|节?过后|节?后|节?(?:那|这|当)[天日])?",
    "same": rf"(?P<same_p>去年|前年|上+个?(?:月|{WEEK}))的?(?:今天|今日|这一?天|同一天)",
    "md": rf"(?:(?P<md_y>今|本|去|前)年)?(?P<md_m>{_N})月份?(?!一[共直起块带趟边般下些])"
    rf"(?P<md_d>{_N})(?P<md_k>[日号]?)"
    rf"(?:(?:到|至|[-~—–]{{1,2}}|、|和|跟|,)"
    rf"(?:(?P<md_m2>{_N})月)?(?P<md_d2>{_N})(?:[日号](?!楼|院|线|桌|门|机|店)))?",
    "slash": r"(?<![0-9./-])(?P<slash_m>1[0-2]|0?[1-9])(?P<slash_s>[./-])(?P<slash_d>3[01]|[12][0-9]|0?[1-9])"
    r"(?![0-9./%]|[户家人元斤亩度里公米万块个名%-])",
    "month_day": rf"(?:(?P<md_last>上+个?月|上月)|这个月|本月|这月|当月|俺?这月|本个月)的?"
    rf"(?P<month_d>{_N})[日号](?:{_TO}(?P<month_d2>{_N})[日号])?",
    "year_part": rf"(?:(?P<yp_y>{_YEAR_SAID})年?|年)(?P<yp>[初底末])(?!以来|至今|级|间|国)",
    "month_part": r"(?P<part_m>上+个?月|本月|这个月|这月|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?)?"
    r"(?P<part>上旬|中旬|下旬|月?底|月?末|月?初|月头|最后一天|头几天)(?!前)",
    "week": rf"(?P<week_p>上+个?|{_THIS}|前个?|头个?)?{WEEK}"
    rf"(?P<week_d>(?:[1-7](?![0-9])|[一二三四五六日天末])(?![点个层组号户])(?!家(?!里))(?!{_SHARED}))"
    rf"(?:{_TO}?(?:{WEEK})?(?P<week_d2>{_WEEKDAY}(?![0-9点个户家])))?",
    "ago": rf"(?P<ago_n>[0-9]{{1,3}}|好?几|半|[一二两三四五六七八九十]{{1,2}})(?P<ago_u>{_UNIT})(?:之|以)?前",
    "month_of_year": rf"(?P<my_y>(?<![0-9]){_YEAR})年(?P<my_m>{_N})月份?(?![底初末])",
    "week_period": rf"(?P<wp_p>上+一?个?|{_THIS}|这一个?|近一个?){WEEK}"
    rf"(?![一二三四五六日天末](?!户|家(?!里)|{_SHARED}))",
    "month_period": rf"(?P<mp_p>上+个?|{_THIS}|这一个?|近一个)月份?(?![底初末]|[0-9])|"
    r"(?P<mp_n>(?<![0-9个])(?:1[0-2]|[1-9])|(?<![一二三四五六七八九十个])(?:十[一二]|[一二三四五六七八九十]))"
    r"月份?(?!球|饼|初|子)",
    "half": r"(?P<half_y>今年|去年)?(?P<half_n>上|下)半年",
    "quarter": r"(?:第?(?P<q_n>[一二三四1-4])|(?P<q_p>上|这个?|本))季度",
    "year": rf"(?P<year_n>(?<![0-9]){_YEAR}年)(?![前后])|"
    r"今年以来|今年|本年度?|年初以来|去年(?:全年)?|大前年|前年(?:全年)?|开年以来|年内|全年",
    "days": rf"(?<![0-9#.楼院区路街巷弄组])(?P<days_d>{_N})[日号]?"
    rf"(?:{_TO}|跟)(?P<days_d2>{_N})[日号]{_NO_ADDRESS}",
    "day": rf"(?<![0-9#.楼号院区路街巷弄组里村庄沟第星])(?P<day_d>[0-9]{{1,2}}|{_DAY_NUMERAL})"
    rf"[号日]{_NO_ADDRESS}",
}
_PATTERN = re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in SHAPES.items()))
OPENINGS = frozenset(
    f"{_DIGITS}{_NUMERALS}上下中今去前大本当这俺近头好几最年全开第月底末初半周星礼农阴旧"
).union(word[0] for word in (*OFFSETS, *VAGUE, *FEASTS))
_OPENING = re.compile(f"[{''.join(sorted(OPENINGS))}]")


def expressions(text: str) -> Iterator[re.Match[str]]:
    """The day expressions of `text` from left to right, none inside another."""
    end = 0
    for opening in _OPENING.finditer(text):
        if opening.start() >= end and (found := _PATTERN.match(text, opening.start())):
            end = found.end()
            yield found
