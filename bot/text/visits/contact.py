"""Whether a name stands where a household does: somebody was gone to, called or helped."""

from __future__ import annotations

from collections.abc import Callable

from bot.text.lexicon.patterns import patterns
from bot.text.names import Name
from bot.text.visits.counting import sentence_of
from bot.text.visits.services import service_codes
from bot.text.visits.signs import is_done, told_as_done
from bot.text.visits.telling import Telling

_P = patterns("visits")
_HOME = ("家", "屋", "那", "处", "院", "他家", "她家")


def gone_to(telling: Telling) -> bool:
    """Whether one of those named in the clause was contacted."""
    for name in telling.called:
        if _called_up(telling, name):
            return telling.done or _P["talked"].search(_after(telling, name)) is not None
        if any(rule(telling, name) for rule in CONTACTS):
            return True
    return False


def _before(telling: Telling, name: Name) -> str:
    return telling.reading.text[max(telling.clause.start, name.start - 16) : name.start]


def _after(telling: Telling, name: Name) -> str:
    return telling.reading.text[name.end : min(telling.clause.end, name.end + 14)]


def _rest(telling: Telling, name: Name) -> str:
    return telling.reading.text[name.end : telling.clause.end]


def gone_to_home(telling: Telling, name: Name) -> bool:
    """去老王家."""
    if not _P["gone_to"].search(_before(telling, name)) or _P["i_was_called"].search(telling.text):
        return False
    if _P["own_purpose"].search(telling.text):
        return False
    at_home = _after(telling, name).startswith(_HOME)
    if not telling.has("visit_strong", "visit_move", "visit_serve", "visit_touch", "phone", "online"):
        return telling.done and at_home and _P["went_to"].search(_before(telling, name)) is not None
    return telling.done or at_home


def looked_at(telling: Telling, name: Name) -> bool:
    """看了老王."""
    if not _P["looked_at"].search(_before(telling, name)):
        return False
    return telling.done or _after(telling, name)[:1] in "、"


def _called_up(telling: Telling, name: Name) -> bool:
    """跟老王打电话: then it is only asked whether they talked."""
    if not (telling.phone or telling.online) or gone_to_home(telling, name) or looked_at(telling, name):
        return False
    return _P["talked_with"].search(_before(telling, name)) is not None


def helped(telling: Telling, name: Name) -> bool:
    """帮老王浇地, told as done somewhere in the sentence."""
    reading, clause = telling.reading, telling.clause
    if _P["seen_to"].search(_before(telling, name)) and telling.has("visit_serve") and telling.done:
        return True
    return (
        _P["helped"].search(_before(telling, name)) is not None
        and is_done(reading, sentence_of(reading, clause))
        and bool(service_codes(reading, clause.start, clause.end))
    )


def all_reached(telling: Telling, name: Name) -> bool:
    """老王、老李都走到了."""
    if _rest(telling, name).startswith(("家的", "的")):
        return False
    if not telling.done or not _P["all_reached"].match(_rest(telling, name)):
        return False
    opens = telling.reading.text[telling.clause.start : name.start]
    return _rest(telling, name)[:1] == "、" or _P["opens_list"].search(opens) is not None


def done_with(telling: Telling, name: Name) -> bool:
    """给老王送了米: told as done, and no pastime."""
    reading, clause = telling.reading, telling.clause
    if _P["who_serves"].match(_rest(telling, name)) or _P["lent_to"].search(_before(telling, name)):
        return False
    if _P["to_see"].search(_before(telling, name)) and _P["to_see_for"].match(_rest(telling, name)):
        return False
    return (
        (telling.done or told_as_done(reading, clause))
        and _P["done_with"].search(_before(telling, name)) is not None
        and not _P["pastime"].search(reading.text[clause.start : clause.end + 12])
    )


def i_went_there(telling: Telling, name: Name) -> bool:
    """老王家我去的."""
    return _P["their_house_i_went"].match(_rest(telling, name)) is not None


def their_house_gone_to(telling: Telling, name: Name) -> bool:
    """老王家去了."""
    return telling.done and _P["their_house_gone"].match(_after(telling, name)) is not None


CONTACTS: tuple[Callable[[Telling, Name], bool], ...] = (
    gone_to_home,
    looked_at,
    helped,
    all_reached,
    done_with,
    i_went_there,
    their_house_gone_to,
)
