"""What a clause says of visits: done or planned, asked, denied, somebody else's."""

from __future__ import annotations

import re
from datetime import date

from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.names import NameKind
from bot.text.reading import Reading
from bot.text.visit_counts import role_of, sentence_of

QUESTION = re.compile(
    r"\?|吗|没有?$|么$|[走去访]了没|几户呢|多少户|谁|呢$|没啊|咋样了|啥时候|什么时候|哪天|几时|怎么"
)


_NOT_BEFORE_VERB = re.compile(r"(?:没|没有|未|不|别|没能|还没|从没|没再|甭|勿|不用|莫|未能|冇)$")


_OTHER_DOES = re.compile(
    r"(?:同志|书记|主任)?(?:他|她)?(?:今天|昨天|今儿|上午|下午|上个?月|本月|这个?月|上周|"
    r"本周|这周|刚才|刚刚|已经|也|都|还|又|昨儿|一共|共|总共|,)*(?:走访|入户|走了|跑了|"
    r"访了|去了[^,。]{0,4}户)"
)


_FROM_HOME = re.compile(r"(?:从|打)[^,。]{0,14}$")


PASTIME = re.compile(
    r"喝酒|喝了|吃了?饭|论文|作业|项目|工作|约他|约她|约了|玩|打牌|麻将|下棋|钓鱼|赶集|"
    r"吃席|喜酒|唱戏|跳舞|逛|聚|开会|学习|吵|打架|借|买(?:了|点)|结婚|出殡|送殡|商量着|"
    r"说和|调解|劝和"
)


def running_total(reading: Reading, clause: Clause, part: Clause) -> bool:
    """A word such as 累计 in the clause, or before it with no other number between."""
    if reading.has("cumulative", part):
        return True
    sentence = sentence_of(reading, clause)
    for start, end in reading.hits.within("cumulative", sentence.start, part.start):
        if not any(end <= c.start < part.start for c in reading.counts) and start < part.start:
            return True
    return False


def split_days(reading: Reading, clause: Clause) -> list[tuple[Clause, tuple[date, bool] | None]]:
    """Unpunctuated dictation: each day expression with a number after it opens a part of its own."""
    inside = reading.past_days(clause)
    numbers = [c for c in reading.counts if clause.start <= c.start < clause.end]
    if len(inside) < 2 or len(numbers) < 2:
        last = inside[-1] if inside else None
        return [(clause, (last.day, last.span is Span.PERIOD) if last else None)]
    cuts = [d for d in inside if any(c.start >= d.end for c in numbers)]
    out: list[tuple[Clause, tuple[date, bool] | None]] = []
    for i, d in enumerate(cuts):
        start = clause.start if i == 0 else d.start
        end = cuts[i + 1].start if i + 1 < len(cuts) else clause.end
        out.append((Clause(start, end, clause.sentence), (d.day, d.span is Span.PERIOD)))
    return out


def is_others(reading: Reading, clause: Clause) -> bool:
    """The clause speaks of somebody else's visits, of the branch's, or of what visits should be."""
    text = reading.text
    sentence = sentence_of(reading, clause)
    if reading.has("visit_others", clause) and not _self_after(reading, clause):
        return reading.hits.any_within(sentence.start, sentence.end, "visit_strong", "visit_move")
    if reading.has("visit_rule", clause) and not _reports(reading, clause):
        return True
    for name in reading.names:
        if not clause.start <= name.start < clause.end or name.kind is NameKind.ADDRESS:
            continue
        before = text[clause.start : name.start]
        opening = not before.strip() or re.fullmatch(
            r"(?:今天|昨天|上午|下午|看|瞧|人家|学学|向|像|表扬|感谢|刚才|听说)?", before.strip()
        )
        if opening and _OTHER_DOES.match(text, name.end):
            return True
    return False


def _self_after(reading: Reading, clause: Clause) -> bool:
    others = reading.hits.within("visit_others", clause.start, clause.end)
    return any(
        hit[0] >= others[-1][1] for hit in reading.hits.within("self_subject", clause.start, clause.end)
    )


def _reports(reading: Reading, clause: Clause) -> bool:
    """A rule word beside a number that is reported as done (完成本月走访任务,走了6户)."""
    return bool(
        re.search(
            r"走访(?:工作|活动|任务)?(?:已经?)?(?:完成|结束|走完)|完成.{0,6}走访|开展走访|开展了走访",
            reading.text,
        )
        or reading.past_days(clause)
    ) and any(clause.start <= c.start < clause.end + 20 for c in reading.counts)


