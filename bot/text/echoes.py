"""Replies that take up the trouble told in the message they answer: 俺家也是, 又灭了, 还是没动静."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.acts import Grievance, Sureness, Urgency
from bot.text.grievances import LIKELY, find_grievances
from bot.text.messages import Context, Message, Speaker
from bot.text.notes import Account, Effect, Note
from bot.text.reading import Reading, read

_GRAVITY = (Urgency.NORMAL, Urgency.URGENT, Urgency.EMERGENCY)


def find_echo(reading: Reading) -> tuple[Grievance, float] | None:
    """The matter of the message replied to, told again by this one; null when it is not taken up."""
    message = reading.message
    if (
        not (reading.has("again_bad") or reading.has("me_too"))
        or reading.has("thanks")
        or reading.has("joke")
    ):
        return None
    earlier = read(Message(message.reply_to or "", message.at, Speaker.RESIDENT), Context())
    found = [(g, s) for g, s in find_grievances(earlier, visits=False) if s >= LIKELY]
    own = find_grievances(reading, visits=False)
    if not found:
        if earlier.has("fixed") and reading.has("again_bad") and earlier.has("trouble_thing"):
            return _from_repair(reading, earlier)
        return None
    grievance, score = found[0]
    if own and _GRAVITY.index(own[0][0].urgency) > _GRAVITY.index(grievance.urgency):
        grievance = replace(grievance, urgency=own[0][0].urgency)
    echo = replace(grievance, about=None, resolved=False, span=message.text, sureness=Sureness.SURE)
    return _noted(reading, "echo", echo), score


def _from_repair(reading: Reading, earlier: Reading) -> tuple[Grievance, float] | None:
    """又灭了 in answer to "the lamp is mended": the lamp is out again."""
    thing = earlier.hits["trouble_thing"][0]
    word = earlier.text[thing[0] : thing[1]]
    joined = read(
        Message(f"{word}坏了没人管,{reading.text}", reading.message.at, Speaker.RESIDENT), Context()
    )
    found = find_grievances(joined, visits=False)
    if not found:
        return None
    again = replace(found[0][0], about=None, resolved=False, span=reading.message.text)
    return _noted(reading, "broken_again", again), found[0][1]


def _noted(reading: Reading, rule: str, echo: Grievance) -> Grievance:
    words = (*reading.hits["again_bad"], *reading.hits["me_too"])
    note = Note(rule, Effect.MAKES, words)
    reading.accounts.append(Account("grievance", reading.text, [note], echo))
    return echo
