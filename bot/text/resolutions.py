"""Reports that an earlier matter is dealt with."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.acts import Resolution, Sureness
from bot.text.grievances import find_grievances
from bot.text.lexicon.patterns import patterns
from bot.text.mending import NEEDED, Mending, bare_number_in, listed_numbers
from bot.text.messages import Context, Message, Speaker
from bot.text.names import NameKind
from bot.text.notes import Account, Effect, Note, Place
from bot.text.reading import Reading, read

_P = patterns("resolutions")
_SHORT = 40  # characters; in a longer answer a faint word of mending says nothing
_OPENS = 24  # characters; mending told this early is what the message is about
_EMERGENCIES = ("em_fire", "em_faint", "em_lost", "em_trap", "em_flood")  # classes of words


def may_number_matter(text: str) -> bool:
    """Whether a number stands in the text as those of matters do; without one no matter is numbered."""
    return any(
        (
            _P["number"].search(text),
            _P["leading"].match(text),
            bare_number_in(text),
            listed_numbers(text),
        )
    )


def find_resolution(reading: Reading, *, troubled: bool, visits: bool) -> Resolution | None:
    """A resolution, if the message reports one.

    troubled: the message tells trouble of its own (then mending it makes that matter resolved).
    """
    mending = Mending(reading, troubled=troubled, visits=visits)
    if _P["only_thanks"].fullmatch(mending.text):
        return None
    if _none_of_ours(mending) and not mending.like("overruling"):
        return None
    if not mending.numbers and (reading.unlikely("resolution") or _answers_with_trouble(mending)):
        return None
    for rule in RULES:
        words = rule(mending)
        if words is not None:
            return _resolution(mending, rule.__name__, words)
    if _is_like_one(mending):
        return _resolution(mending, "second_opinion", [], sureness=Sureness.PROBABLY)
    return None


def _answers_with_trouble(mending: Mending) -> bool:
    """六盏亮了四盏,边上两盏还瞎着: the answer is rather like a matter, whatever in it is mended."""
    told = mending.reading.told
    return mending.answers and told.matter > max(0.0, told.resolution + NEEDED["rather_trouble"])


def _is_like_one(mending: Mending) -> bool:
    """The message as a whole is like a resolution, though no word says so."""
    if mending.visits or mending.troubled or mending.asked:
        return False
    if any(_P[name].search(mending.text) for name in ("cannot", "grows_worse")):
        return False
    return like_a_mending(mending.reading)


def like_a_mending(reading: Reading) -> bool:
    """Whether the whole is so like a resolution that it needs no word to be one, probably.

    What members tell unasked is so sooner: they seldom speak of such things idly.
    """
    unasked = reading.message.reply_to is None and not reading.by_resident
    return reading.likely("resolution_unasked" if unasked else "resolution")


def _resolution(
    mending: Mending, rule: str, words: list[Place], *, sureness: Sureness = Sureness.SURE
) -> Resolution:
    reading = mending.reading
    numbers = mending.bare_numbers if rule == bare_number.__name__ else mending.numbers
    evidence = tuple(dict.fromkeys(mending.text[a:b] for a, b in words))[:4]
    resolution = Resolution(tuple(numbers), _about(reading), sureness, evidence)
    note = Note(rule, Effect.MAKES, tuple(words))
    reading.accounts.append(Account("resolution", reading.text, [note], resolution))
    return resolution


def _none_of_ours(mending: Mending) -> bool:
    """It has broken again, somebody else's work is praised, or it is a story."""
    if mending.has("again_bad") and not mending.numbers:
        return True
    if mending.has("visit_others") and "#" not in mending.text:
        return True
    if mending.has("visit_rule") and not mending.numbers and not mending.reading.by_resident:
        return True
    if mending.answers and mending.has("me_too") and not mending.fixed:
        return True
    return (
        mending.has("visit_story") or mending.has("story") or mending.has("elsewhere") or mending.has("joke")
    )


# ------------------------------------------------------------------ rules, in their order


def bare_number(mending: Mending) -> list[Place] | None:
    """12号修好了."""
    whole = mending.bare
    if whole is None:
        return None
    at = mending.text.index(whole["done"])
    return [(at, at + len(whole["done"]))]


def numbered(mending: Mending) -> list[Place] | None:
    """#12修好了."""
    return mending.fixed or None if mending.numbers and not mending.asked else None


def numbered_content(mending: Mending) -> list[Place] | None:
    """#12满意."""
    found = _P["content"].search(mending.text)
    return [found.span()] if found and mending.numbers and not mending.asked else None


def numbered_faintly(mending: Mending) -> list[Place] | None:
    """#12通了."""
    return mending.faint or None if "#" in mending.text and mending.numbers and not mending.asked else None