def is_denied(text: str, start: int) -> bool:
    return _NOT_BEFORE_VERB.search(text, max(0, start - 3), start) is not None


def is_question(reading: Reading, clause: Clause) -> bool:
    text = reading.text
    piece = text[clause.start : clause.end]
    if text[clause.end : clause.end + 1] == "?":
        return True
    found = QUESTION.search(piece)
    return (bool(found) and not reading.has("self_subject", clause)) or bool(
        re.search(r"吗$|没有?$|几户没", piece)
    )


def is_unvisited(reading: Reading, clause: Clause) -> bool:
    """The clause is about what is planned or was not done."""
    text, hits = reading.text, reading.hits
    piece = text[clause.start : clause.end]
    visited = [
        c
        for c in reading.counts
        if clause.start <= c.start < clause.end and role_of(reading, c, clause) == "visited"
    ]
    nots = hits.within("visit_not", clause.start, clause.end)
    ahead = Clause(clause.start, min(len(text), clause.end + 12), clause.sentence)
    if nots and not visited:
        return True
    if re.search(
        r"(?:户|家|趟)[^。]{0,6}(?:都没人|都不在家?|门都?锁着|没见着人|锁着门|没人在家|"
        r"家里没人|没人应|扑了?空|没人开门|都锁着)",
        text[clause.start : ahead.end],
    ) and not re.search("有人|见到|在家的", text):
        return True
    plans = hits.within("visit_plan", clause.start, clause.end)
    firm = re.search(r"准备|打算|计划|明天|明儿|后天|下周|改天|争取|预计|拟|要是|如果|下个?月", piece)
    if (
        plans
        and not firm
        and re.search(
            r"(?:去|走|跑|看|访|转|入户|上门|慰问|看望|坐|串|打|聊|进|送|帮)(?:了|过|完|遍|到)", piece
        )
    ):
        return False
    if not plans:
        return bool(
            [d for d in reading.days if d.span is Span.FUTURE and clause.start <= d.start < clause.end]
            and not visited
        )
    verbs = [
        *hits.within("visit_strong", clause.start, clause.end),
        *hits.within("visit_move", clause.start, clause.end),
    ]
    first_verb = min((v[0] for v in verbs), default=clause.end)
    if visited and all(p[0] > visited[0].end for p in plans):
        return False
    if all(p[0] > first_verb for p in plans) and is_done(reading, clause):
        return False
    return not (
        visited and re.search("了|过|完", text[first_verb : visited[0].start]) and plans[0][0] > first_verb
    )


def is_done(reading: Reading, clause: Clause) -> bool:
    piece = reading.text[clause.start : clause.end]
    return bool(re.search(r"了|过(?!去|来|几|两|年|节)|完|毕|罢|遍|到|出来|回来|着|一圈|一趟|咗", piece))


def reported_at_once(reading: Reading, clause: Clause, index: int) -> bool:
    """A bare 入户走访 counts with a day to it, or with what was found there."""
    return (
        bool(reading.past_days(clause))
        or reading.has("report_tail")
        or bool(reading.counts and index + 2 >= len(reading.clauses.clauses))
    )


def number_follows(reading: Reading, clause: Clause, index: int) -> bool:
    following = reading.clauses.clauses[index + 1 : index + 3]
    return any(c.start < n.start + 1 <= c.end for c in following for n in reading.counts)


def told_as_done(reading: Reading, clause: Clause) -> bool:
    """A past day, or the next clause telling how it went, stands for the aspect the clause lacks."""
    return bool(reading.past_days(clause)) or bool(
        re.search(r"[了过完着]", reading.text[clause.end : clause.end + 30])
    )


def list_follows(reading: Reading, clause: Clause) -> bool:
    """The next clause opens with a name, or the clause spoke of households."""
    after = [c for c in reading.clauses.clauses if c.start >= clause.end]
    later = [n for n in reading.names if n.start >= clause.end]
    if not after or not later:
        return False
    opens = after[0].start <= later[0].start <= after[0].start + 3
    return opens or bool(re.search("几家|几户|各家|户", reading.text[clause.start : clause.end]))
