"""Matters told in a message: is there one, how many, of what kind, how urgent, already mended?

Evidence adds up: a frame of the trouble lists (a thing and what is wrong with it), then what makes
trouble a matter (asking, complaining, how long it lasts, whose it is) and what speaks against it
(jokes, stories, news, notices, sales). The weights are in `_PLUS` and `_MINUS`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.acts import Category, Grievance, Sureness, Urgency
from bot.text.clauses import Clause, items
from bot.text.cries import find_cry
from bot.text.dates import Span
from bot.text.lexicon import lexicon
from bot.text.lexicon.frames import Match
from bot.text.messages import Message, Speaker
from bot.text.names import Name, NameKind
from bot.text.reading import Reading

# A grievance is recorded from SURE up, printed by `parse` from LIKELY up (there more are right than
# wrong on messages set aside for measuring), asked about from ASK up.
SURE, LIKELY, ASK = 2.8, 2.1, 1.5

_MOST_MATTERS = 40  # of one message
_TOPIC = {5: 4.5, 3: 2.4, 2: 1.5, 1: 0.6}
# class: (for the first word found, for each further one, at most)
_PLUS = {
    "ask": (1.2, 0.3, 1.8),
    "complain": (1.0, 0.3, 1.6),
    "lasting": (0.4, 0.2, 0.8),
    "place": (0.3, 0.0, 0.3),
    "mine": (0.4, 0.0, 0.4),
    "formal": (0.6, 0.5, 2.6),
    "village": (0.3, 0.1, 0.6),
    "mood": (0.3, 0.2, 0.6),
}
_MINUS = {
    "joke": (1.6, 0.8, 3.0),
    "story": (1.8, 0.6, 3.0),
    "elsewhere": (2.2, 0.8, 3.5),
    "notice": (1.0, 0.8, 3.5),
    "advert": (0.7, 1.5, 5.0),
    "rumour": (0.4, 0.3, 1.0),
    "thanks": (1.0, 0.4, 1.8),
    "wish": (1.4, 0.8, 3.0),
    "lostfound": (1.2, 0.5, 2.0),
    "hypothetical": (0.7, 0.2, 1.2),
    "smalltalk": (0.6, 0.3, 1.5),
    "fine": (0.8, 0.4, 1.6),
    "chat": (1.1, 0.6, 3.5),
}
_DIVIDER = re.compile(
    r"(?:[,。;!? \n]|^)(?:另外|还有(?:就是|个事|一个|件事|个问题|一件|[,:])|"
    r"还有(?=[^股点些味人雨没几两个天三一空时0-9])|再一个|再就是|其次|还想问|顺便问|"
    r"顺便反映|再说个事|二来|再者|另|此外|对了|还反映|同时反映|再问)"
)
# 一户反映…,一户说…: each tells a matter of its own
_ONE_HOUSEHOLD = re.compile(
    r"[,。;](?:还|另)?(?:有)?(?:另)?[一1]户(?:人家)?(?:说|反映|想|问|要|家|低保|老人)"
)
_SIMILE = re.compile(r"(?:跟|像|好像|仿佛|如同).{1,8}(?:一样|似的|一般|样)")
_TURN = re.compile(r"就是|但|可是|不过|只是|可|但是|然而")
_ME = re.compile(r"俺家|我家|咱家|我们家|俺屋|俺们|我们|俺这")
_NOT_FIXED_BEFORE = re.compile(
    r"(?:没|还没|没有|未|不|哪|咋还没|什么时候|啥时候|甚时候|几时|何时|能不能|希望|想|"
    r"才能|能|等|明天|准备|要|得|需|下周|后天|建议|请|尽快|又|打算|说是|说要|一直没|迟迟|"
    r"抓紧|没人|谁能|谁会|赶紧|尽早|早点|早日|多久|怎么|咋|应该|应|可以|去年|前年|"
    r"上次)(?:[^,。;!?]{0,4})$"
)


@dataclass(slots=True)
class _Segment:
    start: int
    end: int
    enumerated: bool = False


def find_grievances(reading: Reading, *, visits: bool) -> list[tuple[Grievance, float]]:
    """The matters told, each with its weight of evidence. visits: the message reports a visit too."""
    cry = find_cry(reading)
    if cry is not None:
        return [(cry, SURE)]
    matches = lexicon().matches(reading.hits, reading.clauses.breaks)
    matches = [m for m in matches if not _empty(reading, m, visits=visits)]
    if not matches:
        return []
    out: list[tuple[Grievance, float]] = []
    segments = _segments(reading, matches, visits=visits)[:_MOST_MATTERS]
    for segment, inside in zip(segments, _apart(segments, matches), strict=True):
        found = _judge(reading, segment, inside, visits=visits)
        if found:
            out.append(found)
    return out


# ------------------------------------------------------------------ where a matter begins and ends


def _segments(reading: Reading, matches: list[Match], *, visits: bool) -> list[_Segment]:
    text = reading.text
    listed = items(text)
    formal = {text[a:b] for a, b in reading.hits["formal"]}
    if len(text) > 140 and len(formal) >= 2 and reading.by_resident:
        return [_Segment(0, len(text))]  # a letter is one matter, whatever it lists
    if listed:
        return [_Segment(start, end, enumerated=True) for start, end in listed]
    cuts = [m.start() + 1 for m in _DIVIDER.finditer(text) if m.start() > 4]
    if visits:
        cuts += _household_cuts(reading)
        cuts += [m.start() + 1 for m in _ONE_HOUSEHOLD.finditer(text)]
    bounds = [0, *sorted(set(cuts)), len(text)]
    pieces = [_Segment(a, b) for a, b in pairwise(bounds) if b > a]
    # a piece is a matter of its own only with strong trouble of its own
    out: list[_Segment] = []
    for piece in pieces:
        own = _topics(piece, matches)
        before = _topics(out[-1], matches) if out else set()
        if out and not (own and before and (own - before or visits)):
            out[-1].end = piece.end
        else:
            out.append(piece)
    return out


def _apart(segments: list[_Segment], matches: list[Match]) -> list[list[Match]]:
    """The matches of each segment; those that lie across a border belong to none."""
    starts = [segment.start for segment in segments]
    out: list[list[Match]] = [[] for _ in segments]
    for match in matches:
        at = bisect_right(starts, match.start) - 1
        if at >= 0 and match.end <= segments[at].end:
            out[at].append(match)
    return out


def _topics(segment: _Segment, matches: list[Match]) -> set[str]:
    return {
        m.frame.data["category"]
        for m in matches
        if segment.start <= m.start and m.end <= segment.end and m.frame.data["weight"] >= 2
    }


def _household_cuts(reading: Reading) -> list[int]:
    """In a report on several households each that opens a clause opens a stretch."""
    starts = {c.start for c in reading.clauses.clauses}
    return [
        n.start
        for n in reading.names
        if n.start in starts and reading.text[n.end : n.end + 1] not in ("、", "")
    ]


# ------------------------------------------------------------------ weighing


def _empty(reading: Reading, match: Match, *, visits: bool) -> bool:
    """Trouble that is none: a likeness, what a leaflet was about, a name's part."""
    text = reading.text
    for simile in _SIMILE.finditer(text, max(0, match.start - 10), min(len(text), match.end + 6)):
        if any(simile.start() <= a and b <= simile.end() for a, b in match.words) and match.frame.data.get(
            "urgency"
        ):
            return True
    clause = reading.clause_at(match.start)
    if clause is None:
        return False
    piece = text[clause.start : clause.end]
    if visits and re.search(
        r"宣传|宣讲|讲(?:的|了|解)|主要讲|发放|发了|检查了|查看|排查|提醒|叮嘱|嘱咐|告知|看了房|送了|都?没",
        piece,
    ):
        if re.search(r"宣传|宣讲|讲(?:了|的|解|政策)|发放|发了|提醒|叮嘱|嘱咐|告知", piece) and not re.search(
            "说|反映|想|问|坏|希望|能不能", piece
        ):
            return True
        if match.frame.data["weight"] < 3:
            return True
    return bool(re.search(r"存在(?:的)?问题[: ]*(?:无|没有|暂无)|诉求[: ]*(?:无|没有|暂无)", piece))


