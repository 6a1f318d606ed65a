"""Reports of visits: who speaks, what was done, how many households, which, when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bot.domain.acts import Service, Sureness, Visit, VisitMode
from bot.text.clauses import Clause
from bot.text.dates import Span
from bot.text.forms import Form, read_form
from bot.text.names import Name, NameKind, names
from bot.text.normalise import normalise
from bot.text.numbers import Count, CountKind, bare_numbers
from bot.text.reading import Reading

_QUESTION = re.compile(
    r"\?|吗|没有?$|么$|[走去访]了没|几户呢|多少户|谁|呢$|没啊|咋样了|啥时候|什么时候|哪天|几时|怎么"
)
_NOT_BEFORE_VERB = re.compile(r"(?:没|没有|未|不|别|没能|还没|从没|没再|甭|勿|不用|莫|未能|冇)$")
_COMPANION = re.compile(r"(?:跟|和|与|同|叫上|喊上|随|跟着|协同|陪同|会同|联合|喊了|叫了|叫着)[^,。]{0,4}$")
_CREW = re.compile(
    r"(?:我|俺|咱)(?:和|跟|与)[^,。;!?\n]{1,24}?(?:[两三四五六七八]个?人|俩人?|仨人?|一起|"
    r"一块儿?|一道|一同)(?!家)"
)
_TOGETHER = re.compile(
    r"^[^,。、]{0,6}(?:一起|一块|一道|一同|去|走访|入户|两个|俩|两人|仨|三个|结伴|到|上门|走|跑)"
)
_OTHER_DOES = re.compile(
    r"(?:同志|书记|主任)?(?:他|她)?(?:今天|昨天|今儿|上午|下午|上个?月|本月|这个?月|上周|"
    r"本周|这周|刚才|刚刚|已经|也|都|还|又|昨儿|一共|共|总共|,)*(?:走访|入户|走了|跑了|"
    r"访了|去了[^,。]{0,4}户)"
)
_VOCATIVE_AFTER = re.compile(r"^[,:!。 ~]|^(?:我|俺|你|您|汇报|报告)")
_TITLE = re.compile(r"书记|主任|支书|站长|镇长|村长|组长$")
_FROM_HOME = re.compile(r"(?:从|打)[^,。]{0,14}$")
_RIGHT_OF_COUNT = re.compile(
    r"(?:[^,。、0-9]{0,4}(?:没走|没去|没在|未走|还没|没来得及|没入|没跑|没访|没人|不在|"
    r"外出(?!的)|下次|明天|改天|锁门|后天|下周|等|没轮))"
)
_EVERY_DONE = re.compile(
    r"(?:都|全部?|挨个|挨家|挨户|逐户|逐一|各家|一家家|一户户|挨着|挨门)[^,。]{0,8}(?:走|"
    r"跑|转|去|看|访|问|联系|聊|打|通知|送|到|遍)"
)
_SELF_CORRECTING = re.compile(
    r"(?:^|[,。 ])(?:哦|噢|啊|哎)?(?:不对|说错了?|写错了?|错了|更正|不不|打错了?|不是|"
    r"应该是|算错了?|数错了?|记错了?)"
)
_NUMBER_OF_FORM = re.compile(r"(?:户数|走访数|走访户数|走访量)[: 是为共]*$")


# what is done with, for or at a household, before its name
_CONTACT_BEFORE = re.compile(
    r"(?:给|帮|替|陪|带|领|拉|扶|接|送|跟|和|与|同|到|去|看|找|为|问|教|劝|背|喊|约|上|在|从|拐到|见到)"
    r"(?:着|了|过)?(?:[^,。了]{0,8}(?:的|户|老人|党员|头|院|组|老|街))?$"
)
_PASTIME = re.compile(
    r"喝酒|喝了|吃了?饭|论文|作业|项目|工作|约他|约她|约了|玩|打牌|麻将|下棋|钓鱼|赶集|"
    r"吃席|喜酒|唱戏|跳舞|逛|聚|开会|学习|吵|打架|借|买(?:了|点)|结婚|出殡|送殡|商量着|"
    r"说和|调解|劝和"
)
_PAIR_LIST = re.compile(r"[,。、;:]?(?:[日号]?)(?:上午|下午|晚上|走了|走访了?|入户|跑了|去了|:|是|,)*$")


@dataclass(slots=True)
class _Event:
    """A visit being put together."""

    start: int
    day: date
    mode: VisitMode
    count: int | None = None
    stated: bool = False
    cumulative: bool = False
    period: bool = False
    names: list[Name] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    strong: bool = False


def find_visits(reading: Reading) -> list[Visit]:
    """The visits reported; empty for residents."""
    if reading.by_resident:
        return []
    form = read_form(reading)
    if form is not None:
        return [_finish_form(reading, form)]
    events = _events(reading)
    return [_finish(reading, events, i) for i in range(len(events))]


# ------------------------------------------------------------------ which clauses tell of one


def _events(reading: Reading) -> list[_Event]:
    text, clauses = reading.text, reading.clauses.clauses
    events: list[_Event] = []
    day, period = reading.today, False
    blocked_sentence = -1
    for index, clause in enumerate(clauses):
        found = reading.past_days(clause)
        if found:
            day, period = found[-1].day, found[-1].span is Span.PERIOD
        piece = text[clause.start : clause.end]
        if clause.sentence == blocked_sentence and not reading.has("self_subject", clause):
            continue
        if _is_others(reading, clause):
            blocked_sentence = clause.sentence
            continue
        split = _split_days(reading, clause)
        for part, part_day in split:
            here, here_period = part_day or (day, period)
            event = _event_in(reading, part, here, index)
            if event is None:
                continue
            event.period = here_period
            event.cumulative = event.stated and (here_period or _running_total(reading, clause, part))
            _join(reading, events, event, part)
        if split[-1][1] is not None:
            day, period = split[-1][1]
        if events and not reading.hits.any_within(clause.start, clause.end, "visit_plan"):
            _late_number(reading, events, clause, piece)
    kept = [e for e in events if e.count is not None or e.names or e.strong]
    return kept or _bare_list(reading)


def _bare_list(reading: Reading) -> list[_Event]:
    """Nothing but days and numbers: 5月3日2户、5月7日4户."""
    text = reading.text
    if len(text) > 60 or _QUESTION.search(text) or reading.has("visit_social") or reading.has("visit_rule"):
        return []
    if any(
        _is_others(reading, c) or _question(reading, c) or _unvisited(reading, c)
        for c in reading.clauses.clauses
    ):
        return []
    events: list[_Event] = []
    for i, day in enumerate(reading.days):
        limit = reading.days[i + 1].start if i + 1 < len(reading.days) else len(text)
        number = next(
            (c for c in reading.counts if day.end <= c.start < limit and c.kind is CountKind.HOUSEHOLDS), None
        )
        if day.span is Span.FUTURE or number is None or "户" not in number.unit:
            continue
        if number.value is None or not _PAIR_LIST.fullmatch(text[day.end : number.start]):
            continue
        clause = Clause(day.start, limit, 0)
        if _role(reading, number, clause) != "visited":
            continue
        total = day.span is Span.PERIOD or reading.has("cumulative", clause)
        events.append(
            _Event(
                day.start, day.day, VisitMode.HOME, number.value, stated=True, cumulative=total, period=total
            )
        )
    if len(events) == 1 and len(text) > 16:
        return []
    return events


def _number_of_times_only(event: _Event) -> bool:
    return not event.stated and event.strong and not event.names


def _running_total(reading: Reading, clause: Clause, part: Clause) -> bool:
    """A word such as 累计 in the clause, or before it with no other number between."""
    if reading.has("cumulative", part):
        return True
    sentence = _sentence_of(reading, clause)
    for start, end in reading.hits.within("cumulative", sentence.start, part.start):
        if not any(end <= c.start < part.start for c in reading.counts) and start < part.start:
            return True
    return False


def _sentence_of(reading: Reading, clause: Clause) -> Clause:
    same = [c for c in reading.clauses.clauses if c.sentence == clause.sentence]
    return Clause(same[0].start, same[-1].end, clause.sentence)


def _split_days(reading: Reading, clause: Clause) -> list[tuple[Clause, tuple[date, bool] | None]]:
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


def _is_others(reading: Reading, clause: Clause) -> bool:
    """The clause speaks of somebody else's visits, of the branch's, or of what visits should be."""
    text = reading.text
    sentence = _sentence_of(reading, clause)
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


def _event_in(reading: Reading, clause: Clause, day: date, index: int) -> _Event | None:
    """What visit the clause reports, if any."""
    text, hits = reading.text, reading.hits
    piece = text[clause.start : clause.end]
    strong = [h for h in hits.within("visit_strong", clause.start, clause.end) if not _denied(text, h[0])]
    move = [h for h in hits.within("visit_move", clause.start, clause.end) if not _denied(text, h[0])]
    touch = hits.within("visit_touch", clause.start, clause.end)
    phone = hits.within("phone", clause.start, clause.end)
    online = hits.within("online", clause.start, clause.end)
    numbers = [c for c in reading.counts if clause.start <= c.start < clause.end]
    called = [n for n in reading.names if clause.start <= n.start < clause.end and not _bystander(reading, n)]
    if not (strong or move or touch or phone or online):
        return None
    if _question(reading, clause):
        return None
    if _unvisited(reading, clause):
        return None
    if hits.any_within(clause.start, clause.end, "own_family") and not called and not numbers:
        return None
    served = touch and called and not _PASTIME.search(piece)
    if not strong and not served and (reading.has("visit_social", clause) or "亲戚" in piece):
        return None
    own = [c for c in numbers if _role(reading, c, clause) == "visited"]
    chosen = _choose(reading, own, clause)
    mode = VisitMode.PHONE if phone and not re.search("电话号码|没打电话", piece) else VisitMode.HOME
    if online and not phone:
        mode = VisitMode.ONLINE
    event = _Event(clause.start, day, mode)
    event.strong = bool(strong)
    event.evidence = [text[s:e] for s, e in (*strong[:1], *move[:1], *phone[:1], *online[:1])]
    if chosen is not None:
        event.count, event.stated = chosen.value, chosen.value is not None
        event.strong = True
        if chosen.kind is CountKind.TIMES:
            event.count, event.stated = None, False
        event.evidence.append(text[chosen.start : chosen.end])
        handed = re.search(
            r"(?:给|帮|替|陪|为|到|跟|和)(?:了|我|俺)?[^,。]{0,4}$", text[clause.start : chosen.start]
        )
        return event if strong or move or phone or online or (handed and _done(reading, clause)) else None
    if (
        any(c.value is not None for c in numbers)
        and not strong
        and all(_role(reading, c, clause) in ("left", "owned") for c in numbers)
    ):
        return None
    bare = _bare_count(reading, clause, [*strong, *move])
    if bare is not None:
        event.count, event.stated = bare.value, True
        event.evidence.append(text[bare.start : bare.end])
        return event
    done = _done(reading, clause)
    if called and (strong or _went_to(reading, clause, called, phone, online)):
        event.names = called
        return event
    if re.search("上门|入户|登门|(?:去|到)(?:他|她)家|去看了|去了一趟", piece) and done and not called:
        earlier = [n for n in reading.names if n.end <= clause.start and not _bystander(reading, n)]
        if earlier and _sentence_of(reading, clause).start <= earlier[-1].start:
            event.names = earlier
            return event
    if (
        done
        and reading.has("visited_reply", clause)
        and reading.message.reply_to
        and reply_names(reading.message.reply_to)
    ):
        event.strong = True
        return event
    if strong and (done or _reported_at_once(reading, clause, index)):
        return event
    if (move or phone or online) and done and (_EVERY_DONE.search(piece) or _list_follows(reading, clause)):
        if hits.any_within(clause.start, clause.end, "all_households"):
            event.strong = True
            return event
        if reading.names and _list_follows(reading, clause):
            event.names = [n for n in reading.names if n.start >= clause.end]
            return event
    if (move or phone or online) and (done or "的" in piece) and _number_follows(reading, clause, index):
        return event  # counts only if the number in the next clause turns out to be its own
    return None


def _denied(text: str, start: int) -> bool:
    return _NOT_BEFORE_VERB.search(text, max(0, start - 3), start) is not None


def _question(reading: Reading, clause: Clause) -> bool:
    text = reading.text
    piece = text[clause.start : clause.end]
    if text[clause.end : clause.end + 1] == "?":
        return True
    found = _QUESTION.search(piece)
    return (bool(found) and not reading.has("self_subject", clause)) or bool(
        re.search(r"吗$|没有?$|几户没", piece)
    )


def _unvisited(reading: Reading, clause: Clause) -> bool:
    """The clause is about what is planned or was not done."""
    text, hits = reading.text, reading.hits
    piece = text[clause.start : clause.end]
    visited = [
        c
        for c in reading.counts
        if clause.start <= c.start < clause.end and _role(reading, c, clause) == "visited"
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
    if all(p[0] > first_verb for p in plans) and _done(reading, clause):
        return False
    return not (
        visited and re.search("了|过|完", text[first_verb : visited[0].start]) and plans[0][0] > first_verb
    )


def _role(reading: Reading, count: Count, clause: Clause) -> str:
    """What a counted household is in the report: visited, left, owned, or part of others."""
    text, hits = reading.text, reading.hits
    if count.kind is CountKind.PEOPLE and not _calls_on(reading, count, clause):
        return "people"
    near = max(clause.start, count.start - 4)
    if hits.any_within(near, count.start, "count_left"):
        return "left"
    if _RIGHT_OF_COUNT.match(text, count.end):
        return "left"
    owned = hits.within("count_owned", max(clause.start, count.start - 8), count.start)
    if owned and not re.search(
        r"(?:看|走|访|转|跑|串|问|见|去|入户|慰问|看望)(?:访)?(?:了|完|遍|过|到)[^,。]{0,3}$",
        text[clause.start : owned[-1][0]],
    ):
        verbs = [
            *hits.within("visit_strong", owned[-1][1], count.start),
            *hits.within("visit_move", owned[-1][1], count.start),
        ]
        after = [c for c in reading.counts if count.end <= c.start < clause.end]
        done_after = re.match(
            r"[^,。]{0,10}(?:走完|走遍|跑完|跑遍|走访完|都走|全走|都跑|全部走|都去|都看|都转|都访|"
            r"都联系|都打|走了一遍|都送|都入户|都上门|挨)",
            text[count.end : clause.end],
        )
        if not verbs and not (done_after and not after):
            return "owned"
    if "其中" in text[_sentence_of(reading, clause).start : count.start] and any(
        c.end <= count.start for c in reading.counts
    ):
        return "part"
    if (
        count.start - clause.start >= 1
        and hits.any_within(max(clause.start, count.start - 3), count.start, "count_part")
        and any(c.end <= count.start for c in reading.counts)
    ):
        return "part"
    return "visited"


def _calls_on(reading: Reading, count: Count, clause: Clause) -> bool:
    """People counted are households only where they are called on: 看望了两位老人."""
    before = reading.text[max(clause.start, count.start - 10) : count.start]
    if re.search(r"[名个位]?(?:党员|志愿者|同志)$", count.unit) and not re.search(
        "看望|慰问|走访|探望", before
    ):
        return False
    return bool(
        re.search(r"看望|慰问|走访|探望|拜访|看了|探访|入户|联系|电话|送|家访|陪|去看|上门|问候|到", before)
    )


def _choose(reading: Reading, own: list[Count], clause: Clause) -> Count | None:
    """The number that counts: after a verb rather than before, households rather than times."""
    if not own:
        return None
    text = reading.text
    piece = text[clause.start : clause.end]
    proper = [c for c in own if c.kind is not CountKind.TIMES] or own
    if _SELF_CORRECTING.search(piece):
        return proper[-1]
    known = [c for c in proper if c.value is not None] or proper
    hits = reading.hits
    totals = [c for c in known if hits.any_within(max(clause.start, c.start - 3), c.start, "total")]
    if totals:
        return totals[0]
    after = [
        c
        for c in known
        if hits.any_within(
            max(clause.start, c.start - 14), c.start, "visit_strong", "visit_move", "phone", "online"
        )
    ]
    return (after or known)[0]


def _bare_count(reading: Reading, clause: Clause, verbs: list[tuple[int, int]]) -> Count | None:
    """走了仨, 走访户数:4, 走了5个."""
    text = reading.text
    for count in bare_numbers(text, clause.start, min(len(text), clause.end)):
        before = text[clause.start : count.start]
        if _NUMBER_OF_FORM.search(before):
            return count
        if (
            count.value
            and count.value < 100
            and any(count.start - 1 <= end <= count.start for _, end in verbs)
        ):
            if re.search(r"(?:走|跑|访|转|串)(?:访|了|过|完)?了?$", before):
                return count
    return None


def _done(reading: Reading, clause: Clause) -> bool:
    piece = reading.text[clause.start : clause.end]
    return bool(re.search(r"了|过(?!去|来|几|两|年|节)|完|毕|罢|遍|到|出来|回来|着|一圈|一趟|咗", piece))


def _reported_at_once(reading: Reading, clause: Clause, index: int) -> bool:
    """A bare 入户走访 counts with a day to it, or with what was found there."""
    return (
        bool(reading.past_days(clause))
        or reading.has("report_tail")
        or bool(reading.counts and index + 2 >= len(reading.clauses.clauses))
    )


def _went_to(
    reading: Reading,
    clause: Clause,
    called: list[Name],
    phone: list[tuple[int, int]],
    online: list[tuple[int, int]],
) -> bool:
    """Somebody was gone to, called or helped: the name stands where a household does."""
    text = reading.text
    done = _done(reading, clause)
    for name in called:
        before = text[max(clause.start, name.start - 16) : name.start]
        after = text[name.end : min(clause.end, name.end + 14)]
        if re.search(
            r"(?:去|到|在|从|上|路过|回|进|打)(?:了|过)?(?:[^,。]{0,12}(?:的|包|联系|后街|西头|"
            r"东头|党员|户|老人|隔壁))?[^,。的]{0,3}$",
            before,
        ) and (after.startswith(("家", "屋", "那", "处", "院", "他家", "她家")) or done):
            if not re.search(r"(?:来|叫|喊)我", text[clause.start : clause.end]):
                return True
        if re.search(
            r"(?:看|看看|瞧|瞅|探|望|访|问候|联系|陪|走|转|串)(?:了看|了瞧|了|过|着|到|"
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
            and _done(reading, _sentence_of(reading, clause))
            and _service_codes(reading, clause.start, clause.end)
        ):
            return True
        if done and re.match(
            r"[^,。]{0,30}?都?(?:走到|走了|看了|去了|跑了|转了|走访|问了|去过|看过|走遍|走过|跑到|"
            r"跑遍|转到|转遍|串了|访了)",
            text[name.end : clause.end],
        ):
            opens = text[clause.start : name.start]
            if re.search(r"把|将|^(?:今天|昨天|上午|下午)?$", opens) or text[name.end : name.end + 1] == "、":
                return True
        if (
            (done or _told_as_done(reading, clause))
            and _CONTACT_BEFORE.search(before)
            and not _PASTIME.search(text[clause.start : clause.end])
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


def _number_follows(reading: Reading, clause: Clause, index: int) -> bool:
    following = reading.clauses.clauses[index + 1 : index + 3]
    return any(c.start < n.start + 1 <= c.end for c in following for n in reading.counts)


def _told_as_done(reading: Reading, clause: Clause) -> bool:
    """A past day, or the next clause telling how it went, stands for the aspect the clause lacks."""
    return bool(reading.past_days(clause)) or bool(
        re.search(r"[了过完着]", reading.text[clause.end : clause.end + 30])
    )


def _list_follows(reading: Reading, clause: Clause) -> bool:
    """The next clause opens with a name, or the clause spoke of households."""
    after = [c for c in reading.clauses.clauses if c.start >= clause.end]
    later = [n for n in reading.names if n.start >= clause.end]
    if not after or not later:
        return False
    opens = after[0].start <= later[0].start <= after[0].start + 3
    return opens or bool(re.search("几家|几户|各家|户", reading.text[clause.start : clause.end]))


# ------------------------------------------------------------------ putting them together


def _join(reading: Reading, events: list[_Event], event: _Event, clause: Clause) -> None:
    """Add an event to the list, or make it part of the last one."""
    last = events[-1] if events else None
    piece = reading.text[clause.start : clause.end]
    if last is None:
        events.append(event)
        return
    same = last.day == event.day and last.cumulative == event.cumulative
    if not (last.stated or last.strong or last.names):
        if last.evidence and (event.stated or event.strong or event.names):
            events[-1] = event
        return
    if not event.stated and last.day == event.day:
        if (
            last.mode is VisitMode.HOME
            and not last.stated
            and event.mode is not VisitMode.HOME
            and not last.strong
        ):
            last.mode = event.mode
        return
    if not event.stated and not _own_day(reading, clause):
        return
    if not last.stated and (last.day == event.day or not last.names):
        last.count, last.stated, last.cumulative, last.period = (
            event.count,
            event.stated,
            event.cumulative,
            event.period,
        )
        last.day = event.day
        last.evidence += event.evidence
        if last.mode is VisitMode.HOME:
            last.mode = event.mode
        return
    if same and event.mode is last.mode:
        if _SELF_CORRECTING.search(reading.text[last.start : clause.end]):
            last.count = event.count
        elif reading.hits.any_within(clause.start, clause.end, "total") and not re.search("其中", piece):
            if event.count is not None:
                last.count = event.count
        elif (
            event.count is not None
            and last.count is not None
            and reading.hits.any_within(clause.start, clause.end, "again")
            and event.count != last.count
        ) or (
            event.count is not None
            and last.count is not None
            and re.search("^(?:又|下午|晚上|后晌|另外|还)", piece)
        ):
            last.count = (last.count or 0) + (event.count or 0)
        elif event.count is not None and last.count is not None and event.count > last.count:
            last.count = event.count
        return
    events.append(event)


def _own_day(reading: Reading, clause: Clause) -> bool:
    return bool(reading.past_days(clause))


def _late_number(reading: Reading, events: list[_Event], clause: Clause, piece: str) -> None:
    """A clause that gives but the number of the visit before it (…, 共四家; 是11户; 3户)."""
    last = events[-1]
    if clause.start <= last.start:
        return
    numbers = [
        c
        for c in reading.counts
        if clause.start <= c.start < clause.end
        and (c.kind is CountKind.HOUSEHOLDS or (c.kind is CountKind.PEOPLE and c.unit in "位名"))
    ]
    if not numbers:
        return
    number = numbers[0]
    if number.kind is CountKind.PEOPLE and last.stated:
        return
    if number.kind is CountKind.HOUSEHOLDS and _role(reading, number, clause) != "visited":
        return
    period = any(d.span is Span.PERIOD for d in reading.past_days(clause))
    day = reading.past_days(clause)[-1].day if period else reading.today
    another = not last.cumulative or (period and day != last.day)
    if last.stated and another and (period or reading.has("cumulative", clause)):
        if not any(e.start >= clause.start for e in events) and number.value is not None:
            events.append(
                _Event(clause.start, day, last.mode, number.value, stated=True, cumulative=True, period=True)
            )
        return
    own_day = [
        d for d in reading.past_days(clause) if d.span is Span.DAY and d.end <= number.start <= d.end + 2
    ]
    if (
        last.stated
        and own_day
        and own_day[-1].day not in {e.day for e in events}
        and number.value is not None
    ):
        events.append(_Event(clause.start, own_day[-1].day, last.mode, number.value, stated=True))
        return
    correcting = _SELF_CORRECTING.search(reading.text[last.start : clause.end])
    total = reading.hits.any_within(clause.start, number.start, "total")
    if correcting and last.stated:
        if number.start > correcting.start() + last.start:
            last.count = numbers[-1].value
        return
    names_out = piece[: number.start - clause.start]
    for name in reading.names:
        if clause.start <= name.start < number.start:
            names_out = names_out.replace(name.text, "")
    names_out = re.sub("[、和家与跟及]|还有|以及", "", names_out)
    alone = re.fullmatch(r"[^,。]{0,3}?(?:一?共|总共|是|有|就|大概|大约|得有|[,:])*", names_out) is not None
    if not last.stated and (
        total or (alone and not re.match("的", reading.text[number.end : number.end + 1]))
    ):
        last.count, last.stated = number.value, number.value is not None
        last.cumulative = last.stated and (last.period or reading.has("cumulative"))
        last.evidence.append(reading.text[number.start : number.end])
    elif (
        not last.stated
        and _number_of_times_only(last)
        and reading.hits.any_within(clause.start, number.start, "visit_object")
    ):
        last.count, last.stated = number.value, number.value is not None
        last.cumulative = last.stated and (last.period or reading.has("cumulative"))
    elif total and number.value == sum(e.count or 0 for e in events) and len(events) > 1:
        return
    elif (
        total
        and last.stated
        and number.value is not None
        and not last.cumulative
        and not reading.past_days(clause)
    ):
        last.count = number.value


# ------------------------------------------------------------------ names, services


def _bystander(reading: Reading, name: Name) -> bool:
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


def _finish(reading: Reading, events: list[_Event], index: int) -> Visit:
    event = events[index]
    start = event.start if index else 0
    end = events[index + 1].start if index + 1 < len(events) else len(reading.text)
    called = [n for n in reading.names if start <= n.start < end and not _bystander(reading, n)]
    households = _households(reading, called)
    if not households and len(events) == 1 and reading.message.reply_to and reading.has("visited_reply"):
        households = reply_names(reading.message.reply_to)
    count = event.count if event.stated else (len(households) or None)
    if event.count is None and not event.stated and not households:
        count = None
    return Visit(
        count=count,
        households=households,
        date=event.day,
        mode=event.mode,
        cumulative=event.cumulative,
        services=_service_codes(reading, start, end) if index == len(events) - 1 or len(events) == 1 else (),
        sureness=Sureness.SURE,
        evidence=tuple(dict.fromkeys(event.evidence)),
    )


def _households(reading: Reading, called: list[Name]) -> tuple[str, ...]:
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


def _service_codes(reading: Reading, start: int, end: int) -> tuple[Service, ...]:
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


def _finish_form(reading: Reading, form: Form) -> Visit:
    return Visit(
        count=form.count if form.count is not None else (len(form.households) or None),
        households=form.households,
        date=form.day,
        mode=form.mode,
        cumulative=form.cumulative,
        services=_service_codes(reading, 0, len(reading.text)),
        evidence=form.evidence,
    )
