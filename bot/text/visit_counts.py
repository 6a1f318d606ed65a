"""Which of the numbers in a report is the number of households visited."""

from __future__ import annotations

import re

from bot.text.clauses import Clause
from bot.text.numbers import Count, CountKind, bare_numbers
from bot.text.reading import Reading

_RIGHT_OF_COUNT = re.compile(
    r"(?:[^,。、0-9]{0,4}(?:没走|没去|没在|未走|还没|没来得及|没入|没跑|没访|没人|不在|"
    r"外出(?!的)|下次|明天|改天|锁门|后天|下周|等|没轮))"
)


SELF_CORRECTING = re.compile(
    r"(?:^|[,。 ])(?:哦|噢|啊|哎)?(?:不对|说错了?|写错了?|错了|更正|不不|打错了?|不是|"
    r"应该是|算错了?|数错了?|记错了?)"
)


_NUMBER_OF_FORM = re.compile(r"(?:户数|走访数|走访户数|走访量)[: 是为共]*$")


def sentence_of(reading: Reading, clause: Clause) -> Clause:
    same = [c for c in reading.clauses.clauses if c.sentence == clause.sentence]
    return Clause(same[0].start, same[-1].end, clause.sentence)


def role_of(reading: Reading, count: Count, clause: Clause) -> str:
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
            r"[^,。]{0,10}(?:走完|走遍|跑完|跑遍|走访完|(?:已|全|都|均|全部)?(?:完成|落实)|都走|都敲|都问|都坐|都见|都聊|全走|都跑|全部走|都去|都看|都转|都访|"
            r"都联系|都打|走了一遍|都送|都入户|都上门|挨)",
            text[count.end : clause.end],
        )
        if not verbs and not (done_after and not after):
            return "owned"
    if "其中" in text[sentence_of(reading, clause).start : count.start] and any(
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
        "看望|慰问|走访|探望|拜访|探访|家访|登门|上门|去看|看了|陪", before
    ):
        return False
    return bool(
        re.search(r"看望|慰问|走访|探望|拜访|看了|探访|入户|联系|电话|送|家访|陪|去看|上门|问候|到", before)
    )


def choose_count(reading: Reading, own: list[Count], clause: Clause) -> Count | None:
    """The number that counts: after a verb rather than before, households rather than times."""
    if not own:
        return None
    text = reading.text
    piece = text[clause.start : clause.end]
    proper = [c for c in own if c.kind is not CountKind.TIMES] or own
    if SELF_CORRECTING.search(piece):
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


def bare_count(reading: Reading, clause: Clause, verbs: list[tuple[int, int]]) -> Count | None:
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
            and re.search(r"(?:走|跑|访|转|串)(?:访|了|过|完)?了?$", before)
        ):
            return count
    return None