def _sum(
    reading: Reading, table: dict[str, tuple[float, float, float]], start: int, end: int
) -> tuple[float, list[str]]:
    total, words = 0.0, []
    for name, (first, further, most) in table.items():
        found = {reading.text[a:b] for a, b in reading.hits.within(name, start, end)}
        if found:
            total += min(most, first + further * (len(found) - 1))
            words.append(f"{name}: {'/'.join(sorted(found))}")
    return total, words


def _judge(
    reading: Reading, segment: _Segment, inside: list[Match], *, visits: bool
) -> tuple[Grievance, float] | None:
    text = reading.text
    if not inside:
        return None
    weight = max(m.frame.data["weight"] for m in inside)
    pressing = any(m.frame.data.get("urgency") for m in inside)
    if visits and not pressing and not _raised(reading, segment):
        return None
    if visits and weight < 2:
        return None
    if visits and weight < 3 and not reading.hits.any_within(segment.start, segment.end, "ask", "complain"):
        return None
    score = _TOPIC[weight]
    strong_kinds = {m.frame.pattern for m in inside if m.frame.data["weight"] >= 3}
    if len(strong_kinds) >= 3:
        score += 0.5
    plus, notes = _sum(reading, _PLUS, segment.start, segment.end)
    score += plus
    if not any(note.startswith("ask") for note in notes):
        score += _asks_in_other_words(text[segment.start : segment.end])
    if segment.enumerated:
        score += 1.0
    minus, against = _sum(reading, _MINUS, segment.start, segment.end)
    minus = _soften(reading, segment, minus, formal="formal" in "".join(notes), visits=visits)
    score -= minus
    score -= _against_speaker(reading, segment, visits=visits)
    urgency = _urgency(reading, inside, score)
    if weight >= 5 and reading.has("elsewhere") and not reading.has("em_cry") and not reading.has("mine"):
        score -= 2.5  # a flood seen on the net
    if weight >= 5 and reading.has("chat") and not reading.has("em_cry"):
        score -= 2.0  # 不想活了 over a day at the office
    if not visits:
        score -= _private(reading, segment, inside, urgency)
    if score < ASK:
        if score > 0.5:
            reading.notes.append(f"no matter ({score:.1f}): {inside[0].frame.pattern}; against {against}")
        return None
    category = _category(inside, urgency)
    resolved = _resolved(reading, segment, inside)
    if resolved:
        urgency = Urgency.NORMAL
    about = _about(reading, segment, inside, visits=visits)
    sureness = Sureness.SURE if score >= SURE else Sureness.PROBABLY
    evidence = tuple(dict.fromkeys(text[m.start : m.end] for m in inside))[:6]
    reading.notes.append(
        f"matter {category.value}/{urgency.value} {score:.1f}: "
        + "; ".join(f"{m.frame.source}[{m.frame.pattern[:30]}]={text[m.start : m.end]}" for m in inside[:4])
        + f"; for {notes}; against {against}"
    )
    span = reading.plain.written(*_span(reading, segment, inside))
    return Grievance(category, urgency, about, resolved, span, sureness, evidence), score


