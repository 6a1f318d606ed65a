"""What makes a clause with a verb of visiting no report of a visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.text.lexicon import load
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Account, Effect, Place
from bot.text.reading import Reading
from bot.text.visits.contact import looked_at
from bot.text.visits.counting import Role, role_of, sentence_of
from bot.text.visits.signs import asked, plan_goes_on, unvisited
from bot.text.visits.telling import Telling

_P = patterns("visits")
_OVERRULED: dict[str, float] = load("weighing")["overruled"]
_NEAR = 12  # characters after a clause in which it is told that nobody was met
SIGNS = ("visit_strong", "visit_move", "visit_serve", "visit_touch", "phone", "online")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The clause reports no visit. words: where the words stand that say so."""

    words: tuple[Place, ...] = ()


def refused(accounts: Iterable[Account]) -> frozenset[str]:
    """The rules that have refused a visit."""
    return frozenset(
        note.rule
        for account in accounts
        if account.kind == "visit"
        for note in account.notes
        if note.effect is Effect.DENIES
    )


def overruled(reading: Reading) -> frozenset[str]:
    """The rules whose refusal the model outweighs, where a message would tell no visit at all."""
    return frozenset(rule for rule, least in _OVERRULED.items() if reading.told.visit >= least)


def no_contact(telling: Telling) -> Refusal | None:
    """The only verb is denied: 没走访."""
    found = telling.strong or telling.contact or telling.has("visit_touch", "visit_serve")
    found = found or not telling.has(*SIGNS)
    return None if found else Refusal(tuple(telling.words("visit_strong") + telling.words("visit_move")))


def asked_after(telling: Telling) -> Refusal | None:
    """今天走访了几户?"""
    words = asked(telling.reading, telling.clause)
    return None if words is None else Refusal(words)


def not_done(telling: Telling) -> Refusal | None:
    """明天走访, 没顾上走访, 去了两户都没人."""
    words = unvisited(telling.reading, telling.clause)
    return None if words is None else Refusal(words)


def own_kin(telling: Telling) -> Refusal | None:
    """初二走丈人家,初三走舅家: the round of one's relatives."""
    kin = _P["calls_on_kin"].search(telling.text)
    if kin is None or telling.called:
        return None
    start = telling.clause.start
    return Refusal(((start + kin.start(), start + kin.end()),))


def of_the_visit(telling: Telling, rule: Callable[[Telling], object]) -> bool:
    """没能入户走访3户, 走访了3户吗: the visit itself is refused, not something told beside it."""
    if rule is asked_after:
        asks = _P["visit_asked"].search(telling.text) is not None
        return asks or telling.reading.text.startswith("?", telling.clause.end)
    if rule is not_done:
        if plan_goes_on(telling.reading, telling.clause) is not None:
            return True
        around = telling.reading.text[telling.clause.start : telling.clause.end + _NEAR]
        return any(_P[name].search(around) for name in ("visit_undone", "nobody_at_all"))
    return False


def own_family(telling: Telling) -> Refusal | None:
    """去了丈母娘家."""
    words = telling.words("own_family")
    return Refusal(tuple(words)) if words and not telling.called and not telling.numbers else None


def own_errand(telling: Telling) -> Refusal | None:
    """去了3家店, 走亲戚: and nobody was helped. 在徐伯伯家开了个会: they met there."""
    met_there = _P["met_there"].search(telling.text)
    if met_there is not None:
        place = telling.clause.start
        return Refusal(((place + met_there.start(), place + met_there.end()),))
    if telling.strong:
        return None
    if _P["seen_in_hospital"].search(telling.text):
        return None
    if telling.number and telling.number.value and (telling.phone or telling.online) and telling.done:
        return None
    words = [
        place
        for place in telling.words("visit_social")
        if not (_in_name(telling, place) or _of_companions(telling, place))
    ]
    given = _P["haircut_given"].search(telling.text)
    if given:
        words = [place for place in words if place[1] > telling.clause.start + given.end()]
    if not words and "亲戚" not in telling.text:
        return None
    served = telling.has("visit_touch") and telling.called and not _P["pastime"].search(telling.text)
    seen = any(looked_at(telling, name) for name in telling.called)
    return None if served or seen else Refusal(tuple(words))


def _in_name(telling: Telling, place: Place) -> bool:
    """呼延大娘家 holds 娘家, which says nothing there."""
    return any(name.start < place[1] and place[0] < name.end for name in telling.called)


def _of_companions(telling: Telling, place: Place) -> bool:
    """和电力公司一起走了10户: whom the speaker was out with."""
    text, clause = telling.reading.text, telling.clause
    with_them = _P["with_others"].finditer(text, clause.start, clause.end)
    return any(found.start() <= place[0] and place[1] <= found.end() for found in with_them)


def only_left_over(telling: Telling) -> Refusal | None:
    """还差2户, 包了3户: all that is counted was not visited."""
    if telling.strong or not any(count.value is not None for count in telling.numbers):
        return None
    roles = (role_of(telling.reading, count, telling.clause) for count in telling.numbers)
    if not all(role in (Role.LEFT, Role.OWNED) for role in roles):
        return None
    return Refusal(tuple((count.start, count.end) for count in telling.numbers))


def matter_refused(telling: Telling) -> Refusal | None:
    """1号办不了,已跟老王说明了: how a matter was dealt with, unless a visit is told in so many words."""
    if telling.strong or not _P["explained"].search(telling.text):
        return None
    sentence = sentence_of(telling.reading, telling.clause)
    found = _P["cannot"].search(telling.reading.text, sentence.start, sentence.end)
    return Refusal((found.span(),)) if found else None


def matter_taken_up(telling: Telling) -> Refusal | None:
    """上回说的老焦家屋顶,瓦换好了: what became of a matter told before."""
    if telling.strong or telling.numbers or not telling.reading.has("fixed"):
        return None
    return Refusal(tuple(telling.words("matter_word"))) if telling.has("matter_word") else None