def answer(mending: Mending) -> list[Place] | None:
    """修好了, in answer to trouble told."""
    reply = mending.reading.message.reply_to
    words = _words(mending)
    return words if words and reply is not None and _tells_trouble(mending.reading, reply) else None


def thing_mended(mending: Mending) -> list[Place] | None:
    """后街水管修好了."""
    if mending.reading.message.reply_to is not None:
        return None
    if mending.has("notice") or mending.has("hypothetical"):
        return None
    if mending.has("advert") and not mending.like("faint"):
        return None
    words = [place for place in _words(mending) if not _of_others(mending.text, place)]
    if any(_of_a_thing(mending.reading, place) for place in words):
        return words
    faint = set(mending.reading.hits["fixed_weak"]).issuperset(words)
    return words if words and mending.like("faint_no_thing" if faint else "no_thing") else None


def _of_others(text: str, place: Place) -> bool:
    """别的庄都到账了: what others have, the speaker still waits for."""
    return _P["others_have_it"].search(text, 0, place[0]) is not None


def no_more_needed(mending: Mending) -> list[Place] | None:
    """不用来了,已经换好了: whatever was asked for is settled."""
    found = _P["no_more_needed"].search(mending.text)
    if found is None or mending.troubled or mending.asked or len(mending.text) > _SHORT:
        return None
    return mending.told("fixed") or None


RULES: tuple[Callable[[Mending], list[Place] | None], ...] = (
    bare_number,
    numbered,
    numbered_content,
    numbered_faintly,
    answer,
    no_more_needed,
    thing_mended,
)


# ------------------------------------------------------------------ what they ask


def _words(mending: Mending) -> list[Place]:
    """The words of mending, when they are what the message reports."""
    words = mending.fixed or _faint_words(mending)
    if not words or (mending.troubled and not _explains(mending, words)):
        return []
    if mending.visits and not mending.has("matter_word"):
        return []
    return [] if any(_is_asked(mending.reading, place) for place in words) else words


def _faint_words(mending: Mending) -> list[Place]:
    if len(mending.text) > _SHORT or mending.troubled:
        return []
    return mending.faint if mending.spoken_of else []


def _explains(mending: Mending, words: list[Place]) -> bool:
    """After the mending the message only says what had been wrong, or gives thanks."""
    text, (start, end) = mending.text, words[0]
    if _told_before(mending, start) and not mending.has("matter_word"):
        return False  # trouble told first, then its mending: a matter already resolved
    return start < _OPENS and not _P["and_yet"].search(text, end)


def _told_before(mending: Mending, start: int) -> bool:
    """The trouble stands before the word of mending, an emergency in a clause of its own."""
    reading = mending.reading
    clause = reading.clause_at(start)
    if clause and reading.hits.any_within(0, clause.start, *_EMERGENCIES):
        return True
    return any(
        stop <= start and not _P["attributive"].match(mending.text, stop) for _, stop in reading.hits["bad"]
    )


def _is_asked(reading: Reading, place: Place) -> bool:
    clause = reading.clause_at(place[0])
    if clause is None:
        return False
    asks = _P["asks"].search(reading.text[place[0] : clause.end]) is not None
    return asks or reading.text[clause.end : clause.end + 1] == "?"


def _tells_trouble(reading: Reading, reply: str) -> bool:
    """The message replied to tells a matter, or names one."""
    earlier = read(Message(reply, reading.message.at, Speaker.RESIDENT), Context())
    if find_grievances(earlier, visits=False):
        return True
    asks = _P["only_asks"].search(earlier.text) is not None
    if not asks and (earlier.has("trouble_thing") or earlier.told.matter >= NEEDED["trouble"]):
        return True
    return bool(Mending(earlier, troubled=False, visits=False).numbers)


def _of_a_thing(reading: Reading, place: Place) -> bool:
    """The thing mended stands just before the word for it, or in it."""
    clause = reading.clause_at(place[0])
    if clause is None:
        return False
    start, end = place
    word = reading.text[start:end]
    back = max(0, clause.start - 12, start - 14)
    if not reading.hits.any_within(back, end + 4, "trouble_thing", "matter_word"):
        return _P["came_back"].search(word) is not None
    return len(word) > 1 and not _P["no_thing"].search(reading.text[clause.start : clause.end])


def _about(reading: Reading) -> str | None:
    """The first person named who is not thanked."""
    for name in reading.names:
        before = reading.text[max(0, name.start - 3) : name.start]
        if name.kind is NameKind.PERSON and not _P["thanked"].search(before):
            return reading.written(name)
    return None
