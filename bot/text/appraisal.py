"""What is asked about appraisal ("评议", "评定 王建国 优秀：理由") and about points ("兑换 洗衣粉 30分")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.appraisal import Grade
from bot.text.lexicon import load
from bot.text.normalise import normalise


class AppraisalWish(StrEnum):
    """What is asked about appraisal."""

    SHOW = "show"
    MEMBERS = "members"
    RESULTS = "results"
    VERDICT = "verdict"


class PointsWish(StrEnum):
    """What is asked about points."""

    ACCOUNT = "account"
    RANKING = "ranking"
    BULLETIN = "bulletin"
    ON = "on"
    OFF = "off"
    GOODS_OFF = "goods_off"
    GOODS = "goods"
    ADJUST = "adjust"
    EXCHANGE = "exchange"


@dataclass(frozen=True, slots=True)
class VerdictSaid:
    """A verdict as written. reasons, next_step: empty when none is given."""

    name: str
    grade: Grade
    reasons: str
    next_step: str


@dataclass(frozen=True, slots=True)
class AppraisalAsked:
    """What a message asks about appraisal.

    year: as written; null: none is. verdict: null when it is not about one, or none could be read.
    """

    wish: AppraisalWish
    year: int | None = None
    verdict: VerdictSaid | None = None


@dataclass(frozen=True, slots=True)
class PointsAsked:
    """What a message asks about points.

    goods: as named; empty: none. points: what goods cost, or what an account is adjusted by; null: not said.
    name, why: whose account is adjusted, and the reason.
    """

    wish: PointsWish
    goods: str = ""
    points: int | None = None
    name: str = ""
    why: str = ""


def read_appraisal(text: str) -> AppraisalAsked | None:
    """What a message asks about appraisal; null when it is about something else."""
    words, plain = load("appraisal")["appraisal"], _plain(text)
    for wish in (AppraisalWish.SHOW, AppraisalWish.MEMBERS, AppraisalWish.RESULTS):
        if plain in words[wish]:
            return AppraisalAsked(wish)
    asked = re.fullmatch(words["verdict"], plain, re.DOTALL)
    if asked is None:
        return None
    verdict = _verdict(asked["rest"])
    if verdict is None and asked["rest"] and not re.fullmatch(words["verdict_like"], asked["rest"]):
        return None  # "评定低保的事怎么样了"
    return AppraisalAsked(AppraisalWish.VERDICT, int(asked["year"]) if asked["year"] else None, verdict)


def read_points(text: str) -> PointsAsked | None:
    """What a message asks about points; null when it is about something else."""
    words, plain = load("appraisal")["points"], _plain(text)
    for wish in PointsWish:
        known = words[wish]
        if isinstance(known, list):
            if plain in known:
                return PointsAsked(wish)
            continue
        found = re.fullmatch(known, plain, re.DOTALL)
        if found is not None:
            return _points(wish, found.groupdict())
    return None


def _verdict(text: str) -> VerdictSaid | None:
    words = load("appraisal")["appraisal"]
    said = re.fullmatch(words["verdict_of"], text, re.DOTALL)
    if said is None:
        return None
    reasons, _, step = re.sub(words["verdict_step"], "\n", said["reasons"], count=1).partition("\n")
    return VerdictSaid(
        said["name"], Grade(words["grades"][said["grade"]]), reasons.strip(" ,;。"), step.strip(" ,;。")
    )


def _points(wish: PointsWish, parts: dict[str, str | None]) -> PointsAsked:
    number = parts.get("cost") or parts.get("points")
    sign = -1 if parts.get("sign") in ("-", "减") else 1
    return PointsAsked(
        wish,
        goods=parts.get("goods") or "",
        points=None if number is None else sign * int(number),
        name=parts.get("name") or "",
        why=(parts.get("why") or "").strip(" ,;。"),
    )


def _plain(text: str) -> str:
    return normalise(text).text.strip().rstrip("。.!！?？")