_SAID = re.compile(
    r"说|反映|讲(?!解|政策|了)|提(?:出|到)|想(?:要|请|叫|换|问|找|把|给|让|申请|办)|愁|怕|漏|裂|坏|堵|没人|断|塌|掉|缺|没(?:到|"
    r"发|给|领|办|批|通|修)|不(?:热|亮|通|会|够|好使|出水|转|响)|要人|叫人|得有人|问|让"
)


def _raised(reading: Reading, segment: _Segment) -> bool:
    """In a report on visits trouble is a matter where somebody voices it or something is plainly broken."""
    return bool(_SAID.search(reading.text, segment.start, segment.end)) or reading.hits.any_within(
        segment.start, segment.end, "ask", "complain"
    )


_CAN_IT = re.compile(
    r"能[^,。;!?]{1,10}(?:不|吗|么)(?=$|[,。?! ])|(?:行|中|成|可以|管)(?:不|吗|么)(?=$|[,。?! ])|"
    r"咋(?:办|弄|整|回事)"
)


def _asks_in_other_words(text: str) -> float:
    """能换个人不, 行不: requests without a listed word; a mere question mark is half of one."""
    if _CAN_IT.search(text):
        return 1.2
    return 0.5 if text.rstrip().endswith("?") else 0.0


def _soften(reading: Reading, segment: _Segment, minus: float, *, formal: bool, visits: bool) -> float:
    """Thanks before a "but", courtesies of a letter and of a report on visits don't count against."""
    text = reading.text[segment.start : segment.end]
    if _TURN.search(text):
        minus *= 0.6
    if reading.by_resident and reading.has("notice") and not reading.has("advert"):
        minus *= 0.7  # a neighbour's warning, not an announcement
    if len(text) > 100:
        minus *= 0.4
    if formal:
        minus *= 0.5
    if visits:
        minus *= 0.4
    return minus


