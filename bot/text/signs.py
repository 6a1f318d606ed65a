"""What the model sees of a message: n-grams of its text, who speaks, and what it answers.

Signs are named so: an n-gram by itself (路灯); in an answer once more with what it answers (`asks:修好`), and
those of the message answered (`to:路灯`); what stands beside the text by names longer than any n-gram.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import add
from typing import NamedTuple

from bot.text.answered import Answered, Does
from bot.text.messages import Speaker
from bot.text.normalise import PHONE

LONGEST = 3  # characters of an n-gram
BIAS = "|bias"  # stands for every message
_RESIDENT, _MEMBER = "|resident", "|member"
_ANSWERS = {does: f"|answers {does}" for does in Does}
SPECIAL = (BIAS, _RESIDENT, _MEMBER, *_ANSWERS.values())

_READ = 240  # characters of a message: by then it is said what it is about
_LEVELLED = {
    # a telephone number tells of nothing: advertisers give theirs, and so does whoever wants help
    **dict.fromkeys(map(ord, PHONE + ",。、;:!…~.\"'()[]【】「」《》“”"), " "),
    **dict.fromkeys(map(ord, "123456789"), "0"),
}
_COUNTED = re.compile("[一二两三四五六七八九十百廿卅俩仨壹贰叁肆伍陆柒捌玖拾佰]+(?=个?[户家])")
_COUNTED_IN_PLACE = re.compile("[一二两三四五六七八九十百廿卅俩仨]+(?=户)")
_NOUGHTS = re.compile("00+")
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_OF_ANSWERED = "to"
_BETWEEN = ":"  # levelled in every text
# where the characters are moved to, by 65,536 each, so that one automaton finds n-grams of all sorts apart
_MOVED = {name: plane << 16 for plane, name in enumerate((*Does, _OF_ANSWERED), start=4)}


class Beside(NamedTuple):
    """What stands beside a text. answered: null where it answers nothing."""

    speaker: Speaker
    answered: Answered | None = None


def framed(text: str) -> str:
    """The text as the model sees it: numbers and marks levelled, its beginning and end marked."""
    plain = text[:_READ]
    if "户" in plain or "家" in plain:
        plain = _COUNTED.sub("0", plain)
    # the quickest way to make one blank of a run of marks
    plain = " ".join(plain.translate(_LEVELLED).split())
    return f"^{_NOUGHTS.sub('0', plain) if '00' in plain else plain}$"


def in_place(text: str) -> str:
    """The text framed as `framed` does, but character for character: each a place behind its own."""
    if "户" in text:
        text = _COUNTED_IN_PLACE.sub(lambda numeral: "0" * len(numeral[0]), text)
    return f"^{text.translate(_LEVELLED)}$"


def n_grams(framed_text: str) -> list[str]:
    """All of a framed text."""
    pairs = list(map(add, framed_text, framed_text[1:]))
    return [*framed_text, *pairs, *map(add, pairs, framed_text[2:])]


def special_signs(beside: Beside) -> tuple[str, ...]:
    """Those for what stands beside the text."""
    speaker = _RESIDENT if beside.speaker is Speaker.RESIDENT else _MEMBER
    return (speaker,) if beside.answered is None else (speaker, _ANSWERS[beside.answered.does])


def signs_of(text: str, beside: Beside) -> list[str]:
    """All that the model sees, by name and as often as it stands there."""
    plain, answered = framed(text), beside.answered
    signs = [*special_signs(beside), *n_grams(plain)]
    if answered is not None:
        for name, seen in ((answered.does, plain), (_OF_ANSWERED, framed(answered.text))):
            signs += [f"{name}{_BETWEEN}{each}" for each in n_grams(_narrow(seen))]
    return signs


def searched(framed_text: str, answered: Answered | None) -> str:
    """The text in which an automaton of `patterns` finds all n-grams."""
    if answered is None:
        return framed_text
    own = _moved(framed_text, answered.does)
    return framed_text + own + _moved(framed(answered.text), _OF_ANSWERED)


def patterns(signs: Iterable[str]) -> Iterator[str]:
    """As what an automaton finds each n-gram."""
    return (_pattern(sign) if _BETWEEN in sign else sign for sign in signs)


def _pattern(sign: str) -> str:
    name, _, n_gram = sign.partition(_BETWEEN)
    return _moved(n_gram, name)


def _moved(text: str, name: str) -> str:
    by = _MOVED[name]
    return "".join([chr(by + ord(each)) for each in _narrow(text)])


def _narrow(text: str) -> str:
    """The text without characters that cannot be moved: emoji above all."""
    return _WIDE.sub("\ufffd", text)