# 腰疼得下不了地,走访的事缓两天: why a member does not come
_EXCUSE = re.compile(
    r"(?:走访|入户|开会|学习|值班|活动)[^,。]{0,6}(?:缓|推|往后|改天|过两天|去不了|来不了|请假|参加不了)|请个?假"
)
_OWN_AFFAIRS = frozenset(("service", "health", "other", "education", "livelihood"))


def _private(reading: Reading, segment: _Segment, inside: list[Match], urgency: Urgency) -> float:
    """What is one's own affair (空调坏了) and asks for nothing is told to friends, not to a village."""
    if urgency is Urgency.EMERGENCY or segment.enumerated or reading.message.reply_to:
        return 0.0
    if reading.hits.any_within(segment.start, segment.end, "ask", "formal", "village"):
        return 0.0
    strong = {m.frame.data["category"] for m in inside if m.frame.data["weight"] >= 3}
    if reading.names or urgency is Urgency.URGENT or "discipline" in strong:
        return 0.2
    return 0.8 if strong <= _OWN_AFFAIRS else 0.4


def _against_speaker(reading: Reading, segment: _Segment, *, visits: bool) -> float:
    """Notices come from secretaries and members; chatter speaks to somebody in particular."""
    text = reading.text[segment.start : segment.end]
    penalty = 0.0
    if any(d.span is Span.FUTURE for d in reading.days) and not reading.hits.any_within(
        segment.start, segment.end, "ask", "complain"
    ):
        penalty += 0.6  # something announced
    if reading.message.speaker is not Speaker.RESIDENT and reading.has("visit_rule") and not reading.names:
        penalty += 1.5
    if re.search(r"(?:帮|给|替)(?:着)?(?:俺|我|咱)(?:们|家|娘|爹)?[^,。;]{1,14}了", text) and not re.search(
        r"能不能|谁|希望|请|\?|还是|又", text
    ):
        penalty += 1.8  # a kindness done
    if reading.message.speaker is not Speaker.RESIDENT and reading.hits.any_within(
        0, len(reading.text), "notice"
    ):
        penalty += 1.5
    if reading.message.speaker is not Speaker.RESIDENT and reading.has("visit_not") and not visits:
        penalty += 1.2
    if reading.message.speaker is not Speaker.RESIDENT and _EXCUSE.search(text):
        penalty += 2.0
    if re.search(r"你(?!们村|们社区|们物业|好)", text) and not re.search("您好|你们", text):
        penalty += 0.8
    if len(text.strip()) <= 4:
        penalty += 0.5
    return penalty


# ------------------------------------------------------------------ what kind, how urgent


def _category(inside: list[Match], urgency: Urgency) -> Category:
    if urgency is not Urgency.NORMAL:
        ruling = [m for m in inside if m.frame.data.get("urgency") == urgency.value]
        if urgency is Urgency.EMERGENCY and ruling:
            return Category(ruling[0].frame.data["category"])
    votes: dict[str, float] = defaultdict(float)
    seen: set[tuple[str, int]] = set()
    for m in inside:
        key = (m.frame.pattern, m.start)
        if key in seen:
            continue
        seen.add(key)
        weight = m.frame.data["weight"]
        votes[m.frame.data["category"]] += (
            {5: 6.0, 3: 3.0, 2: 1.2, 1: 0.4}[weight]
            * (1.4 if m.frame.data.get("urgency") else 1.0)
            / (1 + 0.05 * m.start)
        )
    return Category(max(votes, key=lambda name: votes[name]))


def _urgency(reading: Reading, inside: list[Match], score: float) -> Urgency:
    levels = {m.frame.data.get("urgency") for m in inside}
    if "emergency" in levels and score >= LIKELY and not _feared(reading, inside):
        return Urgency.EMERGENCY
    if "urgent" in levels:
        return Urgency.URGENT
    return Urgency.NORMAL


_FEARED = re.compile(r"万一|要是|早晚|迟早|就怕|生怕|怕|差点|险些|容易|别|防止|省得|避免|如果|哪天|再不")


def _feared(reading: Reading, inside: list[Match]) -> bool:
    """What could happen (小孩掉进去咋办) is no emergency; what is happening is."""
    text = reading.text
    for m in inside:
        if m.frame.data.get("urgency") != "emergency":
            continue
        if re.match("过(?!来|去)", text[m.words[0][1] :]) and not re.match(
            "过来|过去", text[m.words[0][1] :]
        ):
            continue  # 夹住过两回: it has happened before, not now
        if "em_lost" in m.frame.pattern or "走丢" in m.frame.pattern:
            near = text[max(0, m.start - 10) : m.words[0][1]]
            if re.search(r"[羊牛狗猫猪鸡鸭鹅驴马骡]|鸽子|手机|钱包|钥匙|车", near) and not re.search(
                "[娃孩人爹娘]", near
            ):
                continue
        if re.search(
            "在家躺|躺床上|躺在床|卧床|住院|出院|养伤|去年|前年|以前|常年",
            text[m.start - 6 if m.start > 6 else 0 : m.end + 6],
        ):
            continue
        before, after = text[max(0, m.start - 8) : m.words[-1][0]], text[m.words[-1][1] : m.end + 10]
        if not _FEARED.search(before) and not re.match(
            r"[^,。!?]{0,5}(?:咋办|怎么办|咋弄|咋整|谁负责)", after
        ):
            return False
    return True


def _resolved(reading: Reading, segment: _Segment, inside: list[Match]) -> bool:
    """The message goes on to say that the trouble is over."""
    text, hits = reading.text, reading.hits
    first = min(m.start for m in inside)
    for start, end in hits.within("fixed", first + 1, segment.end):
        if _NOT_FIXED_BEFORE.search(text, max(0, start - 6), start):
            continue
        rest = text[end : segment.end]
        before = text[max(segment.start, start - 12) : start]
        if re.search(
            r"(?:没有|没|不|吗|么)?\?|^(?:没|吗|不)|还没|又|还是|就是|但|能不能|再", rest[:14]
        ) and re.search(r"\?|没有?$|吗|还|又|能不能|就是", rest[:14]):
            continue
        if re.search(r"不[漏堵冒响臭吵跳滴疼烧]了", text[start:end]) or re.search(
            r"已经?|刚才|刚|当场|顺手|我|俺|给|帮|现在|师傅|小.|今天|昨天|都|可算|终于|总算|叫了|"
            r"找了|过来|完|中了",
            before + rest[:8],
        ):
            return True
    return False


# ------------------------------------------------------------------ about whom


def _about(reading: Reading, segment: _Segment, inside: list[Match], *, visits: bool) -> str | None:
    text = reading.text
    strongest = max(m.frame.data["weight"] for m in inside)
    first = min(m.start for m in inside if m.frame.data["weight"] == strongest)
    called = [n for n in reading.names if n.start < segment.end and n.end > segment.start - 80]
    called = [n for n in called if not _only_mentioned(reading, n)]
    within = [n for n in called if segment.start <= n.start < segment.end]
    mine = _ME.search(text, segment.start, segment.end)
    if reading.message.speaker is Speaker.RESIDENT:
        subject = [n for n in within if n.kind is NameKind.PERSON]
        if not subject or (mine and mine.start() < subject[0].start):
            return None
        return reading.written(subject[0])
    if not visits:
        subject = [n for n in within if n.kind is NameKind.PERSON]
        if not subject or (mine and mine.start() < subject[0].start):
            return None
        return reading.written(subject[0])
    near = [n for n in called if n.start <= first + 2 and not _in_list(text, n)]
    # the household spoken of last before the trouble; of a mere list of visits only one standing alone
    pool = near or ([n for n in called if n.start <= first + 2] if len(called) == 1 else [])
    later = [n for n in within if n.start > first and text[n.end : n.end + 1] not in "、"]
    if pool:
        group = _rooms_together(reading, pool[-1])
        return group or reading.written(pool[-1])
    return reading.written(later[0]) if later else None


def _rooms_together(reading: Reading, last: Name) -> str | None:
    """302、501、502三户: those in one list share the matter."""
    text = reading.text
    group = [last]
    for name in reversed([n for n in reading.names if n.end < last.start]):
        if text[name.end : group[0].start] != "、" or name.kind is not NameKind.ADDRESS:
            break
        group.insert(0, name)
    return reading.plain.written(group[0].start, group[-1].end) if len(group) > 1 else None


def _in_list(text: str, name: Name) -> bool:
    return text[name.end : name.end + 1] == "、"


def _only_mentioned(reading: Reading, name: Name) -> bool:
    before = reading.text[max(0, name.start - 4) : name.start]
    after = reading.text[name.end : name.end + 2]
    if re.search(r"(?:谢谢|感谢|多亏|跟|和|叫|是|他弟|请|找|喊|问)$", before) and not after.startswith("家"):
        return True
    return bool(re.search(r"书记$|主任$|支书$|会计$|镇长$", name.text) and name.start < 3) or bool(
        re.match("过来|来给|帮", after)
    )


def _span(reading: Reading, segment: _Segment, inside: list[Match]) -> tuple[int, int]:
    """The clauses from the first trouble to the end of the stretch, as much as tells the matter."""
    clauses = [c for c in reading.clauses.clauses if segment.start <= c.start < segment.end]
    if not clauses:
        return segment.start, segment.end
    telling = min(3, max(m.frame.data["weight"] for m in inside))
    first = min(m.start for m in inside if m.frame.data["weight"] >= telling)
    opening = next((c for c in reversed(clauses) if c.start <= first), clauses[0])
    index = clauses.index(opening)
    if (
        index
        and not _tells_visit(reading, clauses[index - 1])
        and clauses[index - 1].sentence == opening.sentence
    ):
        opening = clauses[index - 1]
    return opening.start, clauses[-1].end


def _tells_visit(reading: Reading, clause: Clause) -> bool:
    return reading.hits.any_within(clause.start, clause.end, "visit_strong", "visit_move")


def complaint_of_reply(message: Message) -> Message:
    """The message replied to, read as a resident's."""
    return Message(message.reply_to or "", message.at, Speaker.RESIDENT)
